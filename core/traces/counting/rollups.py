"""Hours and days of calls in one row for each desk, version and source (an hour's for each model, too), so that a month of
them is read at once.

A call is counted in the transaction that closes it, in the hour and the day (UTC) that its id names, and so is all that
people and checks say about it later; whoever changes such a thing does so inside `changing`. What is erased stays counted.

Traces are counted from a number on, `counted_from`; those below it are older than the roll-ups, or are to be counted
anew. `catch_up` brings it down to the first.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

from core import clock
from core.db import Database
from core.db.sqlite import connect
from core.traces import outcome
from core.traces.counting import contribution, figures, histogram
from core.traces.counting.figures import COUNTS, DRAFT, HISTOGRAMS, NOTHING, Figures
from core.traces.outcome import Outcome

HOUR = 3_600_000
DAY = 24 * HOUR
ALL_MODELS = ""
"""What a day's rows have for a model: they tell none apart, so that a month has a third of the rows."""

_BATCH = 200


class Row(NamedTuple):
    """What a row is about: `span` milliseconds from `start` on, and what calls are counted apart by.

    `version` 0 is a draft; `model` is the one that answered, or else was asked.
    """

    span: int
    start: int
    environment: str
    desk: str
    prompt: str
    version: int
    model: str
    source: str


@dataclass(frozen=True)
class Difference:
    """A row that says something else than the record of the calls that it sums up."""

    row: Row
    kept: Figures
    counted: Figures
    is_known_better: bool
    """It tells only how much was edited in headlines whose texts are gone since: no fault, for nothing else still knows it."""


def add(connection: sqlite3.Connection, came: Outcome) -> None:
    """Count a trace that was just closed."""
    if came.is_counted:
        add_sums(connection, sums_of([came]))


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something that is counted about a trace: its feedback, what checks found."""
    before = outcome.of(connection, trace_id)
    yield
    if before.is_counted and (after := outcome.of(connection, trace_id)) != before:
        taken = sums_of([before])
        add_sums(connection, {row: now - taken[row] for row, now in sums_of([after]).items()})


def sums_of(outcomes: Iterable[Outcome]) -> Mapping[Row, Figures]:
    """What these add to the rows of their hours, and through them to those of their days."""
    hours: dict[Row, list[Figures]] = {}
    for came in outcomes:
        hours.setdefault(_hour(came), []).append(contribution.of(came))
    days: dict[Row, list[Figures]] = {}
    for row, parts in hours.items():
        days.setdefault(_day(row), []).append(figures.total(parts))
    return {row: figures.total(parts) for row, parts in {**hours, **days}.items()}


def add_sums(connection: sqlite3.Connection, changes: Mapping[Row, Figures]) -> None:
    """Add to the rows, or take away from them. Counts are added up by SQLite, which cannot do that for histograms."""
    changed = {row: change for row, change in changes.items() if change != NOTHING}
    if not changed:
        return
    rows = connection.execute(
        f"""
        with wanted ({_KEY}) as (values {", ".join([_ONE_KEY] * len(changed))})
        select {_KEY}, {", ".join(HISTOGRAMS)} from wanted cross join rollups using ({_KEY})
        """,
        list(chain.from_iterable(changed)),
    )
    kept = {Row._make(each[: len(Row._fields)]): each[len(Row._fields) :] for each in map(tuple, rows)}
    connection.executemany(
        _ADD, [(*row, *figures.counts(change), *_histograms(change, kept.get(row))) for row, change in changed.items()]
    )


def catch_up(db: Database) -> Iterator[int]:
    """Count the closed traces that are not, the newest first; yields after every batch how many were looked at."""
    while many := db.write(_count_batch):
        yield many


def waiting(db: Database) -> int:
    """How many traces are still to be counted, at most."""
    with db.read() as connection:
        return _counted_from(connection) - 1


def start_over(db: Database) -> None:
    """Forget all counts; `catch_up` counts every trace anew. What was edited stays known when texts are erased."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute("delete from rollups")
        connection.execute(
            "update rollup_progress set counted_from = (select coalesce(max(number), 0) + 1 from traces)"
        )

    db.write(job)


def differences(db: Database, *, since: int = 0) -> list[Difference]:
    """Count the traces of all hours and days that begin from `since` on (ms), and compare: some minutes for a million.

    None are expected, but those that are known better where an older Copydesk took texts away.
    """
    # A connection of its own: one moment of the database for as long as this takes.
    with closing(connect(db.path)) as connection:
        connection.execute("begin")
        counted: dict[Row, Figures] = {}
        gone: set[Row] = set()
        closed = connection.execute(
            "select id from traces where number >= ? and status <> 'open' and id >= ?",
            (_counted_from(connection), clock.first_trace_id(since)),
        )
        while batch := closed.fetchmany(_BATCH):
            came = outcome.of_all(connection, [each["id"] for each in batch])
            for row, added in sums_of(came).items():
                counted[row] = counted.get(row, NOTHING) + added
            gone |= sums_of(each for each in came if contribution.is_edit_gone(each)).keys()
        kept = _kept(connection)
    pairs = {
        row: (kept.get(row, NOTHING), counted.get(row, NOTHING)) for row in {**kept, **counted} if row.start >= since
    }
    return [
        Difference(row, *pair, row in gone and _without_edits(pair[0]) == _without_edits(pair[1]))
        for row, pair in pairs.items()
        if pair[0] != pair[1]
    ]


def _without_edits(sums: Figures) -> Figures:
    return replace(sums, word_edits=0, edited_words=0)


def _counted_from(connection: sqlite3.Connection) -> int:
    return connection.execute("select counted_from from rollup_progress").fetchone()[0]


def _count_batch(connection: sqlite3.Connection) -> int:
    traces = connection.execute(
        "select number, id, status from traces where number < ? order by number desc limit ?",
        (_counted_from(connection), _BATCH),
    ).fetchall()
    closed = [each["id"] for each in traces if each["status"] != "open"]
    add_sums(connection, sums_of(outcome.of_all(connection, closed)))
    connection.execute("update rollup_progress set counted_from = ?", (traces[-1]["number"] if traces else 1,))
    return len(traces)


def _hour(came: Outcome) -> Row:
    at = int(came.id[:12], 16)
    return Row(
        HOUR, at - at % HOUR, came.environment, came.desk, came.prompt, came.version or DRAFT, came.model or "",
        came.source,
    )  # fmt: skip


def _day(hour: Row) -> Row:
    return hour._replace(span=DAY, start=hour.start - hour.start % DAY, model=ALL_MODELS)


def _histograms(sums: Figures, kept: Sequence[bytes] | None) -> Iterator[bytes]:
    return (
        histogram.joined(packed, getattr(sums, name).pack())
        for name, packed in zip(HISTOGRAMS, kept or [b""] * len(HISTOGRAMS), strict=True)
    )


_KEY = ", ".join(Row._fields)
_ONE_KEY = f"({', '.join('?' * len(Row._fields))})"
_ADD = f"""
    insert into rollups ({", ".join([*Row._fields, *COUNTS, *HISTOGRAMS])})
    values ({", ".join("?" * len([*Row._fields, *COUNTS, *HISTOGRAMS]))})
    on conflict do update set {", ".join(f"{name} = {name} + excluded.{name}" for name in COUNTS)},
        {", ".join(f"{name} = excluded.{name}" for name in HISTOGRAMS)}
"""


def _kept(connection: sqlite3.Connection) -> Mapping[Row, Figures]:
    kept: dict[Row, Figures] = {}
    for row in connection.execute("select * from rollups"):
        values: dict[str, Any] = {name: row[name] for name in COUNTS}
        values |= {name: histogram.unpack(row[name]) for name in HISTOGRAMS}
        kept[Row._make(row[name] for name in Row._fields)] = Figures(**values)
    return kept
