"""Tell a living process from a dead one, even after `kill -9` and whatever number the next process gets.

A process holds the lock on a file of its own for as long as it lives; the operating system gives it up at its death.
What may end before its process does, such as a run, has a mark of its own.
"""

import uuid
from pathlib import Path

from filelock import FileLock, Timeout

_LOOK = 0.02
"""Seconds for which a lock has to be held: two that look at once must not take each other for the one who is dead."""


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
        return process != self.process and _has_ended(self._folder, process)

    def release(self) -> None:
        self._lock.release()
        (self._folder / f"{self.process}.lock").unlink(missing_ok=True)


def folder_of(database: Path) -> Path:
    """The folder in which the processes that use a database leave their marks."""
    return database.with_name(database.name + ".processes")


def living(folder: Path) -> list[str]:
    """The names of the processes that have a mark in `folder` and are alive, this one too."""
    return [mark.stem for mark in sorted(folder.glob("*.lock")) if not _has_ended(folder, mark.stem)]


def _has_ended(folder: Path, process: str) -> bool:
    try:
        with _lock(folder, process).acquire(timeout=_LOOK, poll_interval=_LOOK / 10):
            pass
    except Timeout:
        return False
    (folder / f"{process}.lock").unlink(missing_ok=True)
    return True


def _lock(folder: Path, process: str) -> FileLock:
    return FileLock(folder / f"{process}.lock", timeout=0, thread_local=False)
