"""Back-ups: one file that is a whole database, made while Copydesk goes on, and looked over before it is called one.

Restoring keeps the file that was there beside the one that takes its place: nothing is ever lost by it.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core import audit, clock
from core.db import Database, condition, open_database
from core.db.opening import opening_lock
from core.errors import BadInput, DatabaseError
from core.keeping import erasing

_OWN_COPIES = ("before-migration", "before-restore")
_FIRST_WITH_A_LOG = 2
"""The shape of the file that first had an audit log."""


@dataclass(frozen=True)
class Backup:
    """What a file holds that was looked over and is whole. `head` is the newest hash of its audit log, None if it has none."""

    path: Path
    bytes: int
    traces: int
    head: str | None


@dataclass(frozen=True)
class Restored:
    """The back-up that is in use now, and where the file is that was in use before; None if there was none.

    `erased_again` counts what had been erased since the back-up was made and was erased from it, too; None if the file
    that was in use before could not be read.
    """

    backup: Backup
    aside: Path | None
    erased_again: int | None


def back_up(database: Path, target: Path) -> Backup:
    """Copy a database as it is at this moment to a file that is not there yet; others go on reading and writing.

    `BadInput` if `target` exists. `DatabaseError` if the database, or the copy, is not whole: then no file is left.
    """
    if target.exists():
        raise BadInput(f"{target} is there already. Name a new file; a back-up replaces nothing.")
    _refuse_absent(database)
    return _copy(database, target)


def copies(database: Path) -> list[Path]:
    """The copies that Copydesk made beside a database: before it was brought into a new shape, or replaced by a back-up."""
    found = (database.parent.glob(f"{database.stem}.{why}-*{database.suffix}") for why in _OWN_COPIES)
    return sorted(path for paths in found for path in paths)


def examine(path: Path) -> Backup:
    """Look a file over, page by page and link by link; `DatabaseError` says what is wrong with it."""
    _refuse_absent(path)
    with condition.looking(path) as connection:
        condition.refuse_foreign(connection, path.name)
        for fault in condition.faults(connection):
            raise DatabaseError(f"{path.name} is not whole. {fault} Use another back-up.")
        head = None
        if connection.execute("pragma user_version").fetchone()[0] >= _FIRST_WITH_A_LOG:
            verdict = audit.follow(connection)
            if verdict.fault is not None:
                raise DatabaseError(f"The audit log in {path.name} is broken. {verdict.fault} Use another back-up.")
            head = verdict.head
        traces = connection.execute("select count(*) from traces").fetchone()[0]
    return Backup(path, path.stat().st_size, traces, head)


def restore(database: Path, source: Path, *, author: str, reason: str) -> Restored:
    """Put a back-up in the place of the database; what was there stays beside it under another name.

    An older file is brought into today's shape. `Conflict` while a living process has the database open, `DatabaseError`
    if the back-up is not whole; nothing has changed then.
    """
    if not author.strip() or not reason.strip():
        raise BadInput("To restore a back-up takes a name and a reason: colleagues will read them in the audit log.")
    if database.exists() and source.exists() and source.samefile(database):
        raise BadInput("This file is the database itself. Name a back-up of it.")
    _refuse_absent(source)
    arriving = database.with_name(f"{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with opening_lock(database):
            arriving.unlink(missing_ok=True)
            damaged = _take_alone(database)
            backup = _copy(source, arriving)
            aside = _set_aside(database, with_journal=damaged)
            arriving.replace(database)
    except OSError as error:
        raise DatabaseError(f"The back-up could not be put in place: {error.strerror or error}.") from error
    finally:
        arriving.unlink(missing_ok=True)
    with closing(open_database(database)) as db:
        _log(db, source, aside, author=author, reason=reason)
        erased_again = None if damaged else _erase_again(db, aside)
    return Restored(backup, aside, erased_again)


def _copy(source: Path, target: Path) -> Backup:
    """A whole copy in `target`, or no file."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error
    try:
        with condition.looking(source) as original, closing(sqlite3.connect(target)) as copy:
            condition.refuse_foreign(original, source.name)
            # All pages in one go: in pieces, it would begin anew whenever somebody writes.
            original.backup(copy)
            # A back-up is one file, and none that needs two others beside it.
            copy.execute("pragma journal_mode = delete")
        return examine(target)
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise DatabaseError(f"The copy could not be made: {error}.") from error
        raise


def _take_alone(database: Path) -> bool:
    """Make sure that nobody else has the database; returns whether it is too damaged to be put into one file."""
    if not database.exists():
        return False
    try:
        condition.take_alone(database)
    except DatabaseError:
        return True
    return False


def _set_aside(database: Path, *, with_journal: bool) -> Path | None:
    """Give what is there a second name. The first stays, so that at no moment there is no database."""
    if not database.exists():
        return None
    stamp = clock.as_datetime(clock.now_ms()).strftime("%Y%m%dT%H%M%S%f")
    aside = database.with_name(f"{database.stem}.before-restore-{stamp}{database.suffix}")
    shutil.copy2(database, aside)
    for ending in ("-wal", "-shm"):
        journal = database.with_name(database.name + ending)
        # The journal of one file must never be read into another.
        if with_journal and journal.exists():
            journal.replace(aside.with_name(aside.name + ending))
    return aside


def _erase_again(db: Database, aside: Path | None) -> int | None:
    try:
        return 0 if aside is None else erasing.repeat(db, aside)
    except DatabaseError:
        return None


def _log(db: Database, source: Path, aside: Path | None, *, author: str, reason: str) -> None:
    after = {"back-up": source.name, "set aside": aside and aside.name}
    change = audit.Change(author.strip(), "restored", "database", None, after, reason.strip())
    db.write(lambda connection: audit.append(connection, change))


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
