"""Whether the index by which traces are found fits the record, and how to make it anew."""

import random
import sqlite3

from core.db import Database
from core.traces import index

_SAMPLE = 100
_WORDS = 5


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


def _row(connection: sqlite3.Connection, number: int) -> sqlite3.Row | None:
    return connection.execute(
        """
        select number, id, environment, desk, prompt, version, model, answered_by, status, source, person, cost, duration_ms,
            (select text from headlines where trace = traces.id order by position limit 1) as headline
        from traces where number = ? and indexed = ?
        """,
        (number, index.RECIPE),
    ).fetchone()


def _is_found(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    wanted = [f"facts : {each}" for each in sorted(index.facts(connection, row))]
    spoken = [word for word in index.spaced(row["headline"] or "").split() if word.isalnum()]
    wanted += [f'words : "{word}"' for word in spoken[:_WORDS]]
    return (
        connection.execute(
            "select 1 from trace_search where trace_search match ? and rowid = ?", (" AND ".join(wanted), row["number"])
        ).fetchone()
        is not None
    )
