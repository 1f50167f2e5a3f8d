"""Whose turn it is to write, where several processes write to one file.

SQLite lets whoever finds the file locked sleep for longer and longer, up to a tenth of a second; a process that writes
without a pause then keeps every other out for seconds. Here the operating system wakes whoever waits at the very moment
that the turn is over, while the one whose turn it was still has its callers to answer.
"""

import os
from pathlib import Path
from types import TracebackType

try:
    import fcntl
except ImportError:  # On Windows the waiting is left to SQLite, which is correct everywhere, only less fair.
    fcntl = None


class Turns:
    """The turns of one writer: `with turns: …` waits for its own. Whoever dies lets the next one in."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.turn.lock")
        self._file: int | None = None

    def __enter__(self) -> None:
        if fcntl is not None:
            if self._file is None:
                self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if fcntl is not None and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
