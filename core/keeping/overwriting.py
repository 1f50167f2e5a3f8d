"""See to it that what was erased is not in the bytes of the file any more, either.

SQLite overwrites what is deleted (`pragma secure_delete`). Two places keep their past all the same: the index of words,
whose pieces are only replaced when they are merged, and the journal, which holds old pages until all of it is in the file.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

from core import clock
from core.db import Database
from core.db.sqlite import connect, readable
from core.traces.finding import index_care

PATIENCE = 20.0
"""Seconds for which a reader is waited for who began before the erasing."""


def overwrite(db: Database, *, patience: float = PATIENCE) -> bool:
    """Merge the index and empty the journal; False if somebody reads on and on, so that the journal could not be emptied."""
    for _ in merge(db):
        pass
    end = clock.ticks() + patience
    while not _is_emptied(db):
        if clock.ticks() > end:
            return False
        time.sleep(0.1)
    return True


def merge(db: Database) -> Iterator[None]:
    """Only the first half, step by step: whoever takes a lot away has time, and lets others write in between."""
    return index_care.merge(db)


def _is_emptied(db: Database) -> bool:
    try:
        with closing(connect(db.path)) as connection:
            connection.execute("pragma busy_timeout = 0")
            busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.Error as error:
        raise readable(error) from error
    return not busy
