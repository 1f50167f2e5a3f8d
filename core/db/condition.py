"""Look at a database file without opening it for work: is it ours, is it whole, does another process have it open."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from core.db.liveness import folder_of, living
from core.db.opening import APPLICATION_ID, SCHEMA
from core.db.sqlite import readable
from core.errors import Conflict, DatabaseError

_MAGIC = b"SQLite format 3\x00"
_MOST = 5
"""Faults of one kind that are told; more of them say nothing new."""


@contextmanager
def looking(path: Path) -> Generator[sqlite3.Connection]:
    """A connection through which nothing can be changed; the file need not be sound, nor of this shape."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as opened:
            opened.row_factory = sqlite3.Row
            yield opened
    except sqlite3.Error as error:
        raise readable(error) from error


def refuse_foreign(connection: sqlite3.Connection, name: str) -> None:
    """Refuse (`DatabaseError`) a file that this Copydesk cannot work with, whether or not it is whole."""
    try:
        application, schema = (
            connection.execute(f"pragma {each}").fetchone()[0] for each in ("application_id", "user_version")
        )
    except sqlite3.Error as error:
        raise DatabaseError(f"{name} is not a database, or it is damaged.") from error
    if application != APPLICATION_ID:
        raise DatabaseError(f"{name} is not a database of Copydesk.")
    if schema > SCHEMA:
        raise DatabaseError(f"{name} was written by a newer Copydesk. Update this one.")


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is broken in a file: damaged pages and indexes, rows that refer to others that are not there. [] if it is whole."""
    try:
        damaged = [row[0] for row in connection.execute(f"pragma integrity_check({_MOST})") if row[0] != "ok"]
        if damaged:
            return [f"The file is damaged: {' '.join(each.split())}." for each in damaged]
        orphans = connection.execute('select distinct "table", parent from pragma_foreign_key_check limit ?', (_MOST,))
        return [f"A row of {row[0]} belongs to a row of {row[1]} that is not there." for row in orphans]
    except sqlite3.Error as error:
        return [f"The file is damaged: {error}."]


def take_alone(path: Path) -> None:
    """Put all that was written into the one file; `Conflict` if a living process has it open.

    A file that is too damaged for that is `DatabaseError`.
    """
    if living(folder_of(path)):
        raise Conflict(_IN_USE)
    with path.open("rb") as file:
        # SQLite throws away the journal of a file that it does not know.
        if file.read(len(_MAGIC)) not in (_MAGIC, b""):
            raise DatabaseError(f"{path.name} is not a database, or it is damaged.")
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            # SQLite leaves WAL only for whoever is alone with the file.
            connection.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Conflict(_IN_USE) from error
        raise readable(error) from error
    except sqlite3.Error as error:
        raise readable(error) from error


_IN_USE = "Copydesk is running on this database. Stop it, and any command that is still at work, then try again."
