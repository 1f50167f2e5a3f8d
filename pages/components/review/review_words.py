"""The review queue in words: why an item is there, and what was done with it."""

from collections.abc import Mapping, Sequence

from core.review.item import Event, EventKind, Item, Reason, ReasonKind, Whose
from pages.components.formats import age

REASONS: Mapping[ReasonKind, str] = {
    "thumb_down": "thumb down",
    "all_rejected": "all rejected",
    "heavy_edit": "heavy edit",
    "failed_checks": "failed checks",
    "random": "random share",
    "by_hand": "by hand",
}
WHOSE: Mapping[Whose, str] = {"all": "Everybody's", "mine": "Mine", "unassigned": "Unassigned"}

_DONE: Mapping[EventKind, str] = {
    "entered": "came into the queue",
    "claimed": "took it",
    "released": "gave it back",
    "labelled": "labelled it",
    "commented": "commented",
    "corrected": "wrote a better headline",
    "second_reader": "asked for a second reader",
    "resolved": "was done",
    "collected": "made an eval case of it",
    "withdrawn": "The complaints were taken back",
}


def kinds(item: Item) -> str:
    """Why an item waits, in a cell of a table: each kind once."""
    return ", ".join(dict.fromkeys(REASONS[reason.kind] for reason in item.reasons if reason.stands)) or "taken back"


def sentence(reason: Reason) -> str:
    """A reason in full."""
    about = "the whole set" if reason.position is None else f"headline {reason.position + 1}"
    ago = f"{age(reason.at)} ago"
    figure = reason.figure or 0
    words = {
        "thumb_down": f"Thumb down on {about} by {reason.person}, {ago}",
        "all_rejected": f"All headlines were rejected by {reason.person}, {ago}",
        "heavy_edit": f"{reason.person} edited {about} heavily, {ago}: {figure:.0%} of its words",
        "failed_checks": f"{figure:.0f} headlines failed a check",
        "random": f"Drawn at random, as {figure:.0%} of all sets are",
        "by_hand": f"{reason.person} asked for it, {ago}: {reason.text}",
    }[reason.kind]
    return words if reason.stands else f"{words}; taken back since"


def told(event: Event) -> str:
    """What was done, and by whom."""
    if event.kind == "assigned":
        return f"{event.person} assigned it to {event.text}" if event.text else f"{event.person} assigned it to nobody"
    if event.kind == "reopened":
        return f"{event.person} asked for it again: {event.text}" if event.person else "It waits again: a new complaint"
    if event.person is None:
        return _DONE[event.kind] if event.kind == "withdrawn" else f"It {_DONE[event.kind]}"
    said = f": {event.text}" if event.text else ""
    return f"{event.person} {_DONE[event.kind]}{said}"


def position(texts: Sequence[str], about: int | None) -> str:
    """A headline in a list to choose from."""
    return "The whole set" if about is None else f"{about + 1}. {texts[about]}"
