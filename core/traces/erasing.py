"""Take the texts of a trace off the record: what was asked and answered goes; what it was, cost and came to stays.

    with index.changing(connection, trace_id):
        erasing.forget(connection, trace_id, erasing.Erasure("erased", "ada", "The source asked for it.", clock.now_ms()))

Of the scores, check, version and severity stay; their sentences quote the texts and go. An article lies in one place for
all that use it: its text goes once nothing uses it any more, its hash and its length stay.
"""

import sqlite3
from dataclasses import astuple, dataclass
from typing import Literal

from core.db import Database

Kind = Literal["erased", "expired", "unkept"]
"""*erased*: somebody wanted it. *expired*: its time was up. *unkept*: it never was there, as the desk wants it."""


@dataclass(frozen=True)
class Erasure:
    """Why there are no texts, since when (ms) and by whom."""

    kind: Kind
    author: str
    reason: str
    at: int


def of_trace(db: Database, trace_id: str) -> Erasure | None:
    """Why the texts of a trace are gone, None if they are not."""
    with db.read() as connection:
        return of(connection, trace_id)


def of(connection: sqlite3.Connection, trace_id: str) -> Erasure | None:
    """The same within a transaction."""
    row = connection.execute("select kind, author, reason, at from erasures where trace = ?", (trace_id,)).fetchone()
    return None if row is None else Erasure(**dict(row))


def note(connection: sqlite3.Connection, trace_id: str, erasure: Erasure) -> None:
    """Put on record why a trace has no texts. What somebody erased stays erased, whatever comes later."""
    connection.execute(
        """
        insert into erasures (trace, kind, author, reason, at) values (?, ?, ?, ?, ?)
        on conflict (trace) do update set kind = excluded.kind, author = excluded.author, reason = excluded.reason,
            at = excluded.at
        where erasures.kind <> 'erased'
        """,
        (trace_id, *astuple(erasure)),
    )


def forget(connection: sqlite3.Connection, trace_id: str, erasure: Erasure) -> None:
    """Take the texts of a closed trace away, its article but for its use by this trace. To be done inside `index.changing`."""
    for statement in (
        "delete from attempt_bodies where trace = ?",
        "delete from trace_bodies where trace = ?",
        "delete from headlines where trace = ?",
        "delete from rejections where trace = ?",
        "update scores set sentence = '', span_start = null, span_end = null, passage_start = null, passage_end = null "
        "where trace = ?",
    ):
        connection.execute(statement, (trace_id,))
    note(connection, trace_id, erasure)


def has_texts(connection: sqlite3.Connection, trace_id: str) -> bool:
    """Whether the texts of a trace are there."""
    return connection.execute("select 1 from trace_bodies where trace = ?", (trace_id,)).fetchone() is not None


def is_used(connection: sqlite3.Connection, article: str) -> bool:
    """Whether a trace still has its texts that is about the article of this hash."""
    return (
        connection.execute(
            "select 1 from traces join trace_bodies on trace_bodies.trace = traces.id where traces.article = ? limit 1",
            (article,),
        ).fetchone()
        is not None
    )


def forget_article(connection: sqlite3.Connection, article: str) -> bool:
    """Take the text of an article away; returns whether there was one. Whether anything uses it is for the caller to know."""
    return (
        connection.execute(
            "update articles set text = x'' where hash = ? and length(text) > 0 returning hash", (article,)
        ).fetchone()
        is not None
    )
