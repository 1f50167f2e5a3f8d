"""Charts and files of a comparison: the right numbers in the right place, told apart without colour, foreign text inert."""

import plotly.graph_objects as go
import pytest

from core.evals.comparing import comparison
from core.evals.comparing.comparison import Compared, Question
from core.evals.results import measure
from pages.components.csv_download import csv_text
from pages.components.evals import forest_chart, tradeoff_chart
from pages.components.evals.forest_chart import ALL, Line
from pages.components.evals.tradeoff_chart import Point
from tests.core.evals.results import arm

MET = measure("met_at_once")
COST, TIME = measure("cost"), measure("duration_ms")


def compared() -> Compared:
    """Better on sport, worse on politics, too few on local."""
    results = [
        *arm(0, [0.0] * 12), *arm(1, [1.0] * 12),
        *arm(0, [1.0] * 12, desk="politics"), *arm(1, [0.0] * 12, desk="politics"),
        *arm(0, [1.0] * 2, desk="local"), *arm(1, [1.0] * 2, desk="local"),
    ]  # fmt: skip
    return comparison.compare(results, Question(0, 1, MET, 0.05))


def forest(lines: list[Line] | None = None) -> go.Figure:
    return forest_chart.forest_chart(lines or forest_chart.lines(compared()), MET, 0.05)


def trace(chart: go.Figure, name: str) -> go.Scatter:
    return next(each for each in chart.data if each.name == name)  # pyright: ignore[reportReturnType, reportUnknownMemberType, reportUnknownVariableType, reportAttributeAccessIssue]


class TestForest:
    def test_has_all_desks_on_top_then_the_most_suspicious(self) -> None:
        assert [line.group for line in forest_chart.lines(compared())][:2] == [ALL, "politics"]

    def test_puts_better_to_the_right_in_points(self) -> None:
        assert list(trace(forest(), "better").x) == [100.0]  # pyright: ignore[reportArgumentType]
        assert list(trace(forest(), "worse").x) == [-100.0]  # pyright: ignore[reportArgumentType]

    def test_draws_equal_and_the_margin(self) -> None:
        lines = {shape.x0: shape.line.dash for shape in forest().layout.shapes}  # pyright: ignore
        assert lines == {0: "solid", -5.0: "dash"}

    def test_says_where_there_are_too_few_articles(self) -> None:
        said = [note.text for note in forest().layout.annotations]  # pyright: ignore
        assert " fewer than 6 articles" in said

    def test_gives_each_verdict_a_sign_of_its_own(self) -> None:
        signs = [each.marker.symbol for each in forest().data]  # pyright: ignore
        assert len(set(signs)) == len(signs) == 4

    def test_names_a_harmed_desk(self) -> None:
        assert list(trace(forest(), "worse").y) == ["politics (12), harmed"]  # pyright: ignore[reportArgumentType]

    def test_shows_markup_in_a_desk_as_text(self) -> None:
        line = Line("<a href='http://evil.example'>x</a>", 9, "worse", -0.1, -0.2, -0.01, harmed=False)
        assert "<" not in str(list(trace(forest([line]), "worse").y))  # pyright: ignore[reportArgumentType]

    def test_of_nothing_but_too_few_is_drawn(self) -> None:
        line = Line("local", 2, "not enough pairs", None, None, None, harmed=False)
        assert forest([line]).layout.shapes  # pyright: ignore

    def test_gives_its_figures_as_rows(self) -> None:
        rows = forest_chart.rows(forest_chart.lines(compared()))
        assert [row["verdict"] for row in rows if row["desk"] == "politics"] == ["worse"]


class TestTradeoff:
    POINTS = (Point(0, "version 1", 0.004, 0.5), Point(1, "version 2", 0.002, 0.9), Point(2, "version 3", None, 0.9))

    def test_has_one_point_a_candidate_that_has_both(self) -> None:
        chart = tradeoff_chart.tradeoff_chart(self.POINTS, COST, MET)
        assert [(each.x[0], each.y[0]) for each in chart.data] == [(0.004, 50.0), (0.002, 90.0)]  # pyright: ignore

    def test_names_who_is_missing(self) -> None:
        assert tradeoff_chart.missing(self.POINTS) == ["version 3"]

    def test_shows_milliseconds_as_seconds(self) -> None:
        chart = tradeoff_chart.tradeoff_chart([Point(0, "a", 1500.0, 0.5)], TIME, MET)
        assert chart.data[0].x[0] == pytest.approx(1.5)  # pyright: ignore

    def test_gives_each_of_eight_another_look(self) -> None:
        points = [Point(place, str(place), 1.0, 0.5) for place in range(8)]
        chart = tradeoff_chart.tradeoff_chart(points, COST, MET)
        assert len({(each.marker.color, each.marker.symbol) for each in chart.data}) == 8  # pyright: ignore
        assert len({each.marker.symbol for each in chart.data}) == 8  # pyright: ignore

    def test_keeps_a_name_within_the_chart(self) -> None:
        chart = tradeoff_chart.tradeoff_chart(self.POINTS, COST, MET)
        assert [each.textposition for each in chart.data] == ["top left", "top center"]  # pyright: ignore

    def test_keeps_two_names_apart(self) -> None:
        points = [Point(0, "version 1", 0.004, 0.9), Point(1, "version 2", 0.0039, 0.91)]
        chart = tradeoff_chart.tradeoff_chart(points, COST, MET)
        assert [each.textposition for each in chart.data] == ["top left", "bottom left"]  # pyright: ignore

    def test_shows_markup_in_a_name_as_text(self) -> None:
        chart = tradeoff_chart.tradeoff_chart([Point(0, "<b>x</b>", 1.0, 0.5)], COST, MET)
        assert "<b>" not in chart.data[0].text[0]  # pyright: ignore


class TestAFile:
    def test_has_a_header_and_no_formula(self) -> None:
        assert csv_text([{"case": "=1+1", "change": -0.5}]) == "case,change\n'=1+1,-0.5\n"
