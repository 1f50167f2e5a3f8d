"""Find traces: a page of them, how many there are, all of them, and what stands beside one.

The index answers for words and facts; what it holds only roughly (times, figures) is compared on the row. Traces that
are not in the index yet, those still open above all, are compared by the same facts one by one.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from heapq import merge
from itertools import islice
from typing import Any

from core import clock
from core.db import Database
from core.errors import NotFound
from core.traces import index
from core.traces.find import EVERYTHING, KINDS, Find, Order
from core.traces.model import TraceLine

PAGE = 50
COUNTED = 10_000
"""Counts are exact up to here."""

_HOUR = 3_600_000
"""Within this, traces arrive in the order of their times: the clocks of several processes, and calls that waited."""
_COLUMNS = ", ".join(f"traces.{field.name}" for field in fields(TraceLine))
_SELECTED = f"{_COLUMNS}, traces.number"
_BEYOND = 2**62
_VALUE: Mapping[Order, str] = {
    "newest": "traces.number",
    "cost": "coalesce(traces.cost, -1)",
    "duration": "coalesce(traces.duration_ms, -1)",
}


@dataclass(frozen=True)
class Count:
    """How many traces were found: `number`, or more than that."""

    number: int
    exact: bool


@dataclass(frozen=True)
class Page:
    """Lines in their order, and whether more follow."""

    lines: list[TraceLine]
    more: bool


@dataclass(frozen=True)
class _Position:
    """Where a trace stands in an order: by its figure, then by its number."""

    value: float
    number: int


def page(
    db: Database, find: Find = EVERYTHING, *, order: Order = "newest", after: str | None = None, limit: int = PAGE
) -> Page:
    """The first traces of an order, or those that follow the trace `after`; `NotFound` if that is not on record.

    A trace that arrives meanwhile changes no later page, and none is skipped or repeated.
    """
    with db.read() as connection:
        start = None if after is None else _position(connection, after, order)
        found = list(islice(_found(connection, find, order, start, limit=limit + 1), limit + 1))
    return Page([_line(row) for row in found[:limit]], len(found) > limit)


def neighbours(db: Database, find: Find, trace_id: str, *, order: Order = "newest") -> tuple[str | None, str | None]:
    """What stands before a trace and what follows it, by their ids, whether or not it is itself found."""
    with db.read() as connection:
        start = _position(connection, trace_id, order)
        before = next(_found(connection, find, order, start, limit=1, backwards=True), None)
        after = next(_found(connection, find, order, start, limit=1), None)
    return (before["id"] if before else None), (after["id"] if after else None)


def count(db: Database, find: Find = EVERYTHING, *, limit: int = COUNTED) -> Count:
    """How many traces are found, exactly up to `limit`."""
    with db.read() as connection:
        asked = _ask(connection, find)
        query = f"select count(*) from (select 1 from {asked.tables} where {asked.conditions} limit :limit)"
        many = connection.execute(query, asked.values | {"limit": limit + 1}).fetchone()[0]
        if asked.is_indexed:
            many += sum(1 for _ in islice(_unindexed(connection, find), limit + 1))
    return Count(min(many, limit), many <= limit)


def everything(db: Database, find: Find, *, limit: int | None = None) -> Iterator[TraceLine]:
    """All that is found, newest first, read page by page, so that nobody who writes waits; at most `limit`."""
    after: str | None = None
    left = limit
    while left is None or left > 0:
        lines = page(db, find, after=after, limit=500 if left is None else min(500, left)).lines
        yield from lines
        if not lines:
            return
        after = lines[-1].id
        left = None if left is None else left - len(lines)


def _found(
    connection: sqlite3.Connection,
    find: Find,
    order: Order,
    start: _Position | None,
    *,
    limit: int,
    backwards: bool = False,
) -> Iterator[sqlite3.Row]:
    asked = _ask(connection, find)
    place = _Place(order, start, backwards=backwards)
    number = "trace_search.rowid" if asked.is_indexed else "traces.number"
    rows = connection.execute(
        f"""
        select {_SELECTED}, {place.value} as value from {asked.rows}
        where {asked.conditions} and {place.condition(number)} order by {place.sort(number)} limit :limit
        """,
        asked.values | place.values | {"limit": limit},
    )
    if not asked.is_indexed:
        return rows
    others = sorted(_unindexed(connection, find, place), key=_key, reverse=not backwards)
    return merge(rows, others, key=_key, reverse=not backwards)


class _Place:
    """The part of an order that is wanted, in SQL: all of it, or what follows a position."""

    def __init__(self, order: Order, start: _Position | None, *, backwards: bool = False) -> None:
        self.value = _VALUE[order]
        self.values = {} if start is None else {"value": start.value, "number": start.number}
        self._is_by_number = order == "newest"
        self._ahead, self._direction = (">", "asc") if backwards else ("<", "desc")

    def condition(self, number: str) -> str:
        if not self.values:
            return "true"
        if self._is_by_number:
            return f"{number} {self._ahead} :number and :value is not null"
        return f"({self.value}, traces.number) {self._ahead} (:value, :number)"

    def sort(self, number: str) -> str:
        by = f"{number} {self._direction}"
        return by if self._is_by_number else f"{self.value} {self._direction}, {by}"


@dataclass(frozen=True)
class _Asked:
    """A search in SQL. What is compared on the row has a plus before it, so that no index of it leads the search."""

    tables: str
    rows: str
    conditions: str
    values: dict[str, Any]
    is_indexed: bool


def _ask(connection: sqlite3.Connection, find: Find) -> _Asked:
    match = find.match
    number = "traces.number" if match is None else "trace_search.rowid"
    conditions: list[str] = [] if match is None else ["trace_search match :match"]
    values: dict[str, Any] = {} if match is None else {"match": match}
    on_row: list[str] = []
    for name, column, least in (("min_cost", "cost", find.min_cost), ("min_ms", "duration_ms", find.min_ms)):
        if least is not None:
            on_row.append(f"+traces.{column} >= :{name}")
            values[name] = least
    if find.since is not None:
        on_row.append("+traces.id >= :since")
        conditions.append(f"{number} >= :since_number")
        values |= {
            "since": clock.first_trace_id(find.since),
            "since_number": _number_near(connection, find.since - _HOUR),
        }
    if find.until is not None:
        on_row.append("+traces.id < :until")
        conditions.append(f"{number} <= :until_number")
        values |= {
            "until": clock.first_trace_id(find.until),
            "until_number": _number_near(connection, find.until + _HOUR),
        }
    # The index leads: told to choose, SQLite would at times read all rows first.
    joined = "traces" if match is None else "trace_search cross join traces on traces.number = trace_search.rowid"
    tables = joined if match is None or on_row else "trace_search"
    return _Asked(tables, joined, " and ".join([*conditions, *on_row, "true"]), values, match is not None)


def _number_near(connection: sqlite3.Connection, at: int) -> int:
    """The number of the first trace of a time or later; one beyond all if there is none."""
    row = connection.execute(
        "select number from traces where id >= ? order by id limit 1", (clock.first_trace_id(at),)
    ).fetchone()
    return _BEYOND if row is None else row["number"]


def _unindexed(connection: sqlite3.Connection, find: Find, place: _Place | None = None) -> Iterator[sqlite3.Row]:
    """Those that are not in the index and have the facts. Their words are not known yet."""
    if find.text:
        return
    asked = _ask(connection, replace(find, **dict.fromkeys(KINDS, ()), min_cost=None, min_ms=None))
    place = place or _Place("newest", None)
    rows = connection.execute(
        f"""
        select {_SELECTED}, {place.value} as value from traces indexed by traces_indexed
        where traces.indexed is null and {asked.conditions} and {place.condition("traces.number")}
        """,
        asked.values | place.values,
    )
    wanted = [set(group) for group in find.facts]
    for row in rows:
        if not _reaches(row, find):
            continue
        own = index.facts(connection, row)
        if all(own & group for group in wanted):
            yield row


def _reaches(row: sqlite3.Row, find: Find) -> bool:
    """Whether a trace cost and took as much as is asked for."""
    figures = ((row["cost"], find.min_cost), (row["duration_ms"], find.min_ms))
    return all(least is None or (figure is not None and figure >= least) for figure, least in figures)


def _position(connection: sqlite3.Connection, trace_id: str, order: Order) -> _Position:
    row = connection.execute(
        f"select {_VALUE[order]} as value, number from traces where id = ?", (trace_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return _Position(row["value"], row["number"])


def _key(row: sqlite3.Row) -> tuple[float, int]:
    return row["value"], row["number"]


def _line(row: sqlite3.Row) -> TraceLine:
    return TraceLine(**{field.name: row[field.name] for field in fields(TraceLine)})
