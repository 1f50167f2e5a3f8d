"""Every change leaves an entry, in order, and ten thousand of them are verified in a moment."""

import json
import sqlite3
import tracemalloc
from collections.abc import Callable

import pytest

from core import audit
from core.audit import FIRST, Change, Entry
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import releases, shipped, versions
from tests.conftest import ROOT, HeldClock
from tests.core.audit.changes import SPORT, content


def append(db: Database, reason: str = "Why.", author: str = "ada") -> None:
    change = Change(author, "tried", "headlines", {"version": 1}, {"version": 2}, reason)
    db.write(lambda connection: audit.append(connection, change))


def told(entry: Entry) -> tuple[object, ...]:
    before, after = (None if each is None else json.loads(each) for each in (entry.before, entry.after))
    return entry.author, entry.action, entry.subject, before, after, entry.reason


class TestAnEntry:
    def test_of_a_first_version_has_nothing_before(self, db: Database, log: list[Entry]) -> None:
        after = {"version": 1, "hash": versions.get(db, "headlines", 1).hash}
        assert told(log[0]) == ("ada", "version saved", "headlines 1", None, after, "The first.")

    def test_of_a_version_tells_what_it_came_from(self, db: Database, log: list[Entry]) -> None:
        after = {"version": 2, "hash": versions.get(db, "headlines", 2).hash}
        assert told(log[1]) == ("ben", "version saved", "headlines 2", {"version": 1}, after, "Shorter.")

    def test_of_a_first_release_has_nothing_before(self, log: list[Entry]) -> None:
        subject = "headlines: production, sport desk"
        assert told(log[2]) == ("ada", "released", subject, None, {"release": 1, "version": 1}, "To begin with.")

    def test_of_a_release_tells_the_version_before_and_after(self, log: list[Entry]) -> None:
        subject, after = "headlines: production, sport desk", {"release": 2, "version": 2}
        assert told(log[3]) == ("ben", "released", subject, {"version": 1}, after, "For push.")

    def test_of_a_rollback_is_one(self, log: list[Entry]) -> None:
        subject, after = "headlines: production, sport desk", {"release": 3, "version": 1}
        assert told(log[4]) == ("carla", "rolled back", subject, {"version": 2}, after, "Too short.")

    def test_of_a_withdrawal_has_no_version_after(self, log: list[Entry]) -> None:
        subject, after = "headlines: production, sport desk", {"release": 4, "version": None}
        assert told(log[5]) == ("dora", "withdrawn", subject, {"version": 1}, after, "As all others.")

    def test_of_what_ships_with_copydesk_is_there_too(self, db: Database) -> None:
        shipped.bring_in(db, ROOT / "prompts")
        entries = audit.newest(db)
        assert {entry.author for entry in entries} == {"copydesk"}
        saved = [entry for entry in entries if entry.action == "version saved"]
        prompts = versions.prompts(db)
        assert len(saved) == sum(len(versions.listing(db, prompt)) for prompt in prompts)
        assert len(entries) - len(saved) == len(prompts) * len(releases.ENVIRONMENTS)

    def test_has_the_time_of_the_change(self, db: Database, held: HeldClock) -> None:
        append(db)
        held.now += 5
        append(db)
        assert [entry.at for entry in audit.newest(db)] == [held.now, held.now - 5]

    def test_is_not_dated_before_the_one_before_it(self, db: Database, held: HeldClock) -> None:
        append(db)
        held.now -= 1000
        append(db)
        assert [entry.at - held.now for entry in audit.newest(db)] == [1000, 1000]

    def test_names_the_hash_of_the_one_before_it(self, log: list[Entry]) -> None:
        assert [entry.previous for entry in log] == [FIRST, *(entry.hash for entry in log[:-1])]

    def test_keeps_every_letter(self, db: Database) -> None:
        reason = "„Größe“ 🏉 \u202e\x00'\";--\n漢字 \ufeff"
        append(db, reason, author="Zoë O’Brien")
        (entry,) = audit.newest(db)
        assert (entry.author, entry.reason) == ("Zoë O’Brien", reason)
        assert audit.verify(db).fault is None

    def test_of_the_same_change_twice_is_told_apart(self, db: Database, held: HeldClock) -> None:
        assert held
        append(db)
        append(db)
        assert len({entry.hash for entry in audit.newest(db)}) == 2


class TestARefusedChange:
    @pytest.mark.parametrize(
        ("change", "error"),
        [
            (lambda db, last: releases.release(db, SPORT, 9, author="a", reason="r", seen=last), NotFound),
            (lambda db, last: releases.release(db, SPORT, 1, author="a", reason="", seen=last), BadInput),
            (lambda db, last: releases.release(db, SPORT, 1, author="a", reason="r", seen=None), Conflict),
            (lambda db, last: releases.withdraw(db, SPORT, author="a", reason="r", seen=last), BadInput),
            (lambda db, last: versions.save(db, "headlines", content("c"), note="", author="a"), BadInput),
            (lambda db, last: versions.save(db, "headlines", content("c"), note="n", author="a", parent=9), NotFound),
        ],
        ids=["unknown version", "no reason", "overtaken", "nothing to withdraw", "no note", "unknown parent"],
    )
    def test_leaves_no_entry(
        self,
        db: Database,
        log: list[Entry],
        change: Callable[[Database, releases.Release | None], object],
        error: type[Exception],
    ) -> None:
        with pytest.raises(error):
            change(db, releases.current(db, SPORT))
        assert audit.newest(db)[::-1] == log

    def test_leaves_no_entry_if_it_fails_after_it_was_logged(self, db: Database, log: list[Entry]) -> None:
        def change(connection: sqlite3.Connection) -> None:
            audit.append(connection, Change("ada", "tried", "headlines", None, None, "Why."))
            raise RuntimeError("the change itself failed")

        with pytest.raises(RuntimeError):
            db.write(change)
        assert audit.newest(db)[::-1] == log


class TestNewest:
    def test_is_newest_first(self, db: Database) -> None:
        for reason in ("a", "b", "c"):
            append(db, reason)
        assert [entry.reason for entry in audit.newest(db)] == ["c", "b", "a"]

    def test_has_at_most_so_many(self, db: Database) -> None:
        for reason in ("a", "b", "c"):
            append(db, reason)
        assert [entry.reason for entry in audit.newest(db, limit=2)] == ["c", "b"]


class TestVerify:
    def test_of_an_empty_log_finds_nothing(self, db: Database) -> None:
        assert audit.verify(db) == audit.Verdict(0, FIRST, None)

    def test_of_an_intact_log_gives_its_length_and_its_head(self, db: Database, log: list[Entry]) -> None:
        assert audit.verify(db) == audit.Verdict(6, log[-1].hash, None)

    def test_finds_a_head_that_was_noted_earlier(self, db: Database, log: list[Entry]) -> None:
        for entry in log:
            assert audit.verify(db, head=entry.hash).fault is None

    def test_finds_the_head_of_the_empty_log(self, db: Database) -> None:
        noted = audit.verify(db).head
        append(db)
        assert audit.verify(db, head=noted).fault is None

    def test_misses_a_head_that_is_not_in_the_log(self, db: Database, log: list[Entry]) -> None:
        assert audit.verify(db, head="f" * 64) == audit.Verdict(
            6, log[-1].hash, "The hash that was noted earlier is not in the log any more."
        )

    def test_can_be_done_while_others_write(self, db: Database, log: list[Entry]) -> None:
        writing = [
            db.submit(lambda connection: audit.append(connection, Change("ada", "tried", "headlines", None, None, "")))
            for _ in range(300)
        ]
        verdicts = [audit.verify(db)]
        while not writing[-1].done():
            verdicts.append(audit.verify(db))
        assert {verdict.fault for verdict in verdicts} == {None}
        assert audit.verify(db).entries == 306


class TestTenThousandEntries:
    @pytest.fixture
    def many(self, db: Database) -> Database:
        change = Change("ada", "tried", "headlines", {"version": 1}, {"version": 2}, "A reason. " * 20)

        def job(connection: sqlite3.Connection) -> None:
            for _ in range(10_000):
                audit.append(connection, change)

        db.write(job)
        return db

    def test_are_verified_without_holding_them(self, many: Database) -> None:
        audit.verify(many)
        tracemalloc.start()
        try:
            verdict = audit.verify(many)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert (verdict.entries, verdict.fault) == (10_000, None)
        # All of them at once are more than 5 MB.
        assert peak < 200_000
