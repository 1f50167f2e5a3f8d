"""Read the traces that a search finds from the tables, in an order and from a place on.

The index answers for words and facts; what it holds only roughly (times, figures) is compared on the row. A few
traces are ordered by a figure as they are; many are read step by step of the index, for the highest step that has any
holds but a few. Traces that are still open are in no index; they are compared by the same facts one by one.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cached_property
from heapq import merge
from itertools import islice, takewhile
from typing import Any

from core import clock
from core.db import Database
from core.errors import NotFound
from core.traces import outcome
from core.traces.finding import index, matching
from core.traces.finding.find import KINDS, Find, Order
from core.traces.lines import COLUMNS
from core.traces.model import TraceLine

_HOUR = 3_600_000
"""Within this, traces arrive in the order of their times: the clocks of several processes, and calls that waited."""
_BEYOND = 2**62
_FEW = 1_000
_UNKNOWN = "-1.0"
"""Stands for a figure that is not known, below all others."""
_SAME = {index.NONE: _UNKNOWN, index.ZERO: "0.0"}
"""Steps that are one figure."""
_FIGURES: dict[Order, tuple[index.Kind, str]] = {"cost": ("cost", "cost"), "duration": ("duration", "duration_ms")}


@dataclass(frozen=True)
class Position:
    """Where a trace stands in an order: by its figure, then by its number."""

    value: float
    number: int


@dataclass(frozen=True)
class Way:
    """Which way traces are read: in an order or against it, from a position on, at most `limit` of a kind."""

    order: Order
    start: Position | None
    limit: int
    backwards: bool = False

    def passes(self, row: sqlite3.Row) -> bool:
        """Whether a row lies ahead of the start."""
        if self.start is None:
            return True
        own, start = _key(row), (self.start.value, self.start.number)
        return own > start if self.backwards else own < start


@contextmanager
def snapshot(db: Database) -> Generator[sqlite3.Connection]:
    """A reading connection to which nothing changes meanwhile: a trace that is closed is open or closed, not both."""
    with db.read() as connection:
        connection.execute("begin")
        try:
            yield connection
        finally:
            connection.execute("rollback")


def position(connection: sqlite3.Connection, trace_id: str, order: Order) -> Position:
    """Where a trace stands, or `NotFound`."""
    value = "0.0" if order == "newest" else f"coalesce({_FIGURES[order][1]}, {_UNKNOWN})"
    row = connection.execute(f"select {value} as value, number from traces where id = ?", (trace_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return Position(row["value"], row["number"])


def line(row: sqlite3.Row) -> TraceLine:
    """A row that was read."""
    return TraceLine(**{field.name: row[field.name] for field in fields(TraceLine)})


@dataclass(frozen=True)
class Reading:
    """What a search finds, on a connection."""

    connection: sqlite3.Connection
    find: Find

    def count(self, limit: int) -> int:
        """How many there are; what is above `limit` means no more than that."""
        asked = self._ask(self._match)
        query = f"select count(*) from (select 1 from {asked.tables} where {asked.conditions} limit :limit)"
        many = self.connection.execute(query, asked.values | {"limit": limit}).fetchone()[0]
        return many if self._match is None else many + sum(1 for _ in islice(self._open("0.0"), limit))

    def rows(self, way: Way) -> Iterator[sqlite3.Row]:
        """The rows on the way."""
        if way.order != "newest":
            kind, column = _FIGURES[way.order]
            return self._with_open(self._by_figure(way, kind, column), way, f"coalesce(traces.{column}, {_UNKNOWN})")
        rows = self._in_order(self._ask(self._match), way, "0.0", is_same=True)
        # Without a match, rows are read from the table itself, the open ones among them.
        return rows if self._match is None else self._with_open(rows, way, "0.0")

    @cached_property
    def _match(self) -> str | None:
        return matching.expression(self.connection, self.find)

    def _by_figure(self, way: Way, kind: index.Kind, column: str) -> Iterator[sqlite3.Row]:
        value = f"coalesce(traces.{column}, {_UNKNOWN})"
        match = self._match or matching.EVERY
        if self.count(_FEW + 1) <= _FEW:
            yield from self._in_order(self._ask(match), way, value)
            return
        for step in self._steps(way, kind):
            asked = self._ask(f'"{index.fact(kind, step)}" AND ({match})')
            # The rows of a step that is one figure stand by their number already.
            yield from self._in_order(asked, way, _SAME.get(step, value), is_same=step in _SAME)

    def _steps(self, way: Way, kind: index.Kind) -> Iterator[str]:
        """The steps on the way, as they come."""
        start = way.start and index.step(None if way.start.value < 0 else way.start.value)
        if not way.backwards:
            return index.values(self.connection, kind, first=start or "")
        behind = takewhile(lambda step: start is None or step <= start, index.values(self.connection, kind))
        return reversed(list(behind))

    def _in_order(self, asked: "_Asked", way: Way, value: str, *, is_same: bool = False) -> Iterator[sqlite3.Row]:
        """The rows on the way, by their value if it is not the same for all, then by their number."""
        ahead, direction = (">", "asc") if way.backwards else ("<", "desc")
        condition, place = "true", {}
        if way.start is not None:
            condition = f"({value}, {asked.number}) {ahead} (:value, :number)"
            place = {"value": way.start.value, "number": way.start.number}
            if is_same and float(value) == way.start.value:
                condition = f"{asked.number} {ahead} :number"
        sort = f"{asked.number} {direction}" if is_same else f"{value} {direction}, {asked.number} {direction}"
        return self.connection.execute(
            f"""
            select {COLUMNS}, traces.number, {value} as value from {asked.rows}
            where {asked.conditions} and {condition} order by {sort} limit :limit
            """,
            asked.values | place | {"limit": way.limit},
        )

    def _with_open(self, rows: Iterator[sqlite3.Row], way: Way, value: str) -> Iterator[sqlite3.Row]:
        """These rows, and the open ones among them in their places."""
        others = sorted(filter(way.passes, self._open(value)), key=_key, reverse=not way.backwards)
        return merge(rows, others, key=_key, reverse=not way.backwards)

    def _open(self, value: str) -> Iterator[sqlite3.Row]:
        """The open traces that have the facts. Words are not looked for in them: they have no answer yet."""
        if self.find.text:
            return
        times = replace(self.find, **dict.fromkeys(KINDS, ()), min_cost=None, min_ms=None)
        asked = Reading(self.connection, times)._ask(None)
        rows = self.connection.execute(
            f"""
            select {COLUMNS}, traces.number, {value} as value from traces indexed by traces_open
            where traces.status = 'open' and {asked.conditions}
            """,
            asked.values,
        )
        wanted = [set(group) for group in matching.groups(self.connection, self.find)]
        for row in rows:
            if all(index.facts(outcome.of(self.connection, row["id"])) & group for group in wanted):
                yield row

    def _ask(self, match: str | None) -> "_Asked":
        number = "traces.number" if match is None else "trace_search.rowid"
        conditions: list[str] = [] if match is None else ["trace_search match :match"]
        values: dict[str, Any] = {} if match is None else {"match": match}
        on_row: list[str] = []
        for name, column, least in (
            ("min_cost", "cost", self.find.min_cost), ("min_ms", "duration_ms", self.find.min_ms)
        ):  # fmt: skip
            if least is not None:
                on_row.append(f"+traces.{column} >= :{name}")
                values[name] = least
        if self.find.start is not None:
            on_row.append("+traces.id >= :since")
            conditions.append(f"{number} > :since_number")
            values |= {
                "since": clock.first_trace_id(self.find.start),
                "since_number": self._last_before(self.find.start),
            }
        if self.find.until is not None:
            on_row.append("+traces.id < :until")
            conditions.append(f"{number} < :until_number")
            values |= {
                "until": clock.first_trace_id(self.find.until),
                "until_number": self._first_after(self.find.until),
            }
        # The index leads: told to choose, SQLite would at times read all rows first.
        joined = "traces" if match is None else "trace_search cross join traces on traces.number = trace_search.rowid"
        tables = joined if match is None or on_row else "trace_search"
        return _Asked(tables, joined, " and ".join([*conditions, *on_row, "true"]), number, values)

    def _last_before(self, time: int) -> int:
        """A number that every trace of this time or later is above."""
        row = self.connection.execute(
            "select number from traces where id < ? order by id desc limit 1", (clock.first_trace_id(time - _HOUR),)
        ).fetchone()
        return 0 if row is None else row["number"]

    def _first_after(self, time: int) -> int:
        """A number that every trace before this time is below."""
        row = self.connection.execute(
            "select number from traces where id >= ? order by id limit 1", (clock.first_trace_id(time + _HOUR),)
        ).fetchone()
        return _BEYOND if row is None else row["number"]


@dataclass(frozen=True)
class _Asked:
    """A search in SQL. What is compared on the row has a plus before it, so that no index of it leads the search."""

    tables: str
    rows: str
    conditions: str
    number: str
    values: dict[str, Any]


def _key(row: sqlite3.Row) -> tuple[float, int]:
    return row["value"], row["number"]
