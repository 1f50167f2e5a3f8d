"""What the rules bring into the queue: in whatever order things happen, what a plain reading of the record says."""

from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import edits
from core.db import Database, open_database
from core.feedback import of_trace
from core.feedback.model import Feedback
from core.review import filling, overview, reasons, store
from core.review.rules import Rules, Thresholds
from core.traces import writing
from core.traces.model import Source
from tests.core.review.conftest import HEADLINES, Newsroom


def waiting(db: Database) -> dict[str, set[str]]:
    """The traces that wait, with why."""
    return {
        line.item.trace: {reason.kind for reason in line.item.reasons if reason.stands}
        for line in overview.lines(db, limit=1_000)
    }


class TestAComplaint:
    def test_puts_a_trace_into_the_queue(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        assert waiting(newsroom.db) == {trace: {"thumb_down"}}

    def test_of_several_kinds_is_one_item_with_all_reasons(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        newsroom.says(trace, "all_rejected")
        newsroom.says(trace, "edited", 1, person="ben", text="Something else altogether")
        newsroom.catches_up()
        assert waiting(newsroom.db) == {trace: {"thumb_down", "all_rejected", "heavy_edit"}}

    def test_is_a_light_edit_or_a_thumb_up_of_no_matter(self, newsroom: Newsroom) -> None:
        trace = newsroom.has()
        newsroom.says(trace, "edited", 0, text="Bridge closes for twelve weeks")
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {}

    def test_names_who_made_it_about_which_headline(self, newsroom: Newsroom) -> None:
        trace = newsroom.has()
        newsroom.says(trace, "edited", 2, person="ben", text="Nothing is left")
        newsroom.catches_up()
        item = store.of_trace(newsroom.db, trace)
        assert item
        (reason,) = item.reasons
        assert (reason.person, reason.position, reason.figure) == ("ben", 2, pytest.approx(4 / 3))

    def test_that_came_before_the_set_counts_once_that_is_there(self, newsroom: Newsroom) -> None:
        trace = newsroom.asks()
        newsroom.says(trace, "edited", 0, text="Something else altogether")
        newsroom.catches_up()
        assert waiting(newsroom.db) == {}
        newsroom.gets(trace)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {trace: {"heavy_edit"}}

    @pytest.mark.parametrize("source", ["judge", "eval", "replay", "trial"])
    def test_about_what_no_editor_asked_for_changes_nothing(self, newsroom: Newsroom, source: Source) -> None:
        newsroom.complaint(source=source)
        assert waiting(newsroom.db) == {}

    def test_waits_from_the_moment_it_was_made(self, newsroom: Newsroom) -> None:
        trace = newsroom.has()
        said = newsroom.says(trace, "all_rejected")
        newsroom.catches_up()
        item = store.of_trace(newsroom.db, trace)
        assert item
        assert item.waiting_since == said.received_at


class TestAComplaintThatIsTakenBack:
    def test_takes_the_item_out_if_nobody_took_it_up(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        item = store.of_trace(newsroom.db, trace)
        assert item
        assert (item.state, [reason.stands for reason in item.reasons]) == ("withdrawn", [False])

    def test_to_nothing_takes_it_out_too(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        newsroom.says(trace, "edited", 1, text="Something else altogether")
        newsroom.catches_up()
        newsroom.says(trace, "thumb", value=0)
        newsroom.says(trace, "taken_back", 1)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {}

    def test_leaves_the_item_while_another_stands(self, newsroom: Newsroom) -> None:
        trace = newsroom.has()
        newsroom.complains(trace)
        newsroom.complains(trace, person="ben")
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {trace: {"thumb_down"}}

    def test_leaves_it_to_whoever_took_it_up(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        newsroom.takes("ada")
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {trace: set()}

    def test_and_made_again_brings_it_back(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        newsroom.complains(trace)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {trace: {"thumb_down"}}


class TestASet:
    def test_with_enough_headlines_that_failed_a_check_gets_in(self, newsroom: Newsroom) -> None:
        newsroom.rule(Rules(everywhere=Thresholds(failed_checks=2, random_share=0)))
        newsroom.has(failed=1)
        bad = newsroom.has(failed=2)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {bad: {"failed_checks"}}

    def test_is_judged_by_the_rules_of_its_desk(self, newsroom: Newsroom) -> None:
        strict = Thresholds(failed_checks=1, random_share=0)
        newsroom.rule(Rules(everywhere=Thresholds(failed_checks=None, random_share=0), desks={"politics": strict}))
        newsroom.has(failed=1, desk="sport")
        bad = newsroom.has(failed=1, desk="politics")
        newsroom.catches_up()
        assert waiting(newsroom.db) == {bad: {"failed_checks"}}

    def test_that_ends_after_later_ones_is_not_forgotten(self, newsroom: Newsroom) -> None:
        newsroom.rule(Rules(everywhere=Thresholds(failed_checks=1, random_share=0)))
        slow = newsroom.asks()
        newsroom.has()
        newsroom.catches_up()
        newsroom.gets(slow, failed=1)
        newsroom.catches_up()
        assert waiting(newsroom.db) == {slow: {"failed_checks"}}

    def test_that_was_interrupted_is_put_aside_no_longer(self, newsroom: Newsroom) -> None:
        newsroom.asks()
        newsroom.catches_up()
        writing.interrupt_abandoned(newsroom.db)
        newsroom.catches_up()
        with newsroom.db.read() as connection:
            assert connection.execute("select count(*) from review_pending").fetchone()[0] == 0

    def test_is_drawn_by_its_id_alone(self, newsroom: Newsroom) -> None:
        newsroom.rule(Rules(everywhere=Thresholds(failed_checks=None, random_share=0.5)))
        all_sets = [newsroom.has() for _ in range(30)]
        newsroom.catches_up()
        drawn = {trace for trace in all_sets if reasons.is_drawn(trace, 0.5, purpose="review")}
        assert set(waiting(newsroom.db)) == drawn
        assert 0 < len(drawn) < 30

    def test_without_headlines_is_not_drawn(self, newsroom: Newsroom) -> None:
        newsroom.rule(Rules(everywhere=Thresholds(random_share=1)))
        newsroom.has([])
        newsroom.catches_up()
        assert waiting(newsroom.db) == {}


class TestRules:
    def test_hold_for_what_comes_after_them_only(self, newsroom: Newsroom) -> None:
        before = newsroom.has()
        newsroom.complains(before)
        newsroom.rule(Rules(everywhere=Thresholds(thumbs_down=False, failed_checks=None, random_share=0)))
        newsroom.complains(newsroom.has())
        newsroom.catches_up()
        assert waiting(newsroom.db) == {before: {"thumb_down"}}


class TestTwoAtOnce:
    def test_bring_in_everything_once(self, newsroom: Newsroom) -> None:
        traces = {newsroom.has() for _ in range(5)}
        for trace in traces:
            newsroom.complains(trace)
        with closing(open_database(newsroom.db.path)) as other:
            for _ in zip(filling.catch_up(newsroom.db), filling.catch_up(other), strict=False):
                pass
            newsroom.catches_up()
        assert set(waiting(newsroom.db)) == traces
        with newsroom.db.read() as connection:
            assert connection.execute("select count(*) from review_items").fetchone()[0] == 5


CHOSEN = [
    Rules(everywhere=Thresholds(failed_checks=2, random_share=0.3, heavy_edits=0.5), second_share=0),
    Rules(everywhere=Thresholds(thumbs_down=False, failed_checks=1, random_share=0), second_share=0),
    Rules(
        everywhere=Thresholds(all_rejected=False, failed_checks=None, random_share=0.6, heavy_edits=1.0), second_share=0
    ),
]
SOURCES: tuple[Source, ...] = ("api", "playground", "eval", "judge")

which = st.integers(0, 3)
person = st.sampled_from(["ada", "ben"])
step: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(SOURCES)),
    st.tuples(st.just("get"), which, st.integers(0, 3)),
    st.tuples(st.just("thumb"), which, person, st.sampled_from([1, -1, 0])),
    st.tuples(st.just("reject"), which, person),
    st.tuples(st.just("take back"), which, person, st.sampled_from([0, None])),
    st.tuples(
        st.just("edit"), which, person, st.sampled_from(["Bridge closes for ten weeks", "Nothing of it is left"])
    ),
    st.tuples(st.just("pick"), which, person),
    st.tuples(st.just("rule"), st.sampled_from(CHOSEN)),
    st.tuples(st.just("catch up")),
)


class Told:
    """What happened, as a plain list: the oracle reads it without any of the queue's own rows."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.traces: list[tuple[str, Source, Rules]] = []
        self.failed: dict[str, int] = {}
        self.rules = CHOSEN[0]
        self.rules_of: dict[int, Rules] = {}
        room.rule(self.rules)

    def do(self, what: str, *how: Any) -> None:
        if what == "catch up":
            self.room.catches_up()
        elif what == "rule":
            self.rules = how[0]
            self.room.rule(self.rules)
        elif what == "ask":
            self.traces.append((self.room.asks(source=how[0]), how[0], self.rules))
        elif how[0] < len(self.traces):
            self.about(what, self.traces[how[0]][0], *how[1:])

    def about(self, what: str, trace: str, *how: Any) -> None:
        if what == "get":
            if trace not in self.failed:
                self.room.gets(trace, failed=how[0])
                self.failed[trace] = how[0]
            return
        said: dict[str, dict[str, Any]] = {
            "thumb": {"kind": "thumb", "value": how[-1]},
            "reject": {"kind": "all_rejected"},
            "take back": {"kind": "taken_back", "position": how[-1]},
            "edit": {"kind": "edited", "position": 0, "text": how[-1]},
            "pick": {"kind": "picked", "position": 0},
        }
        kept = self.room.says(trace, person=how[0], **said[what])
        self.rules_of[kept.id] = self.rules

    def expected(self) -> dict[str, set[str]]:
        found = {trace: self.reasons(trace, source, asked_under) for trace, source, asked_under in self.traces}
        return {trace: kinds for trace, kinds in found.items() if kinds}

    def reasons(self, trace: str, source: Source, asked_under: Rules) -> set[str]:
        if trace not in self.failed or source in ("eval", "judge"):
            return set()
        wanted = asked_under.everywhere
        kinds = {self.complaint(each) for each in of_trace(self.room.db, trace) if each.stands} - {""}
        if wanted.failed_checks is not None and self.failed[trace] >= wanted.failed_checks:
            kinds.add("failed_checks")
        if reasons.is_drawn(trace, wanted.random_share, purpose="review"):
            kinds.add("random")
        return kinds

    def complaint(self, said: Feedback) -> str:
        wanted = self.rules_of[said.id].everywhere
        if said.kind == "thumb" and said.value == -1 and wanted.thumbs_down:
            return "thumb_down"
        if said.kind == "all_rejected" and wanted.all_rejected:
            return "all_rejected"
        if said.kind == "edited" and said.text and wanted.heavy_edits is not None:
            heavy = edits.measure(HEADLINES[0], said.text).hter >= wanted.heavy_edits
            return "heavy_edit" if heavy else ""
        return ""


class TestInAnyOrder:
    @given(steps=st.lists(step, max_size=25))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_queue_is_what_a_plain_reading_of_the_record_says(
        self, steps: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with closing(open_database(tmp_path_factory.mktemp("any") / "copydesk.db")) as db:
            told = Told(Newsroom(db))
            for what, *how in steps:
                told.do(what, *how)
            told.room.catches_up()
            assert waiting(db) == told.expected()
