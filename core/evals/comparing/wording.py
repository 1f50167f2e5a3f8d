"""What was compared in words: the verdict for a mail, and a difference with its interval."""

from collections.abc import Iterator, Sequence

from core.errors import BadInput
from core.evals.comparing import figures
from core.evals.comparing.comparison import Compared, Gaps
from core.evals.results import Measure
from core.statistics.intervals import FEWEST
from core.statistics.verdict import Comparison, Harm


def sentence(found: Compared, *, baseline: str, candidate: str) -> str:
    """The verdict for a mail. `baseline` and `candidate` are what they are called in a sentence: "version 3".

    Plain text: names of desks in it come from the cases.
    """
    said = [
        _verdict_words(found.overall, found.asked.of, _capital(candidate), baseline),
        *_harm_words(found),
        *_help_words(found),
        *_gap_words(found.candidate_gaps, candidate, found.asked.of),
        *_gap_words(found.baseline_gaps, baseline, found.asked.of),
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


def why_unmeasured(of: Measure) -> str:
    """Why an answer that came has no value of a measure, to go on after a colon."""
    match of.name.partition(":")[0]:
        case "expected":
            return "nothing is asked of its headlines, neither words nor a length"
        case "similarity":
            return "there is no reference headline"
        case "without_fail" | "flagged":
            return "no headline came that could be checked"
        case "judge":
            return "no judge scored these headlines"
        case "cost":
            return "the cost is not known"
        case _:
            return f"the {of.words} is not on record"


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


def _gap_words(gaps: Gaps, name: str, of: Measure) -> Iterator[str]:
    # Of cases that were asked once, a failed result and a failed case are the same fact.
    if gaps.failed and gaps.failed_runs == len(gaps.failed):
        yield f"{_so_many(gaps.failed)} of {name} failed and {_is(gaps.failed)} in no pair."
    elif gaps.failed_runs:
        cases = f"; {_so_many(gaps.failed)} failed altogether and {_is(gaps.failed)} in no pair" if gaps.failed else ""
        runs = "1 result" if gaps.failed_runs == 1 else f"{gaps.failed_runs:,} results"
        yield f"{runs} of {name} failed and {'is' if gaps.failed_runs == 1 else 'are'} not counted{cases}."
    if gaps.lacking:
        yield f"{_so_many(gaps.lacking)} {_is(gaps.lacking)} in no pair because {name} was not run on {_it(gaps.lacking)}."
    if gaps.unmeasured:
        cases = f"{_so_many(gaps.unmeasured)} of {name} {_is(gaps.unmeasured)}"
        yield f"{cases} in no pair because this was not measured: {why_unmeasured(of)}."


def _so_many(cases: Sequence[str]) -> str:
    return "1 case" if len(cases) == 1 else f"{len(cases):,} cases"


def _is(cases: Sequence[str]) -> str:
    return "is" if len(cases) == 1 else "are"


def _it(cases: Sequence[str]) -> str:
    return "it" if len(cases) == 1 else "them"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
