"""From a trace back to the evaluation that it was made for: the run, the candidate and the case."""

import sqlite3
from dataclasses import dataclass

from core.db import Database
from core.evals.running.plan import Plan


@dataclass(frozen=True)
class Origin:
    """A case of a run that a trace answered."""

    run: str
    set_name: str
    set_number: int
    case: str
    candidate: str
    repeat: int
    """From 0."""
    reused: bool
    """Whether this run took the answer from an earlier one."""


def of_trace(db: Database, trace_id: str) -> list[Origin]:
    """The cases that a trace answers, the run that asked for it first; none if it belongs to no evaluation."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select run, set_name, set_number, case_id, candidate, repeat, reused is not null as reused, plan
            from eval_results indexed by eval_results_of_trace join eval_runs on eval_runs.id = run
            where trace = ? order by reused, run
            """,
            (trace_id,),
        ).fetchall()
    return [
        Origin(
            row["run"],
            row["set_name"],
            row["set_number"],
            row["case_id"],
            _candidate(row),
            row["repeat"],
            bool(row["reused"]),
        )
        for row in rows
    ]


def _candidate(row: sqlite3.Row) -> str:
    place: int = row["candidate"]
    return Plan.model_validate_json(row["plan"]).candidates[place].label
