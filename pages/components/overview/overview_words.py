"""Which time an overview is about, and what it is held against."""

from core import clock
from core.reports.overview import Overview


def stretch(found: Overview) -> str:
    """The period and the one before in a sentence or two."""
    since, earlier = found.period.now.since, found.period.before.since
    words = [
        f"{_moment(since)} until now, held against the same time from {_moment(earlier)} on (UTC).",
        "Calls and cost are compared by the hour.",
    ]
    if not found.all.now.calls:
        words.insert(0, "Nobody asked in this time, as chosen above.")
    if found.waiting:
        words.append(f"Older calls are still being counted, up to {found.waiting:,}.")
    return " ".join(words)


def _moment(milliseconds: int) -> str:
    return f"{clock.as_datetime(milliseconds):%d %b, %H:%M}"
