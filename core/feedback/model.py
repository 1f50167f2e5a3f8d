"""What people can do with a headline and say about it, to those who give feedback and to those who read it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from core import edits
from core.edits import Edit
from core.errors import BadInput

Kind = Literal[
    "picked", "edited", "rejected", "all_rejected", "taken_back", "thumb", "rating", "comment", "label", "score"
]
Criterion = Literal["accuracy", "clarity", "tone"]
Source = Literal["app", "api", "cli"]

KINDS: tuple[Kind, ...] = get_args(Kind)
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
DECISIONS: tuple[Kind, ...] = ("picked", "edited", "rejected", "all_rejected", "taken_back")
"""What an editor does, and undoes; the rest is what people say."""

LONGEST_NAME = 200
LONGEST_KEY = 200


@dataclass(frozen=True)
class Given:
    """Feedback as somebody gives it.

    `position` is that of the headline, from 0; None is the whole set. `value` is 1 or -1 for a thumb up or down, 0 for one
    that is taken back, 1 to 5 for a rating or a score. `text` is the final text of an edited headline, a comment or a
    label. `given_at` (milliseconds since 1970) is when the person did it; without it, when it arrived. `key` is the
    sender's own id: the same key twice is the same feedback.
    """

    trace: str
    kind: Kind
    person: str
    source: Source
    position: int | None = None
    value: int | None = None
    text: str | None = None
    criterion: Criterion | None = None
    given_at: int | None = None
    key: str | None = None


@dataclass(frozen=True)
class Feedback:
    """Feedback on record. `received_at` is when it arrived, whenever it was given."""

    id: int
    trace: str
    position: int | None
    kind: Kind
    criterion: Criterion | None
    value: int | None
    text: str | None
    person: str
    source: Source
    given_at: int
    received_at: int
    key: str | None
    suggested: str | None
    """The headline that it is about; None for the whole set, and while the trace is not closed."""
    stands: bool
    """False once something later superseded it, and for what takes something back: nothing is left of either."""
    is_repeat: bool = field(default=False, compare=False)
    """True where it had been given before, under the same key."""

    @property
    def takes_back(self) -> bool:
        """Whether it only says that something does not hold any more."""
        return self.kind == "taken_back" or (self.kind == "thumb" and self.value == 0)

    @property
    def edit(self) -> Edit | None:
        """What an editor changed of the suggestion; None if nothing was edited, or the suggestion is not to be compared."""
        if self.kind != "edited" or self.text is None or self.suggested is None:
            return None
        return edits.measure(self.suggested, self.text) if len(self.suggested) <= edits.LONGEST else None


@dataclass(frozen=True)
class Review:
    """A decision in the editorial review record, and what it was about."""

    decision: Feedback
    desk: str
    channel: str
    language: str | None
    environment: str
    prompt: str
    version: int | None
    model: str | None

    @property
    def accepted(self) -> str | None:
        """The text that was accepted, as it was suggested or as it was edited."""
        return {"picked": self.decision.suggested, "edited": self.decision.text}.get(self.decision.kind)


def checked(given: Given) -> Given:
    """Feedback with its texts composed and trimmed; `BadInput` says what is missing or too much for its kind."""
    if given.kind not in _SHAPES:
        raise BadInput(f"There is no feedback {given.kind[:40]!r}; there is {', '.join(_SHAPES)}.")
    if given.source not in get_args(Source):
        raise BadInput(f"Feedback comes from {', '.join(get_args(Source))}, not from {given.source[:40]!r}.")
    shape = _SHAPES[given.kind]
    _check_place(given, shape)
    _check_value(given, shape)
    if given.key is not None and not (given.key.strip() and len(given.key) <= LONGEST_KEY):
        raise BadInput(f"The key of feedback has 1 to {LONGEST_KEY} characters.")
    person = _tidy(given.person, "The name", LONGEST_NAME)
    if not person:
        raise BadInput("Feedback needs a name: whose is it?")
    return replace(given, person=person, text=_text(given, shape))


@dataclass(frozen=True)
class _Shape:
    """What a kind of feedback has: what it can be about, which values, a text of at most so many characters."""

    about: Literal["a headline", "the set", "either"]
    values: Sequence[int] = ()
    longest: int = 0
    criteria: Sequence[Criterion] = ()


_FIVE = (1, 2, 3, 4, 5)
_SHAPES: Mapping[Kind, _Shape] = {
    "picked": _Shape("a headline"),
    "edited": _Shape("a headline", longest=edits.LONGEST),
    "rejected": _Shape("a headline"),
    "all_rejected": _Shape("the set"),
    "taken_back": _Shape("either"),
    "thumb": _Shape("either", values=(1, -1, 0)),
    "rating": _Shape("either", values=_FIVE),
    "comment": _Shape("either", longest=5_000),
    "label": _Shape("either", longest=100),
    "score": _Shape("a headline", values=_FIVE, criteria=CRITERIA),
}


def _check_place(given: Given, shape: _Shape) -> None:
    if given.position is None and shape.about == "a headline":
        raise BadInput(f"{given.kind!r} is about one headline: name its position, from 0.")
    if given.position is not None and shape.about == "the set":
        raise BadInput(f"{given.kind!r} is about the whole set: leave the position out.")


def _check_value(given: Given, shape: _Shape) -> None:
    if shape.values and given.value not in shape.values:
        raise BadInput(f"{given.kind!r} needs a value: one of {', '.join(map(str, shape.values))}.")
    if not shape.values and given.value is not None:
        raise BadInput(f"{given.kind!r} has no value: leave it out.")
    if shape.criteria and given.criterion not in shape.criteria:
        raise BadInput(f"{given.kind!r} needs a criterion: one of {', '.join(shape.criteria)}.")
    if not shape.criteria and given.criterion is not None:
        raise BadInput(f"{given.kind!r} has no criterion: leave it out.")


def _text(given: Given, shape: _Shape) -> str | None:
    if not shape.longest:
        if given.text is not None:
            raise BadInput(f"{given.kind!r} has no text: leave it out.")
        return None
    text = _tidy(given.text or "", "The text", shape.longest)
    if given.kind == "edited" and not edits.has_word(text):
        raise BadInput("The edited headline holds no word. Write one, or reject the suggestion.")
    if not text:
        raise BadInput(f"{given.kind!r} needs a text.")
    return text


def _tidy(text: str, what: str, longest: int) -> str:
    # Before anything is done with it, for it may be a megabyte.
    if len(text) > longest:
        raise BadInput(f"{what} has {len(text):,} characters; at most {longest:,} are kept. Shorten it.")
    tidied = unicodedata.normalize("NFC", text).strip()
    if len(tidied) > longest:
        raise BadInput(f"{what} is too long; at most {longest:,} characters are kept. Shorten it.")
    try:
        tidied.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{what} holds half a character, which cannot be kept.") from None
    return tidied
