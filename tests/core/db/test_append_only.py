"""Versions, releases, eval sets, logs, feedback and reviews stay as they are, whatever program or trick of SQL is tried."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import profiles
from core.checks.profile import Profiles
from core.db import Database
from core.evals import sets
from core.feedback import Given, give, pairs
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.review import by_hand
from tests.core.evals.cases import LIMIT, case
from tests.core.feedback.conftest import Traces

COLUMNS = {
    "prompt_versions": "prompt, number, hash, parent, content, note, author, created_at",
    "releases": "id, prompt, environment, desk, version, replaced, author, reason, created_at, restores",
    "profile_versions": "number, hash, parent, content, note, author, created_at",
    "profile_releases": "id, version, author, reason, created_at",
    "audit": "id, at, author, action, subject, before, after, reason, previous, hash",
    "feedback": "id, trace, position, kind, criterion, value, text, person, source, given_at, received_at, key",
    "blind_judgements": "id, first, second, better, person, given_at, key",
    "review_rules": "number, content, note, author, created_at, after_feedback, after_trace",
    "review_events": "id, item, kind, person, text, position, at",
    "eval_cases": "id, hash, article, characters, content",
    "eval_set_versions": "id, name, number, hash, cases, desks, note, author, created_at, shipped",
    "eval_set_cases": "version, position, eval_case",
}
WHO = dict.fromkeys(COLUMNS, "author") | {
    "feedback": "person",
    "blind_judgements": "person",
    "review_events": "person",
    "eval_cases": "content",
    "eval_set_cases": "eval_case",
}
SOMEBODY_ELSE = dict.fromkeys(COLUMNS, "'somebody else'") | {"eval_cases": "'{}'", "eval_set_cases": "2"}
CHANGED = {table: columns.replace(WHO[table], SOMEBODY_ELSE[table]) for table, columns in COLUMNS.items()}

STATEMENTS = {
    "update": "update {table} set {who} = {else}",
    "update or replace": "update or replace {table} set {who} = {else}",
    "update or ignore": "update or ignore {table} set {who} = {else}",
    "delete": "delete from {table}",
    "insert or replace": "insert or replace into {table} ({columns}) select {changed} from {table}",
    "replace": "replace into {table} ({columns}) select {changed} from {table}",
    "upsert": (
        "insert into {table} ({columns}) select {columns} from {table} where true "
        "on conflict do update set {who} = {else}"
    ),
}


@pytest.fixture
def path(db: Database) -> Path:
    """A closed database with a version, a release, an eval set, the log of these, and feedback in it."""
    content = Content(messages=(MessageTemplate(role="user", content="{{ article }}"),), model="offline/lede")
    versions.save(db, "headlines", content, note="The first.", author="ada")
    releases.release(db, releases.Place("headlines", "production"), 1, author="ada", reason="The first.", seen=None)
    trace = Traces(db).closed()
    sets.save(db, "ours", [case("a"), case("b")], note="The first.", author="ada", seen=None, article_limit=LIMIT)
    give(db, Given(trace, "edited", person="ada", source="api", position=0, text="Bridge shut", key="k"))
    pairs.judge(db, pairs.Shown(trace, Traces(db).closed()), "tie", person="ada", key="k")
    saved = profiles.save(db, Profiles(), note="The first.", author="ada")
    profiles.use(db, saved.number, author="ada", reason="The first.", seen=None)
    by_hand.add(db, trace, person="ada", why="Look.")
    db.close()
    return db.path


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"select * from {table}").fetchall()


def attempt(connection: sqlite3.Connection, table: str, statement: str) -> None:
    columns, changed = COLUMNS[table], CHANGED[table]
    connection.execute(
        STATEMENTS[statement].format_map(
            {"table": table, "columns": columns, "changed": changed, "who": WHO[table], "else": SOMEBODY_ELSE[table]}
        )
    )


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", COLUMNS)
class TestARow:
    def test_cannot_be_changed_through_our_own_writer(self, path: Path, table: str, statement: str) -> None:
        before = rows(path, table)
        db = Database(path)
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            db.write(lambda connection: attempt(connection, table, statement))
        db.close()
        assert rows(path, table) == before

    def test_cannot_be_changed_by_another_program(self, path: Path, table: str, statement: str) -> None:
        before = rows(path, table)
        # Neither our settings nor our pragmas: what protects the rows has to stand in the file itself.
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
            attempt(connection, table, statement)
        assert rows(path, table) == before


class TestAVersion:
    def test_cannot_be_replaced_by_the_same_content_under_another_number(self, path: Path) -> None:
        statement = CHANGED["prompt_versions"].replace("number", "number + 1")
        columns = COLUMNS["prompt_versions"]
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(
                f"insert or replace into prompt_versions ({columns}) select {statement} from prompt_versions"
            )
        assert [row[1] for row in rows(path, "prompt_versions")] == [1]

    def test_that_is_no_json_is_refused(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="json_valid"):
            connection.execute("insert into prompt_versions values ('headlines', 2, 'h', null, '{', 'n', 'a', 0)")


class TestAVersionOfTheProfiles:
    def test_cannot_be_replaced_by_the_same_content_under_another_number(self, path: Path) -> None:
        columns = COLUMNS["profile_versions"]
        moved = columns.replace("number", "number + 1")
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute(
                f"insert or replace into profile_versions ({columns}) select {moved} from profile_versions"
            )
        assert [row[0] for row in rows(path, "profile_versions")] == [1]


class TestAnAuditEntry:
    @pytest.mark.parametrize("statement", ["insert or replace into", "replace into"])
    def test_cannot_be_replaced_by_another_with_its_hash(self, path: Path, statement: str) -> None:
        before = rows(path, "audit")
        columns = COLUMNS["audit"]
        moved = columns.replace("id,", "id + 10,")
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute(f"{statement} audit ({columns}) select {moved} from audit")
        assert rows(path, "audit") == before

    def test_cannot_be_moved_to_another_place_in_the_log(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute("update audit set id = id + 10")
        assert [row[0] for row in rows(path, "audit")] == [1, 2, 3, 4, 5]

    def test_without_a_reason_or_author_column_is_refused(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
            connection.execute("insert into audit (at, action, subject, previous, hash) values (0, 'a', 's', 'p', 'h')")


class TestAnEvalSet:
    def test_gets_no_further_case_into_a_version(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute("insert into eval_set_cases values (1, 2, 1)")

    def test_gets_no_second_version_of_a_number(self, path: Path) -> None:
        columns = COLUMNS["eval_set_versions"]
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute(
                f"replace into eval_set_versions ({columns}) select {columns.replace('id,', 'id + 10,')} "
                "from eval_set_versions"
            )

    def test_keeps_a_case_when_another_with_its_hash_comes(self, path: Path) -> None:
        columns = COLUMNS["eval_cases"]
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute(
                f"replace into eval_cases ({columns}) select {columns.replace('id,', 'id + 10,')} from eval_cases"
            )


class TestFeedback:
    @pytest.mark.parametrize("statement", ["insert or replace into", "replace into"])
    def test_cannot_be_replaced_by_other_feedback_with_its_key(self, path: Path, statement: str) -> None:
        before = rows(path, "feedback")
        columns = COLUMNS["feedback"]
        other = CHANGED["feedback"].replace("id,", "id + 10,", 1)
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute(f"{statement} feedback ({columns}) select {other} from feedback")
        assert rows(path, "feedback") == before

    @pytest.mark.parametrize(
        "row",
        [
            "null, 'picked', null, null, null",
            "-1, 'picked', null, null, null",
            "0, 'liked', null, null, null",
            "0, 'all_rejected', null, null, null",
            "0, 'edited', null, null, null",
            "0, 'picked', null, null, 'a text'",
            "0, 'thumb', null, null, null",
            "0, 'thumb', null, 2, null",
            "0, 'rating', null, 6, null",
            "0, 'picked', null, 1, null",
            "0, 'score', null, 3, null",
            "0, 'score', 'wit', 3, null",
            "0, 'rating', 'tone', 3, null",
        ],
    )
    def test_that_cannot_be_is_refused_by_the_file_itself(self, path: Path, row: str) -> None:
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute(
                "insert into feedback (position, kind, criterion, value, text, trace, person, source, given_at, received_at) "
                f"select {row}, trace, 'ada', 'api', 1, 1 from feedback"
            )
