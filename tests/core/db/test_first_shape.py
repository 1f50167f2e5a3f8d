"""A database of the very first shape keeps every row, serves what it served, and takes all that came since."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from core import audit, feedback
from core.db import open_database
from core.db.migrations import migrations
from core.db.opening import APPLICATION_ID, SCHEMA
from core.errors import BadInput
from core.evals import sets
from core.feedback import pairs
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from core.traces import bodies, related, writing
from core.traces.counting import rollups
from core.traces.finding import index, search
from core.traces.finding.find import Find
from tests.core.db.stored import TRACE, articles, copies, tables
from tests.core.evals.cases import LIMIT, case
from tests.core.feedback.conftest import Traces
from tests.core.traces.openings import opening

PLACE = Place("headlines", "production")
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
        (TRACE, "request", "f", "valid", "api", "ada", "production", "sport", "web", "en", "headlines", 2, 2, "m", "m",
         2500, 1.5, 1.0, 10, 1, 1, 5, 6, 0.1, None, None, "article", "p")
    ],
    "trace_bodies": [(TRACE, b"body")],
    "attempts": [(TRACE, 0, "ask", "m", 2500, 1.0, 0.5, 5, 6, 0.1, "stop", None, None)],
    "attempt_bodies": [(TRACE, 0, b"body")],
    "headlines": [(TRACE, 0, "A headline", 0)],
    "rejections": [(TRACE, 0, "", 0, "[]")],
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
        assert (line.id, line.version, line.given) == (TRACE, 2, 1)

    def test_finds_its_traces_by_their_words_once_they_are_caught_up(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert index.waiting(db) == 1
            article = bodies.pack_text("The bridge closes.")
            db.write(lambda connection: connection.execute("update articles set text = ?", (article,)))
            list(index.catch_up(db))
            assert [line.id for line in search.page(db, Find(text="bridge headline", desk=("sport",))).lines] == [TRACE]

    def test_has_its_traces_counted_by_and_by(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert rollups.waiting(db) == 1
            assert list(rollups.catch_up(db)) == [1]
            assert (rollups.waiting(db), rollups.differences(db)) == (0, [])

    def test_takes_feedback_on_its_traces(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert feedback.of_trace(db, TRACE) == []
            given = feedback.Given(TRACE, "edited", person="ada", source="api", position=0, text="Another headline")
            kept = feedback.give(db, given)
            (reviewed,) = feedback.review_record(db)
        assert (kept.suggested, reviewed.desk) == ("A headline", "sport")

    def test_lets_its_traces_be_compared_blind(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert pairs.standing(db) == []
            with pytest.raises(BadInput, match="not for the same article"):
                pairs.judge(db, pairs.Shown(TRACE, Traces(db).closed()), "tie", person="ada", key="k")

    def test_lets_its_traces_be_asked_again(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert related.replays(db, TRACE) == []
            db.write(writing.open_trace(opening("f" * 32, replays=TRACE), process="p"))
            (again,) = related.replays(db, TRACE)
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
