"""See to it that what was erased is not in the bytes of the file any more, either.

SQLite overwrites what is deleted (`pragma secure_delete`). Two places keep their past all the same: the index of words,
whose pieces are only replaced when they are merged, and the journal, which holds old pages until all of it is in the file.
"""

import sqlite3
import time
from contextlib import closing

from core import clock
from core.db import Database
from core.db.sqlite import connect, readable
from core.traces import index_care

PATIENCE = 20.0
"""Seconds for which a reader is waited for who began before the erasing."""


def overwrite(db: Database, *, patience: float = PATIENCE) -> bool:
    """Merge the index and empty the journal; False if somebody reads on and on, so that the journal could not be emptied."""
    for _ in index_care.merge(db):
        pass
    end = clock.ticks() + patience
    while not _is_emptied(db):
        if clock.ticks() > end:
            return False
        time.sleep(0.1)
    return True


def _is_emptied(db: Database) -> bool:
    try:
        with closing(connect(db.path)) as connection:
            connection.execute("pragma busy_timeout = 0")
            busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.Error as error:
        raise readable(error) from error
    return not busy
