"""Rules that hold a figure against a limit: `at_least` and `at_most`. What they mean is in `core.evals.gates.gate`."""

import math
from collections.abc import Sequence

from core.evals.comparing import comparison, figures
from core.evals.comparing.comparison import PASS_OR_FAIL
from core.evals.gates.rule_verdict import LEVEL, Place, RuleVerdict, rule_verdict, too_few
from core.evals.gates.rules import Gate, Rule
from core.evals.results import Measure, Result
from core.statistics.intervals import FEWEST, Interval, bootstrap_mean, wilson
from core.statistics.sizes import ALPHA


def limited(gate: Gate, rule: Rule, results: Sequence[Result], candidate: int) -> RuleVerdict:
    """The verdict on a rule of a candidate's own figures."""
    desks = sorted({each.desk for each in results}) if rule.each_desk else [None]
    # A desk fails by chance as seldom as all articles do, however many desks are looked at.
    level = 1 - 2 * ALPHA / max(len(desks), 1)
    places = [_place(rule, results, candidate, desk, level) for desk in desks]
    return rule_verdict(gate, rule, places, comparison.gaps(results, candidate, rule.measure))


def _place(rule: Rule, results: Sequence[Result], candidate: int, desk: str | None, level: float) -> Place:
    of, limit = rule.measure, rule.limit
    values = comparison.article_means([each for each in results if desk in (None, each.desk)], candidate, of)
    interval = estimated(values, of, LEVEL)
    widest = estimated(values, of, level)
    if interval is None or widest is None:
        return Place(desk, "inconclusive", too_few(len(values)), None, None, math.inf)
    sign = 1 if rule.kind == "at_least" else -1
    said = in_words(interval, of)
    beyond = "below" if sign > 0 else "above"
    asked = figures.figure(of, limit)
    badness = sign * (limit - interval.estimate)
    # What is equal on paper passes, whatever its last digit.
    if badness <= _ROUNDING * max(abs(limit), 1.0):
        other = interval.low < limit if sign > 0 else interval.high > limit
        luck = f" Other articles could give a figure {beyond} {asked}." if other else ""
        return Place(desk, "pass", f"{said}.{luck}", interval.estimate, interval, badness)
    if (widest.high < limit) if sign > 0 else (widest.low > limit):
        return Place(
            desk, "fail", f"{said}: {beyond} {asked}, and not by chance.", interval.estimate, interval, badness
        )
    reach = (interval.high - interval.estimate) if sign > 0 else (interval.estimate - interval.low)
    needed = math.floor(interval.n * (reach / badness) ** 2) + 1
    more = f" About {needed:,} articles would settle it." if needed > interval.n else ""
    sentence = f"{said}: {beyond} {asked}, but so few articles cannot rule out that it is reached.{more}"
    return Place(desk, "inconclusive", sentence, interval.estimate, interval, badness)


_ROUNDING = 1e-9


def estimated(values: Sequence[float], of: Measure, level: float) -> Interval | None:
    """The mean of what each article gave; None for too few of them."""
    if len(values) < FEWEST:
        return None
    if of.name in PASS_OR_FAIL and set(values) <= {0.0, 1.0}:
        return wilson(round(math.fsum(values)), len(values), level=level)
    return bootstrap_mean(values, level=level)


def in_words(interval: Interval, of: Measure) -> str:
    """A figure as "98.4 % (90 % interval 97 % to 99.6 %), on 64 articles"."""
    low, high = figures.figure(of, interval.low), figures.figure(of, interval.high)
    level = f"{interval.level * 100:.0f} %"
    return f"{figures.figure(of, interval.estimate)} ({level} interval {low} to {high}), on {interval.n} articles"
