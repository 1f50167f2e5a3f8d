"""What somebody looks for among the traces, as it stands in an address or on a command line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal, get_args

from core import clock
from core.errors import BadInput
from core.traces import index
from core.traces.model import Source, Status

Order = Literal["newest", "cost", "duration"]
FeedbackFact = Literal[
    "picked", "edited", "rejected", "all_rejected", "thumb_up", "thumb_down", "rating", "comment", "label", "score"
]
ORDERS: tuple[Order, ...] = get_args(Order)
FEEDBACK: tuple[FeedbackFact, ...] = get_args(FeedbackFact)

LONGEST_TEXT = 400
SHORTEST_PREFIX = 3

_TOP = {"cost": 15, "duration": 30}
"""The highest step that a figure can have: 100,000 dollars, 100 days."""
_PIECE = re.compile(r'(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True)
class Find:
    """All that has to hold for a trace to be found; of several values of one kind, one.

    `text` is words that all occur, in any order: "a phrase", a beginning*, and -without a word. It is looked for in the
    article, the headlines, the errors and what people wrote. Times are milliseconds since 1970, `until` is left out;
    `min_cost` is in dollars, `min_ms` the milliseconds that the call took. `version` is a prompt's name and number, such as
    `headlines@3`, or `headlines@draft`. `feedback` is what stands of it.
    """

    text: str = ""
    since: int | None = None
    until: int | None = None
    environment: Sequence[str] = ()
    desk: Sequence[str] = ()
    prompt: Sequence[str] = ()
    version: Sequence[str] = ()
    model: Sequence[str] = ()
    status: Sequence[Status] = ()
    check: Sequence[str] = ()
    feedback: Sequence[FeedbackFact] = ()
    source: Sequence[Source] = ()
    person: Sequence[str] = ()
    min_cost: float | None = None
    min_ms: float | None = None

    @property
    def facts(self) -> list[list[str]]:
        """The facts that are asked for, as the index has them: one of each group."""
        groups = [[index.fact(kind, value) for value in getattr(self, kind)] for kind in KINDS]
        for kind, least in (("cost", self.min_cost), ("duration", self.min_ms)):
            if least is not None and least > 0:
                steps = range(index.step(least), max(_TOP[kind], index.step(least)) + 1)
                groups.append([index.fact(kind, str(each)) for each in steps])
        return [group for group in groups if group]

    @property
    def match(self) -> str | None:
        """The same for the full-text index, in its language; None if neither words nor facts are asked for."""
        wanted = ["facts : (" + " OR ".join(group) + ")" for group in self.facts]
        words, unwanted = _words(self.text)
        wanted += [f"words : {word}" for word in words]
        if not wanted:
            return None
        match = " AND ".join(wanted)
        return f"({match}) NOT words : ({' OR '.join(unwanted)})" if unwanted else match


EVERYTHING = Find()

KINDS = ("environment", "desk", "prompt", "version", "model", "status", "check", "feedback", "source", "person")
"""What can have several values."""
_CLOSED: Mapping[str, Sequence[str]] = {"status": get_args(Status), "source": get_args(Source), "feedback": FEEDBACK}


def parse(address: Mapping[str, Sequence[str]]) -> Find:
    """Read what an address asks for, by parameters named as the fields of `Find`; others are passed over.

    Times are dates or times in UTC such as 2026-11-24 or 2026-11-24T06:30. With `prompt`, a `version` may be the bare
    number. What cannot be read is `BadInput`.
    """
    known = {each.name for each in fields(Find)}
    given = {name: list(values) for name, values in address.items() if name in known and any(values)}
    found: dict[str, object] = {}
    for name, values in given.items():
        if name in ("since", "until"):
            found[name] = _time(values[0], name)
        elif name in ("min_cost", "min_ms"):
            found[name] = _figure(values[0], name)
        elif name == "text":
            found[name] = _text(values[0])
        else:
            found[name] = tuple(_value(name, value) for value in values if value)
    if "version" in found:
        found["version"] = tuple(_version(each, given.get("prompt", [])) for each in given["version"] if each)
    return Find(**found)  # pyright: ignore[reportArgumentType]


def address(find: Find) -> dict[str, list[str]]:
    """The parameters that `parse` reads back as the same."""
    written: dict[str, list[str]] = {}
    for each in fields(find):
        value = getattr(find, each.name)
        if value is None or value in ((), ""):
            continue
        if each.name in ("since", "until"):
            written[each.name] = [clock.as_datetime(value).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]]
        elif each.name in KINDS:
            written[each.name] = list(value)
        else:
            written[each.name] = [str(value)]
    return written


def _words(text: str) -> tuple[list[str], list[str]]:
    """The words and phrases that are wanted and those that are not, quoted for the index."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PIECE.findall(text):
        bare = phrase or word.removeprefix("-")
        # What has no letter or digit is not in the index.
        if not any(character.isalnum() for character in bare):
            continue
        is_prefix = not phrase and bare.endswith("*")
        quoted = '"' + index.spaced(bare.rstrip("*")).replace('"', " ") + '"' + ("*" if is_prefix else "")
        (unwanted if minus or (word.startswith("-") and not phrase) else wanted).append(quoted)
    return wanted, unwanted


def _text(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"Search for at most {LONGEST_TEXT} characters; this has {len(text):,}.")
    wanted, unwanted = _words(text)
    if unwanted and not wanted:
        raise BadInput("Name a word that is to occur, too; what is left out alone finds nothing.")
    if text and not wanted:
        raise BadInput("There is no word in what you search for. Write a letter or a digit.")
    if any(word.endswith("*") and len(word.strip('"* ')) < SHORTEST_PREFIX for word in wanted + unwanted):
        raise BadInput(f"Write at least {SHORTEST_PREFIX} letters before the *.")
    return text


def _value(name: str, value: str) -> str:
    allowed = _CLOSED.get(name)
    if allowed is not None and value not in allowed:
        raise BadInput(f"There is no {name} {value[:40]!r}; there is {', '.join(allowed)}.")
    if len(value) > LONGEST_TEXT:
        raise BadInput(f"{name.capitalize()} has at most {LONGEST_TEXT} characters.")
    return value


def _version(value: str, prompts: Sequence[str]) -> str:
    if "@" in value:
        return value
    if len(prompts) != 1:
        raise BadInput(f"Of which prompt is version {value[:40]!r}? Write it as headlines@{value[:40]}.")
    return f"{prompts[0]}@{value}"


def _time(value: str, name: str) -> int:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadInput(f"{name.capitalize()} is a date or time such as 2026-11-24, not {value[:40]!r}.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return round(moment.timestamp() * 1000)
    except (OverflowError, ValueError, OSError):
        raise BadInput(f"{name.capitalize()} lies outside of all times, {value[:40]!r}.") from None


def _figure(value: str, name: str) -> float:
    try:
        figure = float(value)
    except ValueError:
        figure = -1.0
    if not 0 <= figure < 1e12:
        raise BadInput(f"{name} is a number from 0 up, such as 0.01, not {value[:40]!r}.")
    return figure
