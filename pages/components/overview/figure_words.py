"""Figures for leads as they are read: with their unit, their counts, and which way they went, told without colour, too."""

from dataclasses import dataclass
from typing import Literal

from core.reports import words
from core.reports.measures import Change, Measure, change
from core.reports.overview import Compared
from core.traces.counting.figures import Figures

Tone = Literal["better", "worse", "quiet"]


@dataclass(frozen=True)
class Told:
    """A figure in words: itself, how it changed, what is behind it."""

    value: str
    change: str
    tone: Tone
    note: str


def told(measure: Measure, figures: Compared, hours: tuple[float, float]) -> Told:
    """Put a figure into words."""
    which, by = change(measure, figures.now, figures.before, hours=hours)
    return Told(
        words.figure(measure, measure.of(figures.now)),
        _change(measure, which, by),
        "better" if which == "better" else "worse" if which == "worse" else "quiet",
        _note(measure, figures.now),
    )


def _change(measure: Measure, which: Change, by: float | None) -> str:
    if which == "none" or by is None:
        return "nothing to compare"
    if which == "unclear":
        return "no clear change" if by else "no change"
    far = f"{abs(by) * 100:.1f} points" if measure.kind in ("rate", "share") else _times(by)
    word = f", {which}" if which in ("better", "worse") else ""
    return f"{'▲' if by > 0 else '▼'} {far}{word}"


def _times(by: float) -> str:
    """How far something went from what it was: in per cent, or times as much where that is easier to grasp."""
    return f"{abs(by):.0%}".replace("%", " %") if by < 2 else f"{by + 1:,.1f} times as much"


def _note(measure: Measure, figures: Figures) -> str:
    interval = measure.interval(figures)
    if measure.kind in ("rate", "share"):
        part, whole, found = measure.part(figures), measure.whole(figures), measure.found(figures)
        if not whole:
            return ""
        counts = f"{part:,} of {words.many(whole, measure.of_what)}"
        counts += f", in {words.many(found, 'set')}" if found != part else ""
        return f"{counts}, {_ends(interval.low, interval.high)}" if interval else counts
    if measure.name == "cost" and figures.cost_unknown and figures.calls > figures.cost_unknown:
        return f"not known of {words.many(figures.cost_unknown, 'call')}"
    return ""


def _ends(low: float, high: float) -> str:
    return f"{low * 100:.0f}–{high * 100:.0f} %"
