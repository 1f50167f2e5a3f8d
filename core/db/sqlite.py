"""Open the SQLite file with our settings, and say in words what its errors mean."""

import sqlite3
from pathlib import Path

from core.errors import DatabaseError

BUSY_SECONDS = 10


def connect(path: Path) -> sqlite3.Connection:
    """A connection with our settings: autocommit until `begin`, WAL, every commit flushed to the disk."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        # What is erased is overwritten, and not only forgotten where it lies.
        connection.execute("pragma secure_delete = on")
    except sqlite3.Error as error:
        raise readable(error) from error
    return connection


def readable(error: sqlite3.Error) -> DatabaseError:
    """SQLite's error as a sentence for the person who runs Copydesk."""
    text = str(error)
    if "locked" in text:
        return DatabaseError(
            f"The database was locked by another process for {BUSY_SECONDS} seconds. Please try again."
        )
    if "full" in text:
        return DatabaseError("The disk that holds the database is full. Free some space and try again.")
    if "disk I/O" in text:
        return DatabaseError(
            "The disk that holds the database refuses to write or read: it is full, or it is failing. "
            "Free some space or look after the disk, and try again."
        )
    if "readonly" in text or "unable to open" in text:
        return DatabaseError(
            "The database cannot be opened for writing. Check that the folder of COPYDESK_DB is there and writable."
        )
    if "not a database" in text or "malformed" in text:
        return DatabaseError(
            "The file at COPYDESK_DB is not a database, or it is damaged. Name another file, or restore a copy."
        )
    return DatabaseError(f"The database reports: {text}.")
