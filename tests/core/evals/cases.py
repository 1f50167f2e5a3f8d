"""Cases as a test needs them: short, and different where it counts."""

from core.evals.case import Case

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."
LIMIT = 60_000


def case(case_id: str, **fields: object) -> Case:
    """A case of this id; what is not said is that of all others."""
    return Case.model_validate({"id": case_id, "article": f"{ARTICLE} {case_id}", "desk": "local"} | fields)
