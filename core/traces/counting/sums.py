"""Read the roll-ups: what a stretch of time brought, by desk and version or step by step."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.db import Database
from core.traces.counting import figures, histogram
from core.traces.counting.figures import COUNTS, HISTOGRAMS, Figures
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


def by_group(db: Database, scope: Scope, stretch: Stretch) -> Mapping[Group, Figures]:
    """The sums of a stretch by desk and version."""
    return {Group(*key): each for key, each in _read(db, scope, stretch, "desk, prompt, version", DAY).items()}


def by_step(db: Database, scope: Scope, stretch: Stretch, step: int) -> Mapping[int, Figures]:
    """The sums of every step of so many milliseconds, a divisor or multiple of an hour; without those of no call."""
    # Days lie in the order of the table, so that SQLite need not sort them.
    by = "start" if step == DAY and stretch.until % DAY == 0 else f"start - start % {step:d}"
    return {key[0]: each for key, each in _read(db, scope, stretch, by, step).items()}


def total(db: Database, scope: Scope, stretch: Stretch) -> Figures:
    """All of a stretch together."""
    return figures.total(list(by_group(db, scope, stretch).values()))


def _read(db: Database, scope: Scope, stretch: Stretch, by: str, step: int) -> dict[tuple[Any, ...], Figures]:
    found: dict[tuple[Any, ...], list[Figures]] = {}
    with db.read() as connection:
        for span, part in _parts(stretch, step):
            for row in _rows(connection, scope, span, part, by):
                found.setdefault(tuple(row)[len(COUNTS) + len(HISTOGRAMS) :], []).append(_figures(row))
    return {key: figures.total(parts) for key, parts in found.items()}


def _rows(connection: sqlite3.Connection, scope: Scope, span: int, part: Stretch, by: str) -> Iterable[sqlite3.Row]:
    return connection.execute(
        f"""
        select {_SUMS}, {by} from rollups
        where span = ?1 and start >= ?2 and start < ?3 and environment = ?4 and (?5 is null or desk = ?5)
            and source in (select value from json_each(?6))
        group by {by}
        """,
        (span, part.since, part.until, scope.environment, scope.desk, json.dumps(list(scope.sources))),
    )


def _figures(row: sqlite3.Row) -> Figures:
    values: dict[str, Any] = {name: row[name] for name in COUNTS}
    values |= {name: histogram.unpack_many(bytes.fromhex(row[name])) for name in HISTOGRAMS}
    return Figures(**values)


# Packed histograms in a row are those of their sum; SQLite joins only texts.
_SUMS = ", ".join(
    [f"sum({name}) as {name}" for name in COUNTS]
    + [f"coalesce(group_concat(hex({name}), ''), '') as {name}" for name in HISTOGRAMS]
)


def _parts(stretch: Stretch, step: int) -> Iterator[tuple[int, Stretch]]:
    """A stretch in rows: as many whole days as there are, if days are fine enough, and the hours on both sides."""
    first, last = -(-stretch.since // DAY) * DAY, stretch.until // DAY * DAY
    if step < DAY or first >= last:
        yield HOUR, stretch
        return
    yield HOUR, Stretch(stretch.since, first)
    yield DAY, Stretch(first, last)
    yield HOUR, Stretch(last, stretch.until)
