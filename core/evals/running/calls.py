"""The request ids of a run's calls: by them whoever carries a run on finds what was asked, and what it cost."""

from dataclasses import dataclass

from core import clock
from core.evals.running.plan import Unit

_JUDGE = "judge"


@dataclass(frozen=True)
class Call:
    """Whose call it was: that of a candidate (by its place), or of the judge of its headlines."""

    candidate: int
    of_judge: bool


def prefix(run_id: str) -> str:
    """What all ids of a run begin with, and those of no other."""
    return f"eval-{run_id}-"


def ask(run_id: str, unit: Unit, number: int) -> str:
    """The id of the call with this number (from 0) for a unit; the same unit and number have the same id."""
    return f"{prefix(run_id)}{unit.candidate}-{unit.repeat}-{number}-{unit.case.id}"


def judge(run_id: str, unit: Unit) -> str:
    """An id for another call of the judge; no two are the same."""
    return f"{prefix(run_id)}{unit.candidate}-{_JUDGE}-{clock.new_trace_id()}"


def read(request_id: str) -> Call:
    """Whose call has this id."""
    _, _, candidate, what, *_ = request_id.split("-")
    return Call(int(candidate), what == _JUDGE)
