"""Read the roll-ups: what a stretch of time brought, by desk and version or step by step.

Whole days are read from the rows of days, hours only at the edges and where steps are shorter than a day; and of a step
only what a chart shows. Among a million calls that is the difference between 10 and 30 ms.
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
    for key, values in _read(db, scope, stretch, "desk, prompt, version", DAY, _ALL):
        found.setdefault(Group(*key), []).append(Figures(**values))
    return {key: figures.total(parts) for key, parts in found.items()}


def by_step(db: Database, scope: Scope, stretch: Stretch, step: int) -> Mapping[int, Step]:
    """The sums of every step of so many milliseconds, a divisor or multiple of an hour; without those of no call."""
    # Days lie in the order of the table, so that SQLite need not sort them.
    by = "start" if step == DAY and stretch.until % DAY == 0 else f"start - start % {step:d}"
    # No step lies in two parts of a stretch: whole days are steps of their own.
    return {key[0]: Step(**values) for key, values in _read(db, scope, stretch, by, step, _OF_STEP)}


def total(db: Database, scope: Scope, stretch: Stretch) -> Figures:
    """All of a stretch together."""
    return figures.total(list(by_group(db, scope, stretch).values()))


_ALL = (*COUNTS, *HISTOGRAMS)
_OF_STEP = tuple(each.name for each in fields(Step))


def _read(
    db: Database, scope: Scope, stretch: Stretch, by: str, step: int, names: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The sums of so many names for each key of each part of a stretch."""
    with db.read() as connection:
        for span, part in _parts(stretch, step):
            for row in _rows(connection, scope, span, part, by, names):
                yield tuple(row)[len(names) :], {name: _value(name, row[name]) for name in names}


def _rows(
    connection: sqlite3.Connection, scope: Scope, span: int, part: Stretch, by: str, names: Sequence[str]
) -> Iterable[sqlite3.Row]:
    return connection.execute(
        f"""
        select {", ".join(map(_sum, names))}, {by} from rollups
        where span = ?1 and start >= ?2 and start < ?3 and environment = ?4 and (?5 is null or desk = ?5)
            and source in (select value from json_each(?6))
        group by {by}
        """,
        (span, part.since, part.until, scope.environment, scope.desk, json.dumps(list(scope.sources))),
    )


def _sum(name: str) -> str:
    # Packed histograms in a row are those of their sum; SQLite joins only texts.
    return f"coalesce(group_concat(hex({name}), ''), '') as {name}" if name in HISTOGRAMS else f"sum({name}) as {name}"


def _value(name: str, summed: Any) -> Any:
    return histogram.unpack_many(bytes.fromhex(summed)) if name in HISTOGRAMS else summed


def _parts(stretch: Stretch, step: int) -> Iterator[tuple[int, Stretch]]:
    """A stretch in rows: as many whole days as there are, if days are fine enough, and the hours on both sides."""
    first, last = -(-stretch.since // DAY) * DAY, stretch.until // DAY * DAY
    if step < DAY or first >= last:
        yield HOUR, stretch
        return
    yield HOUR, Stretch(stretch.since, first)
    yield DAY, Stretch(first, last)
    yield HOUR, Stretch(last, stretch.until)
