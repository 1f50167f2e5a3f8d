"""Rules that compare with what is live: `no_worse_by`. What they mean is in `core.evals.gates.gate`."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.evals.comparing import comparison, figures, wording
from core.evals.comparing.comparison import Gaps, Question
from core.evals.gates.rule_verdict import LEVEL, Place, RuleVerdict, rule_verdict, so_many_cases, too_few
from core.evals.gates.rules import Gate, Rule
from core.evals.results import Measure, Result
from core.statistics import verdict
from core.statistics.intervals import Interval
from core.statistics.pairing import Case, Metric
from core.statistics.significance import holm
from core.statistics.sizes import ALPHA
from core.statistics.verdict import Comparison, Harm


def compare(
    rules: Sequence[Rule], results: Sequence[Result], baseline: int | None, candidate: int
) -> Mapping[Rule, list[Harm]]:
    """For each rule that compares, what each of its places came to, harm adjusted over all of them."""
    found: dict[Rule, list[Harm]] = {}
    compared: dict[Rule, tuple[Metric, list[Case]]] = {}
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


def _is_beyond(harm: Harm, metric: Metric, cases: Sequence[Case], places: int) -> bool:
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


def compared(
    gate: Gate, rule: Rule, harms: Sequence[Harm], results: Sequence[Result], baseline: int | None, candidate: int
) -> RuleVerdict:
    if baseline is None:
        sentence = "Nothing is live yet, so there is nothing to be worse than."
        return RuleVerdict(rule, rule.words(gate.set), "pass", sentence)
    ours = [each for each in results if each.candidate in (baseline, candidate)]
    gaps = comparison.gaps(ours, candidate, rule.measure)
    remark = _unpaired(comparison.gaps(ours, baseline, rule.measure))
    return rule_verdict(gate, rule, [_difference(rule, each) for each in harms], gaps, remark)


def _difference(rule: Rule, harm: Harm) -> Place:
    found, of = harm.comparison, rule.measure
    desk = harm.group if rule.each_desk else None
    if found.interval is None:
        return Place(desk, "inconclusive", too_few(found.pairs), None, None, math.inf)
    interval = _as_counted(found.interval, of)
    said = f"{wording.change_words(found, of)}, on {found.pairs} articles"
    by = figures.margin_words(of, rule.limit)
    badness = -found.interval.low
    if found.verdict in ("better", "no worse"):
        still = f" Slightly worse, by less than {by}." if found.slightly_worse else ""
        unseen = _unseen(found, rule)
        return Place(desk, "pass", f"{said}.{still}{unseen}", interval.estimate, interval, badness)
    if harm.harmed:
        sentence = f"{said}: worse than what is live, and not by chance."
        return Place(desk, "fail", sentence, interval.estimate, interval, badness)
    needed = f" About {found.settled_by:,} articles would settle it." if found.settled_by else ""
    sentence = f"{said}: so few articles cannot rule out a loss of {by}.{needed}"
    return Place(desk, "inconclusive", sentence, interval.estimate, interval, badness)


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
    return f" On {found.pairs} articles, a fault in fewer than {share * 100:.0f} of 100 could go unseen."


def _unpaired(baseline: Gaps) -> str:
    gone = (*baseline.failed, *baseline.lacking, *baseline.unmeasured)
    if not gone:
        return ""
    has, are = ("has", "is") if len(gone) == 1 else ("have", "are")
    return f"{so_many_cases(gone)} {has} no value from what is live and {are} in no pair."
