"""What a valid answer is, whatever the article says and whatever the model would like.

The contract is checked on every answer of every model, and it alone decides what a journalist gets to see as valid.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.errors import BadInput

Rule = Literal["empty", "several_lines", "too_long", "duplicate"]

# Newline, vertical tab, form feed, the separators of ASCII, next line, line and paragraph separator: what
# `str.splitlines` takes for an end of line.
_LINE_END = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_WORD = re.compile(r"[\W_]+")

DEFAULT_LIMITS = {"web": 70, "search": 60, "social": 70, "push": 40}


class Contract(BaseModel):
    """How many headlines, and how many characters each may have in which channel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int = Field(default=10, ge=1, le=50)
    limits: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=lambda: dict(DEFAULT_LIMITS), min_length=1)
    """Characters by channel: Unicode code points of the composed form, spaces included."""

    @property
    def channels(self) -> list[str]:
        """The channels there are, the usual one first."""
        return sorted(self.limits, key=lambda channel: (channel != "web", channel))

    def limit(self, channel: str) -> int:
        try:
            return self.limits[channel]
        except KeyError:
            known = ", ".join(self.limits)
            raise BadInput(f"This prompt has no channel {channel!r}; it has {known}.") from None


@dataclass(frozen=True)
class Rejected:
    """A headline that breaks the contract, and how."""

    text: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Sifted:
    """What an answer holds: headlines that keep the contract, those that do not, and more than were asked for."""

    valid: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    surplus: tuple[str, ...]


def sift(candidates: Iterable[str], *, count: int, limit: int, kept: Sequence[str] = ()) -> Sifted:
    """Sort candidates by the contract; `count` are wanted beside those `kept` from an earlier answer."""
    seen = {sameness(text) for text in kept}
    valid: list[str] = []
    rejected: list[Rejected] = []
    surplus: list[str] = []
    for text in (tidy(candidate) for candidate in candidates):
        rules = broken_rules(text, limit=limit, seen=seen)
        if rules:
            rejected.append(Rejected(text, rules))
            continue
        seen.add(sameness(text))
        (valid if len(valid) < count else surplus).append(text)
    return Sifted(tuple(valid), tuple(rejected), tuple(surplus))


def broken_rules(text: str, *, limit: int, seen: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules that one tidied headline breaks; `seen` holds the `sameness` of those before it."""
    same = sameness(text)
    rules: list[Rule] = []
    if not same:
        rules.append("empty")
    if _LINE_END.search(text):
        rules.append("several_lines")
    if len(text) > limit:
        rules.append("too_long")
    if same and same in seen:
        rules.append("duplicate")
    return tuple(rules)


def tidy(text: str) -> str:
    """The headline as it is counted and stored: composed (NFC), without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def sameness(text: str) -> str:
    """Equal for headlines that a reader takes for the same: case, punctuation and white space do not count, accents do."""
    # Composed again after folding, which takes some letters apart.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    if not _MARKS_MAY_STAND_IN.search(folded):
        return " ".join(_LETTERS_AND_DIGITS.findall(folded))
    words = "".join(character if _in_word(character) else " " for character in folded).split()
    return " ".join(word for word in words if any(character.isalnum() for character in word))


# A tenth of the time, for most headlines: the combining marks of all scripts stand in these blocks, no others.
_MARKS_MAY_STAND_IN = re.compile("[\u0300-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


def _in_word(character: str) -> bool:
    """A letter, a digit, or a mark upon one."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def sentence(rejected: Rejected, *, limit: int) -> str:
    """Why a headline was not taken, for an editor and for the model's follow-up."""
    words: dict[Rule, str] = {
        "empty": "holds no word",
        "several_lines": "runs over several lines",
        "too_long": f"{len(rejected.text)} of {limit} characters",
        "duplicate": "the same as another",
    }
    return ", ".join(words[rule] for rule in rejected.rules)
