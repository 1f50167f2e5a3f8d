"""What Copydesk does by itself leaves a row, by which another process knows whether it is done at all."""

import os

import pytest

from core import settings
from core.chores import Outcome
from core.db import Database
from core.keeping import chore_findings, chore_record
from core.keeping.chore_record import ChoreRecord
from core.keeping.finding import Finding
from tests.conftest import HeldClock

DAY = 86_400_000


def note(record: ChoreRecord, held: HeldClock, name: str = "Let texts expire", error: str | None = None) -> None:
    record.note(name, Outcome(held.now, held.now + 5_000, error))


def found(db: Database) -> list[Finding]:
    return list(chore_findings.look(db, settings.load()))


class TestTheRecord:
    def test_says_when_a_chore_was_done_by_which_process_and_how_it_went(self, db: Database, held: HeldClock) -> None:
        note(ChoreRecord(db), held, error="The disk is full.")
        (done,) = chore_record.done(db)
        assert (done.name, done.ended_at, done.next_at) == ("Let texts expire", held.now, held.now + 5_000)
        assert (done.error, done.process) == ("The disk is full.", os.getpid())
        assert not chore_record.is_late(done)

    def test_is_written_once_a_minute_unless_it_went_otherwise(self, db: Database, held: HeldClock) -> None:
        record, first = ChoreRecord(db), held.now
        note(record, held)
        held.now += 30_000
        note(record, held)
        assert [each.ended_at for each in chore_record.done(db)] == [first]
        note(record, held, error="The disk is full.")
        assert [each.ended_at for each in chore_record.done(db)] == [held.now]
        held.now += 60_000
        note(record, held, error="The disk is full.")
        assert [each.ended_at for each in chore_record.done(db)] == [held.now]

    def test_is_that_of_whichever_process_did_it_last(self, db: Database, held: HeldClock) -> None:
        note(ChoreRecord(db), held)
        held.now += 1_000
        note(ChoreRecord(db), held, error="The disk is full.")
        assert [(each.ended_at, each.error) for each in chore_record.done(db)] == [(held.now, "The disk is full.")]

    def test_calls_a_chore_late_whose_process_seems_to_have_ended(self, db: Database, held: HeldClock) -> None:
        note(ChoreRecord(db), held)
        held.now += 180_000
        assert chore_record.is_late(chore_record.done(db)[0])


class TestAnExamination:
    def test_has_nothing_to_say_of_what_was_never_done_or_goes_well(self, db: Database, held: HeldClock) -> None:
        assert found(db) == []
        note(ChoreRecord(db), held)
        held.now += DAY
        assert found(db) == []

    def test_tells_what_failed_in_another_process(self, db: Database, held: HeldClock) -> None:
        note(ChoreRecord(db), held, error="The disk is full.")
        assert [(each.weight, each.sentence) for each in found(db)] == [("mend", "Let texts expire: The disk is full.")]

    def test_tells_that_nothing_is_done_any_more(
        self, db: Database, held: HeldClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record = ChoreRecord(db)
        note(record, held)
        note(record, held, "Watch limits")
        held.now += 2 * DAY + 1
        (told,) = found(db)
        assert told.weight == "mind"
        assert told.sentence.startswith("Nothing that Copydesk does by itself has been done since 2023-11-14 22:13 UTC")
        monkeypatch.setenv("COPYDESK_RETENTION", "production=30")
        assert [each.weight for each in found(db)] == ["mend"]

    def test_tells_what_is_not_done_any_more_while_the_rest_is(self, db: Database, held: HeldClock) -> None:
        record = ChoreRecord(db)
        note(record, held)
        held.now += 2 * DAY + 1
        note(record, held, "Watch limits")
        (told,) = found(db)
        assert told.sentence.startswith("Let texts expire: it has not been done since 2023-11-14 22:13 UTC")
