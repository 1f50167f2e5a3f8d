"""What leads can set, and what is refused."""

import sqlite3
from dataclasses import replace

import pytest

from core import audit
from core.alerts import limits
from core.alerts.limits import Wanted
from core.db import Database
from core.errors import BadInput, NotFound
from tests.core.alerts.conftest import Desk

WANTED = Wanted("valid_at_once", "production", "sport", 24, 0.9)


class TestALimit:
    def test_says_what_it_asks_for(self, db: Database) -> None:
        assert limits.put(db, WANTED, author="Ada").words == "Valid at once for sport: not below 90 % in 24 hours"
        everybody = Wanted("total_p95", "production", None, 1, 12_000)
        assert (
            limits.put(db, everybody, author="Ada").words
            == "All headlines, p95 for all desks: not above 12.0 s in an hour"
        )

    def test_is_in_the_log(self, db: Database) -> None:
        limits.put(db, WANTED, author="Ada")
        limits.put(db, replace(WANTED, value=0.8), author="Ben")
        newest, first = audit.newest(db)
        assert (first.action, first.author, first.after) == ("set limit", "Ada", '{"value": 0.9}')
        assert (newest.before, newest.after) == ('{"value": 0.9}', '{"value": 0.8}')
        assert newest.subject == "valid_at_once: production, sport, 24 hours"

    def test_replaces_one_for_the_same(self, db: Database) -> None:
        limits.put(db, WANTED, author="Ada")
        newer = limits.put(db, replace(WANTED, value=0.8), author="Ada")
        other = limits.put(db, replace(WANTED, desk="world"), author="Ada")
        assert limits.in_force(db) == [newer, other]

    def test_that_is_there_already_changes_nothing(self, db: Database) -> None:
        assert limits.put(db, WANTED, author="Ada") == limits.put(db, WANTED, author="Ben")
        assert len(audit.newest(db)) == 1

    def test_can_be_withdrawn_once(self, db: Database) -> None:
        limit = limits.put(db, WANTED, author="Ada")
        limits.withdraw(db, limit.id, author="Ben")
        assert limits.in_force(db) == []
        assert audit.newest(db)[0].action == "withdrew limit"
        with pytest.raises(NotFound, match="somebody was faster"):
            limits.withdraw(db, limit.id, author="Ben")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (replace(WANTED, measure="mood"), "There is no limit for 'mood'"),
            (replace(WANTED, environment="moon"), "no environment 'moon'"),
            (replace(WANTED, hours=2), "is watched over an hour, 6 hours"),
            (Wanted("cost", "production", None, 1, 5), "Cost is watched over 24 hours"),
            (replace(WANTED, value=0), "more than 0 and at most 100 %"),
            (replace(WANTED, value=1.1), "more than 0 and at most 100 %"),
            (replace(WANTED, value=float("nan")), "more than 0 and at most 100 %"),
        ],
    )
    def test_that_cannot_be_is_refused(self, db: Database, wrong: Wanted, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            limits.put(db, wrong, author="Ada")

    @pytest.mark.parametrize("name", ["", " ", "a" * 81])
    def test_needs_a_name(self, db: Database, name: str) -> None:
        with pytest.raises(BadInput, match=r"[Nn]ame"):
            limits.put(db, WANTED, author=name)

    def test_never_changes_on_record(self, db: Database, desk: Desk) -> None:
        desk.limit()
        for statement in ("update limits set value = 0.1", "delete from limits"):
            with pytest.raises(sqlite3.IntegrityError, match="a limit"):
                db.write(lambda connection, statement=statement: connection.execute(statement))
