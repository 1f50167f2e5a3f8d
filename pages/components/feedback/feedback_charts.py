"""What people made of headlines, as charts: a measure with its interval for each group, and from which rank they took."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.reports.feedback import ALL, Figure, Group, Measure
from pages.components import chart_look
from pages.components.chart_look import COLOURS, GREY, SYMBOLS
from pages.components.feedback.interval_dots import Dot, interval_dots

_MOST_LINES = 4


def interval_chart(groups: Sequence[Group], measure: Measure) -> go.Figure:
    """A line for each group to which the measure applies, all sets together on top; too few for an interval are hollow."""
    chart = interval_dots(
        [
            Dot(
                f"{each.name} ({figure.sets:,})",
                figure.estimate * scale(measure),
                figure.low and figure.low * scale(measure),
                figure.high and figure.high * scale(measure),
                each.name == ALL,
                words(measure, figure),
                each.name,
            )
            for each in groups
            if (figure := each.figures.get(measure.name)) is not None
        ]
    )
    chart.update_xaxes(title=measure.unit, rangemode="tozero")
    if measure.is_share:
        chart.update_xaxes(range=[-3, 103])
    return chart


def rank_chart(groups: Sequence[Group]) -> go.Figure:
    """The share of the taken headlines that stood at each place of the list: of all, and of the largest groups."""
    largest = sorted(groups, key=lambda each: (each.name != ALL, -sum(each.ranks.values())))[: _MOST_LINES + 1]
    last = max((rank for each in largest for rank in each.ranks), default=1)
    chart = chart_look.figure(
        *(_ranks(each, place, last) for place, each in enumerate(largest) if each.ranks), height=320
    )
    chart.update_xaxes(title="place in the list", dtick=1)
    chart.update_yaxes(title="% of the headlines taken", rangemode="tozero")
    chart.update_layout(
        showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}, margin={"t": 40}
    )
    return chart


def rows(groups: Sequence[Group], measures: Sequence[Measure]) -> list[dict[str, object]]:
    """What the charts show, for a file: rates and shares as parts of one."""
    return [
        {
            "group": group.name,
            "measure": measure.words,
            "sets": figure.sets,
            "estimate": figure.estimate,
            "low (95 %)": figure.low,
            "high (95 %)": figure.high,
        }
        for group in groups
        for measure in measures
        if (figure := group.figures.get(measure.name)) is not None
    ]


def words(measure: Measure, figure: Figure) -> str:
    """A figure with its interval and how many sets are behind it."""
    digits, unit = (0, " %") if measure.is_share else (2 if measure.name == "hter" else 1, "")
    estimate = f"{_rounded(figure.estimate, measure, digits)}{unit}"
    if figure.low is None or figure.high is None:
        return f"{estimate} · {figure.sets:,}"
    low, high = (_rounded(end, measure, digits) for end in (figure.low, figure.high))
    return f"{estimate} ({low}–{high}) · {figure.sets:,}"


def scale(measure: Measure) -> float:
    return 100 if measure.is_share else 1


def _rounded(value: float, measure: Measure, digits: int) -> str:
    # Nothing is less than nothing: 0 is added for the sign.
    return f"{round(value * scale(measure), digits) + 0.0:.{digits}f}"


def _ranks(group: Group, place: int, last: int) -> go.Scatter:
    many = sum(group.ranks.values())
    ranks = list(range(1, last + 1))
    return go.Scatter(
        name=chart_look.label(f"{group.name} ({many:,})"),
        x=ranks,
        y=[100 * group.ranks.get(rank, 0) / many for rank in ranks],
        mode="lines+markers",
        line={"color": GREY if group.name == ALL else COLOURS[place - 1], "width": 2},
        marker={"symbol": SYMBOLS[place], "size": 9},
        customdata=[group.ranks.get(rank, 0) for rank in ranks],
        hovertemplate="place %{x}: %{y:.0f} % (%{customdata} headlines)<extra>%{fullData.name}</extra>",
    )
