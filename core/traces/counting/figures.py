"""What is counted about calls, of one or of a million: sums that can be added to each other and taken away again.

All sums are whole numbers, so that what was added and taken away leaves nothing behind.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from core.traces.counting import histogram
from core.traces.counting.histogram import EMPTY, Histogram

PER_DOLLAR = 1_000_000_000
"""Costs are summed in billionths of a dollar: exact, and finer than the price of a token."""

DRAFT = 0
"""What stands for the version of a prompt that was not saved yet."""


@dataclass(frozen=True)
class Figures:
    """Sums over closed calls, those that were interrupted among them.

    Flags are those of the latest scoring; feedback is what stands, counted with the call that it is about.
    """

    calls: int = 0
    valid: int = 0
    repaired: int = 0
    incomplete: int = 0
    failed: int = 0
    interrupted: int = 0
    refused: int = 0
    """Calls that could not be asked, because something was wrong with the request."""
    asked: int = 0
    given: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    tokens_unknown: int = 0
    """Calls of which the tokens are not known."""
    cost: int = 0
    """In billionths of a dollar, of the calls that told."""
    cost_unknown: int = 0
    """Calls of which the cost is not known."""
    fails: int = 0
    warns: int = 0
    hints: int = 0
    flagged_headlines: int = 0
    """Headlines with at least one flag of the severity `fail`."""
    flagged_sets: int = 0
    """Calls with such a headline."""
    picks: int = 0
    edits: int = 0
    rejections: int = 0
    all_rejections: int = 0
    accepted_sets: int = 0
    """Calls of which somebody picked or edited a headline."""
    edited_sets: int = 0
    word_edits: int = 0
    edited_words: int = 0
    """Words of the edited headlines whose `word_edits` could be counted."""
    thumbs_up: int = 0
    thumbs_down: int = 0
    thumbed_down_sets: int = 0
    durations: Histogram = EMPTY
    first_headlines: Histogram = EMPTY

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in _NAMES})

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) - getattr(other, name) for name in _NAMES})

    @property
    def dollars(self) -> float:
        """What the calls cost that told."""
        return self.cost / PER_DOLLAR

    @property
    def decisions(self) -> int:
        """How often somebody picked, edited or rejected."""
        return self.picks + self.edits + self.rejections + self.all_rejections

    @property
    def answered(self) -> int:
        """Calls that brought headlines."""
        return self.valid + self.repaired + self.incomplete

    @property
    def attempted(self) -> int:
        """Calls that could be asked: what rates of calls are told of."""
        return self.calls - self.refused

    @property
    def without_headlines(self) -> int:
        return self.failed + self.interrupted

    @property
    def thumbs(self) -> int:
        return self.thumbs_up + self.thumbs_down


NOTHING = Figures()

HISTOGRAMS = ("durations", "first_headlines")
COUNTS = tuple(each.name for each in fields(Figures) if each.name not in HISTOGRAMS)
counts: Callable[[Figures], tuple[int, ...]] = attrgetter(*COUNTS)
"""The counts of figures, in the order of `COUNTS`."""
_NAMES = (*COUNTS, *HISTOGRAMS)


def total(parts: Sequence[Figures]) -> Figures:
    """The sum of figures."""
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    sums: dict[str, Any] = dict(zip(COUNTS, map(sum, zip(*map(counts, parts), strict=True)), strict=True))
    sums |= {name: histogram.total(getattr(each, name) for each in parts) for name in HISTOGRAMS}
    return Figures(**sums)
