"""What somebody looks for among the traces, as it stands in an address or on a command line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from core import clock
from core.checks.finding import Severity
from core.errors import BadInput
from core.traces.finding import index
from core.traces.model import Source, Status

Order = Literal["newest", "cost", "duration"]
Period = Literal["24h", "7d", "30d"]
FeedbackFact = Literal[
    "picked", "edited", "rejected", "all_rejected", "thumb_up", "thumb_down", "rating", "comment", "label", "score"
]
ORDERS: tuple[Order, ...] = get_args(Order)
PERIODS: Mapping[Period, int] = {"24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000}
"""How long each is, in milliseconds."""
FEEDBACK: tuple[FeedbackFact, ...] = get_args(FeedbackFact)

LONGEST_TEXT = 400

_PIECE = re.compile(r'(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True)
class Term:
    """Words that stand one after another; with `is_beginning`, the last may go on."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def occurs_in(self, words: Sequence[str]) -> bool:
        """Whether it stands somewhere in a text that was taken apart as the index does."""
        *before, last = self.words
        return any(
            [*words[at : at + len(before)]] == before
            and (words[at + len(before)].startswith(last) if self.is_beginning else words[at + len(before)] == last)
            for at in range(len(words) - len(before))
        )


@dataclass(frozen=True)
class Find:
    """All that has to hold for a trace to be found; of several values of one kind, one.

    `text` is words that all occur, in any order: "a phrase", a beginning*, and -without a word. It is looked for in the
    article, the headlines, the errors and what people wrote. Times are milliseconds since 1970, `until` is left out;
    `period` ends now, whenever that is. `min_cost` is in dollars, `min_ms` the milliseconds that the call took. `version`
    is a prompt's name and number, such as `headlines@3`, or `headlines@draft`. `feedback` is what stands of it.
    """

    text: str = ""
    since: int | None = None
    until: int | None = None
    period: Period | None = None
    environment: Sequence[str] = ()
    desk: Sequence[str] = ()
    prompt: Sequence[str] = ()
    version: Sequence[str] = ()
    model: Sequence[str] = ()
    status: Sequence[Status] = ()
    check: Sequence[str] = ()
    severity: Sequence[Severity] = ()
    feedback: Sequence[FeedbackFact] = ()
    source: Sequence[Source] = ()
    person: Sequence[str] = ()
    min_cost: float | None = None
    min_ms: float | None = None

    def __post_init__(self) -> None:
        _check_text(self.text)
        if self.period is not None and self.period not in PERIODS:
            raise BadInput(f"There is no period {self.period[:40]!r}; there is {', '.join(PERIODS)}.")
        for kind in KINDS:
            for value in getattr(self, kind):
                _check_value(kind, value)

    @property
    def start(self) -> int | None:
        """The time from which on traces are found, at this moment."""
        starts = [] if self.since is None else [self.since]
        if self.period is not None:
            starts.append(clock.now_ms() - PERIODS[self.period])
        return max(starts, default=None)

    @property
    def wanted(self) -> list[Term]:
        """What all has to occur."""
        return [term for term, is_wanted in _terms(self.text) if is_wanted]

    @property
    def unwanted(self) -> list[Term]:
        """What must not occur."""
        return [term for term, is_wanted in _terms(self.text) if not is_wanted]


KINDS: tuple[index.Kind, ...] = (
    "environment", "desk", "prompt", "version", "model", "status", "check", "severity", "feedback", "source", "person",
)  # fmt: skip
"""What can have several values."""
FILTERS: Mapping[str, str] = {
    "text": 'Words of article, headlines, comments and errors; "a phrase", a beginning*, -without a word.',
    "since": "A date or time in UTC, such as 2026-11-24T06:30.",
    "until": "The same; what happened then is left out.",
    "period": "24h, 7d or 30d, which end now.",
    "environment": "Such as production. This and all that follow can be given several times: one of them has to hold.",
    "desk": "Such as sport.",
    "prompt": "Such as headlines.",
    "version": "Such as headlines@3; with one prompt the number will do.",
    "model": "The model that answered.",
    "status": "valid, repaired, incomplete, failed, interrupted, refused (could not be asked) or open.",
    "check": "A check that found something.",
    "severity": "How serious what a check found is: fail, warn or hint.",
    "feedback": "What stands of it: picked, edited, rejected, all_rejected, thumb_up, thumb_down, comment and so on.",
    "source": "Where it was asked: playground, api, cli, eval, judge, replay or trial (of a draft); or any of them.",
    "person": "Who asked.",
    "min_cost": "What it cost at least, in US dollars.",
    "min_ms": "How many milliseconds it took at least.",
}
"""What an address is read for, each with what can be said."""
_CLOSED: Mapping[str, Sequence[str]] = {
    "status": get_args(Status), "severity": get_args(Severity), "source": get_args(Source), "feedback": FEEDBACK
}  # fmt: skip


def parse(address: Mapping[str, Sequence[str]]) -> Find:
    """Read what an address asks for, by parameters named as the fields of `Find`; others are passed over.

    Times are dates or times in UTC such as 2026-11-24 or 2026-11-24T06:30. With `prompt`, a `version` may be the bare
    number. What cannot be read is `BadInput`.
    """
    given = {name: list(values) for name, values in address.items() if name in FILTERS and any(values)}
    found: dict[str, object] = {}
    for name, values in given.items():
        if name in ("since", "until"):
            found[name] = _time(values[0], name)
        elif name in ("min_cost", "min_ms"):
            found[name] = _figure(values[0], name)
        elif name in ("text", "period"):
            found[name] = values[0].strip()
        else:
            found[name] = tuple(dict.fromkeys(value for value in values if value and (name, value) != ("source", ANY)))
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
            written[each.name] = [_written(value)]
        elif each.name in KINDS:
            written[each.name] = list(value)
        else:
            written[each.name] = [str(value)]
    return written or {"source": [ANY]}


def _terms(text: str) -> list[tuple[Term, bool]]:
    """The words and phrases of a text, and whether each is wanted. What has no letter or digit is passed over."""
    found: list[tuple[Term, bool]] = []
    for minus, phrase, word in _PIECE.findall(text):
        bare = phrase or word.removeprefix("-")
        is_unwanted = bool(minus) or (not phrase and word.startswith("-"))
        if words := index.words(bare):
            found.append((Term(tuple(words), not phrase and bare.endswith("*")), not is_unwanted))
    return found


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"Search for at most {LONGEST_TEXT} characters; this has {len(text):,}.")
    _check_whole("What you search for", text)
    if text.strip() and not _terms(text):
        raise BadInput("There is no word in what you search for. Write a letter or a digit.")


def _check_value(name: str, value: str) -> None:
    allowed = _CLOSED.get(name)
    if allowed is not None and value not in allowed:
        raise BadInput(f"There is no {name} {value[:40]!r}; there is {', '.join(allowed)}.")
    if len(value) > LONGEST_TEXT:
        raise BadInput(f"{name.capitalize()} has at most {LONGEST_TEXT} characters.")
    _check_whole(name.capitalize(), value)


def _check_whole(what: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{what} holds half a character, which no trace does.") from None


def _version(value: str, prompts: Sequence[str]) -> str:
    if "@" in value:
        return value
    if len(prompts) != 1:
        raise BadInput(f"Of which prompt is version {value[:40]!r}? Write it as headlines@{value[:40]}.")
    return f"{prompts[0]}@{value}"


def _time(value: str, name: str) -> int:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{name.capitalize()} is a date or time such as 2026-11-24, not {value[:40]!r}.") from None
    return (moment - clock.as_datetime(0)) // timedelta(milliseconds=1)


def _written(time: int) -> str:
    """A time as short as it can be."""
    written = clock.as_datetime(time).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return written.removesuffix(":00.000").removesuffix("T00:00")


def _figure(value: str, name: str) -> float:
    try:
        figure = float(value)
    except ValueError:
        figure = -1.0
    if not 0 <= figure < 1e12:
        raise BadInput(f"{name} is a number from 0 up, such as 0.01, not {value[:40]!r}.")
    return figure


EVERYTHING = Find()
OF_PEOPLE = Find(source=tuple(source for source in get_args(Source) if source not in ("judge", "eval", "trial")))
"""What editors and the CMS asked for: without the calls of judges and evaluations, which can be many times as many, and trials of
drafts, which are nobody's headlines."""
ANY = "any"
"""In an address, a source that leaves nothing out; so an address can say that everything is wanted."""
