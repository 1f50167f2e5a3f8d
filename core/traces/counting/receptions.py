"""What people did with each set as it stands, in one narrow row, so that a year of it is read at once.

Whoever changes the feedback on a trace, or closes one, calls `keep` in the same transaction. Sets of an older Copydesk are
brought in by `catch_up`, the newest first.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from statistics import fmean

from core.db import Database
from core.traces.counting import efforts
from core.traces.counting.figures import DRAFT

_BATCH = 200


def keep(connection: sqlite3.Connection, trace_id: str) -> None:
    """Put down what people did with a set, if anybody did or said anything."""
    if connection.execute("select 1 from feedback where trace = ? limit 1", (trace_id,)).fetchone() is None:
        return
    efforts.measure(connection, trace_id)
    trace = connection.execute(
        "select started_at, desk, prompt, version, coalesce(answered_by, model, '') as model, given from traces where id = ?",
        (trace_id,),
    ).fetchone()
    rows = connection.execute(
        """
        select position, kind, value, word_edits, words
        from standing_feedback as given left join edit_efforts on edit_efforts.feedback = given.id
        where given.trace = ? and kind in ('picked', 'edited', 'rejected', 'all_rejected', 'thumb')
        """,
        (trace_id,),
    ).fetchall()
    # A headline that somebody decided about and that never came is no headline.
    decisions = [
        each for each in rows if each["kind"] in ("picked", "edited", "rejected") and each["position"] < trace["given"]
    ]
    taken = [each for each in decisions if each["kind"] in ("picked", "edited")]
    measured = [each for each in taken if each["words"] is not None]
    all_rejected = any(each["kind"] == "all_rejected" for each in rows)
    connection.execute(
        f"insert or replace into receptions ({_COLUMNS}) values ({', '.join('?' * len(_COLUMNS.split(',')))})",
        (
            trace_id, trace["started_at"], trace["desk"], trace["prompt"], trace["version"] or DRAFT, trace["model"],
            bool(rows), trace["given"] if all_rejected else len(_places(decisions)),
            " ".join(str(place + 1) for place in _places(taken)),
            len(_places([each for each in taken if each["kind"] == "edited"])),
            fmean(each["word_edits"] / each["words"] for each in measured) if measured else None,
            fmean(each["word_edits"] for each in measured) if measured else None,
            all_rejected,
            *(sum(each["kind"] == "thumb" and each["value"] == value for each in rows) for value in (1, -1)),
        ),
    )  # fmt: skip


def catch_up(db: Database) -> Iterator[int]:
    """Put down the sets that are not; yields after every batch how many were looked at."""
    while many := db.write(_keep_batch):
        yield many


def are_waiting(db: Database) -> bool:
    """Whether there are sets that are still to be put down."""
    with db.read() as connection:
        return bool(
            connection.execute(
                "select exists (select 1 from feedback where trace < (select kept_from from reception_progress))"
            ).fetchone()[0]
        )


_COLUMNS = (
    "trace, asked_at, desk, prompt, version, model, said, decided, ranks, edited, hter, word_edits, all_rejected, "
    "thumbs_up, thumbs_down"
)


def _keep_batch(connection: sqlite3.Connection) -> int:
    traces = connection.execute(
        """
        select distinct trace from feedback where trace < (select kept_from from reception_progress)
        order by trace desc limit ?
        """,
        (_BATCH,),
    ).fetchall()
    for row in traces:
        keep(connection, row["trace"])
    connection.execute("update reception_progress set kept_from = ?", (traces[-1]["trace"] if traces else "",))
    return len(traces)


def _places(of: Sequence[sqlite3.Row]) -> list[int]:
    return sorted({each["position"] for each in of})
