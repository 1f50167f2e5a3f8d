"""The log of all changes: every change has its entry, and whoever meddles with one later is found out."""

import json
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest

from core import audit
from core.audit import FIRST, Change, Entry
from core.db import Database, open_database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import releases, shipped, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from tests.conftest import ROOT, HeldClock

SPORT = Place("headlines", "production", "sport")


def append(db: Database, reason: str = "Why.", author: str = "ada") -> None:
    change = Change(author, "tried", "headlines", {"version": 1}, {"version": 2}, reason)
    db.write(lambda connection: audit.append(connection, change))


def content(text: str) -> Content:
    return Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")


@pytest.fixture
def log(db: Database) -> list[Entry]:
    """A log with an entry of each kind, oldest first: two saves, two releases, a rollback and a withdrawal."""
    versions.save(db, "headlines", content("a"), note="The first.", author="ada")
    versions.save(db, "headlines", content("b"), note="Shorter.", author="ben", parent=1)
    first = releases.release(db, SPORT, 1, author="ada", reason="To begin with.", seen=None)
    second = releases.release(db, SPORT, 2, author="ben", reason="For push.", seen=first)
    back = releases.rollback(db, SPORT, author="carla", reason="Too short.", seen=second)
    releases.withdraw(db, SPORT, author="dora", reason="As all others.", seen=back)
    return audit.newest(db)[::-1]


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


class Tampered:
    """A log that somebody gets at with another program, past the triggers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            for trigger in ("audit_entries_stay", "audit_entries_are_kept", "audit_entries_are_not_replaced"):
                connection.execute(f"drop trigger if exists {trigger}")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def put(self, entry: Entry) -> None:
        """Write an entry over the one with its number, or as a new one."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(f"insert or replace into audit values ({', '.join('?' * 10)})", astuple(entry))
            connection.commit()

    def verdict(self, head: str | None = None) -> audit.Verdict:
        with closing(open_database(self.path)) as db:
            return audit.verify(db, head=head)


def resealed(entry: Entry, **changes: Any) -> Entry:
    """The entry with changes, and with the seal that fits them."""
    changed = replace(entry, **changes)
    return replace(changed, hash=changed.sealed())


@pytest.fixture
def tampered(db: Database, log: list[Entry]) -> Tampered:
    assert len(log) == 6
    db.close()
    return Tampered(db.path)


class TestTampering:
    def test_with_the_triggers_alone_changes_nothing(self, tampered: Tampered) -> None:
        tampered.run()
        assert tampered.verdict().fault is None

    @pytest.mark.parametrize(
        "change",
        [
            "at = at + 1",
            "author = 'nobody'",
            "action = 'released'",
            "subject = 'headlines 3'",
            "before = null",
            "before = 'null'",
            "after = before",
            "reason = ''",
            "reason = reason || ' '",
            "author = reason, reason = author",
        ],
    )
    def test_with_a_field_names_the_entry(self, tampered: Tampered, change: str) -> None:
        tampered.run(f"update audit set {change} where id = 2")
        assert tampered.verdict().fault == "Entry 2 was changed after it was written."

    def test_with_two_entries_names_the_first(self, tampered: Tampered) -> None:
        tampered.run("update audit set reason = 'Because.' where id in (3, 5)")
        assert tampered.verdict().fault == "Entry 3 was changed after it was written."

    def test_counts_what_holds_before_it(self, tampered: Tampered, log: list[Entry]) -> None:
        tampered.run("update audit set reason = 'Because.' where id = 4")
        verdict = tampered.verdict()
        assert (verdict.entries, verdict.head) == (3, log[2].hash)

    def test_with_the_oldest_entry_names_it(self, tampered: Tampered) -> None:
        tampered.run("update audit set author = 'nobody' where id = 1")
        assert tampered.verdict().fault == "Entry 1 was changed after it was written."

    def test_with_the_newest_entry_names_it(self, tampered: Tampered) -> None:
        tampered.run("update audit set author = 'nobody' where id = 6")
        assert tampered.verdict().fault == "Entry 6 was changed after it was written."

    def test_with_a_seal_names_the_entry(self, tampered: Tampered) -> None:
        tampered.run("update audit set hash = previous where id = 1")
        assert tampered.verdict().fault == "Entry 1 was changed after it was written."

    def test_with_the_link_to_the_one_before_names_the_entry(self, tampered: Tampered) -> None:
        tampered.run("update audit set previous = hash where id = 4")
        assert tampered.verdict().fault == "Entry 4 does not follow from the one before it."

    def test_that_takes_an_entry_out_names_it(self, tampered: Tampered) -> None:
        tampered.run("delete from audit where id = 3")
        assert tampered.verdict().fault == "Entry 3 is missing; the next one there is 4."

    def test_that_takes_the_oldest_out_names_it(self, tampered: Tampered) -> None:
        tampered.run("delete from audit where id = 1")
        assert tampered.verdict().fault == "Entry 1 is missing; the next one there is 2."

    def test_that_takes_an_entry_out_and_closes_the_gap_names_its_follower(self, tampered: Tampered) -> None:
        tampered.run(
            "delete from audit where id = 3", *(f"update audit set id = {n - 1} where id = {n}" for n in (4, 5, 6))
        )
        assert tampered.verdict().fault == "Entry 3 does not follow from the one before it."

    def test_that_swaps_two_names_the_first_of_them(self, tampered: Tampered) -> None:
        tampered.run(
            "update audit set id = 99 where id = 3",
            "update audit set id = 3 where id = 4",
            "update audit set id = 4 where id = 99",
        )
        assert tampered.verdict().fault == "Entry 3 does not follow from the one before it."

    def test_that_swaps_what_two_say_names_the_first_of_them(self, tampered: Tampered) -> None:
        tampered.run(
            "update audit set reason = case id when 3 then 'For push.' else 'To begin with.' end where id in (3, 4)"
        )
        assert tampered.verdict().fault == "Entry 3 was changed after it was written."

    def test_that_puts_an_entry_in_between_names_its_follower(self, tampered: Tampered, log: list[Entry]) -> None:
        tampered.run(*(f"update audit set id = {number + 1} where id = {number}" for number in (6, 5, 4)))
        tampered.put(resealed(log[2], id=4, previous=log[2].hash, reason="Never said."))
        assert tampered.verdict().fault == "Entry 5 does not follow from the one before it."

    def test_that_adds_an_entry_without_a_seal_names_it(self, tampered: Tampered) -> None:
        tampered.run(
            "insert into audit select 7, at, author, action, subject, before, after, reason, hash, 'x' from audit where id = 6"
        )
        assert tampered.verdict().fault == "Entry 7 was changed after it was written."

    def test_that_seals_a_changed_entry_anew_names_its_follower(self, tampered: Tampered, log: list[Entry]) -> None:
        tampered.run()
        tampered.put(resealed(log[2], reason="Never said."))
        assert tampered.verdict().fault == "Entry 4 does not follow from the one before it."


class TestWhatAChainCannotShow:
    def test_is_that_the_newest_entry_is_gone(self, tampered: Tampered, log: list[Entry]) -> None:
        tampered.run("delete from audit where id = 6")
        assert tampered.verdict() == audit.Verdict(5, log[4].hash, None)

    def test_is_that_all_from_one_entry_on_were_sealed_anew(self, tampered: Tampered, log: list[Entry]) -> None:
        self._seal_anew(tampered, log)
        assert tampered.verdict().fault is None

    def test_but_a_head_that_was_noted_shows_that_the_newest_is_gone(
        self, tampered: Tampered, log: list[Entry]
    ) -> None:
        tampered.run("delete from audit where id = 6")
        assert tampered.verdict(head=log[5].hash).fault == "The hash that was noted earlier is not in the log any more."

    def test_but_a_head_that_was_noted_shows_that_all_were_sealed_anew(
        self, tampered: Tampered, log: list[Entry]
    ) -> None:
        self._seal_anew(tampered, log)
        assert tampered.verdict(head=log[5].hash).fault == "The hash that was noted earlier is not in the log any more."

    @staticmethod
    def _seal_anew(tampered: Tampered, log: list[Entry]) -> None:
        tampered.run("delete from audit where id >= 3")
        last = log[1]
        for entry in log[2:]:
            last = resealed(entry, previous=last.hash, reason="Never said." if entry.id == 3 else entry.reason)
            tampered.put(last)
