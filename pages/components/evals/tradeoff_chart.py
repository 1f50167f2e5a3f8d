"""What does quality cost, in money and in time: one point a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.evals.comparing import figures
from core.evals.results import Measure
from pages.components import chart_look
from pages.components.chart_look import COLOURS, SYMBOLS


@dataclass(frozen=True)
class Point:
    """A candidate by its place, with its means in the measures' own units; None where nothing was measured."""

    place: int
    name: str
    price: float | None
    quality: float | None


def tradeoff_chart(points: Sequence[Point], price: Measure, quality: Measure) -> go.Figure:
    """Price to the right, quality upwards; a candidate that lacks one of them is not drawn."""
    drawn = _drawn(points)
    chart = chart_look.figure(*(_trace(point, price, quality, _beside(point, drawn)) for point in drawn), height=320)
    chart.update_xaxes(title=_title(price), rangemode="tozero")
    if price.unit == "USD":
        chart.update_xaxes(tickprefix="$", tickformat=",.2~r")
    chart.update_yaxes(title=_title(quality), range=_reach(points, quality), rangemode="tozero")
    chart.update_layout(showlegend=False)
    return chart


def missing(points: Sequence[Point]) -> list[str]:
    """The candidates that the chart cannot show."""
    return [point.name for point in points if point not in _drawn(points)]


def rows(points: Sequence[Point], price: Measure, quality: Measure) -> list[dict[str, object]]:
    """What the chart shows, for a file."""
    return [{"candidate": each.name, price.words: each.price, quality.words: each.quality} for each in points]


def _drawn(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.price is not None and point.quality is not None]


def _trace(point: Point, price: Measure, quality: Measure, beside: str) -> go.Scatter:
    assert point.price is not None
    assert point.quality is not None
    told = f"{figures.figure(quality, point.quality)} at {figures.figure(price, point.price)}"
    return go.Scatter(
        x=[point.price * _scale(price)],
        y=[point.quality * _scale(quality)],
        mode="markers+text",
        marker={"color": COLOURS[point.place % 8], "symbol": SYMBOLS[point.place % 8], "size": 14},
        text=[chart_look.label(point.name)],
        textposition=beside,
        hovertemplate="%{text}: " + chart_look.label(told) + "<extra></extra>",
        cliponaxis=False,
    )


def _beside(point: Point, others: Sequence[Point]) -> str:
    """Where a name stands so that no edge of the chart cuts it, nor the name of an earlier candidate close by."""
    price, most = point.price or 0, max(each.price or 0 for each in others)
    side = "left" if price > most * 2 / 3 else "right" if price < most / 3 else "center"
    spread = max(each.quality or 0 for each in others) or 1
    close = any(
        each.place < point.place
        and abs((each.price or 0) - price) < most / 3
        and abs((each.quality or 0) - (point.quality or 0)) < spread / 6
        for each in others
    )
    return f"{'bottom' if close else 'top'} {side}"


def _title(of: Measure) -> str:
    if of.kind == "rate":
        return f"{of.words} (%)"
    unit = {"ms": "s"}.get(of.unit, of.unit)
    return f"{of.words} ({unit})" if unit else of.words


def _scale(of: Measure) -> float:
    if of.kind == "rate":
        return 100
    return 0.001 if of.unit == "ms" else 1


def _reach(points: Sequence[Point], of: Measure) -> tuple[float, float] | None:
    """The whole scale of a rate or a score, or its upper half where nothing lies below: small differences look small."""
    values = [point.quality for point in _drawn(points) if point.quality is not None]
    if not values:
        return None
    top = {"rate": 100.0}.get(of.kind, 5.0 if of.unit == "of 5" else None)
    if top is None:
        return None
    low = 0.0 if min(values) * _scale(of) < top / 2 else top / 2
    return low - top * 0.02, top * 1.06
