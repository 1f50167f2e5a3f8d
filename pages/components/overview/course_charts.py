"""How figures went in the course of time, with a mark wherever something was released."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import plotly.graph_objects as go

from core import clock
from core.prompts.releases import Release
from core.traces.counting.rollups import DAY
from core.traces.counting.sums import Step
from core.traces.model import Status
from pages.components import chart_look
from pages.components.chart_look import BLUE, GREY, ORANGE, SKY, VERMILLION
from pages.components.formats import prompt_version


@dataclass(frozen=True)
class Course:
    """The figures of every step of so many milliseconds, and what was released meanwhile.

    Every mark in a chart says of which step it is, and which of several marks of that step.
    """

    steps: Sequence[tuple[int, Step]]
    step: int
    releases: Sequence[Release]


_HEIGHT = 280

SLOWEST = "95 of 100"
# What became of calls, from the bottom up; each with a pattern, so that nobody needs the colour.
_OUTCOMES: Sequence[tuple[str, str, str, Callable[[Step], int]]] = (
    ("valid at once", BLUE, "", lambda each: each.valid),
    ("repaired", SKY, "/", lambda each: each.repaired),
    ("incomplete", ORANGE, ".", lambda each: each.incomplete),
    ("failed", VERMILLION, "x", lambda each: each.without_headlines),
    ("refused", GREY, "-", lambda each: each.refused),
)
STATUSES: Mapping[str, Sequence[Status]] = {
    "valid at once": ("valid",),
    "repaired": ("repaired",),
    "incomplete": ("incomplete",),
    "failed": ("failed", "interrupted"),
    "refused": ("refused",),
}
"""By the name of a bar what its calls came to."""


def calls_chart(course: Course) -> go.Figure:
    """Calls in each step by what became of them."""
    chart = _chart(
        *(
            go.Bar(
                name=name,
                x=_middles(course),
                y=[count(figures) for _, figures in course.steps],
                customdata=_marks(course, name),
                text=_names(course),
                marker={"color": colour, "line": {"width": 0}, "pattern": _pattern(shape)},
                textposition="none",
                hovertemplate="%{text}: %{y:,} " + name + "<extra></extra>",
            )
            for name, colour, shape, count in _OUTCOMES
        ),
        course=course,
    )
    chart.update_layout(barmode="stack")
    # Of a few calls, plotly would mark fifths of one.
    few = max(figures.calls for _, figures in course.steps) < _TICKED
    chart.update_yaxes(title="calls", rangemode="tozero", dtick=1 if few else None)
    return chart


_TICKED = 6
"""Fewer calls than this in a step are marked one by one."""


def wait_chart(course: Course) -> go.Figure:
    """How long calls took in each step: half of them, and 95 of 100."""
    lines = ((0.95, SLOWEST, VERMILLION, "square"), (0.5, "half", BLUE, "circle"))
    chart = _chart(
        *(
            go.Scatter(
                name=f"{name} within",
                x=_middles(course),
                y=[_seconds(figures.durations.percentile(share)) for _, figures in course.steps],
                customdata=_marks(course, name),
                text=_names(course),
                mode="lines+markers",
                line={"color": colour, "width": 2},
                marker={"symbol": symbol, "size": 7},
                hovertemplate="%{text}: " + name + " within %{y:.1f} s<extra></extra>",
            )
            for share, name, colour, symbol in lines
        ),
        course=course,
    )
    chart.update_yaxes(title="seconds", rangemode="tozero")
    return chart


def cost_chart(course: Course) -> go.Figure:
    """What the calls of each step cost, as far as it is known."""
    bars = go.Bar(
        x=_middles(course),
        y=[figures.dollars for _, figures in course.steps],
        customdata=_marks(course, "cost"),
        text=_names(course),
        marker={"color": BLUE},
        hovertemplate="%{text}: $%{y:.4~f}<extra></extra>",
        textposition="none",
        showlegend=False,
    )
    chart = _chart(bars, course=course)
    chart.update_yaxes(title="dollars", rangemode="tozero", tickprefix="$")
    return chart


def rows(course: Course) -> list[dict[str, object]]:
    """What the charts show, for a file."""
    found: list[dict[str, object]] = []
    for start, figures in course.steps:
        row: dict[str, object] = {"from (UTC)": _time(start).isoformat(sep=" ", timespec="minutes")}
        row |= {name: count(figures) for name, _, _, count in _OUTCOMES}
        row["half within (s)"] = _seconds(figures.durations.percentile(0.5))
        row["95 of 100 within (s)"] = _seconds(figures.durations.percentile(0.95))
        row["cost ($)"], row["calls of unknown cost"] = figures.dollars, figures.cost_unknown
        found.append(row)
    return found


def release_words(release: Release) -> str:
    """What was released where, in few words."""
    what = "back to all desks' version" if release.version is None else prompt_version(release.prompt, release.version)
    return f"{what} for {release.desk}" if release.desk else what


def _chart(*traces: go.Bar | go.Scatter, course: Course) -> go.Figure:
    chart = chart_look.figure(*traces, height=_HEIGHT)
    ends = course.steps[0][0], course.steps[-1][0] + course.step
    for at, words in marks(course):
        chart.add_shape(
            type="line", x0=_time(at), x1=_time(at), y0=0, y1=1, yref="paper",
            line={"color": chart_look.GREY, "width": 1.5, "dash": "dash"},
        )  # fmt: skip
        # Words reach into the chart from its nearer edge, never over it.
        chart.add_annotation(
            x=_time(at), y=1, yref="paper", yanchor="bottom", showarrow=False, text=chart_look.label(words),
            xanchor="left" if at < sum(ends) / 2 else "right", font={"size": 11},
        )  # fmt: skip
    chart.update_xaxes(range=[_time(each) for each in ends], tickformat=_TICKS.get(course.step, "%d %b"))
    chart.update_layout(
        margin={"t": 44, "b": 64},
        legend={"orientation": "h", "x": 0, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom"},
        bargap=0.15,
    )
    return chart


_TICKS = {DAY // 24: "%H:%M\n%d %b"}


def marks(course: Course) -> list[tuple[int, str]]:
    """Where a release stands on the time axis, and in which words; what would stand on each other is one mark."""
    width = (course.step * len(course.steps)) // _MARKS
    grouped: dict[int, list[Release]] = {}
    for release in course.releases:
        grouped.setdefault(release.created_at // width, []).append(release)
    return [
        (group[-1].created_at, release_words(group[0]) if len(group) == 1 else f"{len(group)} releases")
        for group in grouped.values()
    ]


_MARKS = 6
"""So many marks with their words beside each other is what a chart holds."""


def _marks(course: Course, name: str) -> list[tuple[int, str]]:
    return [(start, name) for start, _ in course.steps]


def _pattern(shape: str) -> dict[str, object]:
    return {"shape": shape, "solidity": 0.3, "fillmode": "overlay", "fgcolor": "rgba(255, 255, 255, 0.75)"}


def _middles(course: Course) -> list[datetime]:
    """A bar stands on all of its step, so that a release is seen before or after what it changed."""
    return [_time(start + course.step // 2) for start, _ in course.steps]


def _names(course: Course) -> list[str]:
    form = "%d %b" if course.step == DAY else "%d %b, %H:%M"
    return [f"{_time(start):{form}}" for start, _ in course.steps]


def _time(milliseconds: int) -> datetime:
    """UTC, and without a zone, for a browser would turn it into its own."""
    return clock.as_datetime(milliseconds).replace(tzinfo=None)


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
