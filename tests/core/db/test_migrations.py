"""Opening a database file: empty, older, newer, damaged, another program's, and by several processes at once."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from core import audit, feedback, profiles
from core.db import open_database
from core.db.migrations import migrations
from core.db.opening import APPLICATION_ID, SCHEMA
from core.errors import BadInput, DatabaseError
from core.evals import sets
from core.feedback import pairs
from core.keeping import erasing
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from core.review import filling, overview
from core.traces import bodies, record, related
from core.traces.counting import rollups
from core.traces.finding import index, search
from core.traces.finding.find import Find
from tests.calls import Calls
from tests.conftest import ROOT
from tests.core.evals.cases import LIMIT, case
from tests.core.feedback.conftest import Traces
from tests.core.traces.openings import opening

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


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}


def articles(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("select hash from articles")}


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.before-migration-*{path.suffix}"))


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


PLACE = Place("headlines", "production")

_TRACE = "0" * 31 + "1"
_ROWS = {
    "prompt_versions": [("headlines", number, f"hash {number}", None, "{}", "Why.", "ada", 100) for number in (1, 2, 3)],
    "releases": [
        (1, "headlines", "production", None, 1, None, "ada", "The first.", 1000),
        (2, "headlines", "production", None, 2, 1, "ben", "Shorter.", 2000),
        (3, "headlines", "production", "sport", 3, None, "ben", "For sport.", 3000),
        (4, "headlines", "production", "sport", None, 3, "ben", "As all.", 4000),
    ],
    "articles": [("article", b"x", 1)],
    "traces": [
        (_TRACE, "request", "f", "valid", "api", "ada", "production", "sport", "web", "en", "headlines", 2, 2, "m", "m",
         2500, 1.5, 1.0, 10, 1, 1, 5, 6, 0.1, None, None, "article", "p")
    ],
    "trace_bodies": [(_TRACE, b"body")],
    "attempts": [(_TRACE, 0, "ask", "m", 2500, 1.0, 0.5, 5, 6, 0.1, "stop", None, None)],
    "attempt_bodies": [(_TRACE, 0, b"body")],
    "headlines": [(_TRACE, 0, "A headline", 0)],
    "rejections": [(_TRACE, 0, "", 0, "[]")],
}  # fmt: skip
"""What a Copydesk of the first shape left, in the order in which its tables refer to each other."""


def of_the_first_shape(path: Path) -> Path:
    """A database with only the first migration applied, as a Copydesk of then left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = sqlite_utils.Database(connection, strict=True)
        migrations.apply(db, stop_before="audit_log_drafts_and_rollbacks")
        for table, rows in _ROWS.items():
            connection.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma user_version = 1")
        connection.execute("pragma journal_mode = wal")
    return path


def stored(path: Path, table: str) -> list[tuple[object, ...]]:
    """The rows of a table, as far as the first shape had its columns."""
    (copy,) = copies(path) or [path]
    with closing(sqlite3.connect(copy)) as connection:
        names = [column[1] for column in connection.execute(f"pragma table_info({table})")]
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"select {', '.join(names)} from {table}").fetchall()


class TestADatabaseOfTheFirstShape:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = of_the_first_shape(tmp_path / "copydesk.db")
        assert "audit" not in tables(path)
        open_database(path).close()
        return path

    @pytest.mark.parametrize("table", _ROWS)
    def test_keeps_its_rows(self, path: Path, table: str) -> None:
        assert stored(path, table) == _ROWS[table]

    def test_gets_the_log_and_the_drafts(self, path: Path) -> None:
        assert {"audit", "drafts"} <= tables(path)

    def test_is_known_to_need_no_other_migration(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("pragma user_version").fetchone() == (SCHEMA,)

    def test_is_copied_first_as_it_was(self, path: Path) -> None:
        (copy,) = copies(path)
        assert "audit" not in tables(copy)
        for table, rows in _ROWS.items():
            assert stored(copy, table) == rows

    def test_is_not_copied_again(self, path: Path) -> None:
        open_database(path).close()
        assert len(copies(path)) == 1

    def test_has_no_release_that_restores_another(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            history = releases.history(db, "headlines", "production")
        assert [release.restores for release in history] == [None] * 4
        assert [release.kind for release in history] == ["withdrawn", "released", "released", "released"]

    def test_serves_what_it_served(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert releases.resolve(db, "headlines", "production", "sport").version == 2
            then = releases.live_at(db, "headlines", "production", "sport", 3500)
        assert then
        assert then.version == 3

    def test_can_be_rolled_back_to_what_was_live_then(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            seen = releases.current(db, PLACE)
            made = releases.rollback(db, PLACE, author="ada", reason="Too short.", seen=seen)
            assert releases.resolve(db, "headlines", "production", "sport") == made
        assert (made.version, made.restores, made.replaced) == (1, 1, 2)

    def test_has_a_withdrawal_that_can_be_rolled_back(self, path: Path) -> None:
        sport = Place("headlines", "production", "sport")
        with closing(open_database(path)) as db:
            seen = releases.current(db, sport)
            made = releases.rollback(db, sport, author="ada", reason="Too short.", seen=seen)
        assert (made.version, made.restores) == (3, 3)

    def test_begins_its_log_with_the_first_change_from_now_on(self, path: Path) -> None:
        content = Content(messages=(MessageTemplate(role="user", content="new"),), model="offline/lede")
        with closing(open_database(path)) as db:
            assert audit.verify(db) == audit.Verdict(0, audit.FIRST, None)
            assert versions.save(db, "headlines", content, note="New.", author="ada", parent=3).number == 4
            assert audit.verify(db).entries == 1

    def test_shows_its_traces(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            (line,) = search.page(db, limit=5).lines
        assert (line.id, line.version, line.given) == (_TRACE, 2, 1)

    def test_finds_its_traces_by_their_words_once_they_are_caught_up(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert index.waiting(db) == 1
            article = bodies.pack_text("The bridge closes.")
            db.write(lambda connection: connection.execute("update articles set text = ?", (article,)))
            list(index.catch_up(db))
            assert [line.id for line in search.page(db, Find(text="bridge headline", desk=("sport",))).lines] == [
                _TRACE
            ]

    def test_has_its_traces_counted_by_and_by(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert rollups.waiting(db) == 1
            assert list(rollups.catch_up(db)) == [1]
            assert (rollups.waiting(db), rollups.differences(db)) == (0, [])

    def test_takes_feedback_on_its_traces(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert feedback.of_trace(db, _TRACE) == []
            given = feedback.Given(_TRACE, "edited", person="ada", source="api", position=0, text="Another headline")
            kept = feedback.give(db, given)
            (reviewed,) = feedback.review_record(db)
        assert (kept.suggested, reviewed.desk) == ("A headline", "sport")

    def test_lets_its_traces_be_compared_blind(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert pairs.standing(db) == []
            with pytest.raises(BadInput, match="not for the same article"):
                pairs.judge(db, pairs.Shown(_TRACE, Traces(db).closed()), "tie", person="ada", key="k")

    def test_lets_its_traces_be_asked_again(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert related.replays(db, _TRACE) == []
            db.write(lambda connection: record.open_trace(connection, opening("f" * 32, replays=_TRACE), process="p"))
            (again,) = related.replays(db, _TRACE)
        assert again.id == "f" * 32

    def test_takes_eval_sets_of_its_articles(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert sets.listing(db) == []
            sets.save(db, "ours", [case("a")], note="The first.", author="ada", seen=None, article_limit=LIMIT)
            assert sets.get(db, "ours", 1).cases == (case("a"),)
        assert articles(path) == {"article", bodies.article_hash(case("a").article)}

    def test_still_protects_its_rows(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in (
                "update releases set restores = 1",
                "delete from releases",
                "delete from prompt_versions",
            ):
                with pytest.raises(sqlite3.IntegrityError, match="never"):
                    connection.execute(statement)


class TestADatabaseFromBeforeProfilesWereVersions:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "copydesk.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(sqlite_utils.Database(connection, strict=True), stop_before="profiles_as_versions")
            connection.execute(
                "insert into audit values (1, 0, 'ada', 'released', 'headlines', null, null, 'Why.', ?, 'h')",
                (audit.FIRST,),
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 3")
        return path

    def test_keeps_its_log(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert [entry.reason for entry in audit.newest(db)] == ["Why."]

    def test_gets_those_that_ship(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            profiles.bring_in(db, ROOT / "prompts")
            assert [release.version for release in profiles.history(db)] == [1]

    def test_is_copied_first_as_it_was(self, path: Path) -> None:
        open_database(path).close()
        (copy,) = copies(path)
        assert "profile_versions" not in tables(copy)
        assert "profile_versions" in tables(path)


class TestADatabaseFromBeforeTheReviewQueue:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """One with a closed trace, an open one, and a complaint about the first."""
        path = tmp_path / "copydesk.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(sqlite_utils.Database(connection, strict=True), stop_before="review_queue")
            for trace, status in (("a" * 32, "valid"), ("b" * 32, "open")):
                connection.execute(
                    "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, "
                    "process) values (?, '', ?, 'api', 'production', 'sport', 'web', 'headlines', 0, '1')",
                    (trace, status),
                )
            connection.execute(
                "insert into feedback (trace, kind, value, person, source, given_at, received_at) "
                "values (?, 'thumb', -1, 'ada', 'api', 0, 0)",
                ("a" * 32,),
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 3")
        return path

    def test_keeps_its_feedback(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert [each.kind for each in feedback.of_trace(db, "a" * 32)] == ["thumb"]

    def test_has_rules_for_what_comes_from_now_on(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            for _ in filling.catch_up(db):
                pass
            assert overview.count(db) == 0
            feedback.give(db, feedback.Given("a" * 32, "thumb", person="ben", source="api", value=-1))
            for _ in filling.catch_up(db):
                pass
            (line,) = overview.lines(db)
        assert [reason.person for reason in line.item.reasons if reason.stands] == ["ben"]

    def test_looks_at_what_was_open_once_that_is_closed(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            db.write(lambda connection: connection.execute("update traces set status = 'failed' where status = 'open'"))
            feedback.give(db, feedback.Given("b" * 32, "thumb", person="ben", source="api", value=-1))
            for _ in filling.catch_up(db):
                pass
            assert [line.item.trace for line in overview.lines(db)] == ["b" * 32]


class TestADatabaseFromBeforeSeriouslyFlaggedSets:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """One with sets that failed a check and one that was warned of; any flag counted then."""
        path = tmp_path / "copydesk.db"
        with closing(open_database(path)) as db:
            calls = Calls(db)
            for hours, severities in ((0, ["fail"]), (30, ["fail", "fail"]), (0, ["warn"])):
                calls.closed(hours=hours)
                calls.rescore(-1, ["fail"])
                calls.rescore(-1, severities)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("update rollups set flagged_sets = 1 where flagged_sets = 0")
            connection.execute("update rollups set flagged_sets = 2 where calls = 2")
            connection.execute("delete from _sqlite_migrations where name = 'seriously_flagged_sets'")
            connection.execute("pragma user_version = 18")
            connection.commit()
        return path

    def test_counts_the_sets_that_failed_a_check(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert rollups.differences(db) == []
            with db.read() as connection:
                rows = connection.execute("select calls, flagged_sets from rollups order by 1, 2").fetchall()
        assert [tuple(row) for row in rows] == [(1, 1), (1, 1), (2, 1), (2, 1)]

    def test_finds_them_once_they_are_indexed_anew(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            db.write(lambda connection: connection.execute("update traces set indexed = 2"))
            list(index.catch_up(db))
            assert search.count(db, Find(severity=("fail",))).number == 2


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


class TestADatabaseFromBeforeDecisionsCouldBeTakenBack:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """One with a pick that was thought over, a comment, and an edit whose text was erased."""
        path = tmp_path / "copydesk.db"
        trace = "a" * 32
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(sqlite_utils.Database(connection, strict=True), stop_before="decisions_taken_back")
            connection.execute(
                "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, "
                "process, given) values (?, '', 'valid', 'api', 'production', 'sport', 'web', 'headlines', 0, '1', 3)",
                (trace,),
            )
            connection.executemany(
                "insert into feedback (trace, position, kind, text, person, source, given_at, received_at, key) "
                "values (?, ?, ?, ?, 'ada', 'api', ?, 0, ?)",
                [
                    (trace, 0, "picked", None, 1, "one"),
                    (trace, 0, "rejected", None, 2, None),
                    (trace, 1, "edited", "", 3, None),
                    (trace, None, "comment", "Too flat.", 4, None),
                ],
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 19")
        return path

    def test_keeps_its_feedback_and_what_stands_of_it(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            found = [(each.id, each.kind, each.text, each.key, each.stands) for each in feedback.of_trace(db, "a" * 32)]
        assert found == [
            (1, "picked", None, "one", False),
            (2, "rejected", None, None, True),
            (3, "edited", "", None, True),
            (4, "comment", "Too flat.", None, True),
        ]

    def test_lets_its_decisions_be_taken_back(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            feedback.give(db, feedback.Given("a" * 32, "taken_back", person="ada", source="api"))
            assert [each.kind for each in feedback.standing(db, "a" * 32)] == ["comment"]

    def test_still_protects_its_feedback(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            for statement in ("delete from feedback", "update feedback set kind = 'picked', text = ''"):
                with pytest.raises(sqlite3.IntegrityError):
                    db.write(lambda connection, statement=statement: connection.execute(statement))


class TestADatabaseFromBeforeErasing:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "copydesk.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(sqlite_utils.Database(connection, strict=True), stop_before="erasing")
            connection.execute("insert into articles values (?, ?, 1)", ("a", bodies.pack_text("The text.")))
            connection.execute(
                "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, article, "
                "process) values (?, '', 'valid', 'api', 'production', 'local', 'web', 'headlines', 0, 'a', 'p')",
                (_TRACE,),
            )
            connection.execute(
                "insert into trace_bodies values (?, ?)",
                (_TRACE, bodies.pack({"variables": {}, "article_as": [], "messages": [], "settings": {}})),
            )
            connection.execute(
                "insert into feedback (trace, kind, text, person, source, given_at, received_at) "
                "values (?, 'comment', 'Dull.', 'ada', 'app', 0, 0)",
                (_TRACE,),
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 11")
        return path

    def test_keeps_its_texts(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert record.get(db, _TRACE).article == "The text."
            assert [each.text for each in feedback.of_trace(db, _TRACE)] == ["Dull."]

    def test_can_be_erased_from(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert erasing.trace(db, _TRACE, author="ada", reason="So.").overwritten
            assert record.get(db, _TRACE).article is None
            assert [each.text for each in feedback.of_trace(db, _TRACE)] == [""]

    def test_still_protects_its_feedback(self, path: Path) -> None:
        open_database(path).close()
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute("update feedback set text = 'Great.'")
