"""Did a version show on these cases what its gate asks? Pass, fail, or "these cases cannot tell".

    judge_rules(gate, results, baseline=0, candidate=1, desk=None, calibrated=frozenset()).outcome

Nothing is read or stored here. What a rule means, with α = 0.05 one-sided throughout, so that a 90 % interval stands
beside each figure (the page of a comparison asks in two directions and shows 95 %):

at_least, at_most   **Pass: the figure itself reaches the limit.** Fail: the whole interval lies beyond it (over several
                    desks with Bonferroni's correction). Between the two: inconclusive. Were the interval's lower end to
                    reach 98 %, 64 of 64 sets could not pass (95.9 %) and 133 without a fault would be needed; an editor
                    who reads "at least 98 %" and sees 98.4 % expects a pass. The price: a prompt that meets the contract
                    in 95 of 100 sets reaches 63 of 64 in 16 of 100 runs, one at 90 in 1 of 100. A prompt just at the
                    limit fails in at most 5 of 100.
no_worse_by         **Pass: the interval of the difference lies above −δ.** Over each desk this is an intersection-union
                    test: every desk must show it, each at α and without a correction, so a candidate that is worse by δ
                    on any desk passes in at most 5 of 100. Fail: somewhere the candidate is shown to be worse, after
                    Holm over all desks of all such rules of the gate, and not shown to be within δ: two equal prompts
                    fail in at most 5 of 100 gates. Where values are fractions it also fails if somewhere the whole
                    interval, at Bonferroni's level for as many desks, lies below −δ: the signs of eight articles fall
                    in only 256 ways, so that after Holm they show nothing, however large the loss of each. Between
                    pass and fail: inconclusive.
judge:…             Decides nothing until the judge is calibrated against people: it is shown.

What a comparison can show depends on how much the difference varies from article to article (`smallest_margin`, power
0.8). For a set that meets the contract or not, in 95 of 100 cases, two equal prompts pass with a margin of 10 points on
64 articles and 5 points on 235; on the 8 articles of one desk it takes 27 points, and even 8 of 8 for both shows only 25.
For the share of ten headlines, which varies by about 10 points, it takes 3 points on 64 articles and 9 on 8. So a rule for
each desk wants a share of headlines or a desk with many articles. `tests/benchmarks/bench_gate.py` measures all this.

Only the articles that were seen can tell: α holds for harm that is spread over a desk, not for harm that strikes few of
its articles hard. If it strikes 15 of 100, 27 of 100 choices of eight articles hold none of them, and about as often it
passes. Only more articles help, repeats do not: to exclude a loss of δ that sits in as few articles as can hold it takes
ln α / ln (1 − δ) of them, 19 for 15 points and 59 for 5. A share that passes on fewer says what could be unseen.
Where values are fractions the promise is not quite kept by few articles: of candidates that are worse by just δ, 6 to 8
of 100 pass for a desk with 8 articles and three repeats, and 4 to 7 with 25.

Fewer than 6 articles decide nothing. A rule with a case that failed altogether for the candidate, or that it was not
asked, cannot pass: run it again. Nothing live yet (`baseline` None) leaves nothing to be worse than: such a rule passes and
says so. The run itself must be complete: of cases that no candidate was asked, nothing is known here.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.evals import comparison, figures
from core.evals.comparison import PASS_OR_FAIL, Gaps, Question
from core.evals.results import Measure, Result
from core.evals.rules import Gate, Rule
from core.statistics import sizes, verdict
from core.statistics.intervals import FEWEST, Interval, bootstrap_mean, wilson
from core.statistics.significance import holm
from core.statistics.sizes import ALPHA, POWER, Spread
from core.statistics.verdict import Comparison, Harm, Metric

Outcome = Literal["pass", "fail", "inconclusive"]
RuleOutcome = Literal["pass", "fail", "inconclusive", "shown"]

LEVEL = 1 - 2 * ALPHA
"""The interval whose ends are both one-sided bounds at α."""


@dataclass(frozen=True)
class RuleVerdict:
    """What became of a rule. `figure` and `interval` are those of its worst place, as the measure counts.

    For `no_worse_by` they are of the difference candidate − baseline. `place` is a desk, or None for all articles.
    """

    rule: Rule
    words: str
    outcome: RuleOutcome
    sentence: str
    figure: float | None = None
    interval: Interval | None = None
    place: str | None = None


@dataclass(frozen=True)
class GateVerdict:
    """Pass if every rule that decides passes, fail if one fails; `desk` None is a release for all desks."""

    gate: Gate
    desk: str | None
    outcome: Outcome
    sentence: str
    rules: tuple[RuleVerdict, ...]


def judge_rules(
    gate: Gate,
    results: Sequence[Result],
    *,
    baseline: int | None,
    candidate: int,
    desk: str | None,
    calibrated: Collection[str],
) -> GateVerdict:
    """The verdict on a candidate of a run, beside what is live now (`baseline`, None if nothing is).

    With a desk, only its cases count. `calibrated` names the criteria in which the judge's agreement with people is known.
    """
    asked = [each for each in results if desk in (None, each.desk)]
    # A rule that only shows takes no part in what Holm's adjustment pays for.
    compared = _compare(
        [rule for rule in gate.rules if not _is_uncalibrated(rule.measure, calibrated)], asked, baseline, candidate
    )
    rules = tuple(
        _shown(gate, rule, asked, candidate)
        if _is_uncalibrated(rule.measure, calibrated)
        else _compared(gate, rule, compared[rule], asked, baseline, candidate)
        if rule.kind == "no_worse_by"
        else _limited(gate, rule, asked, candidate)
        for rule in gate.rules
    )
    return GateVerdict(gate, desk, *_outcome(gate, rules, desk), rules)


def smallest_margin(variance: float, articles: int, *, power: float = POWER) -> float:
    """The smallest margin that two equal prompts pass with this power, on so many articles.

    `variance` is that of the difference between two prompts on one article.
    """
    return sizes.smallest_detectable(Spread(variance, 0.0, 0.0, 1), articles, power=power, level=LEVEL)


def _outcome(gate: Gate, rules: Sequence[RuleVerdict], desk: str | None) -> tuple[Outcome, str]:
    by = {kind: [each for each in rules if each.outcome == kind] for kind in ("pass", "fail", "inconclusive")}
    deciding = sum(map(len, by.values()))
    whom = f"the {desk} desk" if desk else "all desks"
    if by["fail"]:
        return "fail", f"The gate fails for {whom}: {_so_many(by['fail'], deciding)} not met."
    if by["inconclusive"]:
        return (
            "inconclusive",
            f"The gate cannot tell for {whom}: {_so_many(by['inconclusive'], deciding)} undecided.",
        )
    if not deciding:
        return "inconclusive", f"No rule of the gate decides anything for {whom} yet."
    met = "its rule is met" if deciding == 1 else f"all {deciding} rules are met"
    return "pass", f"The gate passes for {whom}: {met} on {gate.set}."


def _so_many(rules: Sequence[RuleVerdict], deciding: int) -> str:
    return f"{len(rules)} of {deciding} rules {'is' if len(rules) == 1 else 'are'}"


def _is_uncalibrated(of: Measure, calibrated: Collection[str]) -> bool:
    kind, _, criterion = of.name.partition(":")
    return kind == "judge" and criterion not in calibrated


def _shown(gate: Gate, rule: Rule, results: Sequence[Result], candidate: int) -> RuleVerdict:
    values = comparison.article_means(results, candidate, rule.measure)
    interval = _interval(values, rule.measure, LEVEL)
    found = "Nothing was scored." if interval is None else f"It gives {_said(interval, rule.measure)}."
    sentence = f"Shown only, for the judge is not calibrated in this against people. {found}"
    return RuleVerdict(
        rule, rule.words(gate.set), "shown", sentence, None if interval is None else interval.estimate, interval
    )


# A figure against a limit.


def _limited(gate: Gate, rule: Rule, results: Sequence[Result], candidate: int) -> RuleVerdict:
    desks = sorted({each.desk for each in results}) if rule.each_desk else [None]
    # A desk fails by chance as seldom as all articles do, however many desks are looked at.
    level = 1 - 2 * ALPHA / max(len(desks), 1)
    places = [_place(rule, results, candidate, desk, level) for desk in desks]
    return _rule_verdict(gate, rule, places, comparison.gaps(results, candidate, rule.measure))


@dataclass(frozen=True)
class _Place:
    """What a rule came to on one desk, or on all articles; `badness` orders the worst first."""

    desk: str | None
    outcome: Outcome
    sentence: str
    figure: float | None
    interval: Interval | None
    badness: float

    @property
    def order(self) -> tuple[int, float, str]:
        return ("fail", "inconclusive", "pass").index(self.outcome), -self.badness, self.desk or ""


def _place(rule: Rule, results: Sequence[Result], candidate: int, desk: str | None, level: float) -> _Place:
    of, limit = rule.measure, rule.limit
    values = comparison.article_means([each for each in results if desk in (None, each.desk)], candidate, of)
    interval = _interval(values, of, LEVEL)
    widest = _interval(values, of, level)
    if interval is None or widest is None:
        return _Place(desk, "inconclusive", _too_few(len(values)), None, None, math.inf)
    sign = 1 if rule.kind == "at_least" else -1
    said = _said(interval, of)
    beyond = "below" if sign > 0 else "above"
    asked = figures.figure(of, limit)
    badness = sign * (limit - interval.estimate)
    # What is equal on paper passes, whatever its last digit.
    if badness <= _ROUNDING * max(abs(limit), 1.0):
        other = interval.low < limit if sign > 0 else interval.high > limit
        luck = f" Other articles could give a figure {beyond} {asked}." if other else ""
        return _Place(desk, "pass", f"{said}.{luck}", interval.estimate, interval, badness)
    if (widest.high < limit) if sign > 0 else (widest.low > limit):
        return _Place(
            desk, "fail", f"{said}: {beyond} {asked}, and not by chance.", interval.estimate, interval, badness
        )
    reach = (interval.high - interval.estimate) if sign > 0 else (interval.estimate - interval.low)
    needed = math.floor(interval.n * (reach / badness) ** 2) + 1
    more = f" About {needed:,} articles would settle it." if needed > interval.n else ""
    sentence = f"{said}: {beyond} {asked}, but so few articles cannot rule out that it is reached.{more}"
    return _Place(desk, "inconclusive", sentence, interval.estimate, interval, badness)


_ROUNDING = 1e-9


def _interval(values: Sequence[float], of: Measure, level: float) -> Interval | None:
    if len(values) < FEWEST:
        return None
    if of.name in PASS_OR_FAIL and set(values) <= {0.0, 1.0}:
        return wilson(round(math.fsum(values)), len(values), level=level)
    return bootstrap_mean(values, level=level)


def _said(interval: Interval, of: Measure) -> str:
    low, high = figures.figure(of, interval.low), figures.figure(of, interval.high)
    return f"{figures.figure(of, interval.estimate)} ({_percent(interval)} interval {low} to {high}), on {interval.n} articles"


def _percent(interval: Interval) -> str:
    return f"{interval.level * 100:.0f} %"


# A difference from what is live.


def _compare(
    rules: Sequence[Rule], results: Sequence[Result], baseline: int | None, candidate: int
) -> Mapping[Rule, list[Harm]]:
    """For each rule that compares, what each of its places came to, harm adjusted over all of them."""
    found: dict[Rule, list[Harm]] = {}
    compared: dict[Rule, tuple[Metric, list[verdict.Case]]] = {}
    for rule in rules:
        found[rule] = []
        if rule.kind == "no_worse_by" and baseline is not None:
            asked = Question(baseline, candidate, rule.measure, rule.limit)
            paired = comparison.pairs(results, asked)
            desks = {each.desk for each in results} if rule.each_desk else {_ALL}
            placed = paired if rule.each_desk else [replace(case, groups={"desk": [_ALL]}) for case in paired]
            there = verdict.search_harm(placed, asked.metric, "desk", level=LEVEL)
            nothing = verdict.compare([], asked.metric, level=LEVEL)
            absent = desks - {each.group for each in there}
            found[rule] = [*there, *(Harm(desk, nothing, None, None, harmed=False) for desk in sorted(absent))]
            compared[rule] = asked.metric, placed
    tested = [(rule, each, each.p) for rule, places in found.items() for each in places if each.p is not None]
    adjusted = iter(holm([p for _, _, p in tested]))
    for rule, places in found.items():
        found[rule] = [
            each
            if each.p is None
            else _adjusted(each, next(adjusted), beyond=_is_beyond(each, *compared[rule], len(tested)))
            for each in places
        ]
    return found


def _is_beyond(harm: Harm, metric: Metric, cases: Sequence[verdict.Case], places: int) -> bool:
    """Whether fractions show a loss beyond its margin so clearly that it is no matter how many places were looked at."""
    found = harm.comparison.interval
    if found is None or found.high >= -metric.margin or metric.kind == "rate":
        return False
    there = [case for case in cases if harm.group in case.groups["desk"]]
    widest = verdict.compare(there, metric, level=1 - 2 * ALPHA / places).interval
    return widest is not None and widest.high < -metric.margin


_ALL = ""


def _adjusted(harm: Harm, p: float, *, beyond: bool) -> Harm:
    return replace(harm, adjusted=p, harmed=p <= ALPHA or beyond)


def _compared(
    gate: Gate, rule: Rule, harms: Sequence[Harm], results: Sequence[Result], baseline: int | None, candidate: int
) -> RuleVerdict:
    if baseline is None:
        sentence = "Nothing is live yet, so there is nothing to be worse than."
        return RuleVerdict(rule, rule.words(gate.set), "pass", sentence)
    ours = [each for each in results if each.candidate in (baseline, candidate)]
    gaps = comparison.gaps(ours, candidate, rule.measure)
    remark = _unpaired(comparison.gaps(ours, baseline, rule.measure))
    return _rule_verdict(gate, rule, [_difference(rule, each) for each in harms], gaps, remark)


def _difference(rule: Rule, harm: Harm) -> _Place:
    found, of = harm.comparison, rule.measure
    desk = harm.group if rule.each_desk else None
    if found.interval is None:
        return _Place(desk, "inconclusive", _too_few(found.pairs), None, None, math.inf)
    interval = _as_counted(found.interval, of)
    said = f"{comparison.change_words(found, of)}, on {found.pairs} articles"
    by = figures.margin_words(of, rule.limit)
    badness = -found.interval.low
    if found.verdict in ("better", "no worse"):
        still = f" Slightly worse, by less than {by}." if found.slightly_worse else ""
        unseen = _unseen(found, rule)
        return _Place(desk, "pass", f"{said}.{still}{unseen}", interval.estimate, interval, badness)
    if harm.harmed:
        sentence = f"{said}: worse than what is live, and not by chance."
        return _Place(desk, "fail", sentence, interval.estimate, interval, badness)
    needed = f" About {found.settled_by:,} articles would settle it." if found.settled_by else ""
    sentence = f"{said}: so few articles cannot rule out a loss of {by}.{needed}"
    return _Place(desk, "inconclusive", sentence, interval.estimate, interval, badness)


def _as_counted(interval: Interval, of: Measure) -> Interval:
    """The interval of candidate − baseline as the measure counts, not as it is good."""
    if of.higher_is_better:
        return interval
    return replace(interval, estimate=-interval.estimate, low=-interval.high, high=-interval.low)


def _unseen(found: Comparison, rule: Rule) -> str:
    """What these articles cannot show however well they did: harm of the size of the margin that sits in few others."""
    share = 1 - ALPHA ** (1 / found.pairs)
    if rule.measure.kind != "rate" or share <= rule.limit:
        return ""
    return f" With {found.pairs} articles, what strikes fewer than {share * 100:.0f} of 100 could be unseen."


# What both kinds of rules have.


def _rule_verdict(gate: Gate, rule: Rule, places: Sequence[_Place], gaps: Gaps, remark: str = "") -> RuleVerdict:
    words = rule.words(gate.set)
    if not places:
        return RuleVerdict(rule, words, "inconclusive", "There is no case to judge this by.")
    ordered = sorted(places, key=lambda each: each.order)
    worst = ordered[0]
    sentence = worst.sentence
    if worst.desk is not None:
        sentence = _on_desks(worst, [each.desk or "" for each in ordered if each.outcome == worst.outcome])
    missing = _missing(gaps)
    # A figure that was not measured in full can show that a rule is broken, not that it is kept.
    outcome = "inconclusive" if missing and worst.outcome == "pass" else worst.outcome
    said = " ".join(part for part in (sentence, missing, _remarks(gaps), remark) if part)
    return RuleVerdict(rule, words, outcome, said, worst.figure, worst.interval, worst.desk)


def _on_desks(worst: _Place, alike: Sequence[str]) -> str:
    match worst.outcome:
        case "pass":
            return f"On every desk; the nearest to the limit is {worst.desk}: {worst.sentence}"
        case "fail":
            return f"Not on {_listed(alike)}. The worst is {worst.desk}: {worst.sentence}"
        case "inconclusive":
            return f"Undecided on {_listed(alike)}. The least sure is {worst.desk}: {worst.sentence}"


def _listed(desks: Sequence[str]) -> str:
    return desks[0] if len(desks) == 1 else f"{', '.join(desks[:-1])} and {desks[-1]}"


def _too_few(articles: int) -> str:
    has = "1 article has" if articles == 1 else f"{articles} articles have"
    return f"{has} a value, and it takes at least {FEWEST}."


def _missing(gaps: Gaps) -> str:
    """What keeps a rule from passing: cases that failed for the candidate, or that it was not asked."""
    said: list[str] = []
    if gaps.failed:
        said.append(f"{_cases(gaps.failed)} failed altogether. Run again what failed.")
    if gaps.lacking:
        were = "was" if len(gaps.lacking) == 1 else "were"
        said.append(f"{_cases(gaps.lacking)} {were} not run with this candidate. Resume the run.")
    return " ".join(said)


def _remarks(gaps: Gaps) -> str:
    said: list[str] = []
    if gaps.failed_runs and not gaps.failed:
        said.append(f"{'1 result' if gaps.failed_runs == 1 else f'{gaps.failed_runs:,} results'} failed, not counted.")
    if gaps.unmeasured:
        said.append(f"In {_cases(gaps.unmeasured)} this was not measured.")
    return " ".join(said)


def _unpaired(baseline: Gaps) -> str:
    gone = (*baseline.failed, *baseline.lacking, *baseline.unmeasured)
    if not gone:
        return ""
    has, are = ("has", "is") if len(gone) == 1 else ("have", "are")
    return f"{_cases(gone)} {has} no value from what is live and {are} in no pair."


def _cases(cases: Sequence[str]) -> str:
    return "1 case" if len(cases) == 1 else f"{len(cases):,} cases"
