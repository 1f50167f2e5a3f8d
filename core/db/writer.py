"""One thread that writes, so that writers never wait for locks and many of them share one flush to disk.

Jobs that wait go into one transaction, and so do those that arrive while it is short. Each runs in a savepoint: one that
raises is undone alone and hands its error to whoever submitted it.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from core.db.sqlite import connect, readable
from core.db.turns import Turns
from core.errors import CopydeskError, DatabaseError

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]

_LONGEST = 0.05
"""Seconds for which jobs join a transaction. A flush costs as much as several jobs; but others want to write, too."""


class Writer:
    """The writing end of a database. Its thread starts with the first job and is a daemon."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._unanswered: set[Future[Any]] = set()
        self._closed = False
        self._guard = threading.Lock()

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """Queue a job; its future is done once the disk has it. After `close` it raises `DatabaseError`.

        If the thread dies, everyone who waits gets an error at once, and the next job a new thread.
        """
        future: Future[T] = Future()
        # What was submitted gets written: a caller who goes away must not take the row along.
        future.set_running_or_notify_cancel()
        with self._guard:
            if self._closed:
                raise DatabaseError("Copydesk is shutting down; nothing was asked.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="copydesk-writer", daemon=True)
                self._thread.start()
            self._unanswered.add(future)
            future.add_done_callback(self._unanswered.discard)
            self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Write what is queued, then stop."""
        with self._guard:
            self._closed = True
            thread = self._thread
            self._jobs.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            self._write_until_closed()
        except BaseException:
            self._died()
            raise

    def _write_until_closed(self) -> None:
        connection: sqlite3.Connection | None = None
        turns = Turns(self._path)
        try:
            while first := self._jobs.get():
                group = [first]
                try:
                    connection = connection or connect(self._path)
                    with turns:
                        results = _commit(connection, self._fill(group))
                except BaseException as error:  # noqa: BLE001 - whatever it is, the whole group failed and everyone is told
                    if connection is not None and connection.in_transaction:
                        connection.rollback()
                    for _, future in group:
                        future.set_exception(_for_person(error))
                else:
                    for (_, future), (value, error) in zip(group, results, strict=True):
                        if error is None:
                            future.set_result(value)
                        else:
                            future.set_exception(error)
        finally:
            # An open transaction would keep every writer after this one out.
            if connection is not None:
                connection.close()
            turns.close()

    def _fill(self, group: list[tuple[Job, Future[Any]]]) -> Iterator[Job]:
        """The jobs of a group that has its first: while they run, others join it."""
        end = time.monotonic() + _LONGEST
        for job, _ in group:
            yield job
            if time.monotonic() < end and (following := self._waiting()):
                group.append(following)

    def _waiting(self) -> tuple[Job, Future[Any]] | None:
        """The next job, if there is one by now."""
        try:
            job = self._jobs.get_nowait()
        except Empty:
            return None
        if job is None:
            # That the writer is to stop is for the loop to read, once this group is written.
            self._jobs.put(None)
        return job

    def _died(self) -> None:
        with self._guard:
            self._thread, self._jobs = None, SimpleQueue()
            waiting = list(self._unanswered)
        for future in waiting:
            future.set_exception(DatabaseError(_DIED))


def _commit(connection: sqlite3.Connection, jobs: Iterable[Job]) -> list[tuple[Any, BaseException | None]]:
    """Run jobs in one transaction; the results are true once this returns."""
    results: list[tuple[Any, BaseException | None]] = []
    connection.execute("begin immediate")
    for job in jobs:
        connection.execute("savepoint job")
        try:
            results.append((job(connection), None))
        except BaseException as error:
            if not connection.in_transaction:
                raise  # SQLite itself gave up the transaction (disk full, I/O error): nobody's row is there
            connection.execute("rollback to job")
            results.append((None, _for_person(error)))
        connection.execute("release job")
    connection.execute("commit")
    return results


def _for_person(error: BaseException) -> BaseException:
    """SQLite's errors become ours, but for a broken constraint, which the job's owner knows how to read."""
    if isinstance(error, CopydeskError | sqlite3.IntegrityError) or not isinstance(error, sqlite3.Error):
        return error
    return readable(error)


_DIED = "The thread that writes to the database died. Look whether this is there, and try again."
