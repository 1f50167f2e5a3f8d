"""Figures for leads as they are read, with their unit; the same on a screen and in a message."""

from core.reports.measures import Measure


def figure(measure: Measure, value: float | None) -> str:
    """A figure rounded to what it means; a dash where there is nothing to tell it by."""
    if value is None:
        return "–"
    match measure.kind:
        case "rate" | "share":
            return percent(value)
        case "time":
            return _time(value)
        case "money":
            return f"${value:,.4f}" if 0 < value < 1 else f"${value:,.2f}"
        case "count":
            return f"{value:,.0f}"


def many(number: int, thing: str) -> str:
    """So many of a thing: "1 call", "1,200 calls"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def percent(share: float) -> str:
    """A share; one that is not all or nothing does not look like it."""
    rounded = f"{share:.1%}"
    if share < 1 and rounded == "100.0%":
        return "over 99.9 %"
    if share > 0 and rounded == "0.0%":
        return "under 0.1 %"
    return rounded.removesuffix("%").removesuffix(".0") + " %"


def _time(milliseconds: float) -> str:
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
