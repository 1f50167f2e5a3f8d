"""Limits that leads set: which figure, for which desk, over how many hours, and what it must keep to.

A limit never changes. Setting another one for the same figure, desk and time withdraws it, and both stand in the audit log.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from core import audit, clock
from core.db import Database
from core.errors import BadInput, NotFound
from core.prompts.releases import ENVIRONMENTS
from core.reports import words
from core.reports.measures import MEASURES, Measure

Bound = Literal["below", "above"]

HOURS: Mapping[int, str] = {1: "an hour", 6: "6 hours", 24: "24 hours", 168: "7 days"}
FEWEST = 20
"""Below so many calls in its time a limit is neither broken nor kept: one failure of one call is no alarm."""
FEWEST_THUMBS = 10
LONGEST = 80
"""Characters of the name of whoever sets a limit."""


@dataclass(frozen=True)
class Kind:
    """What a limit can be about. `example` is a usual value, `largest` the highest that means something.

    `against` narrows a search to the calls that speak against it.
    """

    measure: Measure
    bound: Bound
    example: float
    largest: float
    hours: Sequence[int] = tuple(HOURS)
    against: Mapping[str, Any] = field(default_factory=dict[str, Any])
    thing: str = "call"
    """What the figure rests on."""


_FAILED = ("failed", "interrupted")
_NOT_VALID = ("repaired", "incomplete", *_FAILED)
KINDS: Mapping[str, Kind] = {
    "valid_at_once": Kind(MEASURES["valid_at_once"], "below", 0.9, 1, against={"status": _NOT_VALID}),
    "failed": Kind(MEASURES["failed"], "above", 0.05, 1, against={"status": _FAILED}),
    "first_p95": Kind(MEASURES["first_p95"], "above", 3_000, 3_600_000),
    "total_p95": Kind(MEASURES["total_p95"], "above", 15_000, 3_600_000),
    "cost": Kind(MEASURES["cost"], "above", 20, 1_000_000, hours=(24,)),
    "thumbs_down": Kind(MEASURES["thumbs_down"], "above", 0.4, 1, against={"feedback": ("thumb_down",)}, thing="thumb"),
}


@dataclass(frozen=True)
class Wanted:
    """A limit that somebody wants to set; `desk` None is all desks together. Times are milliseconds, rates below 1."""

    measure: str
    environment: str
    desk: str | None
    hours: int
    value: float


@dataclass(frozen=True)
class Limit:
    """A limit on record; in force until it is withdrawn."""

    id: int
    measure: str
    environment: str
    desk: str | None
    hours: int
    value: float
    author: str
    created_at: int
    withdrawn_at: int | None

    @property
    def kind(self) -> Kind:
        return KINDS[self.measure]

    @property
    def subject(self) -> str:
        """What it is about: "Valid at once for sport"."""
        return f"{self.kind.measure.words} for {self.desk or 'all desks'}"

    @property
    def forbidden(self) -> str:
        """What must not be: "below 90 %"."""
        return f"{self.kind.bound} {words.figure(self.kind.measure, self.value)}"

    @property
    def words(self) -> str:
        """What it asks for, as a person says it."""
        return told(Wanted(self.measure, self.environment, self.desk, self.hours, self.value))


def told(wanted: Wanted) -> str:
    """A limit in words: "Valid at once for sport: not below 90 % in 24 hours"."""
    kind = KINDS[wanted.measure]
    whose = wanted.desk or "all desks"
    value = words.figure(kind.measure, wanted.value)
    return f"{kind.measure.words} for {whose}: not {kind.bound} {value} in {HOURS[wanted.hours]}"


def fewest(measure: str) -> int:
    """On how many calls (or thumbs) a figure must rest before its limit is looked at; money counts from the first."""
    return {"cost": 1, "thumbs_down": FEWEST_THUMBS}.get(measure, FEWEST)


def in_force(db: Database) -> list[Limit]:
    """All limits that hold now, in the order in which they were set."""
    with db.read() as connection:
        rows = connection.execute(f"select {_COLUMNS} from limits where withdrawn_at is null order by id")
        return [Limit(**dict(row)) for row in rows]


def put(db: Database, wanted: Wanted, *, author: str) -> Limit:
    """Set a limit; one for the same figure, desk and time is withdrawn with it. `BadInput` says what cannot be."""
    author = author.strip()
    _check(wanted, author)

    def job(connection: sqlite3.Connection) -> Limit:
        same = connection.execute(
            f"""
            select {_COLUMNS} from limits
            where withdrawn_at is null and measure = ? and environment = ? and desk is ? and hours = ?
            """,
            (wanted.measure, wanted.environment, wanted.desk, wanted.hours),
        ).fetchone()
        before = None if same is None else Limit(**dict(same))
        if before is not None and before.value == wanted.value:
            return before
        if before is not None:
            _end(connection, before)
        row = connection.execute(
            f"""
            insert into limits (measure, environment, desk, hours, value, author, created_at)
            values (?, ?, ?, ?, ?, ?, ?) returning {_COLUMNS}
            """,
            (
                wanted.measure, wanted.environment, wanted.desk, wanted.hours, wanted.value, author, clock.now_ms(),
            ),
        ).fetchone()  # fmt: skip
        limit = Limit(**dict(row))
        _log(connection, author, "set limit", before, limit)
        return limit

    return db.write(job)


def withdraw(db: Database, limit_id: int, *, author: str) -> None:
    """Take a limit back; `NotFound` if none of this number holds."""
    author = author.strip()
    if not author:
        raise BadInput("Whose decision is it? Write your name.")

    def job(connection: sqlite3.Connection) -> None:
        row = connection.execute(
            f"select {_COLUMNS} from limits where id = ? and withdrawn_at is null", (limit_id,)
        ).fetchone()
        if row is None:
            raise NotFound("This limit does not hold any more; somebody was faster.")
        before = Limit(**dict(row))
        _end(connection, before)
        _log(connection, author, "withdrew limit", before, None)

    db.write(job)


def _check(wanted: Wanted, author: str) -> None:
    kind = KINDS.get(wanted.measure)
    if kind is None:
        raise BadInput(f"There is no limit for {wanted.measure[:40]!r}; there is {', '.join(KINDS)}.")
    if wanted.environment not in ENVIRONMENTS:
        raise BadInput(f"There is no environment {wanted.environment[:40]!r}; there are {', '.join(ENVIRONMENTS)}.")
    if wanted.hours not in kind.hours:
        raise BadInput(f"{kind.measure.words} is watched over {', '.join(HOURS[each] for each in kind.hours)}.")
    if not 0 < wanted.value <= kind.largest:
        highest = words.figure(kind.measure, kind.largest)
        raise BadInput(f"A limit for {kind.measure.words.lower()} is more than 0 and at most {highest}.")
    if not author:
        raise BadInput("Whose decision is it? Write your name.")
    if len(author) > LONGEST:
        raise BadInput(f"The name has at most {LONGEST} characters.")


def _end(connection: sqlite3.Connection, limit: Limit) -> None:
    connection.execute("update limits set withdrawn_at = ? where id = ?", (clock.now_ms(), limit.id))


def _log(connection: sqlite3.Connection, author: str, action: str, before: Limit | None, after: Limit | None) -> None:
    about = after or before
    assert about is not None
    subject = f"{about.measure}: {about.environment}, {about.desk or 'all desks'}, {HOURS[about.hours]}"
    was, now = (None if each is None else {"value": each.value} for each in (before, after))
    audit.append(connection, audit.Change(author, action, subject, was, now, ""))


COLUMNS = tuple(each.name for each in fields(Limit))
_COLUMNS = ", ".join(COLUMNS)
