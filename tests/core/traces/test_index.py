"""The index holds what the record does, whatever happens to a trace."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.checks.finding import Finding
from core.checks.run import Checked
from core.checks.variety import Variety
from core.db import Database
from core.db.liveness import Liveness
from core.errors import DatabaseError
from core.traces import record, scores, writing
from core.traces.finding import index, search
from core.traces.finding.find import Find
from tests.core.traces.found import Kept, put, say
from tests.core.traces.openings import opening

WET = Checked([[Finding("names", 1, "warn", "So.", None, None)]], Variety(None, None, None))


def entries(db: Database) -> set[tuple[str, int, int]]:
    """Every word of the index, where it stands in which trace."""
    with db.read() as connection:
        return {tuple(row) for row in connection.execute("select term, doc, offset from trace_terms")}


def rebuilt(db: Database) -> set[tuple[str, int, int]]:
    """What the index is when it is made anew from the record."""

    def forget(connection: sqlite3.Connection) -> None:
        connection.execute("insert into trace_search (trace_search) values ('delete-all')")
        connection.execute("update traces set indexed = null")

    db.write(forget)
    list(index.catch_up(db))
    return entries(db)


def found(db: Database, **wanted: object) -> int:
    return search.count(db, Find(**wanted)).number  # pyright: ignore[reportArgumentType]


def rescore(connection: sqlite3.Connection, trace_id: str) -> None:
    with index.changing(connection, trace_id):
        scores.add(connection, trace_id, WET, profile="p", article="")


class TestTheIndex:
    def test_is_the_same_when_it_is_made_anew(self, db: Database) -> None:
        one, other, _ = put(
            db, Kept(checks=["numbers"], cost=0.1), Kept(article=None, error="Down."), Kept(status="open")
        )
        for kind, said in (("comment", "Too wet"), ("thumb", -1), ("thumb", 1), ("picked", None), ("edited", "Dry")):
            say(db, one, kind, said)
        say(db, other, "all_rejected")
        db.write(lambda connection: rescore(connection, one))
        assert entries(db) == rebuilt(db)

    def test_follows_feedback(self, db: Database) -> None:
        (one,) = put(db, Kept())
        say(db, one, "thumb", -1)
        assert found(db, feedback=("thumb_down",)) == 1
        say(db, one, "thumb", 1)
        assert (found(db, feedback=("thumb_down",)), found(db, feedback=("thumb_up",))) == (0, 1)
        say(db, one, "comment", "Zu naß")
        assert (found(db, text="nass"), found(db, text="rain")) == (1, 1)

    def test_follows_rescoring(self, db: Database) -> None:
        (one,) = put(db, Kept(checks=["numbers"]))
        db.write(lambda connection: rescore(connection, one))
        assert (found(db, check=("numbers",)), found(db, check=("names",))) == (0, 1)

    def test_takes_in_what_was_said_while_a_trace_was_open(self, db: Database) -> None:
        (one,) = put(db, Kept(status="open"))
        say(db, one, "comment", "Hurry up")
        assert found(db, feedback=("comment",)) == 1
        db.write(lambda connection: connection.execute("update traces set status = 'failed' where id = ?", (one,)))
        assert list(index.catch_up(db)) == [1]
        assert found(db, text="hurry") == 1
        assert entries(db) == rebuilt(db)

    def test_takes_in_what_was_interrupted(self, db: Database) -> None:
        mark = Liveness(Path(f"{db.path}.processes"))
        begun = opening(article="Rain all day.")
        db.write(writing.open_trace(begun, process=mark.process))
        mark.release()
        assert writing.interrupt_abandoned(db) == 1
        assert found(db, text="stopped rain", status=("interrupted",)) == 1
        assert entries(db) == rebuilt(db)

    def test_is_left_alone_by_a_change_that_fails(self, db: Database) -> None:
        (one,) = put(db, Kept())
        before = entries(db)

        def job(connection: sqlite3.Connection) -> None:
            with index.changing(connection, one):
                raise ValueError

        with pytest.raises(ValueError):
            db.write(job)
        assert entries(db) == before

    def test_holds_a_trace_once_however_often_it_is_caught_up(self, db: Database) -> None:
        put(db, Kept(), Kept())
        before = entries(db)
        assert list(index.catch_up(db)) == []
        assert entries(db) == before


class TestADamagedArticle:
    @pytest.fixture
    def damaged(self, db: Database) -> str:
        """A trace whose article cannot be read any more, beside one whose article can; neither is in the index."""
        one, _ = put(db, Kept(article="Rain."), Kept(article="Sun."))

        def job(connection: sqlite3.Connection) -> None:
            connection.execute("insert into trace_search (trace_search) values ('delete-all')")
            connection.execute("update traces set indexed = null")
            connection.execute(
                "update articles set text = x'00ff' where hash = (select article from traces where id = ?)", (one,)
            )

        db.write(job)
        return one

    def test_keeps_no_other_trace_out_and_is_told(
        self, db: Database, damaged: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert list(index.catch_up(db)) == [2]
        assert (found(db, text="sun"), found(db, text="rain again"), found(db, text="rain")) == (1, 2, 2)
        assert f"The article of trace {damaged} is damaged" in caplog.text

    def test_keeps_nobody_from_saying_something(self, db: Database, damaged: str) -> None:
        list(index.catch_up(db))
        say(db, damaged, "comment", "Wet")
        assert found(db, text="wet") == 1

    def test_is_told_to_whoever_opens_the_trace(self, db: Database, damaged: str) -> None:
        with pytest.raises(DatabaseError, match="damaged and cannot be read"):
            record.get(db, damaged)


class TestAnIndexOfAnotherRecipe:
    @pytest.fixture
    def older(self, db: Database) -> str:
        """A trace as a Copydesk indexed it that folded no case."""
        (one,) = put(db, Kept(article="Rain."))

        def job(connection: sqlite3.Connection) -> None:
            connection.execute("insert into trace_search (trace_search) values ('delete-all')")
            connection.execute("insert into trace_search (rowid, terms) select number, 'OLDER' from traces")
            connection.execute("update traces set indexed = ?", (index.RECIPE - 1,))

        db.write(job)
        return one

    def test_is_made_anew(self, db: Database, older: str) -> None:
        list(index.catch_up(db))
        assert (found(db, text="older"), found(db, text="rain")) == (0, 1)
        assert entries(db) == rebuilt(db)

    def test_is_not_muddled_by_feedback_that_comes_first(self, db: Database, older: str) -> None:
        say(db, older, "comment", "Wet")
        list(index.catch_up(db))
        assert (found(db, text="older"), found(db, text="wet rain")) == (0, 1)
        assert entries(db) == rebuilt(db)

    def test_lets_all_be_listed_and_tells_how_many_wait(self, db: Database, older: str) -> None:
        db.write(lambda connection: connection.execute("update traces set indexed = null"))
        assert index.waiting(db) == 1
        assert [line.id for line in search.page(db).lines] == [older]


class TestValues:
    def test_are_those_that_any_trace_has(self, db: Database) -> None:
        put(db, Kept(person="ada", desk="sport"), Kept(person="Ada B.", desk="sport"), Kept(person=None, desk="Ümläut"))
        with closing(sqlite3.connect(db.path)) as connection:
            connection.row_factory = sqlite3.Row
            assert list(index.values(connection, "person")) == ["Ada B.", "ada"]
            assert set(index.values(connection, "desk")) == {"sport", "Ümläut"}
            assert list(index.values(connection, "check")) == []
            assert list(index.endings(connection, "ra")) == ["rain"]
