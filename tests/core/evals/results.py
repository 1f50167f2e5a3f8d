"""Results as a run gives them, in a line each, for the tests of this folder."""

from collections.abc import Iterable, Sequence

from core.evals.results import Result


def result(
    candidate: int,
    case: str,
    value: float | None = 1.0,
    *,
    of: str = "met_at_once",
    desk: str = "sport",
    language: str = "en",
    tags: Sequence[str] = (),
    article: str | None = None,
    repeat: int = 0,
) -> Result:
    """One result; None is one that failed."""
    return Result(
        candidate=candidate,
        case=case,
        article=article or f"article of {case}",
        desk=desk,
        language=language,
        tags=tags,
        repeat=repeat,
        outcome="failed" if value is None else "done",
        trace=f"{candidate}-{case}-{repeat}",
        values={} if value is None else {of: value},
        error="The provider is down." if value is None else None,
    )


def arm(
    candidate: int, values: Iterable[float | None], *, of: str = "met_at_once", desk: str = "sport"
) -> list[Result]:
    """One case a value, each of its own article."""
    return [result(candidate, f"{desk}-{n}", value, of=of, desk=desk) for n, value in enumerate(values)]
