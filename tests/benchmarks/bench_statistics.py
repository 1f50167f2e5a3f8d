"""How far can the verdicts be trusted, and how long do they take?

Prompts are simulated whose truth is known. First: how often the 95 % intervals hold it, for passes and failures
(Newcombe) and for scores from 1 to 5 with three repeats (BCa), with 8, 30 and 64 articles. Then what verdicts two equal
prompts get, and one that is worse by just the margin. Then, with eight desks of which one loses 15 points, how often
that desk is found, and how often another is accused. Last the time of a comparison of 10,000 results.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from core.statistics.intervals import Interval
from core.statistics.pairing import Case, Metric
from core.statistics.verdict import Verdict, by_group, compare, search_harm, unharmed

SIZES = (8, 30, 64)
ROUNDS = 2_000
SLOW_ROUNDS = 1_000
DESKS = 8
DESK_ROUNDS = 400
RATE = Metric("rate", higher_is_better=True, margin=0.10)
SCORE = Metric("mean", higher_is_better=True, margin=0.30)
VERDICTS: tuple[Verdict, ...] = ("better", "no worse", "worse", "inconclusive")

Chance = np.random.Generator
Simulation = Callable[[Chance, int], list[Case]]


def passes(chance: Chance, n: int, *, change: float = 0.0, desk: str = "any") -> list[Case]:
    """Of the baseline 85 % pass. Half of all articles are answered alike, so that pairs mean something."""
    alike = chance.random(n) < 0.5
    old = chance.random(n) < 0.85
    # The articles that are answered anew carry the whole change.
    new = np.where(alike, old, chance.random(n) < 0.85 + 2 * change)
    return [
        Case(f"{desk} {number}", [float(one)], [float(other)], {"desk": [desk]})
        for number, (one, other) in enumerate(zip(old, new, strict=True))
    ]


def scores(chance: Chance, n: int, *, share: float = 0.0, change: float = 0.0) -> list[Case]:
    """Scores from 1 to 5, three repeats; a share of the articles gets worse by the change."""
    quality = chance.normal(3.2, 0.7, n)
    after = quality + change * (chance.random(n) < share)
    arms = [np.clip(np.round(mean[:, None] + chance.normal(0, 0.8, (n, 3))), 1, 5) for mean in (quality, after)]
    return [Case(str(number), old.tolist(), new.tolist()) for number, (old, new) in enumerate(zip(*arms, strict=True))]


def main() -> None:
    _coverage()
    false_alarms = _verdicts()
    found, accused = _desks()
    slowest = _times()
    print(
        f"Result: with 30 articles two equal prompts are called worse in {false_alarms:.1%} of comparisons; with 30 "
        f"articles a desk, a desk that loses 15 points is found in {found:.0%}, another one accused in {accused:.1%}; "
        f"10,000 results are compared in at most {slowest:.1f} s."
    )


def _coverage() -> None:
    print("How often does the 95 % interval hold the truth?\n")
    print(f"{'':52}" + "".join(f"{f'n = {n}':>10}" for n in SIZES))
    for name, metric, simulate, rounds in (
        ("passes, equal prompts", RATE, passes, ROUNDS),
        ("passes, 15 points fewer", RATE, lambda chance, n: passes(chance, n, change=-0.15), ROUNDS),
        ("scores, equal prompts", SCORE, scores, SLOW_ROUNDS),
        ("scores, one article in ten loses 1.5", SCORE, lambda chance, n: scores(chance, n, share=0.1, change=-1.5),
         SLOW_ROUNDS),
    ):  # fmt: skip
        truth = _truth(simulate)
        held = [
            np.mean([_holds(interval, truth) for interval in _intervals(simulate, n, metric, rounds)]) for n in SIZES
        ]
        print(f"{f'{name} (truth {truth:+.3f})':52}" + "".join(f"{share:10.1%}" for share in held))
    _noise(SLOW_ROUNDS)


def _noise(rounds: int) -> None:
    print(
        f"\nA share of 95 % from {rounds:,} rounds is itself uncertain by ±{1.96 * (0.05 * 0.95 / rounds) ** 0.5:.1%}.\n"
    )


def _truth(simulate: Simulation) -> float:
    """The mean difference over so many articles that its error does not show."""
    cases = simulate(np.random.default_rng(99), 400_000)
    old, new = (np.array([arm(case) for case in cases]).mean() for arm in (_baseline, _candidate))
    return float(new - old)


def _baseline(case: Case) -> Sequence[float | None]:
    return case.baseline


def _candidate(case: Case) -> Sequence[float | None]:
    return case.candidate


def _intervals(simulate: Simulation, n: int, metric: Metric, rounds: int) -> list[Interval]:
    chance = np.random.default_rng(n)
    found = [compare(simulate(chance, n), metric).interval for _ in range(rounds)]
    return [interval for interval in found if interval is not None]


def _holds(interval: Interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


def _verdicts() -> float:
    """Print the verdicts on candidates of known worth; the share of "worse" for equal prompts and 30 articles."""
    alarms = 0.0
    print("What verdict does a candidate get?\n")
    print(f"{'':44}{'n':>5}" + "".join(f"{verdict:>14}" for verdict in VERDICTS) + f"{'settled by':>14}")
    for name, metric, simulate, rounds in (
        ("passes, equal, margin 10 points", RATE, passes, ROUNDS),
        ("passes, worse by the margin", RATE, lambda chance, n: passes(chance, n, change=-0.10), ROUNDS),
        ("passes, 20 points fewer", RATE, lambda chance, n: passes(chance, n, change=-0.20), ROUNDS),
        ("scores, equal, margin 0.3", SCORE, scores, SLOW_ROUNDS // 2),
        ("scores, all lose 0.3", SCORE, lambda chance, n: scores(chance, n, share=1, change=-0.3), SLOW_ROUNDS // 2),
    ):
        for n in (*SIZES, 200):
            chance = np.random.default_rng(n)
            found = [compare(simulate(chance, n), metric) for _ in range(rounds)]
            shares = Counter(each.verdict for each in found)
            settled = [each.settled_by for each in found if each.settled_by is not None]
            middle = f"{np.median(settled):,.0f}" if settled else ""
            print(
                f"{name:44}{n:5}"
                + "".join(f"{shares[verdict] / rounds:14.1%}" for verdict in VERDICTS)
                + f"{middle:>14}"
            )
            if (simulate, n) in ((passes, 30), (scores, 30)):
                alarms = max(alarms, shares["worse"] / rounds)
    print()
    return alarms


def _desks() -> tuple[float, float]:
    """Print how the one harmed desk is found; the shares for 30 articles a desk."""
    shown: dict[int, tuple[float, float]] = {}
    print(f"{DESKS} desks, one of which loses 15 points: what is seen of it?\n")
    print(f"{'articles a desk':>16}{'found':>10}{'another accused':>18}{'all: worse':>14}{'safe, wrongly':>16}"
          f"{'safe, if all are equal':>25}{'accused, if all are equal':>28}")  # fmt: skip
    for n in (30, 64, 160):
        chance = np.random.default_rng(n)
        counts: Counter[str] = Counter()
        for _ in range(DESK_ROUNDS):
            equal = [case for desk in range(1, DESKS) for case in passes(chance, n, desk=f"desk {desk}")]
            cases = [*equal, *passes(chance, n, change=-0.15, desk="harmed")]
            harmed = {each.group for each in search_harm(cases, RATE, "desk") if each.harmed}
            counts["found"] += "harmed" in harmed
            counts["another"] += bool(harmed - {"harmed"})
            counts["all"] += compare(cases, RATE).verdict == "worse"
            counts["safe"] += unharmed(by_group(cases, RATE, "desk")).shown
            same = [*equal, *passes(chance, n, desk="equal too")]
            counts["safe, equal"] += unharmed(by_group(same, RATE, "desk")).shown
            counts["accused, equal"] += any(each.harmed for each in search_harm(same, RATE, "desk"))
        share = {name: count / DESK_ROUNDS for name, count in counts.items()}
        print(f"{n:16}{share['found']:10.1%}{share['another']:18.1%}{share['all']:14.1%}{share['safe']:16.1%}"
              f"{share['safe, equal']:25.1%}{share['accused, equal']:28.1%}")  # fmt: skip
        shown[n] = share["found"], share["another"]
    print()
    return shown[30]


def _times() -> float:
    chance = np.random.default_rng(5)
    names = [f"desk {number}" for number in range(10)]
    single = [case for desk in names for case in passes(chance, 1_000, desk=desk)]
    repeated = [
        Case(case.article, case.baseline, case.candidate, {"desk": [names[number % 10]]})
        for number, case in enumerate(scores(chance, 3_334))
    ]
    rated = [
        Case(case.article, case.baseline[:1], case.candidate[:1], {"desk": [names[number % 10]]})
        for number, case in enumerate(scores(chance, 10_000))
    ]
    print("How long does a comparison of 10,000 results an arm take?\n")
    print(f"{'':42}{'compare':>12}{'by_group':>12}{'search_harm':>14}")
    slowest = 0.0
    for name, cases, metric in (
        ("10,000 articles that pass or fail", single, RATE),
        ("3,334 articles with scores, three repeats", repeated, SCORE),
        ("10,000 articles with scores", rated, SCORE),
    ):
        taken = [
            _seconds(lambda cases=cases, metric=metric: compare(cases, metric)),
            _seconds(lambda cases=cases, metric=metric: by_group(cases, metric, "desk")),
            _seconds(lambda cases=cases, metric=metric: search_harm(cases, metric, "desk")),
        ]
        print(f"{name:42}{taken[0]:10.2f} s{taken[1]:10.2f} s{taken[2]:12.2f} s")
        slowest = max(slowest, *taken)
    print()
    return slowest


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
