"""Figures for leads in words, and their course as charts."""

from typing import Any

import pytest

from core.prompts.releases import Release
from core.reports.measures import MEASURES
from core.reports.overview import Compared
from core.reports.words import percent
from core.traces.counting import histogram
from core.traces.counting.figures import NOTHING, Figures
from core.traces.counting.rollups import DAY
from core.traces.counting.sums import Step
from pages.components.overview import course_charts
from pages.components.overview.course_charts import Course, calls_chart, cost_chart, marks, wait_chart
from pages.components.overview.figure_words import told

SAME = (24.0, 24.0)
START = 1_769_990_400_000
STEPS = [(START + day * DAY, Step()) for day in range(30)]


def release(day: float, version: int | None = 3, **more: Any) -> Release:
    known: dict[str, Any] = {"id": 1, "prompt": "headlines", "environment": "production", "desk": None, "version": version,
        "replaced": None, "author": "ada", "reason": "", "created_at": START + round(day * DAY), "restores": None}  # fmt: skip
    return Release(**(known | more))


class TestAFigureInWords:
    def test_has_its_counts_and_interval(self) -> None:
        found = told(MEASURES["valid_at_once"], Compared(Figures(calls=35, valid=26), NOTHING), SAME)
        assert (found.value, found.note) == ("74.3 %", "26 of 35 calls, 58–86 %")
        assert found.change == "nothing to compare"

    def test_of_headlines_or_thumbs_tells_in_how_many_sets_they_are(self) -> None:
        figures = Figures(
            given=100, valid=10, flagged_headlines=7, flagged_sets=3, thumbs_up=2, thumbs_down=2, thumbed_down_sets=1
        )
        assert told(MEASURES["flags"], Compared(figures, NOTHING), SAME).note == "7 of 100 headlines, in 3 sets"
        assert (
            told(MEASURES["thumbs_down"], Compared(figures, NOTHING), SAME).note == "2 of 4 thumbs, in 1 set, 15–85 %"
        )

    def test_says_better_or_worse_without_colour(self) -> None:
        found = told(MEASURES["failed"], Compared(Figures(calls=400, failed=100), Figures(calls=400, failed=4)), SAME)
        assert (found.change, found.tone) == ("▲ 24.0 points, worse", "worse")

    def test_of_nothing_is_a_dash(self) -> None:
        assert told(MEASURES["cost"], Compared(NOTHING, NOTHING), SAME).value == "–"

    def test_tells_how_many_calls_did_not_say_what_they_cost(self) -> None:
        found = told(MEASURES["cost"], Compared(Figures(calls=9, cost=1_500_000_000, cost_unknown=2), NOTHING), SAME)
        assert (found.value, found.note) == ("$1.50", "not known of 2 calls")

    def test_that_tripled_is_not_told_in_per_cent(self) -> None:
        found = told(MEASURES["calls"], Compared(Figures(calls=400), Figures(calls=100)), SAME)
        assert found.change == "▲ 4.0 times as much"

    @pytest.mark.parametrize(
        ("share", "words"), [(1, "100 %"), (0.9999, "over 99.9 %"), (0.0001, "under 0.1 %"), (0, "0 %")]
    )
    def test_is_all_or_nothing_only_where_it_is(self, share: float, words: str) -> None:
        assert percent(share) == words


class TestCharts:
    @pytest.mark.parametrize("chart", [calls_chart, wait_chart, cost_chart])
    def test_have_a_mark_for_each_release(self, chart: Any) -> None:
        drawn: Any = chart(Course(STEPS, DAY, [release(2), release(20, desk="sport")]))
        assert len(drawn.layout.shapes) == 2
        assert [each.text for each in drawn.layout.annotations] == ["headlines 3", "headlines 3 for sport"]

    def test_stack_what_became_of_calls(self) -> None:
        steps = [(START, Step(calls=7, valid=3, failed=1, interrupted=1, repaired=1, refused=1))]
        drawn: Any = calls_chart(Course(steps, DAY, []))
        assert [(bar.name, list(bar.y)) for bar in drawn.data] == [
            ("valid at once", [3]),
            ("repaired", [1]),
            ("incomplete", [0]),
            ("failed", [2]),
            ("refused", [1]),
        ]
        assert [tuple(bar.customdata[0]) for bar in drawn.data] == [(START, bar.name) for bar in drawn.data]

    def test_leave_a_gap_where_nobody_waited(self) -> None:
        drawn: Any = wait_chart(Course([STEPS[0], (START + DAY, Step(durations=histogram.of([1000.0])))], DAY, []))
        assert drawn.data[0].y[0] is None
        assert drawn.data[0].y[1] == pytest.approx(1, rel=0.04)

    def test_keep_foreign_text_text(self) -> None:
        drawn: Any = cost_chart(Course(STEPS, DAY, [release(2, desk="<b>sport</b>")]))
        assert drawn.layout.annotations[0].text == "headlines 3 for &lt;b&gt;sport&lt;/b&gt;"

    def test_say_the_same_in_a_file(self) -> None:
        (row, *_) = course_charts.rows(Course([(START, Step(calls=1, failed=1, cost_unknown=1))], DAY, []))
        assert (row["failed"], row["half within (s)"], row["calls of unknown cost"]) == (1, None, 1)


class TestMarks:
    def test_close_to_each_other_are_one(self) -> None:
        found = marks(Course(STEPS, DAY, [release(1), release(1.1), release(25)]))
        assert [words for _, words in found] == ["2 releases", "headlines 3"]

    def test_tell_a_desk_that_went_back_to_what_all_have(self) -> None:
        (found,) = marks(Course(STEPS, DAY, [release(1, version=None, desk="sport")]))
        assert found[1] == "back to all desks' version for sport"
