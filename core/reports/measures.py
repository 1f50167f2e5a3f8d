"""What leads look at: each figure with its unit, which way is better, and the executions behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from core.statistics.intervals import Interval, Rate, newcombe, wilson
from core.traces.counting.figures import Figures
from core.traces.counting.histogram import ACCURACY, Histogram
from core.traces.finding.find import Find

FEWEST = 20
"""Below so many calls, in this period or the one before, nothing is said about where a figure went."""
_SLIGHT = 0.05
"""What a time or a total may go up or down before it counts: a percentile is told within 4 % itself."""

SLOWEST = "total_p95"
Kind = Literal["count", "rate", "share", "time", "money"]
Change = Literal["better", "worse", "more", "less", "unclear", "none"]


@dataclass(frozen=True)
class Measure:
    """One figure. `part` and `whole` make a rate or a share, `value` any other; times are milliseconds, money dollars.

    A share is of things that hang together, such as the headlines of a set, so no interval is told of it. A total grows
    with the time that it is summed over, so it is compared by the hour.
    """

    name: str
    words: str
    kind: Kind
    explained: str
    better: Literal["higher", "lower"] | None = None
    value: Callable[[Figures], float | None] = lambda _: None
    part: Callable[[Figures], int] = lambda _: 0
    whole: Callable[[Figures], int] = lambda _: 0
    of_what: str = "call"
    """What the whole of a rate or share is counted in, one of it."""
    found: Callable[[Figures], int] = lambda each: each.calls
    """How many calls the link of the figure finds; not told of `SLOWEST`, which rests on buckets of times."""
    units: Callable[[Figures], int] = lambda each: each.calls
    """On how many things that do not hang together the figure rests."""
    is_total: bool = False
    narrowed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What a search for all calls is narrowed to, in order to find those that the figure is about."""

    def of(self, figures: Figures) -> float | None:
        """The figure; None where there is nothing to tell it by."""
        if self.kind not in ("rate", "share"):
            return self.value(figures)
        return self.part(figures) / self.whole(figures) if self.whole(figures) else None

    def interval(self, figures: Figures) -> Interval | None:
        """Where a rate may lie with 95 % confidence; None for what is no rate, or a rate of nothing."""
        if self.kind != "rate" or not self.whole(figures):
            return None
        return wilson(self.part(figures), self.whole(figures))

    def executions(self, find: Find, figures: Figures) -> Find:
        """The search for the executions behind the figure, within another search."""
        found = replace(find, **self.narrowed)
        value = self.of(figures)
        return slower(found, value) if self.name == SLOWEST and value else found


def slower(find: Find, value: float) -> Find:
    """The search for the calls that took longer than a percentile, within another search."""
    # A percentile is told within a few per cent; what may be above it is to be found.
    return replace(find, min_ms=float(int(value * (1 - ACCURACY))))


def change(
    measure: Measure, now: Figures, before: Figures, *, hours: tuple[float, float]
) -> tuple[Change, float | None]:
    """Which way a figure went, and how far: a rate or share by so much, anything else by a share of what it was.

    `hours` are the lengths of both periods. Where a rate or share went is unclear while the interval of the difference
    (Newcombe) holds 0, anything else while it is slight or rests on few calls. A figure of one period only has no change.
    """
    after, earlier = measure.of(now), measure.of(before)
    if after is None or earlier is None:
        return "none", None
    if measure.kind in ("rate", "share"):
        found = newcombe(_rate(measure, now), _rate(measure, before))
        by, is_clear = after - earlier, found.low > 0 or found.high < 0
    else:
        if measure.is_total:
            after, earlier = after / hours[0], earlier / hours[1]
        if not earlier:
            return "none", None
        by = after / earlier - 1
        is_clear = abs(by) > _SLIGHT and min(measure.units(now), measure.units(before)) >= FEWEST
    return (_direction(measure, by) if is_clear else "unclear"), by


def _direction(measure: Measure, by: float) -> Change:
    if measure.better is None:
        return "more" if by > 0 else "less"
    return "better" if (by > 0) == (measure.better == "higher") else "worse"


def _rate(measure: Measure, figures: Figures) -> Rate:
    """The rate as it stands; a share as if of as many things as do not hang together, which claims rather too little."""
    if measure.kind == "rate":
        return Rate(measure.part(figures), measure.whole(figures))
    units = max(1, measure.units(figures))
    return Rate(min(units, round(units * measure.part(figures) / measure.whole(figures))), units)


def _percentile(of: Callable[[Figures], Histogram], share: float) -> Callable[[Figures], float | None]:
    return lambda figures: of(figures).percentile(share)


_CALLS = Measure(
    "calls", "Calls", "count", "Every time headlines were asked for.", value=lambda each: each.calls, is_total=True
)
_LISTED: Sequence[Measure] = (
    _CALLS,
    Measure(
        "valid_at_once", "Valid at once", "rate", "The first answer kept the contract.", "higher",
        part=lambda each: each.valid, whole=lambda each: each.attempted, found=lambda each: each.valid,
        narrowed={"status": ("valid",)},
    ),
    Measure(
        "incomplete", "Incomplete", "rate", "Fewer headlines than were asked for, even after asking again.", "lower",
        part=lambda each: each.incomplete, whole=lambda each: each.attempted, found=lambda each: each.incomplete,
        narrowed={"status": ("incomplete",)},
    ),
    Measure(
        "failed", "Failed", "rate", "No headline came of it: failed, or interrupted by a stop of Copydesk.", "lower",
        part=lambda each: each.without_headlines, whole=lambda each: each.attempted, found=lambda each: each.without_headlines,
        narrowed={"status": ("failed", "interrupted")},
    ),
    Measure(
        "refused", "Refused", "rate",
        "Could not be asked, because something was wrong with the request, such as no article or a desk that is not there. "
        "Other rates are told without these calls.", "lower",
        part=lambda each: each.refused, whole=lambda each: each.calls, found=lambda each: each.refused,
        narrowed={"status": ("refused",)},
    ),
    Measure(
        "first_p50", "First headline, median", "time", "Half of the calls showed a headline within this time.", "lower",
        value=_percentile(lambda each: each.first_headlines, 0.5),
    ),
    Measure(
        "first_p95", "First headline, p95", "time", "95 of 100 calls showed a headline within this time.", "lower",
        value=_percentile(lambda each: each.first_headlines, 0.95),
    ),
    Measure(
        "total_p50", "All headlines, median", "time", "Half of the calls were over within this time.", "lower",
        value=_percentile(lambda each: each.durations, 0.5),
    ),
    Measure(
        SLOWEST, "All headlines, p95", "time",
        "95 of 100 calls were over within this time. It leads to those that took longer.", "lower",
        value=_percentile(lambda each: each.durations, 0.95),
    ),
    Measure(
        "cost", "Cost", "money", "What the calls cost whose price is known.",
        value=lambda each: each.dollars if each.calls > each.cost_unknown else None, is_total=True,
    ),
    Measure(
        "flags", "Seriously flagged", "share", "Headlines in which a check found something that must not be published.",
        "lower", part=lambda each: each.flagged_headlines, whole=lambda each: each.given, units=lambda each: each.answered,
        of_what="headline", found=lambda each: each.flagged_sets, narrowed={"severity": ("fail",)},
    ),
    Measure(
        "picks", "Picked", "rate", "Sets of which somebody took a headline, as it was or edited.", "higher",
        part=lambda each: each.accepted_sets,
        # Where nobody tells what they do with headlines, nothing is known about picks.
        whole=lambda each: each.answered if each.decisions else 0,
        of_what="set", found=lambda each: each.accepted_sets,
        narrowed={"feedback": ("picked", "edited")},
    ),
    Measure(
        "edit_effort", "Edit effort of those edited", "share",
        "Words changed, of the words of the headlines that were edited (HTER). Those picked as they were do not count.",
        "lower", part=lambda each: each.word_edits, whole=lambda each: each.edited_words, units=lambda each: each.edits,
        of_what="word", found=lambda each: each.edited_sets, narrowed={"feedback": ("edited",)},
    ),
    Measure(
        "thumbs_down", "Thumbs down", "rate", "Of all thumbs that people gave.", "lower",
        part=lambda each: each.thumbs_down, whole=lambda each: each.thumbs,
        of_what="thumb", found=lambda each: each.thumbed_down_sets, narrowed={"feedback": ("thumb_down",)},
    ),
)  # fmt: skip
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _LISTED}
