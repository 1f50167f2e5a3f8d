"""Put one question to a judge, from the release that chooses its prompt to the closed trace."""

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from core import clock
from core.errors import CopydeskError, ModelError, NoVerdict
from core.headlines import language
from core.headlines.request import Newsroom
from core.judge.verdict import Unreadable
from core.llm import gateway
from core.llm.attempt import Message
from core.prompts import releases, template, versions
from core.prompts.content import Content
from core.traces.logbook import Logbook
from core.traces.model import Closing, Opening, TraceLine

Answer = TypeVar("Answer")

_FOLLOW_UPS = 1
_LONGEST_ANSWER = 4_000


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """What a judge is asked about the set of headlines on `line`, and what becomes of the answer.

    `material` is what only this question fills in. `read` raises `Unreadable` for an answer that cannot be used, and
    `keep` is part of the transaction that closes the trace, whose id it gets.
    """

    prompt: str
    line: TraceLine
    article: str
    material: Mapping[str, str | int]
    read: Callable[[str], Answer]
    keep: Callable[[sqlite3.Connection, str, Answer], None]
    model: str | None = None
    """Another model than the version's own."""
    person: str | None = None
    request_id: str | None = None
    """By which whoever asks finds the judge's trace."""
    against: str | None = None
    """The trace of the other set, where two are compared."""


async def ask(newsroom: Newsroom, question: Question[Answer]) -> tuple[TraceLine, Answer | None]:
    """Ask, and wait. Returns the closed trace of the judge's call, and its answer unless that failed.

    An answer that cannot be read is asked for once more. Only a record that cannot be written raises (`DatabaseError`).
    """
    question = _redacted(newsroom, question)
    plan: _Plan | None = None
    refused: CopydeskError | None = None
    start = clock.ticks()
    try:
        plan = _plan(newsroom, question)
    except CopydeskError as error:
        refused = error
    logbook = Logbook(newsroom.db, _opening(question, plan), start=start)
    await logbook.open()
    if plan is None:
        assert refused is not None
        closing = Closing("failed", logbook.elapsed_ms, error_kind=refused.kind, error=refused.message)
        return await logbook.close(closing), None
    try:
        answer = await _ask(newsroom, question, plan, logbook)
    except ModelError as error:
        return await logbook.close(_failed(logbook, error)), None
    except asyncio.CancelledError:
        stopped = CopydeskError("Copydesk was stopped while this was being judged.")
        await logbook.close(_failed(logbook, stopped, interrupted=True))
        raise
    except Exception as error:
        await logbook.close(
            _failed(logbook, CopydeskError(f"Copydesk failed at this request: {type(error).__name__}."))
        )
        raise
    attempts = logbook.attempts
    closing = Closing(
        "repaired" if any(attempt.kind == "repair" for attempt in attempts) else "valid",
        logbook.elapsed_ms,
        answered_by=attempts[-1].model,
        attempts=attempts,
    )

    def keep(connection: sqlite3.Connection) -> None:
        question.keep(connection, logbook.opening.id, answer)

    return await logbook.close(closing, also=keep), answer


def _redacted(newsroom: Newsroom, question: Question[Answer]) -> Question[Answer]:
    """The question without what is redacted today: its set may be from before that."""
    redact = newsroom.db.policy.redaction.text
    material = {name: value if isinstance(value, int) else redact(value) for name, value in question.material.items()}
    return replace(question, article=redact(question.article), material=material)


@dataclass(frozen=True)
class _Plan:
    content: Content
    version: int
    release: int
    model: str
    variables: Mapping[str, str | int]
    messages: Sequence[Message]


def _plan(newsroom: Newsroom, question: Question[Any]) -> _Plan:
    line = question.line
    release = releases.resolve(newsroom.db, question.prompt, line.environment, line.desk)
    assert release.version is not None
    content = versions.get(newsroom.db, question.prompt, release.version).content
    model = question.model or content.model
    for name in (model, *content.fallbacks):
        newsroom.models.get(name)
    spoken = language.LANGUAGES.get(line.language or "", line.language or "the language of the article")
    values = {"article": question.article, "desk": line.desk, "language": spoken, **question.material}
    redact = newsroom.db.policy.redaction.text
    messages: list[Message] = [
        {"role": message.role, "content": redact(template.render(message.content, values))}
        for message in content.messages
    ]
    return _Plan(content, release.version, release.id, model, values, messages)


def _opening(question: Question[Any], plan: _Plan | None) -> Opening:
    line = question.line
    asked = [question.prompt, line.id, question.model, dict(question.material)]
    settings: dict[str, Any] = {"judged": line.id, "written_by": line.answered_by}
    if question.against is not None:
        settings["against"] = question.against
    if plan is not None:
        settings |= {
            "parameters": plan.content.parameters.sent(),
            "fallbacks": list(plan.content.fallbacks),
            "output": plan.content.output,
            "version_hash": plan.content.hash,
            "follow_ups": _FOLLOW_UPS,
        }
    return Opening(
        id=clock.new_trace_id(),
        request_id=question.request_id,
        fingerprint=hashlib.sha256(json.dumps(asked).encode()).hexdigest(),
        source="judge",
        person=question.person,
        environment=line.environment,
        desk=line.desk,
        channel=line.channel,
        language=line.language,
        prompt=question.prompt,
        version=plan and plan.version,
        release=plan and plan.release,
        model=plan.model if plan else question.model,
        started_at=clock.now_ms(),
        asked=None,
        article=question.article,
        variables=plan.variables if plan else {"article": question.article, **question.material},
        messages=plan.messages if plan else [],
        settings=settings,
    )


async def _ask(newsroom: Newsroom, question: Question[Answer], plan: _Plan, logbook: Logbook) -> Answer:
    messages: list[Message] = [*plan.messages]
    fault = ""
    for turn in range(1 + _FOLLOW_UPS):
        asked = gateway.Question(
            model=plan.model,
            messages=messages,
            fallbacks=plan.content.fallbacks,
            parameters=plan.content.parameters.sent(),
            response_format=plan.content.response_format(),
            kind="repair" if turn else "ask",
        )
        await gateway.complete(asked, newsroom.models, newsroom.patience, report=logbook.note)
        answer = logbook.attempts[-1].answer or ""
        try:
            return question.read(answer)
        except Unreadable as error:
            fault = str(error)
            messages = [
                *plan.messages,
                {"role": "assistant", "content": answer[:_LONGEST_ANSWER]},
                {
                    "role": "user",
                    "content": f"That answer cannot be used. {fault} Answer again, with the whole JSON only.",
                },
            ]
    raise NoVerdict(f"The answers of {plan.model} held no verdict that can be used. {fault}")


def _failed(logbook: Logbook, error: CopydeskError, *, interrupted: bool = False) -> Closing:
    return Closing(
        "interrupted" if interrupted else "failed",
        logbook.elapsed_ms,
        attempts=logbook.attempts,
        error_kind=error.kind,
        error=error.message,
    )
