"""Back-ups: made while others write, whole or not there; restored only when nobody has the database, and never over anything."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from core import audit
from core.db import Database, open_database
from core.errors import BadInput, Conflict, DatabaseError
from core.evals import sets
from core.evals.case import make
from core.keeping import backups, erasing
from core.traces import record
from core.traces.finding import search
from tests.core.db.test_first_shape import of_the_first_shape
from tests.core.keeping.file_bytes import held
from tests.records import ARTICLE, put

WHY = {"author": "ada", "reason": "The disk died."}

HAVE_IT_OPEN = """
import sys
from pathlib import Path
from core.db import open_database
db = open_database(Path(sys.argv[1]))
with db.read() as connection:
    connection.execute("select count(*) from traces").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def a_database(path: Path, *headlines: str) -> str:
    """A database with one trace; returns its id."""
    with closing(open_database(path)) as db:
        return put(db, *headlines)


def traces(path: Path) -> list[str]:
    with closing(open_database(path)) as db:
        return [line.id for line in search.page(db).lines]


def beside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.before-restore-*.db"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "copydesk.db"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


class TestABackup:
    def test_holds_what_the_database_holds(self, path: Path, copy: Path) -> None:
        trace_id = a_database(path, "Bridge closes")
        made = backups.back_up(path, copy)
        assert (made.traces, made.bytes) == (1, copy.stat().st_size)
        with closing(open_database(copy)) as db:
            assert [each.text for each in record.get(db, trace_id).headlines] == ["Bridge closes"]

    def test_is_one_file_that_only_its_owner_may_read(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        assert copy.stat().st_mode & 0o077 == 0
        assert not list(copy.parent.glob("copy.db-*"))

    def test_is_made_while_others_write_and_is_of_one_moment(self, db: Database, copy: Path) -> None:
        stopped = threading.Event()

        def write() -> None:
            while not stopped.is_set():
                put(db, "One", "Two")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(5):
                made = backups.back_up(db.path, copy.with_name(f"{number}.db"))
                with closing(sqlite3.connect(made.path)) as connection:
                    many = connection.execute("select (select count(*) from headlines), (select count(*) from traces)")
                    headlines, traces = many.fetchone()
                assert headlines == 2 * traces
        finally:
            stopped.set()
            writer.join()

    def test_has_the_newest_hash_of_the_log(self, db: Database, copy: Path) -> None:
        change = audit.Change("ada", "did", "this", None, None, "Why.")
        db.write(lambda connection: audit.append(connection, change))
        assert backups.back_up(db.path, copy).head == audit.verify(db).head

    def test_replaces_no_file(self, path: Path, copy: Path) -> None:
        a_database(path)
        copy.write_text("mine")
        with pytest.raises(BadInput, match="is there already"):
            backups.back_up(path, copy)
        assert copy.read_text() == "mine"

    def test_of_nothing_is_refused(self, path: Path, copy: Path) -> None:
        with pytest.raises(BadInput, match="There is no file"):
            backups.back_up(path, copy)

    def test_of_a_damaged_database_is_refused_and_leaves_no_file(self, path: Path, copy: Path) -> None:
        a_database(path, "Bridge closes")
        damage(path)
        with pytest.raises(DatabaseError):
            backups.back_up(path, copy)
        assert not copy.exists()

    def test_into_a_folder_that_is_not_there_is_refused(self, path: Path, tmp_path: Path) -> None:
        a_database(path)
        with pytest.raises(BadInput, match="cannot be written"):
            backups.back_up(path, tmp_path / "nowhere" / "copy.db")


class TestRestoring:
    def test_puts_back_what_was_there_then(self, path: Path, copy: Path) -> None:
        first = a_database(path)
        backups.back_up(path, copy)
        a_database(path)
        restored = backups.restore(path, copy, **WHY)
        assert traces(path) == [first]
        assert restored.backup.traces == 1

    def test_keeps_what_was_there_now(self, path: Path, copy: Path) -> None:
        first = a_database(path)
        backups.back_up(path, copy)
        second = a_database(path)
        aside = backups.restore(path, copy, **WHY).aside
        assert aside
        assert traces(aside) == [second, first]

    def test_leaves_the_back_up_as_it_was(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        before = copy.read_bytes()
        backups.restore(path, copy, **WHY)
        assert copy.read_bytes() == before

    def test_is_in_the_log(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        backups.restore(path, copy, **WHY)
        with closing(open_database(path)) as db:
            (entry,) = audit.newest(db)
            assert audit.verify(db).fault is None
        assert (entry.author, entry.action, entry.reason) == ("ada", "restored", "The disk died.")

    def test_does_not_bring_back_what_was_erased_since(self, path: Path, copy: Path) -> None:
        trace_id = a_database(path, "Qzxjwanda speaks")
        case = make({"id": "a", "article": ARTICLE, "desk": "local", "reference": "Qzxjwanda speaks"})
        with closing(open_database(path)) as db:
            sets.save(db, "ours", [case], note="The first.", author="ada", seen=None, article_limit=None)
        backups.back_up(path, copy)
        with closing(open_database(path)) as db:
            erasing.article(db, ARTICLE, author="ada", reason="The source withdrew.")
        assert backups.restore(path, copy, **WHY).erased_again == 2
        with closing(open_database(path)) as db:
            assert record.get(db, trace_id).article is None
            assert sets.get(db, "ours").cases == ()
        assert held(path, ["Qzxjwanda", "160 pupils"]) == set()

    def test_works_where_there_is_no_database_yet(self, path: Path, copy: Path, tmp_path: Path) -> None:
        first = a_database(path)
        backups.back_up(path, copy)
        elsewhere = tmp_path / "new" / "copydesk.db"
        assert backups.restore(elsewhere, copy, **WHY).aside is None
        assert traces(elsewhere) == [first]

    def test_works_over_a_damaged_database_and_keeps_that_with_its_journal(self, path: Path, copy: Path) -> None:
        first = a_database(path)
        backups.back_up(path, copy)
        path.write_bytes(b"no database at all" * 1000)
        path.with_name("copydesk.db-wal").write_bytes(b"journal")
        aside = backups.restore(path, copy, **WHY).aside
        assert aside
        assert aside.read_bytes().startswith(b"no database at all")
        assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"journal"
        assert traces(path) == [first]

    def test_brings_an_older_file_into_shape(self, path: Path, tmp_path: Path) -> None:
        older = of_the_first_shape(tmp_path / "older.db")
        backups.restore(path, older, **WHY)
        with closing(open_database(path)) as db:
            assert search.count(db).number == 1
            assert audit.verify(db).entries == 1

    def test_is_refused_while_another_process_has_the_database(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        other = subprocess.Popen(
            [sys.executable, "-c", HAVE_IT_OPEN, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[3],
        )  # fmt: skip
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        try:
            with pytest.raises(Conflict, match="Stop it"):
                backups.restore(path, copy, **WHY)
            assert beside(path) == []
        finally:
            other.kill()
            other.wait()
            other.stdin.close()
            other.stdout.close()
        backups.restore(path, copy, **WHY)

    def test_is_refused_while_a_process_has_its_mark_there(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        with closing(Database(path)) as db:
            assert db.liveness.process
            with pytest.raises(Conflict):
                backups.restore(path, copy, **WHY)

    def test_needs_a_reason(self, path: Path, copy: Path) -> None:
        a_database(path)
        backups.back_up(path, copy)
        with pytest.raises(BadInput, match="a name and a reason"):
            backups.restore(path, copy, author="ada", reason=" ")

    def test_of_the_database_itself_is_refused(self, path: Path) -> None:
        a_database(path)
        with pytest.raises(BadInput, match="the database itself"):
            backups.restore(path, path, **WHY)

    @pytest.mark.parametrize("fault", ["damaged", "foreign", "text", "log"])
    def test_of_a_file_that_is_not_whole_changes_nothing(self, path: Path, copy: Path, fault: str) -> None:
        first = a_database(path)
        a_database(copy, "Bridge closes")
        spoil(copy, fault)
        with pytest.raises(DatabaseError):
            backups.restore(path, copy, **WHY)
        assert traces(path) == [first]
        assert beside(path) == []
        assert not path.with_name("copydesk.db.restoring").exists()


def damage(path: Path) -> None:
    """Overwrite a page in the middle of a file, as a failing disk does."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096 * 8] = b"\xff" * 4096 * 8
    path.write_bytes(content)


def spoil(path: Path, fault: str) -> None:
    if fault == "damaged":
        damage(path)
    elif fault == "text":
        path.write_text("These are my notes.\n" * 500)
    elif fault == "foreign":
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("create table contacts (name)")
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("insert into audit values (7, 0, 'eve', 'did', 'this', null, null, 'Why.', 'x', 'y')")
            connection.commit()


def test_nothing_is_left_in_the_folder_but_the_two_files(path: Path, copy: Path) -> None:
    a_database(path)
    backups.back_up(path, copy)
    shutil.move(copy, path.parent / "kept.db")
    assert {each.name for each in path.parent.iterdir() if each.suffix == ".db"} == {"copydesk.db", "kept.db"}
