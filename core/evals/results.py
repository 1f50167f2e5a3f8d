"""What a run found: one result for each case, candidate and repeat. Comparisons, charts and gates are made of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["done", "failed"]


@dataclass(frozen=True)
class Measure:
    """What is measured of a result: a rate between 0 and 1, or a mean in some unit."""

    name: str
    words: str
    """What it is called on a screen and in a rule, such as "contract met at once"."""
    kind: Literal["rate", "mean"]
    higher_is_better: bool
    unit: str = ""


MEASURES: Mapping[str, Measure] = {
    each.name: each
    for each in (
        Measure("met_at_once", "contract met at once", "rate", True),
        Measure("met", "contract met", "rate", True),
        Measure("expected", "expectations met", "rate", True),
        Measure("without_fail", "headlines without a failed check", "rate", True),
        Measure("variety", "variety", "mean", True),
        Measure("similarity", "likeness to the reference", "mean", True),
        Measure("attempts", "attempts", "mean", False),
        Measure("first_headline_ms", "time to the first headline", "mean", False, "ms"),
        Measure("duration_ms", "time in all", "mean", False, "ms"),
        Measure("cost", "cost", "mean", False, "USD"),
    )
}
"""Besides these, `flagged:CHECK` (the share of headlines that a check flags) and `judge:CRITERION` (the mean score)."""


def measure(name: str) -> Measure:
    """The measure of a name; `KeyError` if there is none."""
    kind, _, what = name.partition(":")
    if kind == "flagged" and what:
        return Measure(name, f"{what.replace('_', ' ')} flagged", "rate", False)
    if kind == "judge" and what:
        return Measure(name, f"{what} by the judge", "mean", True, "of 5")
    return MEASURES[name]


@dataclass(frozen=True)
class Result:
    """One candidate's answer to one case, one of its repeats. What a result lacks, such as a cost, is not in `values`."""

    candidate: int
    """Its place in the run, from 0."""
    case: str
    article: str
    """The hash of the article: cases with the same one are one observation."""
    desk: str
    language: str
    tags: Sequence[str]
    repeat: int
    outcome: Outcome
    trace: str | None
    values: Mapping[str, float]
    error: str | None = None
