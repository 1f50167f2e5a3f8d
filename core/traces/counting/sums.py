"""Read the roll-ups: what a stretch of time brought, by desk and version or step by step.

Whole days are read from the rows of days, hours only at the edges and where steps are shorter than a day; of most of a day
those that are left out, to be taken away from all of it. Of a step only what a chart shows is read. Among a million calls
that takes about half the time.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import chain
from typing import Any

from core.db import Database
from core.traces.counting import figures, histogram
from core.traces.counting.figures import COUNTS, HISTOGRAMS, PER_DOLLAR, Figures
from core.traces.counting.histogram import EMPTY, Histogram
from core.traces.counting.rollups import DAY, HOUR


@dataclass(frozen=True)
class Scope:
    """Which calls are summed: those of an environment and of these sources, of one desk or of all."""

    environment: str
    sources: Sequence[str]
    desk: str | None = None


@dataclass(frozen=True)
class Stretch:
    """A stretch of time, in milliseconds since 1970; it begins and ends with an hour, and the end is left out."""

    since: int
    until: int


@dataclass(frozen=True)
class Group:
    """What calls of one kind have in common; version 0 is a draft."""

    desk: str
    prompt: str
    version: int


@dataclass(frozen=True)
class Step:
    """What a chart shows of a step: what became of its calls, how long they took, what they cost. As in `Figures`."""

    calls: int = 0
    valid: int = 0
    repaired: int = 0
    incomplete: int = 0
    failed: int = 0
    interrupted: int = 0
    refused: int = 0
    cost: int = 0
    cost_unknown: int = 0
    durations: Histogram = EMPTY

    @property
    def without_headlines(self) -> int:
        return self.failed + self.interrupted

    @property
    def dollars(self) -> float:
        return self.cost / PER_DOLLAR


def by_group(db: Database, scope: Scope, stretch: Stretch) -> Mapping[Group, Figures]:
    """The sums of a stretch by desk and version."""
    by = tuple(each.name for each in fields(Group))
    parts = list(_parts(stretch))
    with db.read() as connection:
        # In one question, so that what is taken away is surely in what it is taken away from.
        rows = connection.execute(
            f"""
            with parts (part_span, since, until, sign) as (values {", ".join(["(?, ?, ?, ?)"] * len(parts))})
            select {", ".join([f"sum(sign * {name}) as {name}" for name in COUNTS])},
                {", ".join([_joined(name, "sign > 0") + f" as {name}" for name in HISTOGRAMS])},
                {", ".join([_joined(name, "sign < 0") + f" as {name}_away" for name in HISTOGRAMS])}, {", ".join(by)}
            from parts cross join rollups
            where span = part_span and start >= since and start < until and {_IN_SCOPE}
            group by {", ".join(by)} having sum(sign * calls) > 0
            """,
            [*chain.from_iterable(astuple(part) for part in parts), *_scope(scope)],
        )
        return {Group(**{name: row[name] for name in by}): _figures(row) for row in rows}


def by_step(db: Database, scope: Scope, stretch: Stretch, step: int) -> Mapping[int, Step]:
    """The sums of every step of an hour, a day, or so many hours that a day has steps; without those of no call."""
    found: dict[int, Step] = {}
    query = f"""
        select {", ".join(f"sum({name}) as {name}" for name in _OF_STEP)}, {_joined("durations")} as durations from rollups
        where span = ? and start >= ? and start < ? and {_IN_SCOPE}
    """
    with db.read() as connection:
        # Asked one by one, for grouping makes SQLite sort thousands of rows that lie in their order already.
        for start in range(stretch.since - stretch.since % step, stretch.until, step):
            since, until = max(start, stretch.since), min(start + step, stretch.until)
            span = DAY if until - since == DAY else HOUR
            row = connection.execute(query, (span, since, until, *_scope(scope))).fetchone()
            if row["calls"]:
                found[start] = Step(**{name: row[name] for name in _OF_STEP}, durations=_histogram(row["durations"]))
    return found


def total(db: Database, scope: Scope, stretch: Stretch) -> Figures:
    """All of a stretch together."""
    return figures.total(list(by_group(db, scope, stretch).values()))


_IN_SCOPE = "environment = ? and desk = coalesce(?, desk) and source in (select value from json_each(?))"


def _scope(scope: Scope) -> tuple[str, str | None, str]:
    return scope.environment, scope.desk, json.dumps(list(scope.sources))


def _joined(name: str, condition: str = "true") -> str:
    # Packed histograms in a row are those of their sum; SQLite joins only texts.
    return f"coalesce(group_concat(iif({condition}, hex({name}), ''), ''), '')"


def _figures(row: sqlite3.Row) -> Figures:
    values: dict[str, Any] = {name: row[name] for name in COUNTS}
    for name in HISTOGRAMS:
        values[name] = _histogram(row[name])
        if away := row[f"{name}_away"]:
            values[name] -= _histogram(away)
    return Figures(**values)


def _histogram(joined: str) -> Histogram:
    return histogram.unpack_many(bytes.fromhex(joined))


@dataclass(frozen=True)
class _Part:
    """Rows of one span from a time on, which count or, with the sign -1, are taken away."""

    span: int
    since: int
    until: int
    sign: int = 1


def _parts(stretch: Stretch) -> Iterator[_Part]:
    """A stretch in as few rows as there are: whole days, and on both sides of them the hours of a part of a day."""
    first, last = -(-stretch.since // DAY) * DAY, stretch.until // DAY * DAY
    if first > last:
        yield _Part(HOUR, stretch.since, stretch.until)
        return
    yield from _of_day(first - DAY, stretch.since, first)
    yield _Part(DAY, first, last)
    yield from _of_day(last, last, stretch.until)


def _of_day(day: int, since: int, until: int) -> Iterator[_Part]:
    """The beginning or the end of a day: its hours, or the whole day without the others, if they are fewer."""
    if until - since <= DAY // 2:
        yield _Part(HOUR, since, until)
        return
    yield _Part(DAY, day, day + DAY)
    yield _Part(HOUR, day, since, -1)
    yield _Part(HOUR, until, day + DAY, -1)


_OF_STEP = tuple(each.name for each in fields(Step) if each.name != "durations")
