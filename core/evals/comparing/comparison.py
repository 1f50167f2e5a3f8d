"""What a run says about a candidate beside the baseline: where it is better, where worse, and what could not be told.

    asked = Question(baseline=0, candidate=1, of=measure("met_at_once"), margin=MARGINS["met_at_once"])
    compare(results, asked).overall.verdict

All numbers come from `core.statistics.verdict`: repeats are averaged first, then the cases of an article, and articles
are compared pair by pair. A result that failed is no zero, and no case leaves without a word: `Compared.gaps` names
every case that is in no pair, and why. The order of the results changes nothing.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.evals.results import Measure, Result
from core.statistics import verdict
from core.statistics.intervals import LEVEL
from core.statistics.pairing import Case, Metric
from core.statistics.verdict import Comparison, Harm

MARGINS: Mapping[str, float] = {
    "met_at_once": 0.05,  # A repair costs a second and a cent; nobody sees it.
    "met": 0.02,  # An editor sees every set that is not complete.
    "expected": 0.05,  # Words that must be there are a desk's own list, and some articles can do without.
    "without_fail": 0.05,  # Half a headline of ten.
    "flagged": 0.05,  # Half a headline of ten; what a check flags is a hint, not a fault yet.
    "variety": 0.05,  # Smaller differences are not seen in ten headlines.
    "similarity": 0.05,  # One good headline of several is the reference, so likeness says little to begin with.
    "attempts": 0.2,  # One more call in five sets.
    "first_headline_ms": 500,  # What a person who waits begins to notice.
    "duration_ms": 2_000,  # The headlines can be read as they come.
    "cost": 0.005,  # Half a cent for a set of headlines.
    "judge": 0.25,  # A quarter of a step of five.
}
"""How much worse still does, unless a newsroom says otherwise: by measure, or by what stands before its colon."""


@dataclass(frozen=True)
class Question:
    """Which two candidates of a run are compared by what; `margin` is the loss that would still do."""

    baseline: int
    candidate: int
    of: Measure
    margin: float

    @property
    def swapped(self) -> "Question":
        return Question(self.candidate, self.baseline, self.of, self.margin)

    @property
    def metric(self) -> Metric:
        # A share of ten headlines that happens to be 0 or 1 is no pass or failure of the article.
        kind = "rate" if self.of.name in PASS_OR_FAIL else "mean"
        return Metric(kind, higher_is_better=self.of.higher_is_better, margin=self.margin)


PASS_OR_FAIL = frozenset({"met_at_once", "met"})
"""What a set does or does not; the other rates are shares, of its headlines or expectations."""


@dataclass(frozen=True)
class Gaps:
    """What one candidate has not. Cases by their id, in order.

    `failed_runs` counts every result that failed; a case is in `failed` if all its results did, in `unmeasured` if some
    came and none has this measure, in `lacking` if the other candidate has it and this one was never asked.
    """

    failed_runs: int
    failed: tuple[str, ...]
    unmeasured: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """The answer to a question. `by_desk` has the most suspicious desk first, with Holm's adjustment."""

    asked: Question
    overall: Comparison
    by_desk: Sequence[Harm]
    by_language: Mapping[str, Comparison]
    by_tag: Mapping[str, Comparison]
    baseline_gaps: Gaps
    candidate_gaps: Gaps

    @property
    def unpaired(self) -> tuple[str, ...]:
        """The cases that are in no pair, whatever the reason."""
        gaps = (self.baseline_gaps, self.candidate_gaps)
        return tuple(sorted({case for each in gaps for case in (*each.failed, *each.unmeasured, *each.lacking)}))


@dataclass(frozen=True)
class CaseChange:
    """How a case changed, above 0 for better whichever way the measure counts, with the traces of both in order."""

    case: str
    desk: str
    language: str
    baseline: float
    candidate: float
    difference: float
    baseline_traces: tuple[str, ...]
    candidate_traces: tuple[str, ...]


def margin(of: Measure) -> float:
    """The default margin of a measure."""
    return MARGINS[of.name.partition(":")[0]]


def compare(results: Sequence[Result], asked: Question, *, level: float = LEVEL) -> Compared:
    """Compare two candidates overall, by desk, language and tag, and search for desks that were harmed.

    `BadInput` if one of them has no result at all, or if both are the same.
    """
    baseline, candidate = _arm(results, asked.baseline), _arm(results, asked.candidate)
    if asked.baseline == asked.candidate:
        raise BadInput("A candidate cannot be compared with itself. Choose two.")
    for number, arm in ((asked.baseline, baseline), (asked.candidate, candidate)):
        if not arm:
            raise BadInput(f"The run has no result of candidate {number + 1} yet.")
    cases = list(_cases(baseline, candidate, asked.of.name))
    return Compared(
        asked=asked,
        overall=verdict.compare(cases, asked.metric, level=level),
        by_desk=verdict.search_harm(cases, asked.metric, "desk", level=level),
        by_language=verdict.by_group(cases, asked.metric, "language", level=level),
        by_tag=verdict.by_group(cases, asked.metric, "tag", level=level),
        baseline_gaps=_gaps(baseline, candidate, asked.of.name),
        candidate_gaps=_gaps(candidate, baseline, asked.of.name),
    )


def pairs(results: Sequence[Result], asked: Question) -> list[Case]:
    """The cases that both candidates were asked, as `core.statistics.verdict` takes them."""
    return list(_cases(_arm(results, asked.baseline), _arm(results, asked.candidate), asked.of.name))


def gaps(results: Sequence[Result], candidate: int, of: Measure) -> Gaps:
    """What a candidate has not, beside all others of the run."""
    others = {each.case: [each] for each in results if each.candidate != candidate}
    return _gaps(_arm(results, candidate), others, of.name)


def article_means(results: Sequence[Result], candidate: int, of: Measure) -> list[float]:
    """What each article gave of a measure, in the order of their hashes; repeats first, then the cases of an article."""
    articles: defaultdict[str, list[float]] = defaultdict(list)
    for runs in _arm(results, candidate).values():
        mean = _mean(runs, of.name)
        if mean is not None:
            articles[runs[0].article].append(mean)
    return [math.fsum(means) / len(means) for _, means in sorted(articles.items())]


def changes(results: Sequence[Result], asked: Question, *, limit: int) -> list[CaseChange]:
    """The cases that changed most, at most `limit`: those that got worse by most first, then those that got better.

    A case without a value from both is not here but in the gaps, and one that did not change in neither.
    """
    found = _changes(results, asked)
    largest = sorted(found, key=lambda each: (-abs(each.difference), each.difference, each.desk, each.case))[:limit]
    return sorted(largest, key=lambda each: (each.difference, each.desk, each.case))


# The results of one candidate by case, each in the order of its repeats.
_Arm = Mapping[str, Sequence[Result]]


def _arm(results: Iterable[Result], candidate: int) -> _Arm:
    found: defaultdict[str, list[Result]] = defaultdict(list)
    for each in sorted((each for each in results if each.candidate == candidate), key=_place):
        found[each.case].append(each)
    return found


def _place(result: Result) -> tuple[int, str, int]:
    return result.candidate, result.case, result.repeat


def _cases(baseline: _Arm, candidate: _Arm, name: str) -> Iterator[Case]:
    for case in baseline.keys() & candidate.keys():
        first = candidate[case][0]
        groups = {
            "desk": [first.desk],
            "language": [first.language] if first.language else [],
            "tag": list(first.tags),
        }
        yield Case(first.article, _values(baseline[case], name), _values(candidate[case], name), groups)


def _values(results: Iterable[Result], name: str) -> list[float | None]:
    """What the runs of a case gave, None for one that failed; one that came without this measure gave nothing."""
    return [
        None if each.outcome == "failed" else each.values[name]
        for each in results
        if each.outcome == "failed" or name in each.values
    ]


def _gaps(arm: _Arm, other: _Arm, name: str) -> Gaps:
    failed: list[str] = []
    unmeasured: list[str] = []
    for case, results in sorted(arm.items()):
        if all(each.outcome == "failed" for each in results):
            failed.append(case)
        elif not any(each.outcome == "done" and name in each.values for each in results):
            unmeasured.append(case)
    runs = sum(each.outcome == "failed" for results in arm.values() for each in results)
    return Gaps(runs, tuple(failed), tuple(unmeasured), tuple(sorted(other.keys() - arm.keys())))


def _changes(results: Iterable[Result], asked: Question) -> Iterator[CaseChange]:
    kept = list(results)
    baseline, candidate = _arm(kept, asked.baseline), _arm(kept, asked.candidate)
    sign = 1 if asked.of.higher_is_better else -1
    for case in baseline.keys() & candidate.keys():
        before, after = _mean(baseline[case], asked.of.name), _mean(candidate[case], asked.of.name)
        if before is None or after is None:
            continue
        difference = sign * round(after - before, _DIGITS)
        if difference:
            first = candidate[case][0]
            yield CaseChange(
                case,
                first.desk,
                first.language,
                before,
                after,
                difference,
                tuple(each.trace for each in baseline[case] if each.trace is not None),
                tuple(each.trace for each in candidate[case] if each.trace is not None),
            )


# Fractions of repeats that are equal on paper must be equal here.
_DIGITS = 12


def _mean(results: Iterable[Result], name: str) -> float | None:
    values = [value for value in _values(results, name) if value is not None]
    return math.fsum(values) / len(values) if values else None
