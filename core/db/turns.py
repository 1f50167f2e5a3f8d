"""Whose turn it is to write, where several processes write to one file.

SQLite lets whoever finds the file locked sleep for longer and longer, up to a tenth of a second; a process that writes
without a pause then keeps every other out for seconds. Here the operating system wakes whoever waits at the very moment
that the turn is over, while the one whose turn it was still has its callers to answer.
"""

import os
import threading
from pathlib import Path
from types import TracebackType

from core.db.sqlite import BUSY_SECONDS
from core.errors import DatabaseError

try:
    import fcntl
except ImportError:  # On Windows the waiting is left to SQLite, which is correct everywhere, only less fair.
    fcntl = None


class Turns:
    """The turns of one writer: `with turns: …` waits for its own. Whoever dies lets the next one in.

    If another process keeps its turn for longer than `patience` seconds, it is `DatabaseError`.
    """

    def __init__(self, database: Path, *, patience: float = BUSY_SECONDS) -> None:
        self._path = database.with_name(f"{database.name}.turn.lock")
        self._patience = patience
        self._file: int | None = None

    def __enter__(self) -> None:
        if fcntl is None:
            return
        if self._file is None:
            try:
                self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            except OSError as error:
                why = error.strerror or error
                raise DatabaseError(f"{self._path.name} beside the database cannot be used: {why}.") from error
        if not _lock_at_once(self._file) and not _Waiting(self._file).ends_within(self._patience):
            self._file = None
            raise DatabaseError(
                f"Another process has been writing to the database for {self._patience:g} seconds. If it hangs, end it."
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if fcntl is not None and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock_at_once(file: int) -> bool:
    assert fcntl is not None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Waiting:
    """A wait for a lock that can be given up. The system's own has no end, so a thread is left behind with the file."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._guard = threading.Lock()
        self._is_locked = False
        self._is_given_up = False

    def ends_within(self, seconds: float) -> bool:
        """Whether the file is locked by then. If not, it is closed as soon as it would be."""
        thread = threading.Thread(target=self._lock, name="copydesk-turn", daemon=True)
        thread.start()
        thread.join(seconds)
        with self._guard:
            self._is_given_up = not self._is_locked
            return self._is_locked

    def _lock(self) -> None:
        assert fcntl is not None
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._guard:
            self._is_locked = True
            if self._is_given_up:
                os.close(self._file)
