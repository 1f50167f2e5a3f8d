"""What is meddled with in the log of changes is found, and it is said what no chain can show."""

import sqlite3
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest

from core import audit
from core.audit import Entry
from core.db import Database, open_database


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
