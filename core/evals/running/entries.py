"""The results of runs on record: every finished case at once, and what they say of the run so far."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic_core import from_json

from core import clock
from core.db import Database
from core.evals.results import Outcome, Result

_JUST_NOW = 60_000
_LATEST = 50


@dataclass(frozen=True)
class Entry:
    """A result together with what only its row needs."""

    result: Result
    tries: int
    """How often it was tried: more than once after a retry, or where a process died midway."""
    identity: str
    reused: str | None
    """The run that it was taken from, if it was."""


@dataclass(frozen=True)
class Failure:
    """What went wrong in the same words in so many results of a run, and in which cases.

    `traces` has for each of these cases the trace of a call that failed so; None where there is none.
    """

    error: str
    results: int
    traces: Mapping[str, str | None]
    tries: int
    """How often each of these was tried at least."""

    @property
    def cases(self) -> Sequence[str]:
        return list(self.traces)


def keep(entry: Entry, run_id: str) -> Callable[[sqlite3.Connection], None]:
    """The job that puts a result on record, in the place of a failed one of the same unit if there is one."""
    result = entry.result

    def job(connection: sqlite3.Connection) -> None:
        connection.execute(
            """
            insert into eval_results (
                run, candidate, case_id, repeat, article, desk, language, tags, outcome, trace, error, "values", cost,
                tries, identity, reused, finished_at
            ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (run, candidate, case_id, repeat) do update set
                outcome = excluded.outcome, trace = excluded.trace, error = excluded.error, "values" = excluded."values",
                cost = excluded.cost, tries = excluded.tries, reused = excluded.reused,
                finished_at = excluded.finished_at
            where eval_results.outcome = 'failed'
            """,
            (
                run_id, result.candidate, result.case, result.repeat, result.article, result.desk, result.language,
                json.dumps(list(result.tags), ensure_ascii=False), result.outcome, result.trace, result.error,
                json.dumps(dict(result.values)), result.values.get("cost"), entry.tries, entry.identity, entry.reused,
                clock.now_ms(),
            ),
        )  # fmt: skip

    return job


def finished(db: Database, run_id: str) -> dict[tuple[int, str, int], tuple[Outcome, int]]:
    """What is on record of a run: by candidate, case and repeat its outcome, and how often it was tried."""
    with db.read() as connection:
        rows = connection.execute(
            "select candidate, case_id, repeat, outcome, tries from eval_results where run = ?", (run_id,)
        )
        return {(row["candidate"], row["case_id"], row["repeat"]): (row["outcome"], row["tries"]) for row in rows}


def results(db: Database, run_id: str) -> list[Result]:
    """Every result of a run. No trace is touched."""
    with db.read() as connection:
        rows = connection.execute(f"{_RESULTS} where run = ? order by case_id, repeat, candidate", (run_id,))
        return _all(rows.fetchall())


def of_case(db: Database, run_id: str, candidate: int, case_id: str) -> list[Result]:
    """What became of a case with one candidate, a result for each repeat that was tried."""
    with db.read() as connection:
        rows = connection.execute(
            f"{_RESULTS} where run = ? and candidate = ? and case_id = ? order by repeat", (run_id, candidate, case_id)
        )
        return _all(rows.fetchall())


def failures(db: Database, run_id: str, candidate: int | None = None) -> list[Failure]:
    """The failed results of a run, or of one of its candidates, by their error: the most frequent first."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select error, sum(results) as results, min(tries) as tries, json_group_object(case_id, trace) as traces
            from (
                select error, case_id, count(*) as results, min(tries) as tries, max(trace) as trace
                from eval_results
                where run = ?1 and outcome = 'failed' and (?2 is null or candidate = ?2)
                group by error, case_id order by error, case_id
            )
            group by error order by results desc, error
            """,
            (run_id, candidate),
        )
        return [Failure(row["error"] or "", row["results"], json.loads(row["traces"]), row["tries"]) for row in rows]


def failed(db: Database, run_id: str) -> dict[int, int]:
    """How many results failed of each candidate of which any did."""
    with db.read() as connection:
        rows = connection.execute(
            "select candidate, count(*) as results from eval_results where run = ? and outcome = 'failed' "
            "group by candidate order by candidate",
            (run_id,),
        )
        return {row["candidate"]: row["results"] for row in rows}


def pace(db: Database, run_id: str) -> float | None:
    """How many results a second came of late, whichever process carries the run out; None while that cannot be told."""
    now = clock.now_ms()
    with db.read() as connection:
        rows = connection.execute(
            "select finished_at from eval_results where run = ? and finished_at > ? order by finished_at desc limit ?",
            (run_id, now - _JUST_NOW, _LATEST),
        ).fetchall()
    if len(rows) < 2 or now <= rows[-1]["finished_at"]:
        return None
    return (len(rows) - 1) * 1000 / (now - rows[-1]["finished_at"])


def identical(db: Database, identity: str, *, outside: str) -> Entry | None:
    """The newest result of an identical call that another run made itself."""
    with db.read() as connection:
        row = connection.execute(
            f"{_RESULTS} where identity = ? and run <> ? and outcome = 'done' and reused is null "
            "order by run desc limit 1",
            (identity, outside),
        ).fetchone()
    return None if row is None else Entry(_all([row])[0], row["tries"], identity, row["run"])


_RESULTS = """
    select run, candidate, case_id, article, desk, language, tags, repeat, outcome, trace, "values", error, tries
    from eval_results
"""


def _all(rows: Sequence[sqlite3.Row]) -> list[Result]:
    # Ten thousand small texts are read in a third of the time as one.
    tags, values = (from_json(f"[{','.join(row[column] for row in rows)}]") for column in ("tags", "values"))
    return [
        Result(
            row["candidate"], row["case_id"], row["article"], row["desk"], row["language"], of_case, row["repeat"],
            row["outcome"], row["trace"], measured, row["error"],
        )
        for row, of_case, measured in zip(rows, tags, values, strict=True)
    ]  # fmt: skip
