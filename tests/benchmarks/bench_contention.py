"""Do sixteen who write and eight who read get into each other's way?

For a minute, 16 threads put whole traces on record (opened, an attempt, closed with ten headlines, indexed and counted) and 8
threads look: newest page, a filter, a text, a whole trace. The aims: no error, no lost row, and no writer that waits
longer than 250 ms for the disk. Then the same with two processes of eight writers each.
"""

import itertools
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import clock
from core.db import Database, open_database
from core.llm.attempt import Attempt
from core.traces import record, writing
from core.traces.finding import search
from core.traces.finding.find import Find
from core.traces.model import Closing, Headline, Opening

SECONDS = 60
WRITERS = 16
READERS = 8
ARTICLE = (
    "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils. " * 18
)


@dataclass
class Outcome:
    """What became of it: the ids that were acknowledged, how long writers waited (ms), how many looks, and every error."""

    written: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    looks: int = 0
    errors: list[str] = field(default_factory=list)


def contend(path: Path, *, seconds: float, writers: int = WRITERS, readers: int = READERS) -> Outcome:
    """Let so many write and read for a while."""
    outcome = Outcome()
    end = time.monotonic() + seconds
    with closing(open_database(path)) as db:
        work: list[Callable[[int], None]] = [
            *[lambda number: _write(db, outcome, number)] * writers,
            *[lambda number: _look(db, outcome, number)] * readers,
        ]
        threads = [threading.Thread(target=_until, args=(end, each, outcome)) for each in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return outcome


def lost(path: Path, outcome: Outcome) -> set[str]:
    """The traces that were acknowledged and are not there, whole."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select id from traces where status = 'valid' and indexed is not null "
            "and (select count(*) from headlines where trace = traces.id) = 10"
        )
        return set(outcome.written) - {row[0] for row in rows}


def _until(end: float, do: Callable[[int], None], outcome: Outcome) -> None:
    for number in itertools.count():
        if time.monotonic() > end:
            return
        try:
            do(number)
        except Exception as error:
            outcome.errors.append(f"{type(error).__name__}: {error}")


def _write(db: Database, outcome: Outcome, number: int) -> None:
    opening = Opening(
        clock.new_trace_id(), None, "f", "api", "ada", "production", "local", "web", "en", "headlines", None, None, "m",
        clock.now_ms(), 10, f"{number} {ARTICLE}", {"article": f"{number} {ARTICLE}"}, [], {"profile": "p"},
    )  # fmt: skip
    attempt = Attempt("ask", "m", [], clock.now_ms(), 1.0, answer="{}")
    headlines = [Headline(f"Bridge shut, version {place} of {number}", 0) for place in range(10)]
    closing_up = Closing("valid", 1.0, headlines=headlines, attempts=[attempt], answered_by="m")
    _wait(db, outcome, writing.open_trace(opening, process=db.liveness.process))
    add_attempts = writing.add_attempts(opening, [attempt])
    close_trace = writing.close_trace(opening, closing_up)

    def close(connection: sqlite3.Connection) -> None:
        add_attempts(connection)
        close_trace(connection)

    _wait(db, outcome, close)
    outcome.written.append(opening.id)


def _wait(db: Database, outcome: Outcome, job: Callable[[sqlite3.Connection], None]) -> None:
    asked = time.perf_counter()
    db.write(job)
    outcome.waits.append((time.perf_counter() - asked) * 1000)


def _look(db: Database, outcome: Outcome, number: int) -> None:
    finds = (Find(), Find(desk=("local",)), Find(text=f"ferry {number % 50}"), Find(status=("failed",)))
    page = search.page(db, finds[number % len(finds)])
    if page.lines:
        record.get(db, page.lines[-1].id)
    outcome.looks += 1


def _in_a_process(
    path: Path, seconds: float, writers: int, readers: int, results: "multiprocessing.Queue[Outcome]"
) -> None:
    results.put(contend(path, seconds=seconds, writers=writers, readers=readers))


def _two_processes(path: Path, seconds: float) -> Outcome:
    results: multiprocessing.Queue[Outcome] = multiprocessing.Queue()
    both = [
        multiprocessing.Process(target=_in_a_process, args=(path, seconds, WRITERS // 2, READERS // 2, results))
        for _ in range(2)
    ]
    for process in both:
        process.start()
    outcomes = [results.get() for _ in both]
    for process in both:
        process.join()
    return Outcome(
        [each for outcome in outcomes for each in outcome.written],
        [each for outcome in outcomes for each in outcome.waits],
        sum(outcome.looks for outcome in outcomes),
        [each for outcome in outcomes for each in outcome.errors],
    )


def _tell(title: str, path: Path, outcome: Outcome, seconds: float) -> None:
    waits = sorted(outcome.waits)
    print(
        f"{title:<24}{len(outcome.written) / seconds:>8.0f} traces/s{outcome.looks / seconds:>8.0f} looks/s"
        f"   wait median {statistics.median(waits):.1f} ms, p99 {waits[int(len(waits) * 0.99)]:.1f}, worst {waits[-1]:.0f}"
        f"   errors {len(outcome.errors)}, lost {len(lost(path, outcome))}"
    )
    for error in sorted(set(outcome.errors))[:5]:
        print(f"    {error}")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        one, two = Path(folder) / "one.db", Path(folder) / "two.db"
        print(
            f"{WRITERS} writers and {READERS} readers for {seconds:.0f} s; the worst wait of a writer should be below 250 ms"
        )
        _tell("threads of one process", one, contend(one, seconds=seconds), seconds)
        _tell("two processes", two, _two_processes(two, seconds), seconds)


if __name__ == "__main__":
    main()
