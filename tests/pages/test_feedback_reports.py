"""The reports of feedback on their screen, and their charts: right numbers, hollow where too few, foreign text inert."""

from typing import Any

import pytest

from core import feedback
from core.copydesk import shared
from core.feedback import Given
from core.reports.feedback import ALL, MEASURES, Asked, Group, groups
from core.reports.measures import MEASURES as OVERVIEW
from pages.components.feedback import feedback_charts
from tests.pages.test_screens import screen, sentences
from tests.records import put

HEADLINES = ("Bridge closes for eleven weeks", "Ferry takes pupils to school", "Traders fear for Easter")


def given(many: int, *, kind: Any = "picked", position: int | None = 1, **place: Any) -> None:
    for _ in range(many):
        trace = put(shared().db, *HEADLINES, **place)
        feedback.give(shared().db, Given(trace, kind, "ada", "api", position=position))


def by(axis: Any) -> list[Group]:
    return groups(shared().db, axis, Asked(0))


class TestTheScreen:
    def test_says_what_will_be_here(self) -> None:
        at = screen("feedback.py", view="reports")
        assert not at.exception
        assert "as soon as somebody picks, edits or rejects one" in sentences(at)
        assert at.get("download_button")

    def test_asks_a_question_above_each_chart(self) -> None:
        given(7, desk="sport", version=1)
        given(2, desk="local", version=2, kind="all_rejected", position=None)
        at = screen("feedback.py", view="reports", by="desk")
        assert not at.exception
        asked = [each.value for each in at.subheader]
        assert "How often is a headline taken?" in asked
        assert "How often do people say that a set is good?" not in asked
        assert len(at.get("plotly_chart")) == len(asked) - 2
        assert "9 sets" in sentences(at)

    def test_names_versions_as_other_screens_do(self) -> None:
        given(1, version=2)
        given(1, version=None)
        at = screen("feedback.py", view="reports", by="version")
        drawn = str([chart.proto.spec for chart in at.get("plotly_chart")])
        assert "headlines 2 (1)" in drawn
        assert "headlines, drafts (1)" in drawn
        assert "headlines@" not in drawn

    def test_tells_the_effort_over_all_taken_from_that_over_the_edited_alone(self) -> None:
        assert MEASURES["hter"].words == "edit effort (HTER) of all taken"
        assert MEASURES["word_edits"].words == "words edited of all taken"
        assert OVERVIEW["edit_effort"].words == "Edit effort of those edited"

    def test_of_one_desk_counts_that_alone(self) -> None:
        given(3, desk="sport")
        given(2, desk="local")
        assert "2 sets" in sentences(screen("feedback.py", view="reports", desk="local"))

    @pytest.mark.parametrize("address", [{"by": "person"}, {"days": "-1"}, {"desk": "nowhere"}])
    def test_goes_on_from_an_address_that_says_nothing(self, address: dict[str, str]) -> None:
        given(1)
        at = screen("feedback.py", view="reports", **address)
        assert not at.exception
        assert "1 set about" in sentences(at)


class TestAChart:
    def test_has_all_on_top_and_its_interval(self) -> None:
        given(6, desk="sport")
        given(6, desk="local", kind="rejected")
        (dots,) = feedback_charts.interval_chart(by("desk"), MEASURES["taken"]).data
        assert list(dots.y) == ["all (12)", "local (6)", "sport (6)"]  # pyright: ignore
        assert list(dots.x) == [50.0, 0.0, 100.0]  # pyright: ignore
        assert all(each > 0 for each in dots.error_x.array[:2])  # pyright: ignore

    def test_is_hollow_where_there_are_too_few_for_an_interval(self) -> None:
        given(6, desk="sport")
        given(2, desk="local")
        (dots,) = feedback_charts.interval_chart(by("desk"), MEASURES["rank"]).data
        assert list(dots.marker.symbol) == ["diamond", "circle-open", "circle"]  # pyright: ignore

    def test_shows_markup_in_a_name_as_text(self) -> None:
        given(1, model="<b>gpt</b>")
        (dots,) = feedback_charts.interval_chart(by("model"), MEASURES["taken"]).data
        assert "&lt;b&gt;gpt&lt;/b&gt; (1)" in list(dots.y)  # pyright: ignore

    def test_counts_from_which_place_headlines_were_taken(self) -> None:
        given(3, position=0)
        given(1, position=2)
        chart = feedback_charts.rank_chart(by("desk"))
        assert list(chart.data[0].y) == [75.0, 0.0, 25.0]  # pyright: ignore

    def test_goes_into_a_file_with_every_figure(self) -> None:
        given(6)
        (row,) = (each for each in feedback_charts.rows(by("desk"), [MEASURES["rank"]]) if each["group"] == ALL)
        assert (row["sets"], row["estimate"], row["low (95 %)"]) == (6, 2.0, 2.0)
