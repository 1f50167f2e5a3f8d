"""Runs on record: what is to be done, who is doing it, and how it ended. Their results are in `entries`."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.evals.running.plan import Plan

Status = Literal["waiting", "running", "done", "cancelled", "stopped"]
"""*stopped* is a run that could not go on: its reason is in `why`. It can be resumed, as a cancelled one can."""

PAGE = 50


@dataclass(frozen=True)
class Run:
    """A run as lists show it, with how far it is. Times are milliseconds since 1970, in UTC."""

    id: str
    plan: Plan
    status: Status
    units: int
    note: str
    author: str
    why: str
    created_at: int
    started_at: int | None
    finished_at: int | None
    worked_ms: int
    """How long it was carried out, without what lay between two goes; a go counts once it has ended."""
    process: str | None
    """Whose hands it is in: the mark of whoever carries it out, as `core.db.liveness` names them."""
    done: int
    failed: int
    cost: float | None
    """US dollars so far, for all calls whatever came of them, the judge's too; None while no cost is known."""

    @property
    def left(self) -> int:
        return self.units - self.done - self.failed


def create(db: Database, plan: Plan, *, units: int, note: str, author: str) -> Run:
    """Put a run on record; nothing is started by that."""
    if not author.strip():
        raise BadInput("A run needs a name: who starts it?")
    run_id = clock.new_trace_id()
    note = db.policy.redaction.text(note.strip())

    def job(connection: sqlite3.Connection) -> None:
        connection.execute(
            "insert into eval_runs (id, set_name, set_number, plan, status, units, note, author, why, created_at) "
            "values (?, ?, ?, ?, 'waiting', ?, ?, ?, '', ?)",
            (
                run_id, plan.set_name, plan.set_number, plan.model_dump_json(), units, note, author.strip(),
                clock.now_ms(),
            ),
        )  # fmt: skip

    db.write(job)
    return get(db, run_id)


def claim(db: Database, run_id: str, *, process: str, abandoned: bool = False) -> Run:
    """Take a run, to carry it out under the mark `process`. `Conflict` if somebody alive has it.

    With `abandoned` it is taken only from somebody who died: it may have come to its end since it was looked at.
    """
    db.write(claiming(db, run_id, process=process, abandoned=abandoned))
    return get(db, run_id)


def claiming(
    db: Database, run_id: str, *, process: str, abandoned: bool = False
) -> Callable[[sqlite3.Connection], None]:
    """The job that takes a run, as `claim` says."""

    def job(connection: sqlite3.Connection) -> None:
        row = connection.execute("select status, process from eval_runs where id = ?", (run_id,)).fetchone()
        if row is None:
            raise _unknown(run_id)
        if row["status"] == "running" and not (row["process"] is None or db.liveness.is_dead(row["process"])):
            raise Conflict("This run is being carried out already.")
        if abandoned and row["status"] != "running":
            raise Conflict("This run has ended already.")
        connection.execute(
            f"update eval_runs set status = 'running', process = ?1, why = '', cancel = 0, finished_at = null, "
            f"started_at = coalesce(started_at, ?2), worked_ms = {_UNTIL_IT_DIED}, going_since = ?2 where id = ?3",
            (process, clock.now_ms(), run_id),
        )

    return job


def finishing(run_id: str, status: Status, *, process: str, why: str = "") -> Callable[[sqlite3.Connection], None]:
    """The job that puts on record how a run ended, if it is held under the mark `process`."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute(
            "update eval_runs set status = ?1, why = ?2, process = null, finished_at = ?3, "
            "worked_ms = worked_ms + max(0, ?3 - coalesce(going_since, ?3)), going_since = null "
            "where id = ?4 and process = ?5",
            (status, why, clock.now_ms(), run_id, process),
        )

    return job


def give_up(db: Database, run_id: str, *, why: str) -> None:
    """Put on record why an abandoned run cannot go on; `Conflict` if somebody alive has it, or if it ended."""
    process = db.liveness.process

    def job(connection: sqlite3.Connection) -> None:
        claiming(db, run_id, process=process, abandoned=True)(connection)
        finishing(run_id, "stopped", process=process, why=why)(connection)

    db.write(job)


def cancel(db: Database, run_id: str) -> None:
    """Ask whoever carries a run out to stop; one that nobody carries out is cancelled at once."""

    def job(connection: sqlite3.Connection) -> None:
        row = connection.execute("select status, process from eval_runs where id = ?", (run_id,)).fetchone()
        if row is None:
            raise _unknown(run_id)
        if row["status"] == "running" and not db.liveness.is_dead(row["process"]):
            connection.execute("update eval_runs set cancel = 1 where id = ?", (run_id,))
        elif row["status"] in ("waiting", "running", "stopped"):
            connection.execute(
                "update eval_runs set status = 'cancelled', process = null, finished_at = ?, "
                f"worked_ms = {_UNTIL_IT_DIED}, going_since = null where id = ?",
                (clock.now_ms(), run_id),
            )

    db.write(job)


def is_cancelled(db: Database, run_id: str) -> bool:
    """Whether somebody asked for a run to be stopped."""
    with db.read() as connection:
        row = connection.execute("select cancel from eval_runs where id = ?", (run_id,)).fetchone()
    return bool(row["cancel"])


def abandoned(db: Database) -> list[str]:
    """Runs that nobody carries out any more though they have not ended, the oldest first."""
    with db.read() as connection:
        rows = connection.execute("select id, process from eval_runs where status = 'running' order by id").fetchall()
    return [row["id"] for row in rows if row["process"] is None or db.liveness.is_dead(row["process"])]


def get(db: Database, run_id: str) -> Run:
    """One run with how far it is, or `NotFound`."""
    found = _read(db, "where eval_runs.id = ?", (run_id,))
    if not found:
        raise _unknown(run_id)
    return found[0]


def listing(db: Database, *, before: str | None = None, limit: int = PAGE) -> list[Run]:
    """Runs, the newest first, or from the first one older than the run `before`."""
    return _read(db, "where ?1 is null or eval_runs.id < ?1 order by eval_runs.id desc limit ?2", (before, limit))


def of_candidate(
    db: Database, set_name: str, prompt: str, version: int, *, done: bool = True, limit: int = PAGE
) -> list[Run]:
    """The runs on a set in which a version of a prompt is a candidate, the newest first: those that are done, or not."""
    where = "where set_name = ?1 and (status = 'done') = ?2 order by eval_runs.id desc limit ?3"
    runs = _read(db, where, (set_name, done, limit))
    return [
        run for run in runs if any((each.prompt, each.version) == (prompt, version) for each in run.plan.candidates)
    ]


# Whoever died over a run worked on it at least until its last result.
_UNTIL_IT_DIED = """worked_ms + coalesce(
    max(0, (select max(finished_at) from eval_results where run = eval_runs.id) - going_since), 0
)"""


def _read(db: Database, where: str, values: Sequence[object]) -> list[Run]:
    with db.read() as connection:
        rows = connection.execute(
            f"""
            select id, plan, status, units, note, author, why, created_at, started_at, finished_at, worked_ms, process,
                (select count(*) from eval_results where run = eval_runs.id and outcome = 'done') as done,
                (select count(*) from eval_results where run = eval_runs.id and outcome = 'failed') as failed,
                (
                    select sum(attempts.cost) from traces join attempts on attempts.trace = traces.id
                    where traces.request_id >= 'eval-' || eval_runs.id || '-'
                        and traces.request_id < 'eval-' || eval_runs.id || '.'
                ) as cost
            from eval_runs {where}
            """,
            tuple(values),
        ).fetchall()
    return [replace(Run(**dict(row)), plan=Plan.model_validate_json(row["plan"])) for row in rows]


def _unknown(run_id: str) -> NotFound:
    return NotFound(f"There is no run {run_id[:64]!r}.")
