"""What a run says about a candidate beside the baseline: where it is better, where worse, and what could not be told.

    asked = Question(baseline=0, candidate=1, of=measure("met_at_once"), margin=MARGINS["met_at_once"])
    compare(results, asked).overall.verdict

All numbers come from `core.statistics.verdict`: repeats are averaged first, then the cases of an article, and articles
are compared pair by pair. A result that failed is no zero, and no case leaves without a word: `Compared.gaps` names
every case that is in no pair, and why. The order of the results changes nothing.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.evals import figures
from core.evals.results import MEASURES, Measure, Result, measure
from core.statistics import verdict
from core.statistics.intervals import FEWEST, LEVEL
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
class Cell:
    """One measure of one candidate: the mean over `articles`; None where no result has it."""

    mean: float | None
    articles: int
    results: int
    failed: int


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


def table(results: Sequence[Result]) -> dict[Measure, dict[int, Cell]]:
    """Every measure that some result has, by candidate; repeats are averaged first, then the cases of an article."""
    ordered = sorted(results, key=_place)
    nested = _Nested.of(ordered)
    given = [each.values if each.outcome == "done" else _NOTHING for each in ordered]
    failed = nested.count([each.outcome == "failed" for each in ordered])
    found: dict[Measure, dict[int, Cell]] = {}
    for of in measures(ordered):
        values = np.array([each.get(of.name, np.nan) for each in given])
        by_article = nested.by_article(values)
        articles = np.bincount(nested.candidate_of_article[np.isfinite(by_article)], minlength=len(nested.candidates))
        means = _averages(by_article, nested.candidate_of_article, len(nested.candidates))
        measured = nested.count(np.isfinite(values))
        found[of] = {
            candidate: Cell(
                float(means[place]) if articles[place] else None,
                int(articles[place]),
                int(measured[place]),
                int(failed[place]),
            )
            for place, candidate in enumerate(nested.candidates)
        }
    return found


def measures(results: Iterable[Result]) -> list[Measure]:
    """What these results were measured by: the measures of every run first, then what was flagged and judged."""
    names = set(itertools.chain.from_iterable(each.values for each in results))
    return [measure(name) for name in (*(name for name in MEASURES if name in names), *sorted(names - MEASURES.keys()))]


def changes(results: Sequence[Result], asked: Question, *, limit: int) -> list[CaseChange]:
    """The cases that changed most, at most `limit`: those that got worse by most first, then those that got better.

    A case without a value from both is not here but in the gaps, and one that did not change in neither.
    """
    found = _changes(results, asked)
    largest = sorted(found, key=lambda each: (-abs(each.difference), each.difference, each.desk, each.case))[:limit]
    return sorted(largest, key=lambda each: (each.difference, each.desk, each.case))


def sentence(found: Compared, *, baseline: str, candidate: str) -> str:
    """The verdict for a mail. `baseline` and `candidate` are what they are called in a sentence: "version 3".

    Plain text: names of desks in it come from the cases.
    """
    said = [
        _verdict_words(found.overall, found.asked.of, _capital(candidate), baseline),
        *_harm_words(found),
        *_help_words(found),
        *_gap_words(found.candidate_gaps, candidate),
        *_gap_words(found.baseline_gaps, baseline),
    ]
    return " ".join(said)


def change_words(comparison: Comparison, of: Measure) -> str:
    """The difference with its interval: "8 of 100 more sets met the contract at once (95 % interval 2 to 15)"."""
    interval = comparison.interval
    if interval is None:
        raise BadInput("Without an interval there is no change to tell.")
    low, high = (interval.low, interval.high) if of.higher_is_better else (-interval.high, -interval.low)
    estimate = interval.estimate if of.higher_is_better else -interval.estimate
    change = figures.Change(of, estimate, low, high)
    return f"{change.words} ({interval.level * 100:.0f} % interval {change.range})"


def _verdict_words(overall: Comparison, of: Measure, candidate: str, baseline: str) -> str:
    articles = f"on {overall.pairs} article{'' if overall.pairs == 1 else 's'}"
    if overall.interval is None:
        have = f"only {overall.pairs} {'article has' if overall.pairs == 1 else 'articles have'} a value from both"
        return f"{candidate} and {baseline} cannot be compared at {of.words}: {have}, and it takes at least {FEWEST}."
    told = f"{change_words(overall, of)}, {articles}."
    match overall.verdict:
        case "better" | "worse":
            return f"{candidate} is {overall.verdict} than {baseline} at {of.words}: {told}"
        case "no worse" if overall.slightly_worse:
            return f"{candidate} is slightly worse than {baseline} at {of.words}, by less than matters: {told}"
        case "no worse":
            return f"{candidate} is no worse than {baseline} at {of.words}: {told}"
        case _:
            more = f" About {overall.settled_by:,} articles would settle it." if overall.settled_by else ""
            return f"{candidate} may be better or worse than {baseline} at {of.words}; these articles cannot tell: {told}{more}"


def _harm_words(found: Compared) -> Iterator[str]:
    yield from _desk_words("worse", [each for each in found.by_desk if each.harmed], found.asked.of)


def _help_words(found: Compared) -> Iterator[str]:
    """Where it is better, unless it is on the whole: then this is no news."""
    if found.overall.verdict != "better":
        helped = [each for each in found.by_desk if each.helped]
        best_first = sorted(helped, key=lambda each: (-(each.comparison.estimate or 0.0), each.group))
        yield from _desk_words("better", best_first, found.asked.of)


def _desk_words(how: str, desks: Sequence[Harm], of: Measure) -> Iterator[str]:
    """The first of these desks with its figures; the others by name, for a mail is no table."""
    if not desks:
        return
    first, *others = desks
    yield f"It is {how} on {first.group}: {change_words(first.comparison, of)}, on {first.comparison.pairs} articles."
    if others:
        *most, last = (each.group for each in others)
        named = f"{', '.join(most)} and {last}" if most else last
        yield f"It is also {how} on {named}."


def _gap_words(gaps: Gaps, name: str) -> Iterator[str]:
    if gaps.failed_runs:
        cases = f"; {_so_many(gaps.failed)} failed altogether and {_is(gaps.failed)} in no pair" if gaps.failed else ""
        runs = "1 result" if gaps.failed_runs == 1 else f"{gaps.failed_runs:,} results"
        yield f"{runs} of {name} failed and {'is' if gaps.failed_runs == 1 else 'are'} not counted{cases}."
    if gaps.lacking:
        yield f"{_so_many(gaps.lacking)} {_is(gaps.lacking)} in no pair because {name} was not run on {_it(gaps.lacking)}."
    if gaps.unmeasured:
        yield f"{_so_many(gaps.unmeasured)} of {name} {_is(gaps.unmeasured)} in no pair because this was not measured."


def _so_many(cases: Sequence[str]) -> str:
    return "1 case" if len(cases) == 1 else f"{len(cases):,} cases"


def _is(cases: Sequence[str]) -> str:
    return "is" if len(cases) == 1 else "are"


def _it(cases: Sequence[str]) -> str:
    return "it" if len(cases) == 1 else "them"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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


_NOTHING: Mapping[str, float] = {}

_Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class _Nested:
    """Which result belongs to which case, case to which article, and article to which candidate, all as numbers."""

    candidates: Sequence[int]
    case_of_result: _Numbers
    article_of_case: _Numbers
    candidate_of_article: _Numbers

    @classmethod
    def of(cls, results: Iterable[Result]) -> "_Nested":
        candidates: dict[int, int] = {}
        articles: dict[tuple[int, str], int] = {}
        cases: dict[tuple[int, str], int] = {}
        case_of_result: list[int] = []
        article_of_case: list[int] = []
        candidate_of_article: list[int] = []
        for each in results:
            candidate = candidates.setdefault(each.candidate, len(candidates))
            article = articles.setdefault((each.candidate, each.article), len(articles))
            if article == len(candidate_of_article):
                candidate_of_article.append(candidate)
            case = cases.setdefault((each.candidate, each.case), len(cases))
            if case == len(article_of_case):
                article_of_case.append(article)
            case_of_result.append(case)
        numbers = (np.array(each, dtype=np.intp) for each in (case_of_result, article_of_case, candidate_of_article))
        return cls(tuple(candidates), *numbers)

    def by_article(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean of each article over its cases' means; NaN where none has a value."""
        by_case = _averages(values, self.case_of_result, len(self.article_of_case))
        return _averages(by_case, self.article_of_case, len(self.candidate_of_article))

    def count(self, which: Sequence[bool] | NDArray[np.bool_]) -> _Numbers:
        """How many of these results each candidate has."""
        candidate_of_result = self.candidate_of_article[self.article_of_case[self.case_of_result]]
        return np.bincount(candidate_of_result[np.asarray(which, dtype=np.bool_)], minlength=len(self.candidates))


def _averages(values: NDArray[np.float64], groups: _Numbers, many: int) -> NDArray[np.float64]:
    """The mean of each group of values, of which NaN is none; NaN for a group without any."""
    there = np.isfinite(values)
    counts = np.bincount(groups[there], minlength=many)
    sums = np.bincount(groups[there], values[there], minlength=many)
    return np.where(counts, sums / np.maximum(counts, 1), np.nan)
