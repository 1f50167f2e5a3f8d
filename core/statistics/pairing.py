"""From the runs of two candidates to one difference an article, which is what all verdicts are made of.

The repeats of a case are averaged first, then the cases of an article, and only then the articles are compared.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from core.errors import BadInput

Kind = Literal["rate", "mean"]


@dataclass(frozen=True)
class Case:
    """What one case gave, run by run; None is a run that failed, and no value at all is a case that did not run.

    `groups` says for each kind of group which ones the case is in: {"desk": ["sport"], "tag": ["long", "quote"]}.
    """

    article: str
    baseline: Sequence[float | None]
    candidate: Sequence[float | None]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    @cached_property
    def before(self) -> "Arm":
        """The baseline's runs averaged, once however many groups the case is in."""
        return _averaged(self.baseline)

    @cached_property
    def after(self) -> "Arm":
        """The candidate's runs averaged."""
        return _averaged(self.candidate)


@dataclass(frozen=True)
class Arm:
    """What one candidate's runs of a case gave: their mean (None without one that came), their range, the failures."""

    mean: float | None
    least: float
    most: float
    failed: int


@dataclass(frozen=True)
class Metric:
    """How to read the values: a rate is between 0 and 1 in every run, a mean has any unit; the margin δ has the same."""

    kind: Kind
    higher_is_better: bool
    margin: float

    def __post_init__(self) -> None:
        if not (self.margin > 0 and math.isfinite(self.margin)):
            raise BadInput("A margin is above 0: how much worse would still do?")


@dataclass(frozen=True)
class Failures:
    """What failed in one arm: so many runs, and the articles of cases that have no value left and so are in no pair."""

    runs: int
    articles: tuple[str, ...]


# Fractions of repeats that are equal on paper, such as .8 − .6 and .4 − .2, must be equal here.
_DIGITS = 12


@dataclass(frozen=True)
class Pairs:
    """What the articles that have both gave, article by article; `differences` are above 0 for better."""

    baseline: Sequence[float]
    candidate: Sequence[float]
    differences: Sequence[float]
    baseline_failures: Failures
    candidate_failures: Failures

    @property
    def n(self) -> int:
        return len(self.differences)


def pair(cases: Iterable[Case], metric: Metric) -> Pairs:
    """Article by article what both gave; `BadInput` for a value that the metric cannot have."""
    kept = list(cases)
    sides: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for case in kept:
        before, after = case.before, case.after
        for arm in (before, after):
            _check(arm, metric)
        if before.mean is not None and after.mean is not None:
            sides[case.article].append((before.mean, after.mean))
    baseline = [mean([one for one, _ in values]) for values in sides.values()]
    candidate = [mean([other for _, other in values]) for values in sides.values()]
    sign = 1 if metric.higher_is_better else -1
    return Pairs(
        baseline,
        candidate,
        [sign * round(new - old, _DIGITS) for old, new in zip(baseline, candidate, strict=True)],
        _failures((case.article, case.before) for case in kept),
        _failures((case.article, case.after) for case in kept),
    )


def mean(values: Sequence[float]) -> float:
    """The mean, which the order of the values cannot change in its last digit."""
    return values[0] if len(values) == 1 else math.fsum(values) / len(values)


def _averaged(values: Sequence[float | None]) -> Arm:
    """`BadInput` for a value that no metric can have."""
    found = [float(value) for value in values if value is not None]
    for value in found:
        if not math.isfinite(value):
            raise BadInput(f"{value} is no value of a metric. A run that failed is None.")
    failed = len(values) - len(found)
    return Arm(mean(found), min(found), max(found), failed) if found else Arm(None, 0.0, 0.0, failed)


def _check(arm: Arm, metric: Metric) -> None:
    if metric.kind == "rate" and not (arm.least >= 0 and arm.most <= 1):
        value = arm.least if arm.least < 0 else arm.most
        raise BadInput(f"{value:g} is no value of a rate, which is between 0 and 1.")


def _failures(arms: Iterable[tuple[str, Arm]]) -> Failures:
    failed = [(article, arm) for article, arm in arms if arm.mean is None or arm.failed]
    articles = {article for article, arm in failed if arm.mean is None}
    return Failures(sum(arm.failed for _, arm in failed), tuple(sorted(articles)))
