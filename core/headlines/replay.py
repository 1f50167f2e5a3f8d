"""Ask again what a trace asked: about its own article, by its own variables, whatever was changed since.

    suggestions = copydesk.suggest(replay.request(copydesk.db, trace_id, version=1))

What is not named stays as it was: the version, or the draft that was asked then, and the model. The answer is a trace of
its own that says which one it replays. Its headlines are held to the same count and length, and checked as today's are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import ValidationError

from core.db import Database
from core.errors import BadInput
from core.headlines.request import Asked, Original, Request
from core.prompts import releases, tasks, versions
from core.prompts.content import Content
from core.prompts.releases import ENVIRONMENTS, Environment
from core.traces import record
from core.traces.model import Trace

_NEWEST = 10


def request(
    db: Database, trace_id: str, *, version: int | None = None, model: str | None = None, person: str | None = None
) -> Request:
    """The request that asks a trace again. `NotFound` if there is no such trace; `BadInput` says why it cannot be asked."""
    trace = record.get(db, trace_id)
    line = trace.line
    why_not = obstacle(trace)
    if why_not is not None:
        raise BadInput(why_not)
    assert trace.article is not None
    draft = _draft(trace) if version is None else None
    return Request(
        article=trace.article,
        desk=line.desk,
        channel=line.channel,
        language=line.language,
        prompt=line.prompt,
        version=line.version if version is None else version,
        draft=draft,
        model=model or line.model,
        count=line.asked,
        environment=line.environment,
        source="replay",
        person=person,
        original=Original(line.id, _asked(trace)),
    )


@dataclass(frozen=True)
class Choice:
    """A version that may be asked instead; `live_in` are the environments that serve the trace's desk with it."""

    number: int
    note: str
    live_in: Sequence[Environment]


def choices(db: Database, trace: Trace) -> list[Choice]:
    """The versions that are asked instead most often: those that are live for its desk, production first, then the newest.

    Whatever else there is can be asked by its number, from 1 to the highest of these.
    """
    line = trace.line
    live: dict[int, list[Environment]] = {}
    for environment in reversed(ENVIRONMENTS):
        release = releases.live_at(db, line.prompt, environment, line.desk, None)
        if release is not None and release.version is not None:
            live.setdefault(release.version, []).append(environment)
    notes = {each.number: each.note for each in versions.listing(db, line.prompt)}
    shown = dict.fromkeys([*live, *islice(notes, _NEWEST)])
    return [Choice(number, notes[number], live.get(number, ())) for number in shown]


def obstacle(trace: Trace) -> str | None:
    """Why a trace cannot be asked again, in a sentence; None if it can."""
    if tasks.judges(trace.line.prompt):
        return "This is the call of a judge. Ask a judge again on the trace that it judged."
    if trace.article is None:
        return "The article of this trace is gone, so it cannot be asked again."
    return None


def lacks_its_draft(trace: Trace) -> bool:
    """Whether a draft was asked that is not on record, so that only a version can take its place."""
    return trace.line.version is None and "draft" not in trace.settings and bool(trace.line.attempts)


def _draft(trace: Trace) -> Content | None:
    if lacks_its_draft(trace):
        raise BadInput("This asked a draft that is not on record any more. Choose a version to ask instead.")
    if "draft" not in trace.settings:
        return None
    try:
        return Content.model_validate(trace.settings["draft"])
    except ValidationError:
        raise BadInput("The draft of this trace cannot be read by this Copydesk. Choose a version to ask.") from None


def _asked(trace: Trace) -> Asked | None:
    """With what it was asked; None if it was refused before that was known."""
    limit = trace.settings.get("limit")
    if limit is None or trace.line.asked is None:
        return None
    return Asked(trace.variables, trace.line.asked, limit)
