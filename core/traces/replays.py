"""Which trace asked another one again, to be followed in both directions."""

import sqlite3


def add(connection: sqlite3.Connection, trace_id: str, *, of: str) -> None:
    """Put on record that a trace asks `of` again."""
    connection.execute("insert into replays (trace, original) values (?, ?)", (trace_id, of))


def original(connection: sqlite3.Connection, trace_id: str) -> str | None:
    """The trace that this one asked again; None for one that was asked by itself."""
    row = connection.execute("select original from replays where trace = ?", (trace_id,)).fetchone()
    return None if row is None else row["original"]
