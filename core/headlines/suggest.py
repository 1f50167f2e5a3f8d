"""One article in, ten valid headlines out, every call on record: the one way from a request to a model.

    article + desk → releases.resolve → template.render → traces.open → llm.complete → parse + contract → traces.close

The screens, the API, the command line and the evaluations all come through here; no call for headlines goes by any
other way. Whatever happens after a request is read, a trace says it: a provider's failure, a version that is not there,
an empty article. Only a record that cannot be written raises (`DatabaseError`), and then no model is asked.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from core import clock
from core.checks.run import Checked
from core.checks.worker import Task
from core.errors import Conflict, CopydeskError, Gone, ModelError, NoHeadlines
from core.headlines import parse, plan, redacting, repair
from core.headlines.plan import Plan
from core.headlines.request import Newsroom, Progress, Request, Suggestions
from core.llm import door, gateway
from core.llm.attempt import Attempt, Kind, Message
from core.prompts.contract import sift
from core.traces import record, writing
from core.traces.logbook import Logbook
from core.traces.model import Closing, Headline, Rejection, Status

_JOIN_SECONDS = 0.05

Watch = Callable[[Progress], None]


async def suggest(newsroom: Newsroom, request: Request, watch: Watch | None = None) -> Suggestions:
    """Ask for headlines and wait for them. With `watch` the answer is streamed and shown as it grows.

    A request id that is known already returns the trace it has, waiting for it if it is still open; for another request
    it is `Conflict`. Where its texts were not kept, or are gone since, it is `Gone`.

    What the installation redacts is taken out before anything is done: the model gets what the record holds.
    """
    request, redacted = redacting.request(newsroom, request)
    if request.request_id is not None:
        known = await _join(newsroom, request)
        if known is not None:
            return known
    start = clock.ticks()
    planned: Plan | None = None
    refused: CopydeskError | None = None
    try:
        planned = plan.make(newsroom, request)
    except CopydeskError as error:
        refused = error
    opening = plan.opening(clock.new_trace_id(), request, newsroom, planned, redacted=redacted)
    logbook = Logbook(newsroom.db, opening, start=start)
    try:
        await logbook.open()
    except sqlite3.IntegrityError:
        # Somebody else came first with this request id, between our look and our row.
        known = await _join(newsroom, request)
        if known is None:
            raise
        return known
    if planned is not None:
        return await _Making(newsroom, logbook, planned, watch).run()
    assert refused is not None
    closing = Closing("failed", logbook.elapsed_ms, error_kind=refused.kind, error=refused.message)
    return Suggestions(await logbook.close(closing), (), (), None)


async def _join(newsroom: Newsroom, request: Request) -> Suggestions | None:
    """The suggestions of an earlier request with this id, once its trace is closed; None if there is none."""
    assert request.request_id is not None
    while True:
        known = record.by_request(newsroom.db, request.request_id)
        if known is None:
            return None
        if known.fingerprint != request.fingerprint:
            raise Conflict(f"The request id {request.request_id!r} was used for another request. Send a new one.")
        if known.status != "open":
            trace = record.get(newsroom.db, known.id)
            if known.given and not trace.has_texts:
                raise Gone(
                    f"This was answered before, in trace {known.id}, and its headlines are not kept. {_ASK_ANEW}"
                )
            findings = trace.scoring.findings if trace.scoring else [()] * len(trace.headlines)
            return Suggestions(trace.line, trace.headlines, trace.rejections, trace.settings.get("limit"), findings)
        if newsroom.db.liveness.is_dead(known.process):
            writing.interrupt_abandoned(newsroom.db)
        await asyncio.sleep(_JOIN_SECONDS)


class _Making:
    """One set of suggestions while it is made: the attempts so far, and what they brought."""

    def __init__(self, newsroom: Newsroom, logbook: Logbook, plan: Plan, watch: Watch | None) -> None:
        self._newsroom = newsroom
        self._logbook = logbook
        self._plan = plan
        self._content = plan.content
        self._watch = watch
        self._redaction = newsroom.db.policy.redaction
        self._kept: list[Headline] = []
        self._rejections: list[Rejection] = []
        self._first_headline_ms: float | None = None
        self._cut_off = False
        offline = newsroom.models.get(plan.model).offline
        self._note = f"Asking {plan.model}" if door.loaded(offline=offline) else "Getting ready, once after a start"

    async def run(self) -> Suggestions:
        """Ask, and ask again for what is missing; close the trace whatever happens."""
        try:
            await self._ask_until_complete()
        except ModelError as error:
            return await self._end("incomplete" if self._kept else "failed", error)
        except asyncio.CancelledError:
            await self._end("interrupted", CopydeskError("Copydesk was stopped while this was being asked."))
            raise
        except Exception as error:
            await self._end("failed", CopydeskError(f"Copydesk failed at this request: {type(error).__name__}."))
            raise
        else:
            return await self._end(
                self._status(), None if self._kept else NoHeadlines(_NOTHING.format(self._plan.model))
            )

    async def _ask_until_complete(self) -> None:
        messages = self._plan.messages
        kind: Kind = "ask"
        for _ in range(1 + repair.MOST_FOLLOW_UPS):
            answer = await self._ask(messages, kind)
            rejected = self._take(answer)
            missing = self._plan.count - len(self._kept)
            if not missing:
                return
            self._logbook.write()
            self._note = f"Asking for {missing} more that keep the contract"
            kind = "repair"
            messages = repair.follow_up(
                self._plan.messages,
                answer.answer or "",
                kept=[headline.text for headline in self._kept],
                rejected=rejected,
                missing=missing,
                limit=self._plan.limit,
                output=self._content.output,
            )

    async def _ask(self, messages: Sequence[Message], kind: Kind) -> Attempt:
        question = gateway.Question(
            model=self._plan.model,
            messages=messages,
            fallbacks=self._content.fallbacks,
            parameters=self._content.parameters.sent(),
            response_format=self._content.response_format(),
            kind=kind,
        )
        self._show([])
        on_text = self._grow if self._watch else None
        await gateway.complete(
            question, self._newsroom.models, self._newsroom.patience, report=self._report, on_text=on_text
        )
        # As it stands on record: what is not to be kept is not shown either.
        return self._logbook.attempts[-1]

    def _report(self, attempt: Attempt) -> None:
        self._logbook.note(attempt)
        if attempt.error:
            self._note = f"{attempt.error} Trying again"
            self._show([])

    def _take(self, attempt: Attempt) -> Sequence[Any]:
        """Sort an answer's headlines by the contract; returns those that broke it."""
        position = len(self._logbook.attempts) - 1
        candidates = parse.parse(attempt.answer or "", truncated=attempt.finish_reason == "length")
        sifted = sift(
            [self._redaction.text(each) for each in candidates],
            count=self._plan.count - len(self._kept),
            limit=self._plan.limit,
            kept=[headline.text for headline in self._kept],
        )
        self._kept += [Headline(text, position) for text in sifted.valid]
        self._rejections += [Rejection(each.text, position, each.rules) for each in sifted.rejected]
        self._rejections += [Rejection(text, position, ("surplus",)) for text in sifted.surplus]
        if self._kept:
            self._mark_first_headline()
        return sifted.rejected

    def _grow(self, text: str) -> None:
        self._show(parse.growing(self._redaction.answer(text) or ""))

    def _show(self, growing: Sequence[str]) -> None:
        if self._watch is None:
            return
        seen = sift(
            growing,
            count=self._plan.count - len(self._kept),
            limit=self._plan.limit,
            kept=[headline.text for headline in self._kept],
        ).valid
        if seen:
            self._mark_first_headline()
        shown = (*(headline.text for headline in self._kept), *seen)
        self._watch(Progress(self._logbook.opening.id, shown, self._note))

    def _mark_first_headline(self) -> None:
        if self._first_headline_ms is None:
            self._first_headline_ms = self._logbook.elapsed_ms

    def _status(self) -> Status:
        if len(self._kept) < self._plan.count:
            return "incomplete" if self._kept else "failed"
        return "repaired" if any(attempt.kind == "repair" for attempt in self._logbook.attempts) else "valid"

    async def _end(self, status: Status, error: CopydeskError | None) -> Suggestions:
        """Close the trace, and wait until it and every attempt before it are on the disk."""
        duration = self._logbook.elapsed_ms
        checked = await self._check() if self._kept else None
        attempts = self._logbook.attempts
        closing = Closing(
            status=status,
            duration_ms=duration,
            first_headline_ms=self._first_headline_ms,
            answered_by=attempts[self._kept[0].attempt].model if self._kept else None,
            headlines=self._kept,
            rejections=self._rejections,
            attempts=attempts,
            checked=checked,
            error_kind=error and error.kind,
            error=error and error.message,
        )
        line = await self._logbook.close(closing)
        if self._cut_off:
            raise asyncio.CancelledError
        findings = checked.findings if checked else ()
        return Suggestions(line, self._kept, self._rejections, self._plan.limit, findings)

    async def _check(self) -> Checked:
        asked = self._logbook.opening
        task = Task(
            headlines=[headline.text for headline in self._kept],
            article=asked.article or "",
            language=asked.language,
            profile=self._plan.profiles.of(desk=asked.desk, channel=asked.channel, language=asked.language),
        )
        if self._newsroom.check is None:
            return task.done()
        try:
            return await self._newsroom.check(task)
        except asyncio.CancelledError:
            # What was paid for goes on record first.
            self._cut_off = True
            return task.done()


_ASK_ANEW = "Ask again under a new request id."
_NOTHING = "The answers of {} held no headline that can be used. The trace shows what it sent."
