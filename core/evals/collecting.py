"""Make eval cases of traces: of one, or of all that a search found, up to a stated number.

A set asks about each article once, so of traces about the same article the first is taken. What is left out, and why, is
told. A headline that somebody corrected becomes the reference of its case, even where the set has that case already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from core.db import Database
from core.errors import BadInput
from core.evals import sets
from core.evals.case import Case, is_readable, make
from core.evals.sets import CaseLine, Version
from core.prompts import tasks
from core.traces import record
from core.traces.record import Asked

MOST = 1_000
"""Traces that are collected at once."""

Why = Literal[
    "in the set already", "the same article as another", "no article that can be read", "too long", "a judge's call"
]


@dataclass(frozen=True)
class Skipped:
    trace: str
    why: Why


@dataclass(frozen=True)
class Plan:
    """What collecting would do: the traces that become cases, those whose correction goes to a case, and the rest."""

    seen: int | None
    """The newest version of the set; None if it is a new one."""
    added: Sequence[str]
    mended: Mapping[str, str]
    """By trace the id of the case whose reference it corrects."""
    skipped: Sequence[Skipped]


@dataclass(frozen=True)
class Collected:
    """What was done. `version` is the one that the set has now, None if it is still to come into being."""

    version: Version | None
    plan: Plan
    cases: Mapping[str, str]
    """By trace the id of the case that was made of it, or mended."""


def plan(
    db: Database,
    trace_ids: Sequence[str],
    set_name: str,
    *,
    article_limit: int,
    references: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """What `collect` would do with the same; `NotFound` names a trace that is not there."""
    if len(trace_ids) > MOST:
        raise BadInput(f"At most {MOST:,} traces are collected at once; these are {len(trace_ids):,}.")
    newest = sets.newest(db, set_name)
    there = [] if newest is None else sets.lines(db, set_name, newest.number)
    by_article = {line.article: line for line in there}
    sources = {line.source_trace for line in there}
    taken: set[str] = set()
    added: list[str] = []
    mended: dict[str, str] = {}
    skipped: list[Skipped] = []
    for asked in record.asked(db, list(dict.fromkeys(trace_ids))):
        case = by_article.get(asked.hash or "")
        why = _refusal(asked, article_limit)
        if why is None and case is not None and _corrects(references.get(asked.id), case):
            mended[asked.id] = case.id
        elif why is None and (case is not None or asked.id in sources):
            skipped.append(Skipped(asked.id, "in the set already"))
        elif why is None and asked.hash in taken:
            skipped.append(Skipped(asked.id, "the same article as another"))
        elif why is not None:
            skipped.append(Skipped(asked.id, why))
        else:
            taken.add(asked.hash or "")
            added.append(asked.id)
    return Plan(newest and newest.number, added, mended, skipped)


def collect(
    db: Database,
    trace_ids: Sequence[str],
    set_name: str,
    *,
    author: str,
    note: str,
    article_limit: int,
    references: Mapping[str, str] = MappingProxyType({}),
    tags: Sequence[str] = (),
) -> Collected:
    """Save the next version of a set, or the first of a new one, with the cases of these traces at its end.

    `references` are corrected headlines by trace; where there is none, the reference is what somebody picked or edited
    last. If nothing is to be added, no version is saved. `Conflict` if somebody saves the set at the same moment.
    """
    planned = plan(db, trace_ids, set_name, article_limit=article_limit, references=references)
    cases = {trace: _mended(db, set_name, planned, trace, references[trace]) for trace in planned.mended}
    cases |= {trace: _made(db, trace, references.get(trace), tags) for trace in planned.added}
    if not cases:
        return Collected(sets.newest(db, set_name), planned, {})
    version = sets.put(
        db, set_name, list(cases.values()), note=note, author=author, seen=planned.seen, article_limit=article_limit
    )
    return Collected(version, planned, {trace: case.id for trace, case in cases.items()})


def _refusal(asked: Asked, article_limit: int) -> Why | None:
    if tasks.judges(asked.prompt):
        return "a judge's call"
    if asked.article is None or not is_readable(asked.article):
        return "no article that can be read"
    return "too long" if len(asked.article) > article_limit else None


def _corrects(reference: str | None, case: CaseLine) -> bool:
    return reference is not None and reference != case.reference


def _made(db: Database, trace: str, reference: str | None, tags: Iterable[str]) -> Case:
    made = sets.from_trace(db, trace, tags=tuple(tags))
    return made if reference is None else _with_reference(made, reference)


def _mended(db: Database, set_name: str, planned: Plan, trace: str, reference: str) -> Case:
    assert planned.seen is not None
    return _with_reference(sets.case(db, set_name, planned.seen, planned.mended[trace]), reference)


def _with_reference(case: Case, reference: str) -> Case:
    return make({**case.model_dump(), "reference": reference})
