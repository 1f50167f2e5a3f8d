"""How all charts look: in light and dark, for every eye, and as a picture for a mail."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

# Okabe and Ito's colours, which people with any colour vision tell apart; grey stands in for black, which a dark
# screen swallows, and their yellow is left out, which a light one does.
BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#808080"
)  # fmt: skip
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY, GREEN)
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "triangle-down")

Dash = Literal["solid", "dash"]


def figure(*traces: Any, height: int) -> go.Figure:
    """A figure with no more ink than its data needs."""
    chart = go.Figure(list(traces))
    chart.update_layout(height=height, margin={"l": 8, "r": 16, "t": 8, "b": 8}, dragmode=False)
    chart.update_xaxes(automargin=True, zeroline=False, fixedrange=True)
    chart.update_yaxes(automargin=True, zeroline=False, fixedrange=True)
    return chart


def load() -> None:
    """Draw a chart for nobody: plotly loads most of itself only then."""
    chart = figure(go.Scatter(x=[0], y=[0], error_x={"array": [0]}, line={"width": 1}), height=100)
    chart.update_xaxes(title="nothing")
    chart.update_yaxes(title="nothing")
    chart.update_layout(legend={"orientation": "h"})
    chart.to_json()


def label(text: str) -> str:
    """Foreign text for a chart, where plotly would read tags and entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def upright(chart: go.Figure, at: float, words: str, *, dash: Dash, side: Literal["left", "right"]) -> None:
    """A line from the bottom to the top of a chart; what it is stands to one side of its end."""
    chart.add_vline(x=at, line={"color": GREY, "width": 1.5, "dash": dash})
    away = "right" if side == "left" else "left"
    chart.add_annotation(x=at, y=1, yref="paper", yanchor="bottom", xanchor=away, text=words, showarrow=False)


def draw(chart: go.Figure, *, name: str, key: str) -> None:
    """Put a chart on the screen; its own button saves it as a PNG of this name."""
    st.plotly_chart(chart, width="stretch", key=key, config=_config(name))


def draw_for_choice(chart: go.Figure, *, name: str, key: str) -> object:
    """The same; returns the `customdata` of the bar or point that was just clicked on, a list if it is one, or None."""
    state = st.plotly_chart(
        chart, width="stretch", key=key, config=_config(name), on_select="rerun", selection_mode="points"
    )
    points = state.selection.points  # pyright: ignore[reportAttributeAccessIssue] - a state, for it is asked for one
    return points[0].get("customdata") if points else None


def _config(name: str) -> dict[str, Any]:
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }
