"""The traces of a newsroom by the million, to measure on: made in processes of their own, put on record in bulk.

    .venv/bin/python -m tests.benchmarks.million copydesk.db 1000000

Each call has ten headlines, attempts, flags and, as in life, now and then feedback; every third is about an article that was
asked about before. The same number always makes the same traces.
"""

import gc
import sqlite3
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from core import clock
from core.db import open_database
from core.db.sqlite import connect
from core.prompts import shipped
from core.traces.counting import receptions, rollups
from tests.benchmarks.made_calls import Block, Plan, make
from tests.benchmarks.newsroom import ROOT

BLOCK = 2_000
DAYS = 90
MAKERS = 2


def fill(path: Path, many: int, *, makers: int = MAKERS, seed: int = 1) -> Iterator[int]:
    """Put so many traces into a new database; yields how many there are after each block.

    Words, facts and sums are made as Copydesk makes them; a test compares.
    """
    with closing(open_database(path)) as db:
        shipped.bring_in(db, ROOT / "prompts")
    with (
        closing(connect(path)) as connection,
        _no_cycles(),
        ProcessPoolExecutor(makers, initializer=gc.disable) as pool,
    ):
        # What this writes can be made again: there is nothing to lose.
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -400000")
        connection.execute("insert into trace_search (trace_search, rank) values ('hashsize', 64000000)")
        done = 0
        for block in _in_turn(pool, _plans(many, seed)):
            _put(connection, block)
            done += len(block.traces)
            yield done
        connection.execute("insert into trace_search (trace_search, rank) values ('hashsize', 1048576)")


@contextmanager
def _no_cycles() -> Generator[None]:
    """Rows by the million, none of which refers to another: what looks for cycles would look in vain, for a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _plans(many: int, seed: int) -> Sequence[Plan]:
    """Blocks that share the last days among them."""
    sizes = [min(BLOCK, many - start) for start in range(0, many, BLOCK)]
    span = DAYS * 86_400_000 // len(sizes)
    begin = clock.now_ms() - span * len(sizes)
    return [
        Plan(seed, place * BLOCK + 1, size, begin + place * span, begin + (place + 1) * span)
        for place, size in enumerate(sizes)
    ]


def _in_turn(pool: ProcessPoolExecutor, plans: Sequence[Plan]) -> Iterator[Block]:
    """The blocks in their order, a few made ahead and no more, for they are large."""
    ahead = [pool.submit(make, plan) for plan in plans[: MAKERS + 1]]
    for following in [*plans[MAKERS + 1 :], *[None] * len(ahead)]:
        block = ahead.pop(0).result()
        if following is not None:
            ahead.append(pool.submit(make, following))
        yield block


_INSERTS = {
    "articles": "insert into articles values (?, ?, ?) on conflict do nothing",
    "traces": f"insert into traces values ({', '.join('?' * 30)})",
    "bodies": "insert into trace_bodies values (?, ?)",
    "attempts": f"insert into attempts values ({', '.join('?' * 13)})",
    "attempt_bodies": "insert into attempt_bodies values (?, ?, ?)",
    "headlines": "insert into headlines values (?, ?, ?, ?)",
    "scorings": "insert into scorings values (?, ?, ?, ?, ?, ?, ?, ?)",
    "scores": f"insert into scores values ({', '.join('?' * 12)})",
    "feedback": "insert into feedback (trace, position, kind, value, text, person, source, given_at, received_at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "indexed": "insert into trace_search (rowid, terms) values (?, ?)",
}  # fmt: skip


def _put(connection: sqlite3.Connection, block: Block) -> None:
    connection.execute("begin immediate")
    for name, insert in _INSERTS.items():
        rows = getattr(block, name)
        connection.executemany(insert, rows.values() if isinstance(rows, dict) else rows)
    rollups.add_sums(connection, block.sums)
    for trace_id in dict.fromkeys(row[0] for row in block.feedback):
        receptions.keep(connection, trace_id)
    connection.execute("commit")


def main() -> None:
    path, many = Path(sys.argv[1]), int(sys.argv[2])
    start = time.perf_counter()
    for done in fill(path, many):
        took = time.perf_counter() - start
        print(f"\r{done:>9,} traces, {done / took:,.0f} a second", end="", flush=True)
    print(f"\n{path.stat().st_size / many / 1000:.2f} KB a trace")


if __name__ == "__main__":
    main()
