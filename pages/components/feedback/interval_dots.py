"""Estimates with their intervals, a line each, the first on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.components import chart_look
from pages.components.chart_look import BLUE, GREY

_ROW = 30
_AROUND = 76


@dataclass(frozen=True)
class Dot:
    """One line: of everything together, or of a part; without an interval it is hollow.

    `told` shows beneath the pointer. `about` is what a click on it says, after that.
    """

    name: str
    estimate: float
    low: float | None
    high: float | None
    of_all: bool
    told: str
    about: str = ""


def interval_dots(dots: Sequence[Dot], *, around: int = _AROUND) -> go.Figure:
    """The chart, without a title of its axis; `around` is the height of what stands above and below the lines."""
    names = [chart_look.label(dot.name) for dot in dots]
    colours = [GREY if dot.of_all else BLUE for dot in dots]
    chart = chart_look.figure(
        go.Scatter(
            x=[dot.estimate for dot in dots],
            y=names,
            mode="markers",
            marker={
                "color": colours,
                "symbol": [_symbol(dot) for dot in dots],
                "size": 11,
                "line": {"width": 2, "color": colours},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [0.0 if dot.high is None else dot.high - dot.estimate for dot in dots],
                "arrayminus": [0.0 if dot.low is None else dot.estimate - dot.low for dot in dots],
                "color": GREY,
                "thickness": 2,
                "width": 5,
            },
            customdata=[(chart_look.label(dot.told), dot.about) for dot in dots],
            hovertemplate="%{y}: %{customdata[0]}<extra></extra>",
            showlegend=False,
        ),
        height=around + _ROW * len(dots),
    )
    chart.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    return chart


def _symbol(dot: Dot) -> str:
    return ("diamond" if dot.of_all else "circle") + ("-open" if dot.low is None else "")
