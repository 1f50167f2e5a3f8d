"""Read the roll-ups: what a stretch of time brought, by desk and version or step by step.

Whole days are read from the rows of days, hours only at the edges and where steps are shorter than a day; and of a step
only what a chart shows. Among a million calls that takes half as long.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
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
    found: dict[Group, list[Figures]] = {}
    by = tuple(each.name for each in fields(Group))
    with db.read() as connection:
        for span, part in _parts(stretch):
            for row in _rows(connection, scope, span, part, _ALL, by):
                found.setdefault(Group(**{name: row[name] for name in by}), []).append(Figures(**_sums(row, _ALL)))
    return {key: figures.total(parts) for key, parts in found.items()}


def by_step(db: Database, scope: Scope, stretch: Stretch, step: int) -> Mapping[int, Step]:
    """The sums of every step of an hour, a day, or so many hours that a day has steps; without those of no call."""
    found: dict[int, Step] = {}
    with db.read() as connection:
        # Asked one by one, for grouping makes SQLite sort thousands of rows that lie in their order already.
        for start in range(stretch.since - stretch.since % step, stretch.until, step):
            part = Stretch(max(start, stretch.since), min(start + step, stretch.until))
            span = DAY if part.until - part.since == DAY else HOUR
            (row,) = _rows(connection, scope, span, part, _OF_STEP)
            if row["calls"]:
                found[start] = Step(**_sums(row, _OF_STEP))
    return found


def total(db: Database, scope: Scope, stretch: Stretch) -> Figures:
    """All of a stretch together."""
    return figures.total(list(by_group(db, scope, stretch).values()))


_ALL = (*COUNTS, *HISTOGRAMS)
_OF_STEP = tuple(each.name for each in fields(Step))


def _rows(
    connection: sqlite3.Connection,
    scope: Scope,
    span: int,
    part: Stretch,
    names: Sequence[str],
    by: Sequence[str] = (),
) -> Iterable[sqlite3.Row]:
    grouped = f"group by {', '.join(by)}" if by else ""
    return connection.execute(
        f"""
        select {", ".join([*map(_sum, names), *by])} from rollups
        where span = ?1 and start >= ?2 and start < ?3 and environment = ?4 and (?5 is null or desk = ?5)
            and source in (select value from json_each(?6))
        {grouped}
        """,
        (span, part.since, part.until, scope.environment, scope.desk, json.dumps(list(scope.sources))),
    )


def _sum(name: str) -> str:
    # Packed histograms in a row are those of their sum; SQLite joins only texts.
    return f"coalesce(group_concat(hex({name}), ''), '') as {name}" if name in HISTOGRAMS else f"sum({name}) as {name}"


def _sums(row: sqlite3.Row, names: Sequence[str]) -> dict[str, Any]:
    return {
        name: histogram.unpack_many(bytes.fromhex(row[name])) if name in HISTOGRAMS else row[name] for name in names
    }


def _parts(stretch: Stretch) -> Iterator[tuple[int, Stretch]]:
    """A stretch in rows: as many whole days as there are, and the hours on both sides."""
    first, last = -(-stretch.since // DAY) * DAY, stretch.until // DAY * DAY
    if first >= last:
        yield HOUR, stretch
        return
    yield HOUR, Stretch(stretch.since, first)
    yield DAY, Stretch(first, last)
    yield HOUR, Stretch(last, stretch.until)
