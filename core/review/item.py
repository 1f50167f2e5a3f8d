"""An item of the queue, why it is there, and what was done with it, to those who write these and to those who look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from core.feedback import Feedback

ReasonKind = Literal["thumb_down", "all_rejected", "heavy_edit", "failed_checks", "random", "by_hand"]
State = Literal["waiting", "withdrawn", "done"]
EventKind = Literal[
    "entered", "claimed", "released", "assigned", "labelled", "commented", "corrected", "second_reader", "resolved",
    "collected", "withdrawn", "reopened",
]  # fmt: skip
Whose = Literal["all", "mine", "unassigned"]

REASONS: tuple[ReasonKind, ...] = get_args(ReasonKind)
WHOSE: tuple[Whose, ...] = get_args(Whose)


@dataclass(frozen=True)
class Reason:
    """Why an item is in the queue.

    `figure` is the share of words that an editor changed, the number of headlines that failed a check, or the share that is
    drawn; `text` what somebody wrote who put it there by hand. `rules` is the version that found it. `stands` is False
    once the person who complained took it back.
    """

    kind: ReasonKind
    at: int
    person: str = ""
    position: int | None = None
    figure: float | None = None
    text: str | None = None
    rules: int | None = None
    stands: bool = True

    @property
    def identity(self) -> tuple[str, str, int | None]:
        """The same complaint by the same person about the same headline is one reason, however often it is made."""
        return self.kind, self.person, self.position

    def edits(self, given: Iterable[Feedback]) -> list[Feedback]:
        """The edit that a heavy one is about, as far as it stands; nothing for other reasons."""
        if self.kind != "heavy_edit":
            return []
        about = [each for each in given if each.kind == "edited" and each.stands]
        return [each for each in about if (each.person, each.position) == (self.person, self.position)]


@dataclass(frozen=True)
class Event:
    """Something that was done with an item; without a person, by the rules."""

    kind: EventKind
    person: str | None
    text: str | None
    position: int | None
    at: int


@dataclass(frozen=True)
class Reading:
    """What one reader found: a label, perhaps a comment and a better headline; `about` one headline or the whole set."""

    person: str
    label: str
    comment: str | None
    correction: str | None
    about: int | None
    at: int


@dataclass(frozen=True)
class Item:
    """A trace in the queue.

    `waiting`: somebody should read it, or a second person should; `withdrawn`: nobody took it up before all complaints
    were taken back; `done`. Whoever reads it is its `holder`, until `held_until` (milliseconds since 1970).
    """

    id: int
    trace: str
    desk: str
    state: State
    waiting_since: int
    wanted: int
    """How many people should read it."""
    readings: int
    """How many did."""
    holder: str | None
    held_until: int | None
    assignee: str | None
    reasons: Sequence[Reason]

    def held_by(self, now: int) -> str | None:
        """Who reads it at a moment: nobody any more once the time of a claim is over."""
        return self.holder if self.held_until is not None and self.held_until > now else None


@dataclass(frozen=True)
class Wanted:
    """Which of the waiting items somebody wants to see; `person` is who `mine` is."""

    desk: str | None = None
    reason: ReasonKind | None = None
    whose: Whose = "all"
    person: str = ""


ALL = Wanted()


def rounds(events: Iterable[Event]) -> list[list[Reading]]:
    """The readings of an item in their order, anew for every time that it was reopened."""
    found: list[list[Reading]] = [[]]
    said: dict[tuple[str, EventKind], str] = {}
    for each in events:
        if each.kind == "reopened":
            found.append([])
            said.clear()
        elif each.person and each.text and each.kind in ("labelled", "commented", "corrected"):
            said[each.person, each.kind] = each.text
        elif each.kind == "resolved" and each.person:
            comment, correction = said.get((each.person, "commented")), said.get((each.person, "corrected"))
            label = said[each.person, "labelled"]
            found[-1].append(Reading(each.person, label, comment, correction, each.position, each.at))
    return found
