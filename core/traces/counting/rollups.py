"""Hours and days of calls in one row for each desk, version and source (an hour's for each model, too), so that a month of
them is read at once.

A call is counted in the transaction that closes it, in the hour and the day (UTC) that its id names, and so is all that
people and checks say about it later; whoever changes such a thing does so inside `changing`. What is erased stays counted.

Traces are counted from a number on, `counted_from`; those below it are older than the roll-ups, or are to be counted
anew. `catch_up` brings it down to the first.
"""

import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from core import edits
from core.db import Database
from core.db.sqlite import connect
from core.traces.counting import efforts, histogram
from core.traces.counting.figures import COUNTS, DRAFT, HISTOGRAMS, NOTHING, PER_DOLLAR, Figures, Place

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


def add(connection: sqlite3.Connection, trace_id: str) -> None:
    """Count a trace that was just closed."""
    if _is_counted(connection, trace_id):
        place, figures = _contribution(connection, trace_id)
        for row in _rows(trace_id, place):
            _apply(connection, row, figures)


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something that is counted about a trace: its feedback, what checks found."""
    if not _is_counted(connection, trace_id):
        yield
        return
    place, before = _contribution(connection, trace_id)
    yield
    _, after = _contribution(connection, trace_id)
    if after != before:
        for row in _rows(trace_id, place):
            _apply(connection, row, after - before)


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
        counted = _sum(
            connection,
            connection.execute(
                "select id from traces where number >= ? and status <> 'open'", (_counted_from(connection),)
            ),
        )
        kept = {_row(each): _figures(each) for each in connection.execute("select * from rollups")}
    pairs = [(row, kept.get(row, NOTHING), counted.get(row, NOTHING)) for row in {**kept, **counted}]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _is_counted(connection: sqlite3.Connection, trace_id: str) -> bool:
    """Whether this closed trace belongs into the sums by now, and not into those that `catch_up` will make."""
    return (
        connection.execute(
            "select 1 from traces, rollup_progress where id = ? and status <> 'open' and number >= counted_from",
            (trace_id,),
        ).fetchone()
        is not None
    )


def _counted_from(connection: sqlite3.Connection) -> int:
    return connection.execute("select counted_from from rollup_progress").fetchone()[0]


def _count_batch(connection: sqlite3.Connection) -> int:
    traces = connection.execute(
        "select number, id, status from traces where number < ? order by number desc limit ?",
        (_counted_from(connection), _BATCH),
    ).fetchall()
    for row, figures in _sum(connection, (each for each in traces if each["status"] != "open")).items():
        _apply(connection, row, figures)
    connection.execute("update rollup_progress set counted_from = ?", (traces[-1]["number"] if traces else 1,))
    return len(traces)


def _sum(connection: sqlite3.Connection, traces: Iterator[sqlite3.Row]) -> Mapping[Row, Figures]:
    sums: dict[Row, Figures] = {}
    for trace in traces:
        place, figures = _contribution(connection, trace["id"])
        for row in _rows(trace["id"], place):
            sums[row] = sums.get(row, NOTHING) + figures
    return sums


def _rows(trace_id: str, place: Place) -> list[Row]:
    at = int(trace_id[:12], 16)
    return [Row(HOUR, at - at % HOUR, place), Row(DAY, at - at % DAY, replace(place, model=ALL_MODELS))]


def _apply(connection: sqlite3.Connection, row: Row, change: Figures) -> None:
    key = (row.span, row.start, *astuple(row.place))
    kept = connection.execute(f"select {', '.join(HISTOGRAMS)} from rollups where {_IS_KEY}", key).fetchone()
    packed: list[bytes] = []
    for name in HISTOGRAMS:
        before = histogram.EMPTY if kept is None else histogram.unpack(kept[name])
        packed.append((before + getattr(change, name)).pack())
    counts = [getattr(change, name) for name in COUNTS]
    connection.execute(_ADD, (*key, *counts, *packed))


_KEY = ("span", "start", *(each.name for each in fields(Place)))
_IS_KEY = " and ".join(f"{name} = ?" for name in _KEY)
_ADD = f"""
    insert into rollups ({", ".join((*_KEY, *COUNTS, *HISTOGRAMS))})
    values ({", ".join("?" * len((*_KEY, *COUNTS, *HISTOGRAMS)))})
    on conflict do update set {", ".join(f"{name} = {name} + excluded.{name}" for name in COUNTS)},
        {", ".join(f"{name} = excluded.{name}" for name in HISTOGRAMS)}
"""


def _row(row: sqlite3.Row) -> Row:
    return Row(row["span"], row["start"], Place(**{each.name: row[each.name] for each in fields(Place)}))


def _figures(row: sqlite3.Row) -> Figures:
    values: dict[str, Any] = {name: row[name] for name in COUNTS}
    values |= {name: histogram.unpack(row[name]) for name in HISTOGRAMS}
    return Figures(**values)


def _contribution(connection: sqlite3.Connection, trace_id: str) -> tuple[Place, Figures]:
    """What a closed trace adds to the sums, as it stands on record now."""
    row = connection.execute(
        """
        select status, environment, desk, prompt, version, coalesce(answered_by, model, '') as model, source, asked, given,
            input_tokens, output_tokens, cost, duration_ms, first_headline_ms
        from traces where id = ?
        """,
        (trace_id,),
    ).fetchone()
    place = Place(row["environment"], row["desk"], row["prompt"], row["version"] or DRAFT, row["model"], row["source"])
    tokens_unknown = row["input_tokens"] is None or row["output_tokens"] is None
    figures = Figures(
        calls=1,
        **{row["status"]: 1},
        asked=row["asked"] or 0,
        given=row["given"],
        input_tokens=0 if tokens_unknown else row["input_tokens"],
        output_tokens=0 if tokens_unknown else row["output_tokens"],
        tokens_unknown=int(tokens_unknown),
        cost=0 if row["cost"] is None else round(row["cost"] * PER_DOLLAR),
        cost_unknown=int(row["cost"] is None),
        durations=_times(row["duration_ms"]),
        first_headlines=_times(row["first_headline_ms"]),
        **_flags(connection, trace_id),
        **_feedback(connection, trace_id),
    )
    return place, figures


def _times(value: float | None) -> histogram.Histogram:
    return histogram.of([] if value is None else [value])


def _flags(connection: sqlite3.Connection, trace_id: str) -> Mapping[str, int]:
    """What the latest scoring found."""
    rows = connection.execute(
        """
        select severity, count(*) as flags, count(distinct position) as headlines from scores
        where trace = ?1 and scoring = (select max(number) from scorings where trace = ?1) group by severity
        """,
        (trace_id,),
    ).fetchall()
    found = {f"{row['severity']}s": row["flags"] for row in rows}
    serious = sum(row["headlines"] for row in rows if row["severity"] == "fail")
    return found | {"flagged_headlines": serious, "flagged_sets": int(serious > 0)}


def _feedback(connection: sqlite3.Connection, trace_id: str) -> Mapping[str, int]:
    """What people did and said, as far as it stands."""
    many: dict[str, int] = {}
    for row in connection.execute(
        "select kind, value, count(*) as many from standing_feedback where trace = ? group by kind, value", (trace_id,)
    ):
        # Of the values, only the two of a thumb are told apart.
        kind = row["kind"] if row["kind"] != "thumb" else ("thumb_up" if row["value"] == 1 else "thumb_down")
        many[kind] = many.get(kind, 0) + row["many"]
    if not many:
        return {}
    measured = _measured(connection, trace_id)
    return {
        "picks": many.get("picked", 0),
        "edits": many.get("edited", 0),
        "rejections": many.get("rejected", 0),
        "all_rejections": many.get("all_rejected", 0),
        "accepted_sets": int("picked" in many or "edited" in many),
        "edited_sets": int("edited" in many),
        "word_edits": sum(each.word_edits for each in measured),
        "edited_words": sum(each.words for each in measured),
        "thumbs_up": many.get("thumb_up", 0),
        "thumbs_down": many.get("thumb_down", 0),
        "thumbed_down_sets": int("thumb_down" in many),
    }


def _measured(connection: sqlite3.Connection, trace_id: str) -> list[edits.Edit]:
    """The edits that stand, as they were counted while their texts were there, or as they are counted now."""
    rows = connection.execute(
        """
        select headlines.text as suggested, given.text as edited, word_edits, words
        from standing_feedback as given
        left join headlines on headlines.trace = given.trace and headlines.position = given.position
        left join edit_efforts on edit_efforts.feedback = given.id
        where given.trace = ? and kind = 'edited'
        """,
        (trace_id,),
    )
    found = [
        efforts.of(row["suggested"], row["edited"])
        if row["words"] is None
        else edits.Edit(row["word_edits"], row["words"])
        for row in rows
    ]
    return [each for each in found if each is not None]
