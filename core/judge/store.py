"""What judges said, each beside the trace of the call in which they said it."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from core.db import Database
from core.feedback.model import Criterion
from core.judge.verdict import Better, Preference, Score, Verdict
from core.traces import bodies, record


@dataclass(frozen=True)
class Judging:
    """What one call of a judge said of a set of headlines; `trace` is that call's own, `judged` the set's."""

    trace: str
    judged: str
    judge: str
    """The model that answered."""
    prompt: str
    version: int
    judged_at: int
    verdicts: Sequence[Verdict]


@dataclass(frozen=True)
class Comparing:
    """What one call of a judge said of two sets, in the order in which it saw them."""

    trace: str
    first: str
    second: str
    better: Better
    reason: str
    judge: str
    version: int
    judged_at: int


def keep_verdicts(connection: sqlite3.Connection, trace: str, judged: str, verdicts: Sequence[Verdict]) -> None:
    """Keep what the call `trace` said of the headlines of `judged`."""
    connection.execute("insert into judgings (trace, judged) values (?, ?)", (trace, judged))
    connection.executemany(
        "insert into verdicts (trace, position, criterion, score, reason) values (?, ?, ?, ?, ?)",
        [
            (trace, verdict.position, criterion, score.value, score.reason)
            for verdict in verdicts
            for criterion, score in verdict.scores.items()
        ],
    )


def keep_preference(
    connection: sqlite3.Connection, trace: str, first: str, second: str, preference: Preference
) -> None:
    """Keep what the call `trace` said of two sets."""
    connection.execute(
        "insert into preferences (trace, first, second, better, reason) values (?, ?, ?, ?, ?)",
        (trace, first, second, preference.better, preference.reason),
    )


def judgings(db: Database, judged: str) -> list[Judging]:
    """Everything that judges said of a trace's headlines, the newest first."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select judgings.trace, judged, answered_by as judge, prompt, version, started_at as judged_at
            from judgings join traces on traces.id = judgings.trace where judged = ? order by judgings.trace desc
            """,
            (judged,),
        ).fetchall()
        return [Judging(**dict(row), verdicts=_verdicts(connection, row["trace"])) for row in rows]


def comparings(db: Database, trace: str) -> list[Comparing]:
    """Every comparison of a trace's headlines with another's, the newest first."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select preferences.trace, first, second, better, reason, answered_by as judge, version, started_at as judged_at
            from preferences join traces on traces.id = preferences.trace
            where first = ?1 or second = ?1 order by preferences.trace desc
            """,
            (trace,),
        )
        return [Comparing(**dict(row)) for row in rows]


def unjudged(db: Database, *, since: int, limit: int) -> list[str]:
    """Traces whose headlines are there and no judge has scored yet, asked since a time (ms), newest first."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select id from traces where given > 0 and started_at >= ? and id not in (select judged from judgings)
                and exists (select 1 from trace_bodies where trace = id)
            order by id desc limit ?
            """,
            (since, limit),
        )
        return [row[0] for row in rows]


def _verdicts(connection: sqlite3.Connection, trace: str) -> list[Verdict]:
    scores: dict[int, dict[Criterion, Score]] = defaultdict(dict)
    for row in connection.execute(
        "select position, criterion, score, reason from verdicts where trace = ? order by position", (trace,)
    ):
        scores[row["position"]][row["criterion"]] = Score(row["score"], row["reason"])
    return [Verdict(position, of) for position, of in scores.items()]


def calls_about(connection: sqlite3.Connection, trace: str) -> list[str]:
    """The calls of judges that read the headlines of a trace."""
    rows = connection.execute(
        "select trace from judgings where judged = ?1 "
        "union select trace from preferences where first = ?1 or second = ?1 order by trace",
        (trace,),
    )
    return [row["trace"] for row in rows]


def unheard(connection: sqlite3.Connection, traces: Sequence[str], articles: Set[str]) -> list[str]:
    """The calls of judges about these traces that are under way or brought no answer.

    Each says in its settings which traces it is about; its article may have another hash than theirs, for more may be
    redacted today. Where its settings are damaged, it counts by its article, one of these hashes.
    """
    wanted = json.dumps(traces)
    rows = connection.execute(
        """
        select distinct call.id, call.article from traces as judged
        join traces as call on call.source = 'judge' and call.desk = judged.desk and call.environment = judged.environment
        where judged.id in (select value from json_each(?))
            and not exists (select 1 from judgings where judgings.trace = call.id)
            and not exists (select 1 from preferences where preferences.trace = call.id)
        """,
        (wanted,),
    ).fetchall()
    return [row["id"] for row in rows if _is_about(connection, row, traces, articles)]


def forget(connection: sqlite3.Connection, trace: str) -> None:
    """Take away the reasons that the call `trace` gave; its scores and its choice stay."""
    connection.execute("update verdicts set reason = '' where trace = ?", (trace,))
    connection.execute("update preferences set reason = '' where trace = ?", (trace,))


def _is_about(connection: sqlite3.Connection, call: sqlite3.Row, traces: Sequence[str], articles: Set[str]) -> bool:
    try:
        of = record.settings(connection, call["id"])
    except bodies.DamagedText:
        return call["article"] in articles
    return of.get("judged") in traces or of.get("against") in traces
