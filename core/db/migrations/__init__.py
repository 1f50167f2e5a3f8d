"""The shape of the database file: a series of migrations in SQL, one a file, appended to and never edited.

Tests migrate an older database that has rows in it.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from core.errors import DatabaseError

migrations = sqlite_utils.Migrations("copydesk")


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is pending. A file with rows is copied first; one that is newer than this code is refused."""
    db = sqlite_utils.Database(connection, strict=True)
    known = {migration.name for migration in migrations.pending(sqlite_utils.Database(memory=True))}
    unknown = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if unknown:
        raise DatabaseError(
            f"{path} was written by a newer Copydesk (it has {unknown[-1]!r}). Update this one; the file was not touched."
        )
    if not migrations.pending(db):
        return
    if db.table_names():
        _back_up(connection, path)
    # As SQLite asks of whoever rebuilds a table that others refer to; every migration is checked at its end instead.
    connection.execute("pragma foreign_keys = off")
    migrations.apply(db)
    connection.execute("pragma foreign_keys = on")


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    with closing(sqlite3.connect(path.with_name(f"{path.stem}.before-migration-{stamp}{path.suffix}"))) as copy:
        connection.backup(copy)


def _migration(path: Path) -> Callable[[sqlite_utils.Database], None]:
    def apply(db: sqlite_utils.Database) -> None:
        for statement in _statements(path.read_text(encoding="utf-8")):
            db.conn.execute(statement)
        broken = db.conn.execute("pragma foreign_key_check").fetchone()
        if broken is not None:
            raise DatabaseError(
                f"A row of {broken[0]} belongs to a row of {broken[2]} that is not there. Restore a back-up."
            )

    return apply


def _statements(sql: str) -> Iterator[str]:
    """Each statement by itself, for `executescript` would commit midway."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


# 03_scores_of_headlines.sql is the migration `scores_of_headlines`, the third.
for _path in sorted(Path(__file__).parent.glob("*.sql")):
    migrations(name=_path.stem.partition("_")[2])(_migration(_path))
