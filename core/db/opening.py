"""Open a database file: set up an empty one, migrate an older, refuse a newer one or another program's."""

import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from core.db.database import Database
from core.db.sqlite import connect, readable
from core.errors import DatabaseError
from core.policy import EVERYTHING, Policy

# "Copy" in ASCII: `file copydesk.db` shows it, and no other program's database is taken for ours.
APPLICATION_ID = 0x436F7079

SCHEMA = len(list((Path(__file__).parent / "migrations").glob("*.sql")))
"""How many migrations there are. A file that says so needs none of them, nor the half second their library takes to load."""


def open_database(path: Path, policy: Policy = EVERYTHING) -> Database:
    """Open the database at `path`, set up or migrated as needed.

    Several processes may do so at once: one migrates, the others wait. A file that is newer than this code, or another
    program's, is refused with `DatabaseError` and left as it is. A file with rows is copied before it is migrated.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with opening_lock(path), closing(_connect_to_ours(path)) as connection:
            if connection.execute("pragma user_version").fetchone()[0] != SCHEMA:
                _migrate(connection, path)
    except OSError as error:
        raise DatabaseError(
            f"The folder {path.parent} of the database cannot be used: {error.strerror or error}."
        ) from error
    except sqlite3.Error as error:
        raise readable(error) from error
    return Database(path, policy)


def opening_lock(path: Path) -> FileLock:
    """Held while a file is opened: whoever holds it keeps every other process from opening it meanwhile."""
    return FileLock(path.with_name(path.name + ".migrate.lock"))


def _connect_to_ours(path: Path) -> sqlite3.Connection:
    """A connection to a new database, now ours, or to one of ours; another program's is refused, and left untouched."""
    if not path.exists():
        # What a newsroom writes is for no other user of this machine to read.
        path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as plain:
        tables = plain.execute("select count(*) from sqlite_master").fetchone()[0]
        if tables and plain.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
            raise DatabaseError(f"{path} belongs to another program. Point COPYDESK_DB to another file.")
    connection = connect(path)
    if not tables:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    from core.db.migrations import migrate

    migrate(connection, path)
    connection.execute(f"pragma user_version = {SCHEMA}")
