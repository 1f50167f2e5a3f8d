"""What one closed call adds to the sums."""

from collections import Counter
from collections.abc import Mapping, Sequence

from core.edits import Edit
from core.traces.counting import efforts, histogram
from core.traces.counting.figures import PER_DOLLAR, Figures
from core.traces.counting.histogram import EMPTY, Histogram
from core.traces.outcome import Flag, Outcome, Said


def of(came: Outcome) -> Figures:
    """The call as figures."""
    tokens_unknown = came.input_tokens is None or came.output_tokens is None
    return Figures(
        calls=1,
        **{came.status: 1},
        asked=came.asked or 0,
        given=came.given,
        input_tokens=0 if tokens_unknown else came.input_tokens or 0,
        output_tokens=0 if tokens_unknown else came.output_tokens or 0,
        tokens_unknown=int(tokens_unknown),
        cost=0 if came.cost is None else round(came.cost * PER_DOLLAR),
        cost_unknown=int(came.cost is None),
        durations=_histogram(came.duration_ms),
        first_headlines=_histogram(came.first_headline_ms),
        **_flags(came.flags),
        **_feedback(came.said),
    )


def is_edit_gone(came: Outcome) -> bool:
    """Whether a headline of it was edited so that it cannot be said any more by how much."""
    return any(each.kind == "edited" and _edit(each) is None for each in came.said)


def _histogram(value: float | None) -> Histogram:
    return EMPTY if value is None else histogram.of([value])


def _flags(flags: Sequence[Flag]) -> Mapping[str, int]:
    """What the latest scoring found."""
    if not flags:
        return {}
    many = Counter(f"{flag.severity}s" for flag in flags)
    serious = {flag.position for flag in flags if flag.severity == "fail"}
    return many | {"flagged_headlines": len(serious), "flagged_sets": int(bool(serious))}


def _feedback(said: Sequence[Said]) -> Mapping[str, int]:
    """What people did and said, as far as it stands."""
    if not said:
        return {}
    many = Counter(each.what for each in said)
    measured = [edit for each in said if each.kind == "edited" and (edit := _edit(each))]
    return {
        "picks": many["picked"],
        "edits": many["edited"],
        "rejections": many["rejected"],
        "all_rejections": many["all_rejected"],
        "accepted_sets": int("picked" in many or "edited" in many),
        "edited_sets": int("edited" in many),
        "word_edits": sum(each.word_edits for each in measured),
        "edited_words": sum(each.words for each in measured),
        "thumbs_up": many["thumb_up"],
        "thumbs_down": many["thumb_down"],
        "thumbed_down_sets": int("thumb_down" in many),
    }


def _edit(said: Said) -> Edit | None:
    """How much was changed, as it was counted, or as it is counted now."""
    if said.word_edits is not None and said.words is not None:
        return Edit(said.word_edits, said.words)
    return efforts.of(said.suggested, said.text)
