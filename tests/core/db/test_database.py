"""Reading: connections of one's own that cannot write, with our settings, from any thread, also after an error."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from core.db import Database
from core.db.sqlite import BUSY_SECONDS, connect, readable
from core.errors import DatabaseError


def write_row(db: Database, name: str = "row") -> None:
    db.write(
        lambda connection: connection.execute(
            "insert into articles (hash, text, characters) values (?, x'00', 1)", (name,)
        )
    )


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"pragma {name}").fetchone()[0]


def pragma_of_the_writer(db: Database, name: str) -> object:
    return db.write(lambda connection: pragma(connection, name))


class TestLiveness:
    def test_is_one_for_all_threads_that_ask_first(self, db: Database) -> None:
        with ThreadPoolExecutor(8) as threads:
            assert len({id(each) for each in threads.map(lambda _: db.liveness, range(64))}) == 1

    def test_that_cannot_be_marked_is_told_in_a_sentence(self, db: Database) -> None:
        db.path.with_name(db.path.name + ".processes").write_text("in the way")
        with pytest.raises(DatabaseError, match="of the database cannot be used"):
            db.mark()


class TestSettings:
    def test_the_journal_is_a_write_ahead_log(self, db: Database) -> None:
        # Asked through a plain connection: it is the file that has this setting.
        with closing(sqlite3.connect(db.path)) as connection:
            assert pragma(connection, "journal_mode") == "wal"

    def test_every_commit_is_flushed_to_the_disk(self, db: Database) -> None:
        full = 2
        assert pragma_of_the_writer(db, "synchronous") == full

    def test_a_lock_is_waited_for_as_long_as_the_error_says(self, db: Database) -> None:
        assert pragma_of_the_writer(db, "busy_timeout") == BUSY_SECONDS * 1000

    def test_foreign_keys_are_checked_by_the_writer(self, db: Database) -> None:
        assert pragma_of_the_writer(db, "foreign_keys") == 1

    def test_a_row_that_refers_to_nothing_is_refused(self, db: Database) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            db.write(lambda connection: connection.execute("insert into trace_bodies values (?, x'00')", ("0" * 32,)))

    def test_a_value_of_the_wrong_type_is_refused(self, db: Database) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER"):
            db.write(lambda connection: connection.execute("insert into articles values ('a', x'00', 'many')"))


class TestRead:
    def test_sees_what_was_written(self, db: Database) -> None:
        write_row(db)
        with db.read() as connection:
            assert connection.execute("select hash from articles").fetchone()["hash"] == "row"

    def test_cannot_write(self, db: Database) -> None:
        with pytest.raises(DatabaseError), db.read() as connection:
            connection.execute("insert into articles values ('row', x'00', 1)")

    def test_turns_an_error_of_sqlite_into_a_sentence(self, db: Database) -> None:
        with pytest.raises(DatabaseError, match="no such table: nowhere"), db.read() as connection:
            connection.execute("select * from nowhere")

    def test_leaves_any_other_error_as_it_is(self, db: Database) -> None:
        with pytest.raises(KeyError), db.read():
            raise KeyError("mine")

    def test_works_after_an_error(self, db: Database) -> None:
        with pytest.raises(DatabaseError), db.read() as connection:
            connection.execute("select * from nowhere")
        with db.read() as connection:
            assert connection.execute("select count(*) from articles").fetchone()[0] == 0

    def test_uses_a_connection_again(self, db: Database) -> None:
        with db.read() as first:
            pass
        with db.read() as second:
            assert second is first

    def test_within_a_read_gets_another_connection(self, db: Database) -> None:
        with db.read() as outer, db.read() as inner:
            assert inner is not outer

    def test_works_from_many_threads_while_others_write(self, db: Database) -> None:
        def write_then_count(number: int) -> int:
            write_row(db, str(number))
            with db.read() as connection:
                return connection.execute("select count(*) from articles").fetchone()[0]

        with ThreadPoolExecutor(8) as threads:
            counts = list(threads.map(write_then_count, range(200)))
        assert max(counts) == 200
        assert min(counts) >= 1


class TestClose:
    def test_leaves_one_file_with_everything_in_it(self, db: Database) -> None:
        write_row(db)
        with db.read():
            pass
        db.close()
        assert not db.path.with_name(db.path.name + "-wal").exists()

    def test_gives_up_the_mark_of_this_process(self, db: Database) -> None:
        process = db.liveness.process
        folder = db.path.with_name("copydesk.db.processes")
        assert [path.name for path in folder.iterdir()] == [f"{process}.lock"]
        db.close()
        assert list(folder.iterdir()) == []


class TestReadable:
    @pytest.mark.parametrize(
        ("reported", "told"),
        [
            ("database is locked", "locked by another process for 10 seconds"),
            ("database table is locked", "locked by another process"),
            ("database or disk is full", "Free some space"),
            ("attempt to write a readonly database", "folder of COPYDESK_DB is there and writable"),
            ("unable to open database file", "folder of COPYDESK_DB is there and writable"),
            ("file is not a database", "Name another file, or restore a copy"),
            ("database disk image is malformed", "Name another file, or restore a copy"),
            ("disk I/O error", "it is full, or it is failing"),
            ("out of memory", "The database reports: out of memory."),
        ],
    )
    def test_says_what_to_do(self, reported: str, told: str) -> None:
        assert told in readable(sqlite3.OperationalError(reported)).message

    def test_says_it_for_a_connection_that_cannot_be_opened(self, db: Database) -> None:
        with pytest.raises(DatabaseError, match="cannot be opened"):
            connect(db.path.parent / "missing" / "copydesk.db")
