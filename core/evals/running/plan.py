"""What a run is to do, as it is stored: everything it needs, so that nothing that changes later changes the run."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.errors import BadInput
from core.evals.case import Case
from core.prompts.content import Content
from core.prompts.releases import Place

MOST_CANDIDATES = 8
MOST_UNITS = 100_000


class Candidate(BaseModel):
    """A version of a prompt, or a draft of one, on a model; without a model it is the version's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    version: int | None = None
    draft: Content | None = None
    model: str | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Candidate":
        if (self.version is None) == (self.draft is None):
            raise ValueError("a candidate is a version or a draft")
        return self

    @property
    def label(self) -> str:
        name = f"{self.prompt} {self.version}" if self.version is not None else f"{self.prompt}, a draft"
        return f"{name} on {self.model}" if self.model else name


class Plan(BaseModel):
    """A run: an eval set version × candidates × repeats, and how it is carried out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set_name: str
    set_number: int
    candidates: tuple[Candidate, ...] = Field(min_length=1, max_length=MOST_CANDIDATES)
    baseline: int = Field(default=0, ge=0)
    """The place of the candidate that the others are compared with."""
    repeats: int = Field(default=1, ge=1, le=20)
    concurrency: int = Field(default=8, ge=1, le=200)
    timeout: float | None = Field(default=None, gt=0, le=600)
    """Seconds that one call may take; None is the installation's own."""
    spending_limit: float | None = Field(default=None, gt=0)
    """US dollars; what would take the run beyond it is not started. How far that can be kept: `core.evals.running.spending`."""
    judge: bool = False
    """Whether a judge scores every set of headlines, too."""
    reuse: bool = False
    """Whether the result of an identical call in an earlier run is taken in the place of a call."""
    profile: str = ""
    """The version of the checks' profiles that all headlines are checked by."""
    desks: tuple[str, ...] = ()
    """Only the cases of these desks; empty for all."""
    environment: str = "development"
    asked_by: Place | None = None
    """The place of a release whose gate asks for this run."""


@dataclass(frozen=True)
class Unit:
    """One call of a run: a candidate (by its place) answers a case; `repeat` counts from 0."""

    candidate: int
    case: Case
    repeat: int


def units(plan: Plan, cases: Sequence[Case]) -> Iterator[Unit]:
    """Everything a run has to do. A case comes for all candidates at once, so that what a stopped run has can be compared."""
    chosen = [case for case in cases if not plan.desks or case.desk in plan.desks]
    for repeat in range(plan.repeats):
        for case in chosen:
            for candidate in range(len(plan.candidates)):
                yield Unit(candidate, case, repeat)


def check(plan: Plan, cases: Sequence[Case]) -> int:
    """How many calls a run makes at least; `BadInput` for one that cannot be."""
    many = sum(1 for _ in units(plan, cases))
    if not many:
        raise BadInput("No case is left to run. Choose other desks, or another set.")
    if many > MOST_UNITS:
        raise BadInput(f"This run would make {many:,} calls; at most {MOST_UNITS:,} are made in one run.")
    if plan.baseline >= len(plan.candidates):
        raise BadInput("The baseline is one of the candidates.")
    if len({each.model_dump_json() for each in plan.candidates}) < len(plan.candidates):
        raise BadInput("Two candidates are the same. Take one of them away.")
    return many


def identity(content_hash: str, model: str, unit: Unit, *, profile: str) -> str:
    """Equal for calls that ask the same of the same model for the same time, in whatever run."""
    asked = [
        content_hash,
        model,
        unit.case.model_dump(mode="json", exclude={"id", "tags", "source_trace"}),
        unit.repeat,
    ]
    return hashlib.sha256(json.dumps([*asked, profile], sort_keys=True).encode()).hexdigest()
