"""The writer: many share one transaction, one job's failure is its own, and nothing is acknowledged before it is stored."""

import ctypes
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from core.db import Database
from core.db.sqlite import connect
from core.db.writer import Writer
from core.errors import BadInput, DatabaseError

Job = Callable[[sqlite3.Connection], object]
Process = subprocess.Popen[str]
PATIENCE = 10


def insert(name: str, size: int = 1) -> Callable[[sqlite3.Connection], str]:
    """A job that writes one row and returns its name."""

    def job(connection: sqlite3.Connection) -> str:
        connection.execute("insert into articles (hash, text, characters) values (?, zeroblob(?), 1)", (name, size))
        return name

    return job


def insert_then_raise(name: str, error: BaseException) -> Job:
    def job(connection: sqlite3.Connection) -> NoReturn:
        insert(name)(connection)
        raise error

    return job


def stored(path: Path) -> set[str]:
    """The rows that a connection of somebody else can see."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("select hash from articles")}


def writer_threads() -> int:
    return sum(thread.name == "copydesk-writer" for thread in threading.enumerate())


def struck_at(db: Database, job: Job) -> "Future[object]":
    """Submit a job at which an exception from nowhere ends the thread that waited for it."""
    time.sleep(0.1)
    (writer,) = (thread for thread in threading.enumerate() if thread.name == "copydesk-writer")
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(writer.ident or 0), ctypes.py_object(Struck))
    future = db.submit(job)
    writer.join(PATIENCE)
    return future


class Struck(Exception):
    """What comes from nowhere."""


class Pause:
    """Holds the writer inside a job, so that what is submitted meanwhile waits and becomes one group."""

    def __init__(self, db: Database) -> None:
        self._go = threading.Event()
        begun = threading.Event()

        def job(_: sqlite3.Connection) -> None:
            begun.set()
            assert self._go.wait(PATIENCE)

        self.future = db.submit(job)
        assert begun.wait(PATIENCE)

    def end(self) -> None:
        self._go.set()


@pytest.fixture
def paused(db: Database) -> Iterator[Pause]:
    pause = Pause(db)
    yield pause
    pause.end()


class TestGroupCommit:
    def test_rows_of_many_threads_are_all_there(self, db: Database) -> None:
        names = [str(number) for number in range(1_000)]
        with ThreadPoolExecutor(16) as threads:
            assert list(threads.map(lambda name: db.write(insert(name)), names)) == names
        assert stored(db.path) == set(names)

    def test_jobs_that_wait_share_one_transaction(self, db: Database, paused: Pause) -> None:
        first = db.submit(insert("first"))
        last = db.submit(lambda _: (first.done(), stored(db.path)))
        paused.end()
        assert last.result(PATIENCE) == (False, set())
        assert stored(db.path) == {"first"}

    def test_a_job_sees_the_rows_of_the_jobs_before_it(self, db: Database, paused: Pause) -> None:
        db.submit(insert("first"))
        count = db.submit(lambda connection: connection.execute("select count(*) from articles").fetchone()[0])
        paused.end()
        assert count.result(PATIENCE) == 1

    def test_jobs_run_in_the_order_in_which_they_came(self, db: Database, paused: Pause) -> None:
        order: list[int] = []
        futures = [db.submit(lambda _, number=number: order.append(number)) for number in range(100)]
        paused.end()
        wait(futures, PATIENCE)
        assert order == list(range(100))

    def test_many_jobs_that_wait_are_all_written(self, db: Database, paused: Pause) -> None:
        names = {str(number) for number in range(500)}
        futures = [db.submit(insert(name)) for name in names]
        paused.end()
        assert {future.result(PATIENCE) for future in futures} == names
        assert stored(db.path) == names

    def test_a_transaction_ends_though_there_is_always_another_job(self, db: Database) -> None:
        def job(_: sqlite3.Connection) -> None:
            if not first.done():
                db.submit(job)

        first = db.submit(job)
        first.result(PATIENCE)


class TestWhenAFutureIsDone:
    def test_another_connection_can_see_the_row(self, db: Database) -> None:
        seen: list[bool] = []
        for number in range(50):
            future = db.submit(insert(str(number)))
            # Runs in the very moment in which the future becomes done.
            future.add_done_callback(lambda done: seen.append(done.result() in stored(db.path)))
            future.result(PATIENCE)
        db.close()
        assert seen == [True] * 50

    def test_it_holds_what_the_job_returned(self, db: Database) -> None:
        assert db.submit(insert("row")).result(PATIENCE) == "row"


class TestAJobThatRaises:
    def test_its_error_is_delivered_as_it_is(self, db: Database) -> None:
        error = BadInput("There is no such thing.")
        assert db.submit(insert_then_raise("row", error)).exception(PATIENCE) is error

    def test_what_it_wrote_is_undone(self, db: Database) -> None:
        db.submit(insert_then_raise("row", ValueError())).exception(PATIENCE)
        assert stored(db.path) == set()

    def test_the_others_of_its_group_are_written(self, db: Database, paused: Pause) -> None:
        jobs = [insert("before"), insert_then_raise("bad", ValueError()), insert("after")]
        futures = [db.submit(job) for job in jobs]
        paused.end()
        wait(futures, PATIENCE)
        assert stored(db.path) == {"before", "after"}

    def test_the_others_of_its_group_get_their_own_results(self, db: Database, paused: Pause) -> None:
        before = db.submit(insert("before"))
        bad = db.submit(insert_then_raise("bad", ValueError("bad")))
        after = db.submit(insert("after"))
        paused.end()
        assert (before.result(PATIENCE), str(bad.exception(PATIENCE)), after.result(PATIENCE)) == (
            "before",
            "bad",
            "after",
        )

    def test_a_broken_constraint_stays_an_integrity_error(self, db: Database) -> None:
        db.write(insert("row"))
        with pytest.raises(sqlite3.IntegrityError):
            db.write(insert("row"))

    def test_any_other_error_of_sqlite_becomes_a_sentence(self, db: Database) -> None:
        with pytest.raises(DatabaseError, match="no such table: nowhere"):
            db.write(lambda connection: connection.execute("insert into nowhere values (1)"))

    def test_one_that_rolls_back_by_itself_gets_an_error(self, db: Database) -> None:
        def job(connection: sqlite3.Connection) -> NoReturn:
            connection.rollback()
            raise ValueError("rolled back")

        with pytest.raises(ValueError, match="rolled back"):
            db.write(job)
        assert db.write(insert("next")) == "next"

    def test_one_that_asks_python_to_exit_does_not_stop_the_writer(self, db: Database) -> None:
        left = db.submit(insert_then_raise("row", SystemExit(1)))
        assert isinstance(left.exception(timeout=2), SystemExit)
        assert db.submit(insert("next")).result(timeout=2) == "next"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
class TestAThreadThatDies:
    def test_tells_everyone_who_waits(self, db: Database) -> None:
        db.write(insert("row"))
        with pytest.raises(DatabaseError, match="thread that writes to the database died"):
            struck_at(db, insert("lost")).result(PATIENCE)
        assert stored(db.path) == {"row"}

    def test_is_followed_by_another_that_finds_no_lock(self, db: Database) -> None:
        db.write(insert("row"))
        struck_at(db, insert("lost"))
        assert db.write(insert("next")) == "next"

    def test_does_not_keep_anyone_from_closing(self, db: Database) -> None:
        db.write(insert("row"))
        struck_at(db, insert("lost"))
        db.close()
        assert stored(db.path) == {"row"}


class TestClosing:
    def test_what_is_queued_is_written_first(self, db: Database, paused: Pause) -> None:
        futures = [db.submit(insert(str(number))) for number in range(500)]
        closer = threading.Thread(target=db.close)
        closer.start()
        paused.end()
        closer.join(PATIENCE)
        assert all(future.done() for future in futures)
        assert len(stored(db.path)) == 500

    def test_a_job_after_it_is_refused(self, db: Database) -> None:
        db.close()
        with pytest.raises(DatabaseError, match="shutting down"):
            db.submit(insert("late"))

    def test_twice_is_once(self, db: Database) -> None:
        db.write(insert("row"))
        db.close()
        db.close()
        assert stored(db.path) == {"row"}

    def test_it_ends_the_thread(self, db: Database) -> None:
        db.write(insert("row"))
        before = writer_threads()
        db.close()
        assert writer_threads() == before - 1

    def test_a_writer_that_never_wrote_has_no_thread_and_no_file(self, tmp_path: Path) -> None:
        before = writer_threads()
        writer = Writer(tmp_path / "unused.db")
        assert writer_threads() == before
        writer.close()
        assert not (tmp_path / "unused.db").exists()


class TestACallerWhoGoesAway:
    def test_cannot_take_the_row_along(self, db: Database, paused: Pause) -> None:
        future = db.submit(insert("row"))
        assert not future.cancel()
        paused.end()
        assert future.result(PATIENCE) == "row"

    def test_does_not_stop_the_writer(self, db: Database, paused: Pause) -> None:
        db.submit(insert("row")).cancel()
        paused.end()
        assert db.submit(insert("next")).result(PATIENCE) == "next"

    def test_can_leave_behind_a_callback_that_raises(self, db: Database) -> None:
        def callback(_: Future[str]) -> NoReturn:
            raise ValueError("nobody is there")

        db.submit(insert("row")).add_done_callback(callback)
        assert db.submit(insert("next")).result(PATIENCE) == "next"


class TestAFullDisk:
    """A database that may not grow is full to SQLite just as a full disk is: both are SQLITE_FULL."""

    @pytest.fixture
    def full(self, db: Database) -> Database:
        def no_more_pages(connection: sqlite3.Connection) -> None:
            pages = connection.execute("pragma page_count").fetchone()[0]
            connection.execute(f"pragma max_page_count = {pages}")

        db.write(no_more_pages)
        return db

    def test_is_told_in_a_sentence(self, full: Database) -> None:
        with pytest.raises(DatabaseError, match=r"disk that holds the database is full. Free some space"):
            full.write(insert("large", 1_000_000))

    def test_leaves_nothing_of_the_job(self, full: Database) -> None:
        full.submit(insert("large", 1_000_000)).exception(PATIENCE)
        assert stored(full.path) == set()

    def test_does_not_stop_what_still_fits(self, full: Database) -> None:
        full.submit(insert("large", 1_000_000)).exception(PATIENCE)
        assert full.write(insert("small")) == "small"

    def test_is_over_once_there_is_room(self, full: Database) -> None:
        full.submit(insert("large", 1_000_000)).exception(PATIENCE)
        full.write(lambda connection: connection.execute("pragma max_page_count = 1000000").fetchone())
        assert full.write(insert("large", 1_000_000)) == "large"

    @pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
    def test_a_file_that_cannot_grow_fails_the_whole_group_and_then_works_again(
        self, db: Database, start: Callable[..., Process]
    ) -> None:
        db.close()
        process = start(FILE_SIZE_LIMIT, db.path)
        output, errors = process.communicate(timeout=PATIENCE)
        assert output.splitlines() == ["DatabaseError", "DatabaseError", "small"], errors
        assert stored(db.path) == {"small"}


class TestALockedDatabase:
    @pytest.fixture
    def impatient(self, db: Database) -> Database:
        """Its writer waits for a tenth of a second instead of ten."""
        db.write(lambda connection: connection.execute("pragma busy_timeout = 100").fetchone())
        return db

    def test_by_another_process_is_told_in_a_sentence(self, impatient: Database, start: Callable[..., Process]) -> None:
        holder = start(HOLD_THE_LOCK, impatient.path)
        assert holder.stdout
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(DatabaseError, match="locked by another process"):
            impatient.write(insert("row"))

    def test_that_is_free_again_can_be_written(self, impatient: Database) -> None:
        with closing(connect(impatient.path)) as holder:
            holder.execute("begin immediate")
            assert isinstance(impatient.submit(insert("row")).exception(PATIENCE), DatabaseError)
            holder.rollback()
            assert impatient.write(insert("row")) == "row"

    def test_that_is_free_in_time_is_waited_for(self, db: Database) -> None:
        with closing(connect(db.path)) as holder:
            holder.execute("begin immediate")
            future = db.submit(insert("row"))
            assert not wait([future], timeout=0.2).done
            holder.rollback()
            assert future.result(PATIENCE) == "row"

    def test_can_still_be_read(self, db: Database) -> None:
        db.write(insert("row"))
        with closing(connect(db.path)) as holder, db.read() as connection:
            holder.execute("begin immediate")
            assert connection.execute("select hash from articles").fetchone()["hash"] == "row"


HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("locked", flush=True)
sys.stdin.read()
"""

# The kernel refuses to let any file of this process grow beyond 400 kB: the write itself fails, in mid-transaction.
FILE_SIZE_LIMIT = """
import resource, sys, threading
from pathlib import Path
from core.db import open_database

db = open_database(Path(sys.argv[1]))
begun, go = threading.Event(), threading.Event()
db.submit(lambda _: (begun.set(), go.wait()))
begun.wait()
sql = "insert into articles (hash, text, characters) values (?, zeroblob(?), 1)"
futures = [db.submit(lambda c, name=n, size=s: c.execute(sql, (name, size))) for n, s in [("a", 1), ("b", 30_000_000)]]
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
go.set()
for future in futures:
    print(type(future.exception()).__name__)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
db.write(lambda c: c.execute(sql, ("small", 1)))
print("small")
db.close()
"""
