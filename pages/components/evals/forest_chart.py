"""Is the candidate better or worse, and on which desk: each difference with its interval, and the margin drawn in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.evals.comparing.comparison import Compared
from core.evals.results import Measure
from core.statistics.verdict import Comparison, Verdict
from pages.components import chart_look
from pages.components.chart_look import BLUE, GREEN, GREY, VERMILLION

ALL = "all desks"

# A sign of its own for each, so that nobody needs the colour.
_LOOKS: Mapping[Verdict, tuple[str, str]] = {
    "better": (BLUE, "triangle-right"),
    "no worse": (GREEN, "circle"),
    "inconclusive": (GREY, "circle-open"),
    "worse": (VERMILLION, "triangle-left"),
}
_ROW = 34


@dataclass(frozen=True)
class Line:
    """One line of the chart: above 0 is better, in the measure's own unit."""

    group: str
    articles: int
    verdict: Verdict
    estimate: float | None
    low: float | None
    high: float | None
    harmed: bool


def lines(found: Compared) -> list[Line]:
    """All desks together first, then every desk, the most suspicious first."""
    desks = [_line(each.group, each.comparison, harmed=each.harmed) for each in found.by_desk]
    return [_line(ALL, found.overall, harmed=False), *desks]


def forest_chart(lines: Sequence[Line], of: Measure, margin: float) -> go.Figure:
    """A line for each group, the first on top; those without an interval say so in words."""
    names = [_name(line) for line in lines]
    chart = chart_look.figure(
        *(_trace(verdict, lines, names, of) for verdict in _LOOKS), height=178 + _ROW * len(lines)
    )
    for name, line in zip(names, lines, strict=True):
        if line.low is None:
            chart.add_annotation(
                x=0, y=name, text=" fewer than 6 articles", showarrow=False, xanchor="left", opacity=0.7
            )
    scale = _scale(of)
    chart_look.upright(chart, 0, "equal", dash="solid", side="right")
    chart_look.upright(chart, -margin * scale, "margin", dash="dash", side="left")
    chart.update_yaxes(categoryorder="array", categoryarray=names[::-1], range=[-0.6, len(names) - 0.4])
    chart.update_xaxes(title=f"← worse · {_unit(of)} · better →", range=_reach(lines, margin, scale))
    chart.update_layout(
        margin={"t": 48, "b": 80},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom"},
    )
    return chart


def rows(lines: Sequence[Line]) -> list[dict[str, object]]:
    """What the chart shows, for a file."""
    return [
        {
            "desk": line.group,
            "articles": line.articles,
            "difference (above 0 is better)": line.estimate,
            "low": line.low,
            "high": line.high,
            "verdict": line.verdict,
            "harmed (Holm)": "yes" if line.harmed else "no",
        }
        for line in lines
    ]


def _line(group: str, of: Comparison, *, harmed: bool) -> Line:
    interval = of.interval
    ends = (interval.estimate, interval.low, interval.high) if interval else (of.estimate, None, None)
    return Line(group, of.pairs, of.verdict, *ends, harmed)


def _name(line: Line) -> str:
    return chart_look.label(f"{line.group} ({line.articles}){', harmed' if line.harmed else ''}")


def _trace(verdict: Verdict, lines: Sequence[Line], names: Sequence[str], of: Measure) -> go.Scatter:
    colour, symbol = _LOOKS[verdict]
    scale = _scale(of)
    shown = [
        (name, line.estimate * scale, line.low * scale, line.high * scale)
        for name, line in zip(names, lines, strict=True)
        if line.verdict == verdict and line.estimate is not None and line.low is not None and line.high is not None
    ]
    return go.Scatter(
        name=verdict,
        x=[estimate for _, estimate, _, _ in shown],
        y=[name for name, _, _, _ in shown],
        mode="markers",
        marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": colour}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - estimate for _, estimate, _, high in shown],
            "arrayminus": [estimate - low for _, estimate, low, _ in shown],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
        customdata=[(low, high) for _, _, low, high in shown],
        hovertemplate="%{y}: %{x:.3~g} (%{customdata[0]:.3~g} to %{customdata[1]:.3~g})<extra>" + verdict + "</extra>",
        showlegend=bool(shown),
    )


def _scale(of: Measure) -> float:
    """What a difference is multiplied with: rates are read in points, times in seconds."""
    if of.kind == "rate":
        return 100
    return 0.001 if of.unit == "ms" else 1


def _unit(of: Measure) -> str:
    if of.kind == "rate":
        return "points"
    return {"ms": "seconds", "USD": "US dollars"}.get(of.unit, of.unit or of.words)


def _reach(lines: Sequence[Line], margin: float, scale: float) -> tuple[float, float]:
    ends = [end for line in lines for end in (line.low, line.high) if end is not None]
    low, high = min([*ends, -margin * 1.2]), max([*ends, margin * 0.6])
    # To the right of the line of equality there is always room for its name.
    edge, right = (high - low) * 0.06, max(high, (high - low) * 0.15)
    return (low - edge) * scale, (right + edge) * scale
