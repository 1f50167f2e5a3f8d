"""Does the gate keep what it promises? Prompts are simulated whose truth is known, on eight desks.

Two equal prompts should fail in at most 5 of 100 gates, and how often they pass is the gate's power; beside it stands
what the normal approximation promises. A prompt that harms one desk by 15 points should pass a rule for each desk in at
most 5 of 100. A set either meets the contract or not, or it has a share of ten headlines that some check flags; then the
harm is either spread over all articles of the desk (1.5 headlines more in each) or sits in few (all ten in 15 of 100).
Then the same for a release to one desk alone, whose 8 articles must speak for themselves. Last the shipped rules.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import NormalDist

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from numpy.typing import NDArray

from core.evals.gates import gate, rules
from core.evals.gates.rules import Gate
from core.evals.results import Result

ROUNDS = 100
DESKS = tuple(f"desk {number}" for number in range(8))
HARM = 0.15
SHAPES = ((64, 1), (64, 3), (200, 1), (200, 3))

Chance = np.random.Generator
Values = NDArray[np.float64]
# The values of one candidate, articles × repeats, of which those where `harmed` is true got worse.
Simulate = Callable[[Chance, Values, int, NDArray[np.bool_]], Values]


def contract(rate: float) -> Simulate:
    """0 or 1. An article has its own chance (a beta with the mean `rate`), so that its repeats and candidates are alike."""

    def simulate(chance: Chance, ease: Values, repeats: int, harmed: NDArray[np.bool_]) -> Values:
        share = 4.0
        chances = _beta(ease, rate * share, (1 - rate) * share)
        # Of those that would be met, so many are lost that the mean falls by the harm.
        chances = np.where(harmed, chances * (1 - HARM / rate), chances)
        return (chance.random((len(ease), repeats)) < chances[:, None]).astype(np.float64)

    return simulate


def flagged(*, in_few: bool) -> Simulate:
    """The share of ten headlines that a check flags: 5 of 100, more where numbers are many."""

    def simulate(chance: Chance, ease: Values, repeats: int, harmed: NDArray[np.bool_]) -> Values:
        chances = _beta(1 - ease, 0.5, 9.5)
        if in_few:
            struck = harmed & (chance.random(len(ease)) < HARM)
            chances = np.where(struck, 1.0, chances)
        else:
            chances = np.where(harmed, np.minimum(chances + HARM, 1), chances)
        return chance.binomial(10, chances[:, None], (len(ease), repeats)) / 10

    return simulate


def _beta(ease: Values, one: float, other: float) -> Values:
    return _grid(one, other)[(ease * 100_000).astype(int)]


# A grid of quantiles is enough here, and scipy's inverse takes most of the simulation's time.
@cache
def _grid(one: float, other: float) -> Values:
    return np.sort(np.random.default_rng(0).beta(one, other, 100_001))


@dataclass(frozen=True)
class Question:
    """A rule and the prompts it is put to."""

    name: str
    measure: str
    margin: float
    each_desk: bool
    simulate: Simulate

    @property
    def gate(self) -> Gate:
        on = ", on: each desk" if self.each_desk else ""
        return rules.parse(
            "prompt: headlines\nenvironments: [production]\nset: newsroom\nrules:\n"
            f'  - {{measure: "{self.measure}", no_worse_by: {self.margin}{on}}}\n',
            source="bench_gate",
        )

    def promised(self, articles: int, repeats: int, desks: int) -> float:
        """The power by the normal approximation: every desk must show it on its own articles."""
        chance, many = np.random.default_rng(1), 20_000
        ease, safe = chance.random(many), np.zeros(many, dtype=np.bool_)
        one, other = (self.simulate(chance, ease, repeats, safe).mean(axis=1) for _ in range(2))
        error = float((one - other).std()) / (articles / desks) ** 0.5
        return NormalDist().cdf(self.margin / error - NormalDist().inv_cdf(0.95)) ** desks


FLAG = "flagged:unsupported_number"
TOGETHER = (
    Question("contract (0.95 met), δ 10 points, together", "met_at_once", 0.10, False, contract(0.95)),
    Question("flagged, spread, δ 5 points, together", FLAG, 0.05, False, flagged(in_few=False)),
)
EACH = (
    Question("contract (0.95 met), δ 10 points, each desk", "met_at_once", 0.10, True, contract(0.95)),
    Question("contract (0.85 met), δ 10 points, each desk", "met_at_once", 0.10, True, contract(0.85)),
    Question("flagged, spread, δ 5 points, each desk", FLAG, 0.05, True, flagged(in_few=False)),
    Question("flagged, in few, δ 5 points, each desk", FLAG, 0.05, True, flagged(in_few=True)),
    Question("flagged, in few, δ 10 points, each desk", FLAG, 0.10, True, flagged(in_few=True)),
)


def main() -> None:
    print(f"A release for all of eight desks, one of which loses 15 points. Shares of {ROUNDS} gates:\n")
    _head()
    fails = 0.0
    together: Counter[str] = Counter()
    for question in (*TOGETHER, *EACH):
        for articles, repeats in SHAPES:
            desks = len(DESKS) if question.each_desk else 1
            equal, harmed = _line(question, articles, repeats, desks, None)
            fails = max(fails, equal["fail"] / ROUNDS)
            if question.each_desk:
                together[question.name] = max(together[question.name], harmed["pass"])
    print("\nA release for the harmed desk alone, of which there are so many articles:\n")
    _head()
    alone: Counter[str] = Counter()
    for question in EACH:
        for articles, repeats in SHAPES:
            equal, harmed = _line(question, articles // 8, repeats, 1, DESKS[0])
            fails = max(fails, equal["fail"] / ROUNDS)
            alone[question.name] = max(alone[question.name], harmed["pass"])
    print()
    _shipped()
    print(
        f"\nResult: two equal prompts fail in at most {fails:.0%} of gates (5 % are promised). A prompt that harms one desk "
        f"passes rules for each desk in at most {_most(together, few=False):.0%} (5 %), and for that desk alone in at most "
        f"{_most(alone, few=False):.0%}; if the harm sits in few of its articles, in {_most(together, few=True):.0%} and "
        f"{_most(alone, few=True):.0%}, for {(1 - HARM) ** 8:.0%} of choices of eight articles hold none of them, as the "
        "verdict says."
    )


def _most(passes: Counter[str], *, few: bool) -> float:
    return max(many for name, many in passes.items() if ("in few" in name) == few) / ROUNDS


def _head() -> None:
    print(f"{'':62}{'two equal prompts':>40}{'harmed by 15 points':>30}")
    columns = "".join(f"{word:>10}" for word in ("promised", "pass", "undecided", "fail", "pass", "undecided", "fail"))
    print(f"{'rule':44}{'articles':>9}{'repeats':>9}{columns}")


def _line(
    question: Question, articles: int, repeats: int, desks: int, desk: str | None
) -> tuple[Counter[str], Counter[str]]:
    total = articles if desk is None else articles * len(DESKS)
    equal, harmed = (_outcomes(question, total, repeats, harm=harm, desk=desk) for harm in (False, True))
    promised = question.promised(articles, repeats, desks)
    print(f"{question.name:44}{articles:9}{repeats:9}{promised:10.0%}" + _row(equal) + _row(harmed), flush=True)
    return equal, harmed


def _shipped() -> None:
    """The rules that are shipped, all at once; and what a page would wait for them."""
    asked = rules.read(Path(__file__).parents[2] / "prompts" / "gates" / "headlines.yml")
    print("The shipped rules for all desks, and the longest that one verdict took:\n")
    _head()
    for articles, repeats in SHAPES:
        found = {harm: Counter[str]() for harm in (False, True)}
        slowest, rounds = 0.0, ROUNDS // 4
        for number in range(rounds):
            for harm, counts in found.items():
                results = _everything(np.random.default_rng(number), articles, repeats, harm=harm)
                start = time.perf_counter()
                verdict = _judge(asked, results, None)
                slowest = max(slowest, time.perf_counter() - start)
                counts[verdict] += 1
        rows = "".join(_row(counts, rounds) for counts in found.values())
        print(
            f"{'all rules, flags and style harmed, spread':44}{articles:9}{repeats:9}{'':10}{rows}{slowest * 1000:9.0f} ms"
        )


def _everything(chance: Chance, articles: int, repeats: int, *, harm: bool) -> list[Result]:
    ease = chance.random(articles)
    safe, bad = np.zeros(articles, dtype=np.bool_), _harmed(articles, harm=harm)
    found: list[Result] = []
    for candidate, harmed in ((0, safe), (1, bad)):
        flags = flagged(in_few=False)
        columns = {
            "met_at_once": contract(0.97)(chance, ease, repeats, safe),
            "met": np.ones((articles, repeats)),
            "flagged:unsupported_number": flags(chance, ease, repeats, harmed),
            "flagged:unsupported_name": flags(chance, chance.random(articles), repeats, safe),
            "without_fail": 1 - flags(chance, ease, repeats, harmed),
            "variety": chance.normal(0.7, 0.05, (articles, repeats)),
            "cost": chance.normal(0.004, 0.001, (articles, repeats)),
            "duration_ms": chance.lognormal(8, 0.4, (articles, repeats)),
        }
        found += _results(candidate, articles, repeats, columns)
    return found


def _outcomes(question: Question, articles: int, repeats: int, *, harm: bool, desk: str | None) -> Counter[str]:
    asked, counts = question.gate, Counter[str]()
    for number in range(ROUNDS):
        chance = np.random.default_rng(number)
        ease = chance.random(articles)
        arms = [question.simulate(chance, ease, repeats, _harmed(articles, harm=bad)) for bad in (False, harm)]
        results = [
            each
            for candidate, values in enumerate(arms)
            for each in _results(candidate, articles, repeats, {question.measure: values})
            if desk in (None, each.desk)
        ]
        counts[_judge(asked, results, desk)] += 1
    return counts


def _judge(asked: Gate, results: list[Result], desk: str | None) -> str:
    return gate.judge_rules(asked, results, baseline=0, candidate=1, desk=desk, calibrated=()).outcome


def _harmed(articles: int, *, harm: bool) -> NDArray[np.bool_]:
    return (np.arange(articles) % len(DESKS) == 0) & harm


def _results(candidate: int, articles: int, repeats: int, columns: dict[str, Values]) -> list[Result]:
    return [
        Result(
            candidate, f"case {article}", f"article {article}", DESKS[article % len(DESKS)], "en", (), repeat, "done",
            None, {name: float(values[article, repeat]) for name, values in columns.items()},
        )
        for article in range(articles)
        for repeat in range(repeats)
    ]  # fmt: skip


def _row(counts: Counter[str], rounds: int = ROUNDS) -> str:
    return "".join(f"{counts[outcome] / rounds:10.1%}" for outcome in ("pass", "inconclusive", "fail"))


if __name__ == "__main__":
    main()
