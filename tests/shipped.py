"""What a fresh installation brings in, as its files say, so that no test counts on how many there are."""

from core.prompts.releases import ENVIRONMENTS
from tests.conftest import ROOT


def _version(file_name: str) -> tuple[str, int]:
    name, _, number = file_name.removesuffix(".prompt.yml").rpartition("-")
    return name, int(number)


VERSIONS = sorted(_version(path.name) for path in (ROOT / "prompts").glob("*.prompt.yml"))
"""The prompt and the number of every version, the oldest of a prompt first."""

PROMPTS = sorted({name for name, _ in VERSIONS})

RELEASES = len(PROMPTS) * len(ENVIRONMENTS)
"""Every prompt is live in every environment from the start."""

SETS = sorted(path.stem for path in (ROOT / "prompts" / "evals").glob("*.jsonl"))
"""The eval sets, each in its first version."""
