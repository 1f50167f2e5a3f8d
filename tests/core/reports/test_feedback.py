"""What a report says of headlines is what people did with them, and its figures lead to the very sets."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from core import exports, feedback
from core.db import Database
from core.feedback import Given
from core.keeping.erasing import forget_traces
from core.reports.feedback import ALL, MEASURES, Asked, Axis, Group, Measure, Reception, groups
from core.traces.counting import rollups
from core.traces.erasing import Erasure
from core.traces.finding import search
from core.traces.finding.find import FEEDBACK, Find
from tests.conftest import HeldClock
from tests.records import put

ERASURE = Erasure("expired", "copydesk", "Its time was up.", 0)
HEADLINES = ("Bridge closes for eleven weeks", "Ferry takes pupils to school", "Traders fear for Easter")


def give(db: Database, trace: str, kind: Any, position: int | None = None, **more: Any) -> None:
    given: dict[str, Any] = {"person": "ada", "source": "api", **more}
    feedback.give(db, Given(trace, kind, position=position, **given))


def exported(db: Database) -> list[bytes]:
    """Every trace as a line of JSON."""
    return b"".join(piece.data for piece in exports.pieces(db, Find(), "jsonl")).splitlines()


def one(db: Database) -> dict[str, float]:
    """The figures of the only set that anybody said anything about, as far as they are known."""
    found = groups(db, "desk", Asked(0))[0]
    assert found.sets == 1
    return {name: round(figure.estimate, 4) for name, figure in found.figures.items()}


def many(db: Database, asked: Asked) -> int:
    return sum(each.sets for each in groups(db, "desk", asked)[:1])


def figure(groups: list[Group], name: str, measure: str) -> tuple[int, float]:
    found = next(each for each in groups if each.name == name).figures[measure]
    return found.sets, found.estimate


@pytest.fixture
def trace(db: Database) -> str:
    return put(db, *HEADLINES, desk="sport", version=2, model="gpt")


class TestASet:
    def test_without_feedback_is_not_counted(self, db: Database, trace: str) -> None:
        assert trace
        assert groups(db, "desk", Asked(0)) == []

    def test_is_taken_from_where_a_headline_was_picked_or_edited(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        assert one(db) == {
            "taken": 1, "unchanged": 0.5, "rank": 2, "hter": 0.1, "word_edits": 0.5, "rejected": 0, "all_rejected": 0
        }  # fmt: skip
        names = [groups(db, axis, Asked(0))[1].name for axis in ("desk", "version", "model")]
        assert names == ["sport", "headlines@2", "gpt"]
        assert groups(db, "desk", Asked(0))[0].ranks == {1: 1, 3: 1}

    def test_of_which_all_was_taken_back_is_as_if_nobody_had_said_anything(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "thumb", value=-1)
        assert search.count(db, Find(feedback=("picked",))).number == 1
        give(db, trace, "taken_back")
        give(db, trace, "thumb", value=0)
        assert groups(db, "desk", Asked(0)) == []
        assert [search.count(db, Find(feedback=(kind,))).number for kind in FEEDBACK] == [0] * len(FEEDBACK)
        (line,) = map(json.loads, exported(db))
        assert [each["kind"] for each in line["feedback"] if each["stands"]] == []
        assert rollups.differences(db) == []
        assert [review.decision.kind for review in feedback.review_record(db)] == ["picked", "edited", "taken_back"]

    def test_whose_texts_are_gone_keeps_all_that_was_known_of_it(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "rejected", 1)
        before = one(db)
        assert before["hter"] == 0.1
        db.write(lambda connection: forget_traces(connection, {trace: ERASURE}, labels=True))
        assert one(db) == before
        give(db, trace, "picked", 0)
        assert (one(db)["unchanged"], one(db)["hter"]) == (1, 0)

    def test_of_which_the_texts_were_gone_before_has_no_measure_of_its_edits(self, db: Database, trace: str) -> None:
        db.write(lambda connection: forget_traces(connection, {trace: ERASURE}, labels=True))
        give(db, trace, "picked", 2)
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        assert one(db).keys() == {"taken", "unchanged", "rank", "rejected", "all_rejected"}

    def test_counts_what_stands_only(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 1)
        give(db, trace, "rejected", 1)
        assert (one(db)["taken"], one(db)["rejected"]) == (0, 1)

    def test_counts_once_whoever_decided(self, db: Database, trace: str) -> None:
        give(db, trace, "picked", 1)
        give(db, trace, "picked", 1, person="ben")
        give(db, trace, "rejected", 1, person="cem")
        give(db, trace, "rejected", 0, person="cem")
        assert (one(db)["rank"], one(db)["rejected"]) == (2, 0.5)

    def test_of_which_a_headline_was_edited_by_anybody_did_not_go_out_as_it_was_suggested(
        self, db: Database, trace: str
    ) -> None:
        give(db, trace, "edited", 0, text="Bridge shuts for eleven weeks")
        give(db, trace, "picked", 0, person="ben")
        assert (one(db)["rank"], one(db)["unchanged"]) == (1, 0)
        give(db, trace, "picked", 2)
        assert one(db)["unchanged"] == 0.5

    def test_that_was_rejected_as_a_whole_had_every_headline_rejected(self, db: Database, trace: str) -> None:
        give(db, trace, "all_rejected")
        assert one(db) == {"taken": 0, "rejected": 1, "all_rejected": 1}

    def test_with_a_thumb_alone_is_decided_by_nobody(self, db: Database, trace: str) -> None:
        give(db, trace, "thumb", value=-1)
        assert one(db) == {"thumbs": 0}

    def test_is_of_the_week_in_which_it_was_asked_for(self, db: Database, held: HeldClock) -> None:
        held.now = round(datetime(2026, 11, 29, 23, tzinfo=UTC).timestamp() * 1000)
        give(db, put(db, *HEADLINES), "picked", 0)
        assert [each.name for each in groups(db, "week", Asked(0))] == [ALL, "2026-11-23"]

    def test_of_another_time_or_desk_is_left_out(self, db: Database, held: HeldClock) -> None:
        early, late = held.now, held.now + 86_400_000
        for held.now, desk in ((early, "sport"), (late, "sport"), (late, "local")):
            give(db, put(db, *HEADLINES, desk=desk), "picked", 0)
        assert many(db, Asked(early)) == 3
        assert many(db, Asked(late, desk="sport")) == 1
        assert many(db, Asked(early, late)) == 1


class TestAGroup:
    def test_has_each_rate_and_mean_over_its_sets(self, db: Database) -> None:
        for version, kind, position in (
            (1, "picked", 2),
            (1, "rejected", 0),
            (2, "picked", 0),
            (2, "all_rejected", None),
        ):
            give(db, put(db, *HEADLINES, version=version), kind, position)
        found = groups(db, "version", Asked(0))
        assert [(each.name, each.sets) for each in found] == [(ALL, 4), ("headlines@2", 2), ("headlines@1", 2)]
        assert figure(found, ALL, "taken") == (4, 0.5)
        assert figure(found, "headlines@1", "rank") == (1, 3.0)
        assert figure(found, "headlines@2", "all_rejected") == (2, 0.5)
        assert found[0].ranks == {1: 1, 3: 1}
        assert "thumbs" not in found[0].figures

    def test_knows_that_what_is_the_same_in_few_sets_need_not_be_so_in_all(self, db: Database) -> None:
        for _ in range(8):
            give(db, put(db, *HEADLINES), "picked", 0)
        found = groups(db, "desk", Asked(0))[0].figures
        assert (found["unchanged"].estimate, found["unchanged"].high) == (1, 1)
        assert found["unchanged"].low == pytest.approx(0.6756, abs=5e-5)
        assert found["rejected"].high == pytest.approx(0.3244, abs=5e-5)

    def test_sorts_versions_by_their_number(self, db: Database) -> None:
        for version in (9, 10, 2):
            give(db, put(db, *HEADLINES, version=version), "picked", 0)
        found = groups(db, "version", Asked(0))
        assert [each.name for each in found][1:] == ["headlines@10", "headlines@9", "headlines@2"]

    def test_has_no_interval_of_a_mean_below_six_sets_and_always_one_of_a_rate(self, db: Database) -> None:
        for _ in range(5):
            give(db, put(db, *HEADLINES), "picked", 1)
        few = groups(db, "desk", Asked(0))[0].figures
        assert (few["rank"].low, few["taken"].low is None) == (None, False)
        give(db, put(db, *HEADLINES), "picked", 0)
        assert groups(db, "desk", Asked(0))[0].figures["rank"].low is not None

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
        asked = Asked(begin, held.now + 1)
        found = groups(db, axis, asked)
        assert sum(group.sets for group in found[1:]) == found[0].sets == 24
        for group in found:
            assert search.count(db, group.behind()).number == group.sets
            for measure in MEASURES.values():
                if measure.name in group.figures:
                    assert search.count(db, group.behind(measure)).number == shown(group, measure), measure.name


def shown(group: Group, measure: Measure) -> int:
    """How many sets a figure leads to: those in which it is so, or those that it is made of; a set is rejected in full here."""
    figure = group.figures[measure.name]
    is_so = measure.kind == "rate" or "rejected" in measure.name
    return round(figure.sets * figure.estimate) if is_so else figure.sets


def test_there_is_no_figure_by_person() -> None:
    assert "person" not in {each.name for each in fields(Reception)} | {*MEASURES} | {*get_args(Axis)}
