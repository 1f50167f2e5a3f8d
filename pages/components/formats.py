"""Numbers, times and foreign text as a person reads them."""

from core import clock
from core.foreign_text import markdown


def plain(text: str) -> str:
    """Text for a place that renders Markdown, so that it comes out as it is: no link, no picture, no formula."""
    return markdown(text).replace("\n", "  \n")


def duration(milliseconds: float | None) -> str:
    """A duration with its unit, rounded to what it means: 4 ms, 1.2 s, 2 min 5 s."""
    if milliseconds is None:
        return "–"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def money(dollars: float | None) -> str:
    """A cost in US dollars, which is what litellm's price list holds. Unknown is not the same as free."""
    if dollars is None:
        return "cost unknown"
    if dollars == 0:
        return "free"
    return f"${dollars:.4f}" if dollars < 1 else f"${dollars:.2f}"


def tokens(read: int | None, written: int | None) -> str:
    if read is None or written is None:
        return "tokens unknown"
    return f"{read + written:,} tokens"


def moment(milliseconds: int) -> str:
    """A stored time, to the second, in UTC."""
    return f"{clock.as_datetime(milliseconds):%d %b %Y, %H:%M:%S} UTC"


def short_moment(milliseconds: int) -> str:
    """A stored time in UTC for a narrow column, whose head says so."""
    return f"{clock.as_datetime(milliseconds):%d %b, %H:%M:%S}"


def age(milliseconds: int) -> str:
    """How long ago a stored time is, in its largest unit: 5 min, 3 h, 2 days."""
    minutes = max(clock.now_ms() - milliseconds, 0) // 60_000
    if minutes < 1:
        return "a moment"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 60 * 48:
        return f"{minutes // 60} h"
    return f"{minutes // (60 * 24)} days"


def prompt_version(prompt: str, version: int | None) -> str:
    return prompt if version is None else f"{prompt} {version}"


def version_fact(fact: str) -> str:
    """The same of a version as searches and reports name it: headlines@2, or headlines@draft."""
    prompt, _, number = fact.rpartition("@")
    return f"{prompt}, drafts" if number == "draft" else f"{prompt} {number}"
