"""Eval sets are listed, compared with their versions, and read and made case by case."""

import sqlite3
from contextlib import closing

import pytest

from core import clock, feedback
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.evals import sets
from core.feedback import Given
from core.traces import record
from tests import records
from tests.core.evals.cases import LIMIT, case
from tests.core.evals.saved_sets import A, B, C, ids, save


class TestLists:
    def test_have_the_newest_version_of_each_set(self, db: Database) -> None:
        save(db, A, name="zebra")
        save(db, A)
        newest = save(db, A, B, seen=1)
        assert [(each.name, each.number) for each in sets.listing(db)] == [("ours", 2), ("zebra", 1)]
        assert sets.listing(db)[0] == newest == sets.newest(db, "ours")

    def test_are_empty_at_first(self, db: Database) -> None:
        assert sets.listing(db) == []
        assert sets.newest(db, "ours") is None

    def test_of_the_history_begin_with_the_newest(self, db: Database) -> None:
        first = save(db, A)
        second = save(db, B, seen=1)
        assert sets.history(db, "ours") == [second, first]

    def test_read_no_article(self, db: Database) -> None:
        save(db, A, B)
        db.close()
        with closing(sqlite3.connect(db.path)) as connection, connection:
            connection.execute("update articles set text = x'00'")
        reopened = Database(db.path)
        assert [line.id for line in sets.lines(reopened, "ours")] == ["a", "b"]
        assert sets.listing(reopened)[0].desks == {"local": 1, "sport": 1}
        reopened.close()

    def test_of_cases_have_all_but_the_text(self, db: Database) -> None:
        full = case("a", language="nl", reference="R", must_mention=["m"], must_not_mention=["n"], tags=["t"],
                    most_characters=50)  # fmt: skip
        save(db, full)
        (line,) = sets.lines(db, "ours", 1)
        assert (line.id, line.desk, line.channel, line.language, line.characters) == (
            "a", "local", "web", "nl", len(full.article)
        )  # fmt: skip
        assert (line.tags, line.reference, line.must_mention, line.must_not_mention) == (("t",), "R", ("m",), ("n",))
        assert (line.fewest_characters, line.most_characters) == (None, 50)


class TestChanges:
    def test_are_cases_added_removed_and_changed(self, db: Database) -> None:
        save(db, A, B)
        save(db, case("b", desk="tech", article="Other."), C, seen=1)
        found = sets.changes(db, "ours", 1, 2)
        assert [line.id for line in found.added] == ["c"]
        assert [line.id for line in found.removed] == ["a"]
        (changed,) = found.changed
        assert (changed.before.desk, changed.after.desk, changed.fields) == ("sport", "tech", ["desk", "article"])
        assert not found.moved

    def test_backwards_are_the_other_way_round(self, db: Database) -> None:
        save(db, A)
        save(db, A, B, seen=1)
        assert [line.id for line in sets.changes(db, "ours", 2, 1).removed] == ["b"]

    def test_of_the_order_alone_are_seen(self, db: Database) -> None:
        save(db, A, B, C)
        save(db, C, B, A, seen=1)
        found = sets.changes(db, "ours", 1, 2)
        assert (found.added, found.removed, found.changed, found.moved) == ([], [], [], True)


class TestSingleCases:
    def test_are_added_at_the_end(self, db: Database) -> None:
        save(db, A)
        made = sets.add(db, "ours", [B, C], note="More.", author="ben", seen=1, article_limit=LIMIT)
        assert (made.number, ids(db)) == (2, ["a", "b", "c"])

    def test_are_not_added_twice(self, db: Database) -> None:
        save(db, A)
        with pytest.raises(BadInput, match="Two cases are called 'a'"):
            sets.add(db, "ours", [A], note="More.", author="ben", seen=1, article_limit=LIMIT)

    def test_are_replaced_in_their_place(self, db: Database) -> None:
        save(db, A, B, C)
        other = case("b", desk="tech")
        sets.replace(db, "ours", other, note="Tech.", author="ben", seen=1, article_limit=LIMIT)
        assert sets.get(db, "ours").cases == (A, other, C)

    def test_are_removed(self, db: Database) -> None:
        save(db, A, B, C)
        sets.remove(db, "ours", ["a", "c"], note="Gone.", author="ben", seen=1)
        assert ids(db) == ["b"]

    def test_that_are_not_there_cannot_be_replaced_or_removed(self, db: Database) -> None:
        save(db, A)
        with pytest.raises(NotFound, match="ours 1 has no case 'b'"):
            sets.replace(db, "ours", B, note="n", author="a", seen=1, article_limit=LIMIT)
        with pytest.raises(NotFound, match="ours 1 has no case 'c'"):
            sets.remove(db, "ours", ["a", "c"], note="n", author="a", seen=1)

    def test_that_are_too_long_are_not_added(self, db: Database) -> None:
        save(db, A)
        with pytest.raises(BadInput, match="at most 10 are read"):
            sets.add(db, "ours", [B], note="n", author="a", seen=1, article_limit=10)

    def test_of_a_version_that_was_overtaken_are_a_conflict(self, db: Database) -> None:
        save(db, A, B)
        sets.remove(db, "ours", ["a"], note="Gone.", author="ben", seen=1)
        with pytest.raises(Conflict, match="ben saved ours 2: Gone"):
            sets.remove(db, "ours", ["b"], note="Gone.", author="ada", seen=1)


class TestFromATrace:
    def test_has_what_the_trace_was_asked_about(self, db: Database) -> None:
        trace = records.put(db, "A headline", desk="sport")
        made = sets.from_trace(db, trace, tags=["complaint"])
        day = clock.as_datetime(record.get(db, trace).line.started_at).date()
        assert made.id == f"sport-{day}-{trace[-8:]}"
        assert (made.article, made.desk, made.language) == (records.ARTICLE, "sport", "en")
        assert (made.channel, made.tags, made.source_trace, made.reference) == ("web", ("complaint",), trace, None)

    def test_has_the_headline_that_was_accepted_last_for_its_reference(self, db: Database) -> None:
        trace = records.put(db, "One", "Two", "Three")
        feedback.give(db, Given(trace, "edited", person="ada", source="app", position=0, text="One and a half"))
        assert sets.from_trace(db, trace).reference == "One and a half"
        feedback.give(db, Given(trace, "picked", person="ben", source="app", position=1))
        feedback.give(db, Given(trace, "rejected", person="eve", source="app", position=2))
        assert sets.from_trace(db, trace, case_id="bridge").reference == "Two"

    def test_can_be_saved(self, db: Database) -> None:
        made = sets.from_trace(db, records.put(db, "A headline"), case_id="bridge")
        save(db, made)
        assert sets.get(db, "ours").cases == (made,)

    def test_of_no_trace_is_a_sentence(self, db: Database) -> None:
        with pytest.raises(NotFound, match="There is no trace 'x'"):
            sets.from_trace(db, "x")


class TestAStoredArticle:
    def test_that_is_not_there_is_a_sentence(self, db: Database) -> None:
        with db.read() as connection, pytest.raises(NotFound, match="There is no article 'x'"):
            record.articles(connection, ["x"])
