"""Before a run starts: how many calls it makes, what they will cost and how long they will take, as far as that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from core.db import Database
from core.evals.case import Case
from core.evals.running.plan import Candidate, Plan, units
from core.prompts import versions

_LATEST = 200
_LOOKED_AT = 20_000
"""Traces: what is further back says little about today, and would be looked for in vain through a million."""


@dataclass(frozen=True)
class Known:
    """What the latest calls of a candidate cost and took, on average; `basis` says which calls those were."""

    cost: float | None
    seconds: float | None
    calls: int
    basis: str


@dataclass(frozen=True)
class Estimate:
    """What a run will take: cost and time are None where no call like it was ever measured."""

    calls: int
    cost: float | None
    seconds: float | None
    known: Sequence[Known]
    """For every candidate what the estimate rests on."""


def estimate(db: Database, plan: Plan, cases: Sequence[Case]) -> Estimate:
    """Add up the measured averages of each candidate; a judge's calls are not in it."""
    calls = sum(1 for _ in units(plan, cases))
    known = [_known(db, candidate) for candidate in plan.candidates]
    each = calls / len(plan.candidates)
    costs = [of.cost for of in known]
    times = [of.seconds for of in known]
    cost = None if None in costs else sum(each * cost for cost in costs if cost is not None)
    at_once = min(plan.concurrency, calls) or 1
    seconds = None if None in times else sum(each * time for time in times if time is not None) / at_once
    return Estimate(calls, cost, seconds, known)


def _known(db: Database, candidate: Candidate) -> Known:
    """What calls of this version on this model took; without any, what calls of the model took."""
    model = candidate.model or _own_model(db, candidate)
    if candidate.version is not None:
        found = _average(db, "prompt = ? and version = ? and model = ?", (candidate.prompt, candidate.version, model))
        if found is not None:
            return Known(*found, f"{found[2]} calls of this version")
    found = _average(db, "source <> 'judge' and model = ?", (model,))
    if found is not None:
        return Known(*found, f"{found[2]} calls of {model} with other versions")
    return Known(None, None, 0, f"{model} was never asked here")


def _own_model(db: Database, candidate: Candidate) -> str:
    if candidate.draft is not None:
        return candidate.draft.model
    assert candidate.version is not None
    return versions.get(db, candidate.prompt, candidate.version).content.model


def _average(db: Database, where: str, values: Sequence[object]) -> tuple[float | None, float, int] | None:
    """Mean cost (US dollars), mean time (seconds) and number of the latest answered calls; None if there are none."""
    with db.read() as connection:
        rows = connection.execute(
            f"""
            select cost, duration_ms from (select * from traces order by id desc limit {_LOOKED_AT})
            where {where} and given > 0 limit {_LATEST}
            """,
            tuple(values),
        ).fetchall()
    if not rows:
        return None
    costs = [row["cost"] for row in rows]
    cost = None if None in costs else fmean(costs)
    return cost, fmean(row["duration_ms"] for row in rows) / 1000, len(rows)
