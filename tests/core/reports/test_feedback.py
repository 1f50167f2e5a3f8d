"""What a report says of headlines is what people did with them, and its figures lead to the very sets."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest

from core import exports, feedback
from core.db import Database
from core.feedback import Given
from core.feedback import store as feedback_store
from core.reports.feedback import ALL, MEASURES, Group, Reception, groups, receptions
from core.traces import erasing
from core.traces.counting import rollups
from core.traces.erasing import Erasure
from core.traces.finding import index, search
from core.traces.finding.find import FEEDBACK, Find
from tests.conftest import HeldClock
from tests.records import put

HEADLINES = ("Bridge closes for eleven weeks", "Ferry takes pupils to school", "Traders fear for Easter")


def give(db: Database, trace: str, kind: Any, position: int | None = None, **more: Any) -> None:
    given: dict[str, Any] = {"person": "ada", "source": "api", **more}
    feedback.give(db, Given(trace, kind, position=position, **given))


def exported(db: Database) -> list[bytes]:
    """Every trace as a line of JSON."""
    return b"".join(piece.data for piece in exports.pieces(db, Find(), "jsonl")).splitlines()


def one(db: Database) -> Reception:
    (reception,) = receptions(db, since=0)
    return reception


def figure(groups: list[Group], name: str, measure: str) -> tuple[int, float]:
    found = next(each for each in groups if each.name == name).figures[measure]
    return found.sets, found.estimate


@pytest.fixture
def trace(db: Database) -> str:
    return put(db, *HEADLINES, desk="sport", version=2, model="gpt")


class TestASet:
    def test_without_feedback_is_not_counted(self, db: Database, trace: str) -> None:
        assert trace
        assert receptions(db, since=0) == []

    def test_is_taken_from_where_a_headline_was_picked_or_edited(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        found = one(db)
        assert (found.ranks, found.unchanged, found.hter, found.word_edits) == ([1, 3], 0.5, 0.1, 0.5)
        assert (found.desk, found.version, found.model) == ("sport", "headlines@2", "gpt")

    def test_of_which_all_was_taken_back_is_as_if_nobody_had_said_anything(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "thumb", value=-1)
        assert search.count(db, Find(feedback=("picked",))).number == 1
        give(db, trace, "taken_back")
        give(db, trace, "thumb", value=0)
        assert receptions(db, since=0) == []
        assert [search.count(db, Find(feedback=(kind,))).number for kind in FEEDBACK] == [0] * len(FEEDBACK)
        (line,) = map(json.loads, exported(db))
        assert [each["kind"] for each in line["feedback"] if each["stands"]] == []
        assert rollups.differences(db) == []
        assert [review.decision.kind for review in feedback.review_record(db)] == ["picked", "edited", "taken_back"]

    def test_whose_texts_are_gone_keeps_its_decisions_and_no_measure_of_its_edits(
        self, db: Database, trace: str
    ) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "rejected", 1)
        erasure = Erasure("expired", "copydesk", "Its time was up.", 0)

        def forget(connection: sqlite3.Connection) -> None:
            with index.changing(connection, trace):
                erasing.forget(connection, trace, erasure)
                feedback_store.forget(connection, trace, labels=False)

        db.write(forget)
        found = one(db)
        assert (found.decided, found.ranks, found.unchanged, found.rejected) == (
            True,
            [1, 3],
            0.5,
            pytest.approx(1 / 3),
        )
        assert (found.hter, found.word_edits) == (None, None)

    def test_counts_what_stands_only(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 1)
        give(db, trace, "rejected", 1)
        assert (one(db).ranks, one(db).rejected) == ([], 1.0)

    def test_counts_once_whoever_decided(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 1)
        give(db, trace, "picked", 1, person="ben")
        give(db, trace, "rejected", 1, person="cem")
        give(db, trace, "rejected", 0, person="cem")
        assert (one(db).ranks, one(db).rejected) == ([2], 0.5)

    def test_of_which_a_headline_was_edited_by_anybody_did_not_go_out_as_it_was_suggested(
        self, db: Database, trace: str
    ) -> None:
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "picked", 0, person="ben")
        assert (one(db).ranks, one(db).unchanged) == ([1], 0.0)
        give(db, trace, "picked", 2)
        assert one(db).unchanged == 0.5

    def test_that_was_rejected_as_a_whole_had_every_headline_rejected(self, db: Database, trace: str) -> None:
        give(db, trace, "all_rejected")
        assert (one(db).all_rejected, one(db).rejected, one(db).ranks) == (True, 1.0, [])

    def test_with_a_thumb_alone_is_decided_by_nobody(self, db: Database, trace: str) -> None:
        give(db, trace, "thumb", value=-1)
        assert (one(db).decided, one(db).thumbs) == (False, [-1])

    def test_is_of_the_week_in_which_it_was_asked_for(self, db: Database, held: HeldClock) -> None:
        held.now = round(datetime(2026, 11, 29, 23, tzinfo=UTC).timestamp() * 1000)
        give(db, put(db, *HEADLINES), "picked", 0)
        assert one(db).week == "2026-11-23"

    def test_of_another_time_or_desk_is_left_out(self, db: Database, held: HeldClock) -> None:
        early, late = held.now, held.now + 86_400_000
        for held.now, desk in ((early, "sport"), (late, "sport"), (late, "local")):
            give(db, put(db, *HEADLINES, desk=desk), "picked", 0)
        assert len(receptions(db, since=early)) == 3
        assert len(receptions(db, since=late, desk="sport")) == 1
        assert len(receptions(db, since=early, until=late)) == 1


class TestAGroup:
    def test_has_each_rate_and_mean_over_its_sets(self, db: Database) -> None:
        for version, kind, position in (
            (1, "picked", 2),
            (1, "rejected", 0),
            (2, "picked", 0),
            (2, "all_rejected", None),
        ):
            give(db, put(db, *HEADLINES, version=version), kind, position)
        found = groups(receptions(db, since=0), "version", find=Find())
        assert [(each.name, each.sets) for each in found] == [(ALL, 4), ("headlines@2", 2), ("headlines@1", 2)]
        assert figure(found, ALL, "taken") == (4, 0.5)
        assert figure(found, "headlines@1", "rank") == (1, 3.0)
        assert figure(found, "headlines@2", "all_rejected") == (2, 0.5)
        assert found[0].ranks == {1: 1, 3: 1}
        assert "thumbs" not in found[0].figures

    def test_sorts_versions_by_their_number(self, db: Database) -> None:
        for version in (9, 10, 2):
            give(db, put(db, *HEADLINES, version=version), "picked", 0)
        found = groups(receptions(db, since=0), "version", find=Find())
        assert [each.name for each in found][1:] == ["headlines@10", "headlines@9", "headlines@2"]

    def test_has_no_interval_of_a_mean_below_six_sets_and_always_one_of_a_rate(self, db: Database) -> None:
        for _ in range(5):
            give(db, put(db, *HEADLINES), "picked", 1)
        few = groups(receptions(db, since=0), "desk", find=Find())[0].figures
        assert (few["rank"].low, few["taken"].low is None) == (None, False)
        give(db, put(db, *HEADLINES), "picked", 0)
        assert groups(receptions(db, since=0), "desk", find=Find())[0].figures["rank"].low is not None

    @pytest.mark.parametrize("axis", ["version", "desk", "model", "week"])
    def test_leads_to_the_very_sets_behind_each_figure(self, db: Database, held: HeldClock, axis: Any) -> None:
        held.now = round(datetime(2026, 11, 29, 23, 30, tzinfo=UTC).timestamp() * 1000)
        begin = held.now
        for number in range(24):
            held.now += 600_000
            desk, version, model = ("sport", "local")[number % 2], 1 + number % 3, ("a", "b")[number // 12]
            made = put(db, *HEADLINES, desk=desk, version=version, model=model)
            kind, more = [("picked", {"position": 1}), ("edited", {"position": 0, "text": "Bridge shut"}),
                ("rejected", {"position": 2}), ("all_rejected", {}), ("thumb", {"value": 1})][number % 5]  # fmt: skip
            give(db, made, kind, **more)
        find = Find(since=begin, until=held.now + 1)
        all_receptions = receptions(db, since=begin, until=held.now + 1)
        for group in groups(all_receptions, axis, find=find):
            own = [each for each in all_receptions if group.name in (ALL, getattr(each, axis))]
            assert search.count(db, group.behind()).number == len(own) == group.sets
            for measure in MEASURES.values():
                values = [value for each in own if (value := measure.of(each)) is not None]
                is_so = (
                    [value for value in values if value]
                    if measure.kind == "rate" or "rejected" in measure.name
                    else values
                )
                assert search.count(db, group.behind(measure)).number == len(is_so), (group.name, measure.name)


def test_there_is_no_figure_by_person() -> None:
    assert "person" not in Reception.__dataclass_fields__
