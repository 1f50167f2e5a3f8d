"""Look after the index by which traces are found: whether it fits the record, how to make it anew, how to empty its past."""

import random
import sqlite3
from collections.abc import Iterator

from core.db import Database
from core.traces import outcome
from core.traces.finding import index

_SAMPLE = 100
_WORDS = 5
_PAGES = 250
"""Pages of the index that are merged in one go, for others want to write, too."""


def waiting(db: Database) -> int:
    """How many closed traces are not in the index yet."""
    return index.waiting(db)


def wrong(db: Database) -> list[str]:
    """Of a sample of indexed traces, the newest and some others, those that are not found by their own facts and words."""
    with db.read() as connection:
        last = connection.execute("select coalesce(max(number), 0) from traces").fetchone()[0]
        recent = range(max(1, last - _SAMPLE // 2 + 1), last + 1)
        others = random.sample(range(1, last + 1), min(_SAMPLE // 2, last))
        return [
            row["id"]
            for number in sorted({*recent, *others})
            if (row := _row(connection, number)) is not None and not _is_found(connection, row)
        ]


def discard(db: Database) -> None:
    """Empty the index. Every trace is brought in again by `index.catch_up`."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute("insert into trace_search (trace_search) values ('delete-all')")
        connection.execute("update traces set indexed = null where indexed is not null")

    db.write(job)


def merge(db: Database, *, pages: int = _PAGES) -> Iterator[None]:
    """Write the index as one piece, step by step. Only then words that were taken out are gone: pieces are never changed.

    One that was made by another recipe is emptied instead: nothing of today's can be taken out of it.
    """
    if _is_of_another_recipe(db):
        discard(db)
        return
    # As SQLite's documentation has it: a negative number begins to merge everything, positive ones go on.
    if db.write(lambda connection: _merged(connection, -pages)):
        yield
        while db.write(lambda connection: _merged(connection, pages)):
            yield


def _merged(connection: sqlite3.Connection, pages: int) -> bool:
    """Whether there was something to merge, and so there may be more."""
    before = connection.total_changes
    connection.execute("insert into trace_search (trace_search, rank) values ('merge', ?)", (pages,))
    return connection.total_changes - before >= 2


def _is_of_another_recipe(db: Database) -> bool:
    with db.read() as connection:
        return connection.execute(
            "select exists (select 1 from traces where indexed < ?1) or exists (select 1 from traces where indexed > ?1)",
            (index.RECIPE,),
        ).fetchone()[0]


def _row(connection: sqlite3.Connection, number: int) -> sqlite3.Row | None:
    return connection.execute(
        """
        select number, id,
            (select text from headlines where trace = traces.id order by position limit 1) as headline
        from traces where number = ? and indexed = ?
        """,
        (number, index.RECIPE),
    ).fetchone()


def _is_found(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    wanted = [*sorted(index.facts(outcome.of(connection, row["id"]))), *index.words(row["headline"] or "")[:_WORDS]]
    return (
        connection.execute(
            "select 1 from trace_search where trace_search match ? and rowid = ?",
            (" AND ".join(f'"{each}"' for each in wanted), row["number"]),
        ).fetchone()
        is not None
    )
