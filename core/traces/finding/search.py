"""Find traces: a page of them, how many there are, all of them, and what stands beside one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.db import Database
from core.traces.finding import reading
from core.traces.finding.find import EVERYTHING, Find, Order
from core.traces.finding.reading import Reading, Way
from core.traces.model import TraceLine

PAGE = 50
COUNTED = 10_000
"""Counts are exact up to here."""
SHORTEST_BEGINNING = 8
"""Characters by which a trace id can be told from a word."""


@dataclass(frozen=True)
class Count:
    """How many traces were found: `number`, or more than that."""

    number: int
    exact: bool


@dataclass(frozen=True)
class Page:
    """Lines in their order, and whether others stand before and after them."""

    lines: list[TraceLine]
    more: bool
    earlier: bool = False


def page(
    db: Database,
    find: Find = EVERYTHING,
    *,
    order: Order = "newest",
    after: str | None = None,
    before: str | None = None,
    limit: int = PAGE,
) -> Page:
    """The first traces of an order, or those that follow the trace `after`, or those that stand right before `before`.

    A trace that arrives meanwhile changes no later page, and none is skipped or repeated. `NotFound` if the trace that is
    named is not on record.
    """
    if before is not None:
        found = _read(db, find, order, before, limit + 1, backwards=True)
        # The first page is a whole one, whatever has come in since.
        if len(found) > limit:
            return Page(found[:limit][::-1], more=True, earlier=True)
        after = None
    found = _read(db, find, order, after, limit + 1)
    return Page(found[:limit], more=len(found) > limit, earlier=after is not None)


def neighbours(db: Database, find: Find, trace_id: str, *, order: Order = "newest") -> tuple[str | None, str | None]:
    """What stands before a trace and what follows it, by their ids, whether or not it is itself found."""
    before = _read(db, find, order, trace_id, 1, backwards=True)
    after = _read(db, find, order, trace_id, 1)
    return (before[0].id if before else None), (after[0].id if after else None)


def count(db: Database, find: Find = EVERYTHING, *, limit: int = COUNTED) -> Count:
    """How many traces are found, exactly up to `limit`."""
    with reading.snapshot(db) as connection:
        many = Reading(connection, find).count(limit + 1)
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


def named(db: Database, text: str) -> list[str]:
    """The ids of up to two traces that a text names: by its id or the beginning of that, or by the caller's own id."""
    text = text.strip()
    with db.read() as connection:
        found = connection.execute("select id from traces where request_id = ?", (text,)).fetchall()
        if not found and len(text) >= SHORTEST_BEGINNING and set(text.lower()) <= set("0123456789abcdef"):
            beginning = text.lower()
            found = connection.execute(
                "select id from traces where id >= ? and id < ? order by id limit 2", (beginning, f"{beginning}g")
            ).fetchall()
    return [row["id"] for row in found]


def _read(
    db: Database, find: Find, order: Order, start: str | None, limit: int, *, backwards: bool = False
) -> list[TraceLine]:
    """The first lines of an order, or those that follow the trace `start`; with `backwards` the order is turned round."""
    with reading.snapshot(db) as connection:
        place = None if start is None else reading.position(connection, start, order)
        rows = Reading(connection, find).rows(Way(order, place, limit, backwards))
        return [reading.line(row) for row in islice(rows, limit)]
