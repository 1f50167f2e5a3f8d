"""The database as the rest of the core sees it: `read`, `write`, and which processes are alive."""

import sqlite3
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TypeVar

from core.db.liveness import Liveness, folder_of
from core.db.seats import Seats
from core.db.sqlite import connect, readable
from core.db.writer import Writer
from core.errors import DatabaseError
from core.policy import EVERYTHING, Policy

T = TypeVar("T")


class Database:
    """An open database. Threads may share it; `close` waits for what is still to be written."""

    def __init__(self, path: Path, policy: Policy = EVERYTHING) -> None:
        self.path = path
        self.policy = policy
        """What must not be written; whoever writes texts of people or models goes by it."""
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._seats = Seats()
        self._writer = Writer(path)
        self._guard = threading.Lock()
        self._liveness: Liveness | None = None

    @contextmanager
    def read(self) -> Generator[sqlite3.Connection]:
        """A reading connection for the length of a `with`; writing through it is refused by SQLite."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = connect(self.path)
            connection.execute("pragma query_only = on")
        try:
            with self._seats.taken():
                yield connection
        except sqlite3.Error as error:
            raise readable(error) from error
        finally:
            self._idle.put(connection)

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """Queue a job for the writer. The future holds its result once the disk has it, or its error."""
        return self._writer.submit(job)

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job in a transaction and return its result once the disk has it."""
        return self.submit(job).result()

    @property
    def liveness(self) -> Liveness:
        """Tells this process's rows from those of a process that died."""
        # A second mark would let go of the first, and rows that bear its name would be taken for a dead process's.
        with self._guard:
            if self._liveness is None:
                self._liveness = self.mark()
            return self._liveness

    def mark(self) -> Liveness:
        """Another mark, for what may end before this process does. Whoever asks for it releases it."""
        try:
            return Liveness(folder_of(self.path))
        except OSError as error:
            raise DatabaseError(
                f"The folder {self.path.parent} of the database cannot be used: {error.strerror or error}."
            ) from error

    def close(self) -> None:
        self._writer.close()
        while not self._idle.empty():
            self._idle.get_nowait().close()
        if self._liveness is not None:
            self._liveness.release()
