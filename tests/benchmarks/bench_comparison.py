"""How long does a page wait for the comparison of a run with 10,000 results? The aim is below 300 ms.

It needs the table of measures, the comparison by one measure (overall, by desk, language and tag) and the cases that
changed most. Twice: when it is asked first, and again, when the intervals are remembered. All times are those of the
processor, which a busy machine does not change much; beside the first page stands how long one waited.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from core.evals.comparing.comparison import Question, changes, compare, margin
from core.evals.comparing.table import table
from core.evals.results import Result, measure
from core.statistics import door

DESKS = tuple(f"desk {number}" for number in range(8))
LANGUAGES = ("en", "fr", "de", "nl")
SHAPES = ((500, 4, 5), (500, 2, 10), (2_500, 4, 1), (5_000, 2, 1), (64, 2, 78))


def main() -> None:
    start = time.perf_counter()
    door.special()
    print(f"What is needed of scipy is loaded once a process: {time.perf_counter() - start:.2f} s\n")
    columns = "".join(f"{word:>10}" for word in ("table", "compare", "changes", "page", "waited", "again"))
    print(f"{'cases × candidates × repeats':32}{'measure':18}{columns}")
    slowest = 0.0
    for shape in SHAPES:
        results = _results(*shape)
        for name in ("met_at_once", "without_fail", "duration_ms"):
            asked = Question(0, 1, measure(name), margin(measure(name)))
            start = time.perf_counter()
            first = _times(results, asked)
            waited = time.perf_counter() - start
            again = _times(results, asked)
            row = "".join(f"{each * 1000:7.0f} ms" for each in (*first, sum(first), waited, sum(again)))
            print(f"{' × '.join(map(str, shape)):32}{name:18}{row}")
            slowest = max(slowest, sum(first))
    print(f"\nResult: a page of 10,000 results takes at most {slowest * 1000:.0f} ms (aim 300).")


def _times(results: list[Result], asked: Question) -> list[float]:
    found: list[float] = []
    for ask in (lambda: table(results), lambda: compare(results, asked), lambda: changes(results, asked, limit=50)):
        start = time.process_time()
        ask()
        found.append(time.process_time() - start)
    return found


def _results(cases: int, candidates: int, repeats: int) -> list[Result]:
    chance = np.random.default_rng(1)
    return [
        Result(
            candidate, f"case {case}", f"article {case}", DESKS[case % 8], LANGUAGES[case % 4],
            ("long",) if case % 5 == 0 else ("short", "quote"), repeat, "done", None, _values(chance),
        )
        if chance.random() < 0.98
        else Result(candidate, f"case {case}", f"article {case}", DESKS[case % 8], "en", (), repeat, "failed", None, {})
        for candidate in range(candidates)
        for case in range(cases)
        for repeat in range(repeats)
    ]  # fmt: skip


def _values(chance: np.random.Generator) -> dict[str, float]:
    return {
        "met_at_once": float(chance.random() < 0.9),
        "met": float(chance.random() < 0.98),
        "without_fail": int(chance.integers(5, 11)) / 10,
        "variety": float(chance.random()),
        "similarity": float(chance.random()),
        "attempts": 1.0 + (chance.random() < 0.1),
        "first_headline_ms": float(chance.lognormal(6)),
        "duration_ms": float(chance.lognormal(7)),
        "cost": float(chance.random()) / 100,
        **{f"flagged:check {number}": int(chance.integers(0, 3)) / 10 for number in range(10)},
    }


if __name__ == "__main__":
    main()
