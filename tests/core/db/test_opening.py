"""Opening a database file: empty, older, newer, damaged, another program's, and by several processes at once."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.db import open_database
from core.db.migrations import migrations
from core.db.opening import APPLICATION_ID, SCHEMA
from core.errors import DatabaseError
from tests.conftest import ROOT
from tests.core.db.stored import articles, copies, tables

Start = Callable[..., subprocess.Popen[str]]

# What a later Copydesk does: it knows one migration more. It runs in its own interpreter, so ours stays as it is.
OPEN_WITH_A_LATER_COPYDESK = """
import sys
from pathlib import Path
from core.db import open_database, opening
from core.db.migrations import migrations
from core.errors import DatabaseError
from core.evals import sets

opening.SCHEMA += 1

@migrations()
def something_later(db):
    db.conn.execute("create table later (name text) strict")
    db.conn.execute("insert into later select hash from articles")
    if "fail" in sys.argv:
        db.conn.execute("insert into nowhere values (1)")

try:
    open_database(Path(sys.argv[1])).close()
except DatabaseError as error:
    print(error.message)
"""

OPEN_AND_WRITE_AT_THE_WORD = """
import sys
from pathlib import Path
from core.db import open_database

print("ready", flush=True)
sys.stdin.readline()
db = open_database(Path(sys.argv[1]))
db.write(lambda c: c.execute("insert into articles (hash, text, characters) values (?, x'00', 1)", (sys.argv[2],)))
db.close()
print("done", flush=True)
"""


def run(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    return output


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "somewhere" / "new.db"


def with_a_row(path: Path) -> Path:
    db = open_database(path)
    db.write(lambda connection: connection.execute("insert into articles values ('kept', x'00', 1)"))
    db.close()
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database of today with a row in it: to a later Copydesk it is an older one."""
    return with_a_row(tmp_path / "copydesk.db")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, start_once: Start) -> Path:
    """The same after a later Copydesk opened it."""
    path = with_a_row(tmp_path_factory.mktemp("migrated") / "copydesk.db")
    run(start_once(OPEN_WITH_A_LATER_COPYDESK, path))
    return path


class TestFirstUse:
    def test_makes_the_folder_and_the_tables(self, new: Path) -> None:
        open_database(new).close()
        assert {"prompt_versions", "releases", "traces", "attempts"} <= tables(new)

    def test_marks_the_file_as_ours(self, new: Path) -> None:
        open_database(new).close()
        assert new.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"Copy"

    def test_records_every_migration(self, new: Path) -> None:
        open_database(new).close()
        with closing(sqlite3.connect(new)) as connection:
            applied = [row[0] for row in connection.execute("select name from _sqlite_migrations order by id")]
        assert applied == [migration.name for migration in migrations._migrations]
        assert len(applied) == SCHEMA

    def test_opening_it_again_does_not_load_the_library_that_migrates(self, tmp_path: Path) -> None:
        open_database(tmp_path / "copydesk.db").close()
        script = (
            "import sys; from pathlib import Path; from core.db import open_database\n"
            "open_database(Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules)"
        )
        command = [sys.executable, "-c", script, str(tmp_path / "copydesk.db")]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
        assert found.stdout == "False\n"

    def test_makes_no_copy_of_nothing(self, new: Path) -> None:
        open_database(new).close()
        assert copies(new) == []

    def test_takes_an_empty_file(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.db"
        path.touch()
        open_database(path).close()
        assert "traces" in tables(path)


class TestSecondOpening:
    def test_leaves_the_file_as_it_is(self, older: Path) -> None:
        before = older.read_bytes()
        open_database(older).close()
        assert older.read_bytes() == before

    def test_makes_no_copy(self, older: Path) -> None:
        open_database(older).close()
        assert copies(older) == []


class TestAnOlderDatabase:
    def test_keeps_its_rows(self, migrated: Path) -> None:
        assert articles(migrated) == {"kept"}

    def test_gets_the_new_shape(self, migrated: Path) -> None:
        assert "later" in tables(migrated)

    def test_is_copied_first_as_it_was(self, migrated: Path) -> None:
        (copy,) = copies(migrated)
        assert articles(copy) == {"kept"}
        assert "later" not in tables(copy)

    def test_can_be_opened_from_its_copy(self, migrated: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        shutil.copy(copies(migrated)[0], copy)
        open_database(copy).close()
        assert articles(copy) == {"kept"}

    def test_stays_as_it_was_if_its_migration_fails(self, older: Path, start: Start) -> None:
        assert "no such table: nowhere" in run(start(OPEN_WITH_A_LATER_COPYDESK, older, "fail"))
        assert "later" not in tables(older)
        open_database(older).close()
        assert articles(older) == {"kept"}


class TestANewerDatabase:
    @pytest.fixture
    def newer(self, migrated: Path, tmp_path: Path) -> Path:
        newer = tmp_path / "newer.db"
        shutil.copy(migrated, newer)
        return newer

    def test_is_refused_by_the_name_of_what_is_unknown(self, newer: Path) -> None:
        with pytest.raises(DatabaseError, match=r"newer Copydesk \(it has 'something_later'\). Update this one"):
            open_database(newer)

    def test_is_left_byte_for_byte(self, newer: Path) -> None:
        before = newer.read_bytes()
        with pytest.raises(DatabaseError):
            open_database(newer)
        assert newer.read_bytes() == before


class TestAFileThatIsNotOurs:
    @pytest.fixture
    def foreign(self, tmp_path: Path) -> Path:
        path = tmp_path / "foreign.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("create table contacts (name)")
        return path

    @pytest.fixture
    def text(self, tmp_path: Path) -> Path:
        path = tmp_path / "notes.txt"
        path.write_text("These are my notes.\n" * 200)
        return path

    def test_another_programs_database_is_refused(self, foreign: Path) -> None:
        with pytest.raises(DatabaseError, match=r"belongs to another program. Point COPYDESK_DB to another file"):
            open_database(foreign)

    def test_another_programs_database_is_left_byte_for_byte(self, foreign: Path) -> None:
        before = foreign.read_bytes()
        with pytest.raises(DatabaseError):
            open_database(foreign)
        assert foreign.read_bytes() == before

    def test_a_text_file_is_refused(self, text: Path) -> None:
        with pytest.raises(DatabaseError, match=r"is not a database, or it is damaged"):
            open_database(text)

    def test_a_text_file_is_left_byte_for_byte(self, text: Path) -> None:
        before = text.read_bytes()
        with pytest.raises(DatabaseError):
            open_database(text)
        assert text.read_bytes() == before

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match="cannot be opened"):
            open_database(tmp_path)

    def test_a_path_through_a_file_is_refused(self, text: Path) -> None:
        with pytest.raises(DatabaseError, match=r"The folder .* of the database cannot be used"):
            open_database(text / "copydesk.db")

    def test_a_damaged_database_is_refused(self, older: Path) -> None:
        content = older.read_bytes()
        older.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
        with pytest.raises(DatabaseError, match="damaged"):
            open_database(older)


class TestSeveralProcesses:
    def test_that_open_a_new_path_at_once_all_succeed(self, new: Path, start: Start) -> None:
        processes = [start(OPEN_AND_WRITE_AT_THE_WORD, new, number) for number in range(4)]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [run(process) for process in processes] == ["done\n"] * 4
        assert articles(new) == {"0", "1", "2", "3"}
