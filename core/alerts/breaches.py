"""Limits that were broken: each breach begins once, and ends once its limit was kept for a while, or withdrawn.

Whatever begins or ends is decided in one transaction, on what is on record then, with the message about it.
"""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from core import clock
from core.alerts import limits, messages
from core.alerts.limits import HOURS, Limit
from core.db import Database
from core.reports import words

KEPT_FOR = 5 * 60_000
"""A limit has to be kept for so long (ms) before its breach is over: a figure that wavers is one breach, not ten."""


@dataclass(frozen=True)
class Breach:
    """A limit that was broken: with which figure, on how many calls (or thumbs); over once `closed_at` is there."""

    id: int
    limit: Limit
    opened_at: int
    figure: float
    rests_on: int
    kept_since: int | None = None
    closed_at: int | None = None
    closed_figure: float | None = None

    @property
    def sentence(self) -> str:
        """What is or was wrong, or how it ended, for a person."""
        limit, measure = self.limit, self.limit.kind.measure
        if self.closed_at is None:
            return f"{limit.subject} is {self.at_first}; it should not be {limit.forbidden}."
        if self.closed_figure is None:
            return f"{limit.subject}: the limit of {words.figure(measure, limit.value)} was withdrawn."
        now = words.figure(measure, self.closed_figure)
        return f"{limit.subject} is {now} again; the limit was not {limit.forbidden} in {HOURS[limit.hours]}."

    @property
    def later(self) -> str:
        """The same for whoever reads it later: a figure of then is told as one of then."""
        if self.closed_at is not None:
            return self.sentence
        limit = self.limit
        return f"{limit.subject} was {self.at_first} when the limit broke; it should not be {limit.forbidden}."

    @property
    def at_first(self) -> str:
        """The figure that broke the limit, with what it rested on: 155 ms (27 calls in an hour)."""
        limit = self.limit
        rests_on = f"{words.many(self.rests_on, limit.kind.thing)} in {HOURS[limit.hours]}"
        return f"{words.figure(limit.kind.measure, self.figure)} ({rests_on})"


def under_way(db: Database) -> list[Breach]:
    """What is broken now, the oldest first."""
    return _read(db, "where closed_at is null order by breaches.id")


def newest(db: Database, *, most: int = 20) -> list[Breach]:
    """The latest breaches, over or not, the newest first."""
    return _read(db, f"order by breaches.id desc limit {most:d}")


def many_under_way(db: Database) -> int:
    """How many limits are broken now."""
    with db.read() as connection:
        return connection.execute("select count(*) from breaches where closed_at is null").fetchone()[0]


def broken(db: Database, limit: Limit, figure: float, rests_on: int, *, tells: bool) -> None:
    """A limit was seen broken: a breach begins, unless it has begun."""
    now = clock.now_ms()

    def job(connection: sqlite3.Connection) -> None:
        breach = _of(connection, limit)
        if breach is not None:
            connection.execute("update breaches set kept_since = null where id = ?", (breach.id,))
        elif _holds(connection, limit):
            number = connection.execute(
                "insert into breaches (of_limit, opened_at, figure, rests_on) values (?, ?, ?, ?) returning id",
                (limit.id, now, figure, rests_on),
            ).fetchone()[0]
            if tells:
                _tell(connection, Breach(number, limit, now, figure, rests_on), "breach")

    db.write(job)


def kept(db: Database, limit: Limit, figure: float, *, tells: bool) -> None:
    """A limit was seen kept: its breach ends, if that has been so for a while."""
    now = clock.now_ms()

    def job(connection: sqlite3.Connection) -> None:
        breach = _of(connection, limit)
        if breach is None:
            return
        if breach.kept_since is None:
            connection.execute("update breaches set kept_since = ? where id = ?", (now, breach.id))
        elif now - breach.kept_since >= KEPT_FOR:
            _close(connection, replace(breach, closed_at=now, closed_figure=figure), tells=tells)

    db.write(job)


def close_withdrawn(db: Database, *, tells: bool) -> None:
    """End the breaches of limits that do not hold any more."""
    now = clock.now_ms()
    if not any(breach.limit.withdrawn_at for breach in under_way(db)):
        return

    def job(connection: sqlite3.Connection) -> None:
        for row in connection.execute(f"{_SELECT} where closed_at is null and withdrawn_at is not null").fetchall():
            _close(connection, replace(_breach(row), closed_at=now), tells=tells)

    db.write(job)


def _close(connection: sqlite3.Connection, breach: Breach, *, tells: bool) -> None:
    connection.execute(
        "update breaches set closed_at = ?, closed_figure = ? where id = ?",
        (breach.closed_at, breach.closed_figure, breach.id),
    )
    if tells:
        _tell(connection, breach, "recovery")


def _tell(connection: sqlite3.Connection, breach: Breach, event: messages.Event) -> None:
    limit = breach.limit
    body: dict[str, object] = {
        "id": f"{event}-{breach.id}",
        "event": event,
        "text": breach.sentence,
        "measure": limit.measure,
        "environment": limit.environment,
        "desk": limit.desk,
        "hours": limit.hours,
        "bound": limit.kind.bound,
        "limit": limit.value,
        "figure": breach.figure if event == "breach" else breach.closed_figure,
        "rests_on": breach.rests_on if event == "breach" else None,
        "opened_at": _time(breach.opened_at),
        "closed_at": None if breach.closed_at is None else _time(breach.closed_at),
    }
    messages.write(connection, breach.id, event, body)


def _time(milliseconds: int) -> str:
    return clock.as_datetime(milliseconds).isoformat(timespec="seconds")


def _of(connection: sqlite3.Connection, limit: Limit) -> Breach | None:
    """The breach of a limit that is not over."""
    row = connection.execute(f"{_SELECT} where of_limit = ? and closed_at is null", (limit.id,)).fetchone()
    return None if row is None else _breach(row)


def _holds(connection: sqlite3.Connection, limit: Limit) -> bool:
    row = connection.execute("select 1 from limits where id = ? and withdrawn_at is null", (limit.id,)).fetchone()
    return row is not None


def _read(db: Database, which: str) -> list[Breach]:
    with db.read() as connection:
        return [_breach(row) for row in connection.execute(f"{_SELECT} {which}")]


def _breach(row: sqlite3.Row) -> Breach:
    values: dict[str, Any] = dict(row)
    limit = Limit(id=values.pop("of_limit"), **{name: values.pop(name) for name in limits.COLUMNS if name != "id"})
    return Breach(limit=limit, **values)


_LIMIT = ", ".join(f"limits.{name}" for name in limits.COLUMNS if name != "id")
_SELECT = f"""
    select breaches.id, of_limit, opened_at, figure, rests_on, kept_since, closed_at, closed_figure, {_LIMIT}
    from breaches join limits on limits.id = of_limit
"""
