"""All that is known about one call, as somebody reads it: who asked what, what chose the version, and what came of it.

    told = story.of(db, trace_id)

Every table is read once, by an index; no text is read twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core import feedback
from core.db import Database
from core.errors import NotFound
from core.evals import origin
from core.evals.origin import Origin
from core.feedback import Feedback
from core.judge import store
from core.judge.store import Judging
from core.prompts import releases, tasks, versions
from core.prompts.releases import Release
from core.prompts.versions import Version
from core.traces import record, related, writing
from core.traces.model import Trace, TraceLine


@dataclass(frozen=True)
class Story:
    """A trace, and what stands around it."""

    trace: Trace
    version: Version | None
    """None for a draft, and where no version was found."""
    release: Release | None
    """What chose the version; None where it was named by whoever asked."""
    original: TraceLine | None
    """The call that this one asked again."""
    origins: Sequence[Origin]
    """The cases of evaluations that it answers."""
    judgings: Sequence[Judging]
    """The newest first."""
    feedback: Sequence[Feedback]
    """All of it, the oldest first."""
    replays: Sequence[TraceLine]
    """The newest first."""
    others: Sequence[TraceLine]
    """Other calls about the same article, the newest first."""

    @property
    def is_judging(self) -> bool:
        """Whether this is the call of a judge, which brings no headlines."""
        return tasks.judges(self.trace.line.prompt)

    @property
    def related(self) -> list[TraceLine]:
        """Replays and others together, the newest first."""
        return sorted([*self.replays, *self.others], key=lambda line: (line.started_at, line.id), reverse=True)


def of(db: Database, trace_id: str) -> Story:
    """The story of a trace, or `NotFound`. One whose process died while it was open is marked as interrupted first."""
    trace = record.get(db, trace_id)
    if trace.line.status == "open" and db.liveness.is_dead(trace.line.process):
        writing.interrupt_abandoned(db)
        trace = record.get(db, trace_id)
    line = trace.line
    replays = related.replays(db, trace_id)
    known = {trace_id, trace.replays, *(each.id for each in replays)}
    return Story(
        trace=trace,
        version=_version(db, line),
        release=None if line.release is None else releases.get(db, line.release),
        original=None if trace.replays is None else record.line(db, trace.replays),
        origins=origin.of_trace(db, trace_id),
        judgings=store.judgings(db, trace_id),
        feedback=feedback.of_trace(db, trace_id),
        replays=replays,
        others=[each for each in related.about_the_same(db, trace_id) if each.id not in known],
    )


def goes_on(db: Database, told: Story) -> bool:
    """Whether there is more to tell of an open trace than was told: another attempt, its end, the end of its process."""
    line = told.trace.line
    status, attempts = record.progress(db, line.id)
    return status != line.status or attempts != len(told.trace.attempts) or db.liveness.is_dead(line.process)


def _version(db: Database, line: TraceLine) -> Version | None:
    if line.version is None:
        return None
    try:
        return versions.get(db, line.prompt, line.version)
    except NotFound:
        # Somebody asked for a version that is not there; the trace says so.
        return None
