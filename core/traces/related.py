"""What else belongs to a trace: calls that asked it again, and other calls about its article."""

import sqlite3
from collections.abc import Iterable

from core.db import Database
from core.traces.lines import COLUMNS
from core.traces.model import TraceLine

MOST = 20


def replays(db: Database, trace_id: str, *, limit: int = MOST) -> list[TraceLine]:
    """The newest calls that asked a trace again, the newest first."""
    with db.read() as connection:
        return _lines(
            connection.execute(
                f"select {COLUMNS} from replays join traces on traces.id = replays.trace "
                "where replays.original = ? order by replays.trace desc limit ?",
                (trace_id, limit),
            )
        )


def about_the_same(db: Database, trace_id: str, *, limit: int = MOST) -> list[TraceLine]:
    """The newest other calls for headlines about the article of a trace, the newest first."""
    with db.read() as connection:
        return _lines(
            connection.execute(
                f"""
                select {COLUMNS} from traces
                where article = (select article from traces where id = ?1) and id <> ?1 and source <> 'judge'
                order by number desc limit ?2
                """,
                (trace_id, limit),
            )
        )


def _lines(rows: Iterable[sqlite3.Row]) -> list[TraceLine]:
    return [TraceLine(**dict(row)) for row in rows]
