"""See to it that what was taken off the record is not in the bytes of the file any more, either.

SQLite overwrites what is deleted (`pragma secure_delete`). Two places keep their past all the same: the index of words,
whose pieces are only replaced when all of them are merged, and the journal, which holds old pages until all of it is in
the file. In a large file the merging takes longer than anybody would wait. So whoever takes texts away notes in the same
transaction that they are still to be overwritten, and the note stays until that is done, whoever dies meanwhile.

FTS5 can overwrite words where they stand (`secure-delete`, SQLite 3.42). It is not used, for no older SQLite reads a file
in which that was done once, and the Python of Debian 12 comes with 3.40: such a back-up could not be restored there.
"""

import math
import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from core import clock
from core.db import Database
from core.db.sqlite import connect, readable
from core.traces.finding import index_care

Step = Literal["index", "journal"]
"""What was worked on: the index of words, or the journal, which waits for whoever reads what was there before."""

PATIENCE = 20.0
"""Seconds for which a reader is waited for who began before the erasing."""
AT_ONCE = 2.0
"""Seconds that whoever erases on a screen waits for it. What is left then is done in the background."""
_PAUSE = 0.1


@dataclass(frozen=True)
class Owed:
    """What is still to be overwritten: everything that was taken away from `since` on; `due_at` is when that is begun."""

    since: int
    due_at: int


def owe(connection: sqlite3.Connection, *, at: int, due_at: int | None = None, anew: bool = False) -> None:
    """Note, in the transaction that takes texts away, that they are to be overwritten: those that went `at` and later.

    It is begun at `due_at`, without it at once. `anew` says that the index cannot be cleaned by merging it, because a text
    was damaged that it was made of.
    """
    connection.execute(
        "insert into overwritings (at, due_at, anew) values (?, ?, ?)", (at, at if due_at is None else due_at, anew)
    )


def owed(db: Database) -> Owed | None:
    """What is still to be overwritten, None if nothing is."""
    with db.read() as connection:
        row = connection.execute("select min(at) as since, min(due_at) as due_at from overwritings").fetchone()
    return None if row["since"] is None else Owed(**dict(row))


def when_due(db: Database) -> Generator[bool]:
    """Overwrite what is owed if it is due, step by step, so that others can write in between; False while it has to wait."""
    now = owed(db)
    if now is not None and now.due_at <= clock.now_ms():
        for step in steps(db):
            yield step != "journal"


def overwrite(db: Database, *, within: float = math.inf, patience: float = PATIENCE) -> bool:
    """Overwrite all that is owed; False if it is not done within so many seconds, or if somebody reads on and on.

    What is left then stays owed.
    """
    end = clock.ticks() + within
    left, is_waiting = steps(db), False
    while clock.ticks() < end:
        step = next(left, None)
        if step is None:
            return True
        if step == "journal":
            end = end if is_waiting else min(end, clock.ticks() + patience)
            is_waiting = True
            time.sleep(_PAUSE)
    return False


def steps(db: Database) -> Generator[Step]:
    """Overwrite all that is owed, step by step; abandoned midway, the next one does the rest.

    Several may do so at once: they merge the same pieces.
    """
    with db.read() as connection:
        newest, anew = connection.execute("select max(number), max(anew) from overwritings").fetchone()
    if newest is None:
        return
    for _ in _cleaned(db, anew=bool(anew)):
        yield "index"
    while not _is_emptied(db):
        yield "journal"
    # What came meanwhile stays owed: it may not be in the pieces that were merged.
    db.write(lambda connection: connection.execute("delete from overwritings where number <= ?", (newest,)))


def _cleaned(db: Database, *, anew: bool) -> Iterator[None]:
    if anew:
        index_care.discard(db)
        return iter(())
    return index_care.merge(db)


def _is_emptied(db: Database) -> bool:
    try:
        with closing(connect(db.path)) as connection:
            connection.execute("pragma busy_timeout = 0")
            busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.Error as error:
        raise readable(error) from error
    return not busy
