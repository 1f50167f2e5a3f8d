"""Databases of older Copydesks keep their rows and take what newer ones do with them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from core import audit, feedback, profiles
from core.db import open_database
from core.db.migrations import migrations
from core.db.opening import APPLICATION_ID
from core.keeping import erasing
from core.reports import feedback as reports
from core.review import filling, overview
from core.traces import bodies, record
from core.traces.counting import receptions, rollups
from core.traces.finding import index, search
from core.traces.finding.find import Find
from tests.calls import Calls
from tests.conftest import ROOT
from tests.core.db.stored import TRACE, copies, tables


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


class TestADatabaseFromBeforeReceptions:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """One with a set of which somebody edited a headline."""
        path = tmp_path / "copydesk.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrations.apply(sqlite_utils.Database(connection, strict=True), stop_before="receptions")
            connection.execute(
                "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, given, "
                "process) values (?, '', 'valid', 'api', 'production', 'sport', 'web', 'headlines', 0, 1, '1')",
                (TRACE,),
            )
            connection.execute("insert into headlines values (?, 0, 'Bridge closes', 0)", (TRACE,))
            connection.execute(
                "insert into feedback (trace, position, kind, text, person, source, given_at, received_at) "
                "values (?, 0, 'edited', 'Bridge shuts', 'ada', 'app', 0, 0)",
                (TRACE,),
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 21")
        return path

    def test_keeps_its_feedback_and_brings_it_into_the_reports(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert [each.text for each in feedback.of_trace(db, TRACE)] == ["Bridge shuts"]
            assert receptions.are_waiting(db)
            list(receptions.catch_up(db))
            assert not receptions.are_waiting(db)
            (every, _) = reports.groups(db, "desk", reports.Asked(0))
        assert (every.sets, every.figures["hter"].estimate) == (1, 0.5)

    def test_measures_what_is_erased_before_it_was_brought_in(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            erasing.trace(db, TRACE, author="ada", reason="So.")
            list(receptions.catch_up(db))
            assert reports.groups(db, "desk", reports.Asked(0))[0].figures["hter"].estimate == 0.5


class TestADatabaseFromBeforeRefusalsWereCountedApart:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """One with two refused requests, counted as failed, and a call that did fail."""
        path = tmp_path / "copydesk.db"
        with closing(open_database(path)) as db:
            calls = Calls(db)
            for hours, kind in ((0, "bad_input"), (30, "bad_input"), (0, "provider_down")):
                calls.open(hours=hours)
                calls.close(status="failed", headlines=(), error_kind=kind)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("update rollups set failed = failed + refused")
            connection.execute("alter table rollups drop column refused")
            connection.execute("update traces set indexed = 3")
            connection.execute("delete from _sqlite_migrations where name = 'refused_requests'")
            connection.execute("pragma user_version = 23")
            connection.commit()
        return path

    def test_counts_them_apart(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert rollups.differences(db) == []
            with db.read() as connection:
                rows = connection.execute("select calls, failed, refused from rollups order by 1, 2").fetchall()
        assert [tuple(row) for row in rows] == [(1, 0, 1), (1, 0, 1), (2, 1, 1), (2, 1, 1)]

    def test_finds_them_apart_once_they_are_indexed_anew(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            list(index.catch_up(db))
            found = [search.count(db, Find(status=(each,))).number for each in ("refused", "failed")]
        assert found == [2, 1]


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
                (TRACE,),
            )
            connection.execute(
                "insert into trace_bodies values (?, ?)",
                (TRACE, bodies.pack({"variables": {}, "article_as": [], "messages": [], "settings": {}})),
            )
            connection.execute(
                "insert into feedback (trace, kind, text, person, source, given_at, received_at) "
                "values (?, 'comment', 'Dull.', 'ada', 'app', 0, 0)",
                (TRACE,),
            )
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("pragma user_version = 11")
        return path

    def test_keeps_its_texts(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert record.get(db, TRACE).article == "The text."
            assert [each.text for each in feedback.of_trace(db, TRACE)] == ["Dull."]

    def test_can_be_erased_from(self, path: Path) -> None:
        with closing(open_database(path)) as db:
            assert erasing.trace(db, TRACE, author="ada", reason="So.").overwritten
            assert record.get(db, TRACE).article is None
            assert [each.text for each in feedback.of_trace(db, TRACE)] == [""]

    def test_still_protects_its_feedback(self, path: Path) -> None:
        open_database(path).close()
        with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute("update feedback set text = 'Great.'")
