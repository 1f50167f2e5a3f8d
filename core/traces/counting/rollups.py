"""Hours and days of calls in one row for each desk, version and source (an hour's for each model, too), so that a month of
them is read at once.

A call is counted in the transaction that closes it, in the hour and the day (UTC) that its id names, and so is all that
people and checks say about it later; whoever changes such a thing does so inside `changing`. What is erased stays counted.

Traces are counted from a number on, `counted_from`; those below it are older than the roll-ups, or are to be counted
anew. `catch_up` brings it down to the first.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields, replace
from itertools import chain
from typing import Any

from core.db import Database
from core.db.sqlite import connect
from core.traces import outcome
from core.traces.counting import contribution, figures, histogram
from core.traces.counting.figures import COUNTS, HISTOGRAMS, NOTHING, Figures, Place
from core.traces.outcome import Outcome

HOUR = 3_600_000
DAY = 24 * HOUR
ALL_MODELS = ""
"""What a day's rows have for a model: they tell none apart, so that a month has a third of the rows."""

_BATCH = 200


@dataclass(frozen=True)
class Row:
    """What a row is about: `span` milliseconds from `start` on, in one place."""

    span: int
    start: int
    place: Place


@dataclass(frozen=True)
class Difference:
    """A row that says something else than the record of the calls that it sums up."""

    row: Row
    kept: Figures
    counted: Figures


def add(connection: sqlite3.Connection, came: Outcome) -> None:
    """Count a trace that was just closed."""
    if came.is_counted:
        _apply(connection, _sums([came]))


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something that is counted about a trace: its feedback, what checks found."""
    before = outcome.of(connection, trace_id)
    yield
    if before.is_counted and (after := outcome.of(connection, trace_id)) != before:
        taken = _sums([before])
        _apply(connection, {row: sums - taken[row] for row, sums in _sums([after]).items()})


def catch_up(db: Database) -> Iterator[int]:
    """Count the closed traces that are not, the newest first; yields after every batch how many were looked at."""
    while many := db.write(_count_batch):
        yield many


def waiting(db: Database) -> int:
    """How many traces are still to be counted, at most."""
    with db.read() as connection:
        return _counted_from(connection) - 1


def start_over(db: Database) -> None:
    """Forget all counts; `catch_up` counts every trace anew. What has been erased since is not found again."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute("delete from rollups")
        connection.execute(
            "update rollup_progress set counted_from = (select coalesce(max(number), 0) + 1 from traces)"
        )

    db.write(job)


def differences(db: Database) -> list[Difference]:
    """Count all traces and compare; this takes a minute for a million. None are expected, but where texts were erased."""
    # A connection of its own: one moment of the database for as long as this takes.
    with closing(connect(db.path)) as connection:
        connection.execute("begin")
        counted: dict[Row, Figures] = {}
        closed = connection.execute(
            "select id from traces where number >= ? and status <> 'open'", (_counted_from(connection),)
        )
        while batch := closed.fetchmany(_BATCH):
            for row, sums in _sums(outcome.of_all(connection, [each["id"] for each in batch])).items():
                counted[row] = counted.get(row, NOTHING) + sums
        kept = _read(connection.execute("select * from rollups"))
    pairs = [(row, kept.get(row, NOTHING), counted.get(row, NOTHING)) for row in {**kept, **counted}]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _counted_from(connection: sqlite3.Connection) -> int:
    return connection.execute("select counted_from from rollup_progress").fetchone()[0]


def _count_batch(connection: sqlite3.Connection) -> int:
    traces = connection.execute(
        "select number, id, status from traces where number < ? order by number desc limit ?",
        (_counted_from(connection), _BATCH),
    ).fetchall()
    closed = [each["id"] for each in traces if each["status"] != "open"]
    _apply(connection, _sums(outcome.of_all(connection, closed)))
    connection.execute("update rollup_progress set counted_from = ?", (traces[-1]["number"] if traces else 1,))
    return len(traces)


def _sums(outcomes: Iterable[Outcome]) -> Mapping[Row, Figures]:
    """What these add to the sums: to those of their hours, and through them to those of their days."""
    hours: dict[Row, list[Figures]] = {}
    days: dict[Row, list[Figures]] = {}
    for came in outcomes:
        at = int(came.id[:12], 16)
        hours.setdefault(Row(HOUR, at - at % HOUR, contribution.place(came)), []).append(contribution.of(came))
    sums = {row: figures.total(parts) for row, parts in hours.items()}
    for row, of_hour in sums.items():
        day = Row(DAY, row.start - row.start % DAY, replace(row.place, model=ALL_MODELS))
        days.setdefault(day, []).append(of_hour)
    return sums | {row: figures.total(parts) for row, parts in days.items()}


def _apply(connection: sqlite3.Connection, changes: Mapping[Row, Figures]) -> None:
    """Add to the rows, or take away from them."""
    changed = {row: change for row, change in changes.items() if change != NOTHING}
    if not changed:
        return
    keys = {row: (row.span, row.start, *astuple(row.place)) for row in changed}
    kept = _read(
        connection.execute(
            f"""
            with wanted ({_KEY}) as (values {", ".join([_ONE_KEY] * len(keys))})
            select rollups.* from wanted cross join rollups using ({_KEY})
            """,
            list(chain.from_iterable(keys.values())),
        )
    )
    connection.executemany(
        _PUT, [(*keys[row], *_columns(kept.get(row, NOTHING) + change)) for row, change in changed.items()]
    )


_PLACE = [each.name for each in fields(Place)]
_KEY = ", ".join(["span", "start", *_PLACE])
_ONE_KEY = f"({', '.join('?' * len(['span', 'start', *_PLACE]))})"
_PUT = f"""
    insert or replace into rollups ({", ".join([_KEY, *COUNTS, *HISTOGRAMS])})
    values ({", ".join("?" * len(["span", "start", *_PLACE, *COUNTS, *HISTOGRAMS]))})
"""


def _columns(sums: Figures) -> Iterator[int | bytes]:
    yield from (getattr(sums, name) for name in COUNTS)
    yield from (getattr(sums, name).pack() for name in HISTOGRAMS)


def _read(rows: Iterable[sqlite3.Row]) -> Mapping[Row, Figures]:
    return {_row(each): _figures(each) for each in rows}


def _row(row: sqlite3.Row) -> Row:
    return Row(row["span"], row["start"], Place(**{each.name: row[each.name] for each in fields(Place)}))


def _figures(row: sqlite3.Row) -> Figures:
    values: dict[str, Any] = {name: row[name] for name in COUNTS}
    values |= {name: histogram.unpack(row[name]) for name in HISTOGRAMS}
    return Figures(**values)
