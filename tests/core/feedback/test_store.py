"""Feedback is kept with the very headline it is about, once, whatever comes twice, late, early or wrong."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from core.db import Database, open_database
from core.errors import BadInput, Conflict, NotFound
from core.feedback import Given, give, of_trace, standing
from core.feedback.model import KINDS
from tests.conftest import HeldClock
from tests.core.feedback.conftest import HEADLINES, Giving, Traces

WHOLE: dict[str, dict[str, Any]] = {
    "picked": {"position": 1},
    "edited": {"position": 1, "text": "Ferry takes 160 pupils to school"},
    "rejected": {"position": 1},
    "all_rejected": {},
    "taken_back": {"position": 1},
    "thumb": {"position": 1, "value": -1},
    "rating": {"value": 4},
    "comment": {"position": 1, "text": "Too long for push."},
    "label": {"text": "clickbait"},
    "score": {"position": 1, "value": 5, "criterion": "accuracy"},
}
"""Each kind with all that it needs."""


def told(db: Database, trace_id: str) -> list[tuple[str, int | None, bool]]:
    return [(each.kind, each.position, each.stands) for each in of_trace(db, trace_id)]


class TestGiving:
    @pytest.mark.parametrize("kind", WHOLE)
    def test_keeps_every_kind_as_it_was_given(self, held: HeldClock, db: Database, given: Giving, kind: str) -> None:
        kept = given(kind, **WHOLE[kind])
        assert of_trace(db, given.trace) == [kept]
        assert {name: getattr(kept, name) for name in WHOLE[kind]} == WHOLE[kind]
        assert (kept.person, kept.source, kept.given_at, kept.received_at) == ("ada", "api", held.now, held.now)

    def test_knows_every_kind(self) -> None:
        assert tuple(WHOLE) == KINDS

    def test_keeps_what_was_suggested_beside_it(self, given: Giving) -> None:
        assert given("picked", 2).suggested == HEADLINES[2]
        assert given("all_rejected").suggested is None

    def test_measures_the_edit_of_that_suggestion(self, given: Giving) -> None:
        edit = given("edited", 0, text="Bridge closes for twelve weeks").edit
        assert edit is not None
        assert (edit.word_edits, edit.words) == (1, 5)

    def test_measures_nothing_against_a_suggestion_of_a_megabyte(self, db: Database, traces: Traces) -> None:
        kept = Giving(db, traces.closed(["Rain " * 200_000]))("edited", 0, text="Rain")
        assert kept.edit is None

    def test_measures_nothing_where_nothing_was_edited(self, given: Giving) -> None:
        assert given("comment", 0, text="Bridge closes for twelve weeks").edit is None

    def test_keeps_the_time_that_it_was_given_beside_that_of_its_arrival(self, held: HeldClock, given: Giving) -> None:
        kept = given("picked", 0, given_at=held.now - 5_000)
        assert (kept.given_at, kept.received_at) == (held.now - 5_000, held.now)

    def test_composes_and_trims_texts(self, given: Giving) -> None:
        kept = given("edited", 0, text="  Cafe\u0301 closes\n", person=" Zoe\u0308 ")
        assert (kept.text, kept.person) == ("Café closes", "Zoë")

    def test_survives_the_end_of_the_process(self, db: Database, given: Giving) -> None:
        kept = given("picked", 0)
        with closing(open_database(db.path)) as again:
            assert of_trace(again, given.trace) == [kept]


class TestAnOpenTrace:
    def test_takes_feedback_before_its_headlines_are_on_record(self, db: Database, traces: Traces) -> None:
        trace = traces.opened()
        early = Giving(db, trace)("edited", 0, text="Bridge closes for twelve weeks")
        assert (early.suggested, early.edit) == (None, None)

    def test_has_its_edits_measured_once_it_is_closed(self, db: Database, traces: Traces) -> None:
        trace = traces.opened()
        Giving(db, trace)("edited", 0, text="Bridge closes for twelve weeks")
        traces.close(trace)
        (kept,) = of_trace(db, trace)
        assert kept.suggested == HEADLINES[0]
        assert kept.edit is not None
        assert kept.edit.hter == 1 / 5

    def test_has_positions_up_to_what_was_asked_for(self, db: Database, traces: Traces) -> None:
        giving = Giving(db, traces.opened(asked=5))
        assert giving("picked", 4).position == 4
        with pytest.raises(BadInput, match="was asked for 5 headlines; their positions are 0 to 4, not 5"):
            giving("picked", 5)

    def test_that_gives_fewer_keeps_what_was_said_about_one_that_never_came(self, db: Database, traces: Traces) -> None:
        trace = traces.opened()
        Giving(db, trace)("picked", 2)
        traces.close(trace, HEADLINES[:1])
        assert [(each.position, each.suggested) for each in of_trace(db, trace)] == [(2, None)]


class TestAPosition:
    @pytest.mark.parametrize("position", [-1, 3, 2**63, -(2**70)])
    def test_that_the_trace_does_not_have_is_refused(self, db: Database, given: Giving, position: int) -> None:
        with pytest.raises(BadInput, match=f"has 3 headlines; their positions are 0 to 2, not {position}"):
            given("picked", position)
        assert of_trace(db, given.trace) == []

    def test_of_a_trace_without_headlines_is_refused(self, db: Database, traces: Traces) -> None:
        giving = Giving(db, traces.closed([]))
        with pytest.raises(BadInput, match="has no headlines"):
            giving("thumb", 0, value=1)
        assert giving("thumb", value=1).position is None

    def test_of_all_can_only_be_rejected_where_there_are_any(self, db: Database, traces: Traces) -> None:
        giving = Giving(db, traces.closed([]))
        with pytest.raises(BadInput, match="none to reject"):
            giving("all_rejected")
        with pytest.raises(BadInput, match="no decision to take back"):
            giving("taken_back")

    @pytest.mark.parametrize("kind", ["picked", "edited", "rejected", "score"])
    def test_is_needed_where_one_headline_is_meant(self, given: Giving, kind: str) -> None:
        with pytest.raises(BadInput, match="is about one headline"):
            given(kind, **WHOLE[kind] | {"position": None})

    def test_is_refused_where_the_set_is_meant(self, given: Giving) -> None:
        with pytest.raises(BadInput, match="is about the whole set"):
            given("all_rejected", 0)


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("kind", "wrong", "said"),
        [
            ("liked", {}, "There is no feedback 'liked'; there is picked, edited"),
            ("picked", {"source": "fax"}, "Feedback comes from app, api, cli"),
            ("picked", {"person": "  "}, "whose is it"),
            ("picked", {"person": "x" * 201}, "at most 200"),
            ("picked", {"text": "Bridge"}, "has no text"),
            ("picked", {"value": 1}, "has no value"),
            ("picked", {"criterion": "tone"}, "has no criterion"),
            ("edited", {"text": None}, "holds no word"),
            ("edited", {"text": " \u00a0"}, "holds no word"),
            ("edited", {"text": "?!"}, "holds no word"),
            ("edited", {"text": "x" * 1_001}, "at most 1,000"),
            ("edited", {"text": "x" * 1_000_000}, "has 1,000,000 characters; at most 1,000"),
            ("edited", {"text": "\U0001d160" * 1_000}, "too long"),
            ("comment", {"text": " "}, "needs a text"),
            ("comment", {"text": "x" * 5_001}, "at most 5,000"),
            ("comment", {"text": "\ud800"}, "half a character"),
            ("label", {"text": "x" * 101}, "at most 100"),
            ("thumb", {"value": 2}, "one of 1, -1, 0"),
            ("thumb", {"value": None}, "one of 1, -1, 0"),
            ("rating", {"value": 6}, "one of 1, 2, 3, 4, 5"),
            ("score", {"value": 0}, "one of 1, 2, 3, 4, 5"),
            ("score", {"criterion": None}, "one of accuracy, clarity, tone"),
            ("score", {"criterion": "wit"}, "one of accuracy, clarity, tone"),
            ("picked", {"key": " "}, "The key of feedback has 1 to 200"),
            ("picked", {"key": "x" * 201}, "The key of feedback has 1 to 200"),
        ],
    )
    def test_is_a_sentence_and_leaves_nothing(
        self, db: Database, given: Giving, kind: str, wrong: dict[str, Any], said: str
    ) -> None:
        with pytest.raises(BadInput, match=said):
            given(kind, **WHOLE.get(kind, {}) | wrong)
        assert of_trace(db, given.trace) == []

    @pytest.mark.parametrize("by", [300_001, 10**15])
    def test_is_from_the_future(self, held: HeldClock, given: Giving, by: int) -> None:
        with pytest.raises(BadInput, match="from the future"):
            given("picked", 0, given_at=held.now + by)

    def test_is_in_seconds(self, held: HeldClock, given: Giving) -> None:
        with pytest.raises(BadInput, match="as milliseconds since 1970"):
            given("picked", 0, given_at=held.now // 1_000)

    def test_is_about_a_trace_that_is_not_there(self, db: Database) -> None:
        missing = Given("0" * 32, "picked", person="ada", source="api", position=0)
        for attempt in (lambda: give(db, missing), lambda: of_trace(db, missing.trace)):
            with pytest.raises(NotFound, match="There is no trace '0"):
                attempt()


class TestAKey:
    def test_that_comes_again_with_the_same_is_kept_once(self, held: HeldClock, db: Database, given: Giving) -> None:
        first = given("edited", 0, text="Bridge shut", key="k")
        held.now += 60_000
        again = given("edited", 0, text="Bridge shut", key="k")
        assert again == first
        assert (first.is_repeat, again.is_repeat) == (False, True)
        assert of_trace(db, given.trace) == [first]

    def test_is_the_same_for_a_text_that_is_the_same_once_composed(self, given: Giving) -> None:
        given("label", text="Café", key="k")
        assert given("label", text="Cafe\u0301 ", key="k").is_repeat

    @pytest.mark.parametrize(
        ("other", "differs"),
        [
            ({"text": "Bridge closed"}, "text"),
            ({"position": 1}, "position"),
            ({"kind": "comment"}, "kind"),
            ({"person": "ben"}, "person"),
            ({"source": "app"}, "source"),
            ({"given_at": 1_700_000_000_001}, "given_at"),
        ],
    )
    def test_that_was_used_for_something_else_is_a_conflict(
        self, held: HeldClock, db: Database, given: Giving, other: dict[str, Any], differs: str
    ) -> None:
        first: dict[str, Any] = {
            "kind": "edited",
            "position": 0,
            "text": "Bridge shut",
            "given_at": held.now,
            "key": "k",
        }
        given(**first)
        with pytest.raises(Conflict, match=f"'k' was used for feedback with another {differs}. Send a new key"):
            given(**first | other)
        assert len(of_trace(db, given.trace)) == 1

    def test_that_was_used_on_another_trace_is_a_conflict(self, db: Database, given: Giving, traces: Traces) -> None:
        given("picked", 0, key="k")
        with pytest.raises(Conflict, match="with another trace"):
            given("picked", 0, key="k", trace=traces.closed())

    def test_comes_again_after_the_trace_gave_fewer_headlines(self, db: Database, traces: Traces) -> None:
        trace = traces.opened()
        giving = Giving(db, trace)
        first = giving("picked", 2, key="k")
        traces.close(trace, HEADLINES[:1])
        assert giving("picked", 2, key="k").id == first.id

    def test_that_many_send_at_once_through_two_connections_is_kept_once(self, db: Database, given: Giving) -> None:
        with closing(open_database(db.path)) as other, ThreadPoolExecutor(8) as pool:
            both = [given, Giving(other, given.trace)]
            kept = list(pool.map(lambda number: both[number % 2]("thumb", 0, value=1, key="k"), range(40)))
        assert len({each.id for each in kept}) == 1
        assert [each.is_repeat for each in kept].count(False) == 1

    def test_that_is_not_sent_makes_everything_new(self, db: Database, given: Giving) -> None:
        given("thumb", 0, value=1)
        given("thumb", 0, value=1)
        assert [each.stands for each in of_trace(db, given.trace)] == [False, True]


class TestWhatStands:
    def test_is_the_latest_decision_on_a_headline(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("edited", 0, text="Bridge shut")
        given("rejected", 0)
        assert told(db, given.trace) == [("picked", 0, False), ("edited", 0, False), ("rejected", 0, True)]

    def test_is_given_by_itself(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        latest = given("rejected", 0)
        assert standing(db, given.trace) == [latest]

    @pytest.mark.parametrize("kind", ["thumb", "rating", "comment", "label", "score"])
    def test_is_the_latest_of_each_kind(self, db: Database, given: Giving, kind: str) -> None:
        given("picked", 1)
        given(kind, **WHOLE[kind])
        given(kind, **WHOLE[kind])
        assert [(each.kind, each.stands) for each in of_trace(db, given.trace)] == [
            ("picked", True), (kind, False), (kind, True)
        ]  # fmt: skip

    def test_is_there_for_each_headline_and_for_the_set(self, db: Database, given: Giving) -> None:
        for position in (0, 1, None):
            given("thumb", position, value=1)
        assert len(standing(db, given.trace)) == 3

    def test_is_there_for_each_criterion(self, db: Database, given: Giving) -> None:
        for criterion in ("accuracy", "clarity", "tone"):
            given("score", 0, value=3, criterion=criterion)
        assert len(standing(db, given.trace)) == 3

    def test_is_there_for_each_person(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("rejected", 0, person="ben")
        assert len(standing(db, given.trace)) == 2

    def test_is_only_the_rejection_of_all_after_it(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("rejected", 1)
        given("thumb", 0, value=1)
        given("all_rejected")
        assert [each.kind for each in standing(db, given.trace)] == ["thumb", "all_rejected"]

    def test_is_no_rejection_of_all_once_one_is_picked(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("all_rejected")
        given("rejected", 1)
        given("edited", 2, text="Traders fear")
        assert [(each.kind, each.position) for each in standing(db, given.trace)] == [("rejected", 1), ("edited", 2)]

    def test_is_nothing_once_a_decision_is_taken_back(self, db: Database, given: Giving) -> None:
        given("edited", 0, text="Bridge shut")
        given("picked", 1)
        given("taken_back", 0)
        assert told(db, given.trace) == [("edited", 0, False), ("picked", 1, True), ("taken_back", 0, False)]
        given("picked", 0)
        assert [(each.kind, each.position) for each in standing(db, given.trace)] == [("picked", 1), ("picked", 0)]

    def test_is_nothing_once_all_decisions_are_taken_back(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("thumb", value=1)
        given("taken_back")
        assert [each.kind for each in standing(db, given.trace)] == ["thumb"]

    def test_is_no_rejection_of_all_once_that_of_one_is_taken_back(self, db: Database, given: Giving) -> None:
        given("all_rejected")
        given("taken_back", 0)
        assert standing(db, given.trace) == []

    def test_is_no_thumb_once_that_is_taken_back(self, db: Database, given: Giving) -> None:
        given("thumb", value=-1)
        given("thumb", value=0)
        assert standing(db, given.trace) == []

    def test_is_decided_by_when_it_was_given_and_not_by_when_it_came(
        self, held: HeldClock, db: Database, given: Giving
    ) -> None:
        given("rejected", 0, given_at=held.now - 10)
        given("picked", 0, given_at=held.now - 20)
        assert [each.kind for each in standing(db, given.trace)] == ["rejected"]

    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            ("comment", {"text": "a"}, {"text": "b"}),
            ("rating", {"value": 1}, {"value": 2}),
            ("thumb", {"value": 1}, {"value": -1}),
            ("label", {"text": "a", "source": "app"}, {"text": "a", "source": "api"}),
            ("label", {"text": "a", "key": "k1"}, {"text": "a", "key": "k2"}),
        ],
    )
    def test_is_the_same_in_both_orders_for_what_was_given_in_the_same_millisecond(
        self, held: HeldClock, db: Database, traces: Traces, kind: str, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        ends: list[tuple[object, ...]] = []
        for first, second in ((one, other), (other, one)):
            trace = traces.closed()
            for more in (first, second):
                own_key = {"key": trace + more["key"]} if "key" in more else {}
                Giving(db, trace)(kind, given_at=held.now, **more | own_key)
            (stands,) = standing(db, trace)
            ends.append((stands.text, stands.value, stands.source, stands.key and stands.key.removeprefix(trace)))
        assert ends[0] == ends[1]

    def test_is_what_came_last_without_a_time_even_if_the_clock_was_put_back(
        self, held: HeldClock, db: Database, given: Giving
    ) -> None:
        given("picked", 0)
        held.now -= 60_000
        last = given("rejected", 0)
        assert standing(db, given.trace) == [last]
