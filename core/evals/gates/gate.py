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

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.evals.comparing import comparison
from core.evals.gates import differences, limits
from core.evals.gates.rule_verdict import LEVEL, Outcome, RuleVerdict
from core.evals.gates.rules import Gate, Rule
from core.evals.results import Measure, Result
from core.statistics import sizes
from core.statistics.sizes import POWER, Spread


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
    compared = differences.compare(
        [rule for rule in gate.rules if not _is_uncalibrated(rule.measure, calibrated)], asked, baseline, candidate
    )
    rules = tuple(
        _shown(gate, rule, asked, candidate)
        if _is_uncalibrated(rule.measure, calibrated)
        else differences.compared(gate, rule, compared[rule], asked, baseline, candidate)
        if rule.kind == "no_worse_by"
        else limits.limited(gate, rule, asked, candidate)
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
    interval = limits.estimated(values, rule.measure, LEVEL)
    found = "Nothing was scored." if interval is None else f"It gives {limits.in_words(interval, rule.measure)}."
    sentence = f"Shown only, for the judge is not calibrated in this against people. {found}"
    return RuleVerdict(
        rule, rule.words(gate.set), "shown", sentence, None if interval is None else interval.estimate, interval
    )
