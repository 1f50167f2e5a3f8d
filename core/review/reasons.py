"""Why the rules want a trace to be looked at, read from the record: what stands of its feedback, its checks, and a draw.

Only what people or the CMS asked for gets in. Calls of judges, of evaluations, replays and trials of drafts never do.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

from core import feedback
from core.feedback import Feedback
from core.review import rules
from core.review.item import Reason
from core.review.rules import Thresholds, Version

SOURCES = ("playground", "api", "cli")
"""Who asks for headlines that are meant for print."""


def of_trace(connection: sqlite3.Connection, trace_id: str, versions: Sequence[Version]) -> list[Reason]:
    """The reasons that stand, by the version of the rules that held for each; none while the trace is open.

    `versions` are all there are, newest first.
    """
    trace = connection.execute(
        "select number, id, desk, source, status, given, started_at from traces where id = ?", (trace_id,)
    ).fetchone()
    if trace is None or trace["status"] == "open" or trace["source"] not in SOURCES:
        return []
    return [*_of_people(connection, trace, versions), *_of_the_set(connection, trace, versions)]


def is_drawn(trace_id: str, share: float, *, purpose: str) -> bool:
    """Whether a trace is among a random share: always the same answer, and another one for every purpose."""
    digest = hashlib.sha256(f"{purpose} {trace_id}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64 < share


def readers(trace_id: str, version: Version) -> int:
    """How many people should read a trace, by a version of the rules."""
    return 2 if is_drawn(trace_id, version.rules.second_share, purpose="second reader") else 1


def _of_people(connection: sqlite3.Connection, trace: sqlite3.Row, versions: Sequence[Version]) -> Iterator[Reason]:
    for each in feedback.all_on(connection, trace["id"]):
        version = rules.for_feedback(versions, each.id)
        if version is None or not each.stands:
            continue
        reason = _complaint(each, version.rules.of(trace["desk"]), version.number)
        if reason is not None:
            yield reason


def _complaint(of: Feedback, wanted: Thresholds, number: int) -> Reason | None:
    if of.kind == "thumb" and of.value == -1 and wanted.thumbs_down:
        return Reason("thumb_down", of.received_at, of.person, of.position, rules=number)
    if of.kind == "all_rejected" and wanted.all_rejected:
        return Reason("all_rejected", of.received_at, of.person, rules=number)
    if of.edit is not None and wanted.heavy_edits is not None and of.edit.hter >= wanted.heavy_edits:
        return Reason("heavy_edit", of.received_at, of.person, of.position, figure=of.edit.hter, rules=number)
    return None


def _of_the_set(connection: sqlite3.Connection, trace: sqlite3.Row, versions: Sequence[Version]) -> Iterator[Reason]:
    version = rules.for_trace(versions, trace["number"])
    if version is None or not trace["given"]:
        return
    wanted = version.rules.of(trace["desk"])
    if wanted.failed_checks is not None:
        # By the checks of that time: old headlines do not come back because newer checks were put to them.
        failed = connection.execute(
            "select count(distinct position) from scores where trace = ? and scoring = 1 and severity = 'fail'",
            (trace["id"],),
        ).fetchone()[0]
        if failed >= wanted.failed_checks:
            yield Reason("failed_checks", trace["started_at"], figure=failed, rules=version.number)
    if is_drawn(trace["id"], wanted.random_share, purpose="review"):
        yield Reason("random", trace["started_at"], figure=wanted.random_share, rules=version.number)
