"""What is wrong with the database as a file: who may touch it, the disk under it, its pages, its log of changes."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from core import audit
from core.db import condition
from core.keeping.finding import Finding, mend, mind

LEAST_FREE = 500_000_000
"""Bytes on the disk below which a busy day may fill it."""
LARGEST_JOURNAL = 256_000_000
"""Bytes of a write-ahead log that no healthy installation reaches: it is emptied every few megabytes."""

_EFFECTIVE = os.access in os.supports_effective_ids


def place(path: Path, *, least_free: int = LEAST_FREE) -> Iterator[Finding]:
    """The file, its folder and the disk, whatever is in it."""
    folder = next(each for each in path.resolve().parents if each.exists())
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE):
        yield mend(
            "folder", f"Nothing can be written into the folder {folder}.", "Give it to the user who runs Copydesk."
        )
    free = shutil.disk_usage(folder).free
    if free < least_free:
        yield mend(
            "disk", f"The disk has {free // 1_000_000:,} MB left.", "Free some space: a full disk stops every call."
        )
    if not path.exists():
        return
    if not os.access(path, os.R_OK | os.W_OK, effective_ids=_EFFECTIVE):
        yield mend(
            "database", f"{path} cannot be read and written by this user.", f"chown it to the user, or chmod 600 {path}"
        )
    mode = path.stat().st_mode
    if mode & 0o022:
        yield mend("database", f"Other users of this machine can write to {path}.", f"chmod 600 {path}")
    elif mode & 0o044:
        yield mind("database", f"Other users of this machine can read {path}.", f"chmod 600 {path}")
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists() and journal.stat().st_size > LARGEST_JOURNAL:
        yield mend(
            "journal",
            f"{journal.name} has grown to {journal.stat().st_size // 1_000_000:,} MB: something has been reading for hours.",
            "Find the program that holds the database open and end it, or start Copydesk anew.",
        )


def content(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """The pages, the references between rows and the log of changes of a file that is ours."""
    faults = condition.faults(connection)
    for fault in faults:
        yield mend(
            "database", fault, f"Stop Copydesk, keep {path.name}, and restore a back-up: python -m core restore FILE"
        )
    if faults or not _has_log(connection):
        return
    verdict = audit.follow(connection)
    if verdict.fault is not None:
        yield mend(
            "audit log",
            f"The log of changes is broken after {verdict.entries:,} entries. {verdict.fault}",
            "Somebody changed it past Copydesk. Compare it with a back-up, and find out who can write to the file.",
        )


def _has_log(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from sqlite_master where name = 'audit'").fetchone() is not None
