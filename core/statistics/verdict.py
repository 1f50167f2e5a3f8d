"""Is a candidate better than the baseline, no worse, worse, or can these cases not tell?

    cases = [Case("harbour-bridge", baseline=[1, 1, 0], candidate=[1, None, 1], groups={"desk": ["local"]}), …]
    metric = Metric("rate", higher_is_better=True, margin=0.05)
    compare(cases, metric).verdict

A difference is candidate − baseline, turned so that above 0 is good. The repeats of a case are averaged first, then the
cases of an article, and only then the articles are compared, pair by pair. With an interval [low, high] of the mean
difference and the margin δ that was set beforehand as the loss one accepts, the verdict is the first that holds:

    not enough pairs   fewer than six articles have a value from both
    better             low > 0
    no worse           low > −δ
    worse              high < 0
    inconclusive       otherwise: the interval holds both 0 and −δ, or more

An interval between −δ and 0 shows a loss, and shows that it is smaller than δ. That is "no worse": δ says which loss
does not matter, and if "worse" won here, then with enough cases any loss at all would be "worse" and δ would mean
nothing. It is not hidden either: `Comparison.slightly_worse` is true, for small losses add up from version to version.
An interval of 95 % means that either way, "better" of an equal candidate or "no worse" of one that is worse by δ, is
meant to be wrong in one of 40 comparisons. `tests/benchmarks/bench_statistics.py` measures how often it is: for scores
about one in 35, with only eight articles as with 30 or more.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import NotEnoughData
from core.statistics.intervals import FEWEST, LEVEL, Interval, PairedCounts, bootstrap_mean, newcombe_paired
from core.statistics.pairing import Case, Failures, Metric, Pairs, mean, pair
from core.statistics.significance import below_zero, holm
from core.statistics.sizes import ALPHA

Verdict = Literal["better", "no worse", "worse", "inconclusive", "not enough pairs"]


@dataclass(frozen=True)
class Comparison:
    """`interval` is of candidate − baseline, above 0 for better whichever way the metric counts; its `n` is `pairs`.

    `baseline` and `candidate` are the means as the metric counts them, over the articles that both have. Without a pair
    they and `estimate` are None, below six pairs the interval is. `settled_by` says, for an inconclusive verdict, about
    how many articles would give another one.
    """

    pairs: int
    baseline: float | None
    candidate: float | None
    estimate: float | None
    interval: Interval | None
    verdict: Verdict
    slightly_worse: bool
    settled_by: int | None
    baseline_failures: Failures
    candidate_failures: Failures


@dataclass(frozen=True)
class Harm:
    """A group's p-value for "the candidate is worse here", alone and adjusted for having looked at all groups.

    Both are None for a group with fewer than six pairs, which was not tested and does not count among the others.
    `helped` says that it is better here, by the same test the other way round and with the same adjustment.
    """

    group: str
    comparison: Comparison
    p: float | None
    adjusted: float | None
    harmed: bool
    helped: bool = False


@dataclass(frozen=True)
class Unharmed:
    """Was it shown that no group got worse than the margin? If not, for these groups it was not."""

    shown: bool
    missing: tuple[str, ...]


def compare(cases: Iterable[Case], metric: Metric, *, level: float = LEVEL) -> Comparison:
    """The verdict over all cases; their order does not matter, and failed runs are counted, never valued.

    Where every article has 0 or 1 from both, the interval of a rate is Newcombe's for pairs; with fractions, and for
    means, it is the BCa bootstrap over articles, which reaches as far as Student's t. Swapping candidate and baseline
    mirrors it. `BadInput` for a value that the metric cannot have.
    """
    return _compare(pair(cases, metric), metric, level)


def _compare(pairs: Pairs, metric: Metric, level: float) -> Comparison:
    interval = _interval(pairs, metric, level) if pairs.n >= FEWEST else None
    verdict = _verdict(interval, metric.margin)
    return Comparison(
        pairs=pairs.n,
        baseline=mean(pairs.baseline) if pairs.n else None,
        candidate=mean(pairs.candidate) if pairs.n else None,
        estimate=mean(pairs.differences) if pairs.n else None,
        interval=interval,
        verdict=verdict,
        slightly_worse=verdict == "no worse" and interval is not None and interval.high < 0,
        settled_by=_settled_by(interval, metric.margin) if verdict == "inconclusive" and interval else None,
        baseline_failures=pairs.baseline_failures,
        candidate_failures=pairs.candidate_failures,
    )


def by_group(cases: Iterable[Case], metric: Metric, kind: str, *, level: float = LEVEL) -> dict[str, Comparison]:
    """A comparison for each group of a kind (such as "desk"), by name, each at the same level.

    A case in two groups counts in both, one without a group of this kind in none; `compare` has them all.
    """
    return {group: compare(members, metric, level=level) for group, members in _groups(cases, kind).items()}


def unharmed(comparisons: Mapping[str, Comparison]) -> Unharmed:
    """Was it shown for every group that it did not get worse than the margin?

    An intersection-union test: it is shown only if it is shown for each, so each is tested at its own level and nothing
    is corrected (Berger 1982). A group that cannot tell, or has not enough pairs, is missing. `NotEnoughData` for none.
    """
    if not comparisons:
        raise NotEnoughData("There is no group to say anything about.")
    missing = tuple(
        group for group, found in sorted(comparisons.items()) if found.verdict not in ("better", "no worse")
    )
    return Unharmed(not missing, missing)


def search_harm(
    cases: Iterable[Case], metric: Metric, kind: str, *, alpha: float = ALPHA, level: float = LEVEL
) -> list[Harm]:
    """Where did the candidate get worse, and where better? The groups of a kind, most suspicious first.

    Each is tested one-sided by permuting signs, exactly for 0 or 1; Holm's adjustment pays for looking at all of them,
    so that a candidate that is equal everywhere is accused anywhere in at most a share `alpha` of comparisons, and praised
    anywhere in as few. A group in which no article differs can show nothing, whatever its signs, and costs nothing
    (Tarone 1990).
    """
    groups = {group: pair(members, metric) for group, members in _groups(cases, kind).items()}
    differences = {group: pairs.differences for group, pairs in groups.items() if pairs.n >= FEWEST}
    p_values = {group: below_zero(found) for group, found in differences.items()}
    adjusted = _adjusted(p_values, differences)
    above = {group: below_zero([-each for each in found]) for group, found in differences.items()}
    helped = _adjusted(above, differences)
    found = [
        Harm(
            group,
            _compare(pairs, metric, level),
            p_values.get(group),
            adjusted.get(group),
            adjusted.get(group, 1.0) <= alpha,
            helped.get(group, 1.0) <= alpha,
        )
        for group, pairs in groups.items()
    ]
    return sorted(found, key=lambda each: (each.p is None, each.p, each.group))


def _adjusted(p_values: Mapping[str, float], differences: Mapping[str, Sequence[float]]) -> dict[str, float]:
    telling = [group for group, found in differences.items() if any(found)]
    adjusted = holm([p_values[group] for group in telling])
    return dict.fromkeys(p_values, 1.0) | dict(zip(telling, adjusted, strict=True))


def _interval(pairs: Pairs, metric: Metric, level: float) -> Interval:
    if metric.kind == "mean" or not {*pairs.baseline, *pairs.candidate} <= {0.0, 1.0}:
        return bootstrap_mean(pairs.differences, level=level)
    good = 1.0 if metric.higher_is_better else 0.0
    found = Counter((new == good, old == good) for old, new in zip(pairs.baseline, pairs.candidate, strict=True))
    counts = PairedCounts(found[True, True], found[True, False], found[False, True], found[False, False])
    return newcombe_paired(counts, level=level)


def _verdict(interval: Interval | None, margin: float) -> Verdict:
    if interval is None:
        return "not enough pairs"
    if interval.low > 0:
        return "better"
    if interval.low > -margin:
        return "no worse"
    return "worse" if interval.high < 0 else "inconclusive"


def _settled_by(interval: Interval, margin: float) -> int:
    """About how many pairs settle it wherever the truth lies: an interval narrower than δ cannot hold both 0 and −δ.

    Its width shrinks with the root of their number.
    """
    return math.floor(interval.n * ((interval.high - interval.low) / margin) ** 2) + 1


def _groups(cases: Iterable[Case], kind: str) -> dict[str, list[Case]]:
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for group in set(case.groups.get(kind, ())):
            groups[group].append(case)
    return dict(sorted(groups.items()))
