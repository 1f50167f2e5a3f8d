"""Tell a living process from a dead one, even after `kill -9` and whatever number the next process gets.

A process holds the lock on a file of its own for as long as it lives; the operating system gives it up at its death.
"""

import uuid
from pathlib import Path

from filelock import FileLock, Timeout


class Liveness:
    """This process's mark in `folder`. `process` is its name there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.process = uuid.uuid4().hex
        self._lock = _lock(folder, self.process)
        self._lock.acquire()

    def is_dead(self, process: str) -> bool:
        """True if the process of that name has ended, however it ended."""
        if process == self.process:
            return False
        try:
            with _lock(self._folder, process):
                pass
        except Timeout:
            return False
        (self._folder / f"{process}.lock").unlink(missing_ok=True)
        return True

    def release(self) -> None:
        self._lock.release()
        (self._folder / f"{self.process}.lock").unlink(missing_ok=True)


def _lock(folder: Path, process: str) -> FileLock:
    return FileLock(folder / f"{process}.lock", timeout=0, thread_local=False)
