"""What became of one rule of a gate: from what was found on each desk to one outcome and one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.evals.comparing.comparison import Gaps
from core.evals.gates.rules import Gate, Rule
from core.statistics.intervals import FEWEST, Interval
from core.statistics.sizes import ALPHA

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
class Place:
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


def rule_verdict(gate: Gate, rule: Rule, places: Sequence[Place], gaps: Gaps, remark: str = "") -> RuleVerdict:
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


def _on_desks(worst: Place, alike: Sequence[str]) -> str:
    match worst.outcome:
        case "pass":
            return f"On every desk; the nearest to the limit is {worst.desk}: {worst.sentence}"
        case "fail":
            return f"Not on {_listed(alike)}. The worst is {worst.desk}: {worst.sentence}"
        case "inconclusive":
            return f"Undecided on {_listed(alike)}. The least sure is {worst.desk}: {worst.sentence}"


def _listed(desks: Sequence[str]) -> str:
    return desks[0] if len(desks) == 1 else f"{', '.join(desks[:-1])} and {desks[-1]}"


def too_few(articles: int) -> str:
    has = "1 article has" if articles == 1 else f"{articles} articles have"
    return f"{has} a value, and it takes at least {FEWEST}."


def _missing(gaps: Gaps) -> str:
    """What keeps a rule from passing: cases that failed for the candidate, or that it was not asked."""
    said: list[str] = []
    if gaps.failed:
        said.append(f"{so_many_cases(gaps.failed)} failed altogether. Run again what failed.")
    if gaps.lacking:
        were = "was" if len(gaps.lacking) == 1 else "were"
        said.append(f"{so_many_cases(gaps.lacking)} {were} not run with this candidate. Resume the run.")
    return " ".join(said)


def _remarks(gaps: Gaps) -> str:
    said: list[str] = []
    if gaps.failed_runs and not gaps.failed:
        said.append(f"{'1 result' if gaps.failed_runs == 1 else f'{gaps.failed_runs:,} results'} failed, not counted.")
    if gaps.unmeasured:
        said.append(f"In {so_many_cases(gaps.unmeasured)} this was not measured.")
    return " ".join(said)


def so_many_cases(cases: Sequence[str]) -> str:
    return "1 case" if len(cases) == 1 else f"{len(cases):,} cases"
