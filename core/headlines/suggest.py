"""One article in, ten valid headlines out, every call on record: the one way from a request to a model.

    article + desk → releases.resolve → template.render → traces.open → llm.complete → parse + contract → traces.close

The screens, the API, the command line and the evaluations all come through here; no call of a model goes by any other
way. Whatever happens after a request is read, a trace says it: a provider's failure, a version that is not there, an
empty article. Only a record that cannot be written raises (`DatabaseError`), and then no model is asked.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import clock, profiles
from core.checks.article import Article
from core.checks.profile import Profiles
from core.checks.run import Checked, check_set
from core.errors import BadInput, Conflict, CopydeskError, ModelError, NoHeadlines
from core.headlines import language, parse, repair, variables
from core.headlines.request import Newsroom, Progress, Request, Suggestions
from core.llm import door, gateway
from core.llm.attempt import Attempt, Kind, Message
from core.prompts import releases, template, versions
from core.prompts.content import Content
from core.prompts.contract import sift
from core.prompts.releases import ENVIRONMENTS
from core.traces import record
from core.traces.model import Closing, Headline, Opening, Rejection, Status, TraceLine

MOST_HEADLINES = 50
_JOIN_SECONDS = 0.05

Watch = Callable[[Progress], None]


async def suggest(newsroom: Newsroom, request: Request, watch: Watch | None = None) -> Suggestions:
    """Ask for headlines and wait for them. With `watch` the answer is streamed and shown as it grows.

    A request id that is known already returns the trace it has, waiting for it if it is still open; for another request
    it is `Conflict`.
    """
    if request.request_id is not None:
        known = await _join(newsroom, request)
        if known is not None:
            return known
    start = clock.ticks()
    trace_id = clock.new_trace_id()
    plan: _Plan | None = None
    refused: CopydeskError | None = None
    try:
        plan = _plan(newsroom, request)
    except CopydeskError as error:
        refused = error
    opening = _opening(trace_id, request, newsroom, plan)
    try:
        await asyncio.wrap_future(
            newsroom.db.submit(
                lambda connection: record.open_trace(connection, opening, process=newsroom.db.liveness.process)
            )
        )
    except sqlite3.IntegrityError:
        # Somebody else came first with this request id, between our look and our row.
        known = await _join(newsroom, request)
        if known is None:
            raise
        return known
    if plan is not None:
        return await _Making(newsroom, opening, plan, start, watch).run()
    assert refused is not None
    closing = Closing("failed", _ms(start), error_kind=refused.kind, error=refused.message)
    closed = newsroom.db.submit(lambda connection: record.close_trace(connection, opening, closing))
    return Suggestions(await asyncio.wrap_future(closed), (), (), None)


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
            findings = trace.scoring.findings if trace.scoring else [()] * len(trace.headlines)
            return Suggestions(trace.line, trace.headlines, trace.rejections, trace.settings.get("limit"), findings)
        if newsroom.db.liveness.is_dead(known.process):
            record.interrupt_abandoned(newsroom.db)
        await asyncio.sleep(_JOIN_SECONDS)


@dataclass(frozen=True)
class _Plan:
    """A request with everything decided that it left open."""

    content: Content
    version: int | None
    release: int | None
    model: str
    count: int
    limit: int
    language: str | None
    variables: Mapping[str, str | int]
    messages: Sequence[Message]
    profiles: Profiles
    """Those in use when this was asked, whatever is put in use while the answer is made."""


def _plan(newsroom: Newsroom, request: Request) -> _Plan:
    """Decide what will be asked; whatever is wrong with the request raises here, before anything leaves."""
    if not request.article.strip():
        raise BadInput("There is no article. Paste the text that needs a headline.")
    if len(request.article) > newsroom.article_limit:
        raise BadInput(
            f"The article has {len(request.article):,} characters; at most {newsroom.article_limit:,} are read. Shorten it."
        )
    if request.desk not in newsroom.desks:
        raise BadInput(f"There is no desk {request.desk!r}; there are {', '.join(newsroom.desks)}.")
    if request.environment not in ENVIRONMENTS:
        raise BadInput(f"There is no environment {request.environment!r}; there are {', '.join(ENVIRONMENTS)}.")
    if request.count is not None and not 1 <= request.count <= MOST_HEADLINES:
        raise BadInput(f"Between 1 and {MOST_HEADLINES} headlines can be asked for, not {request.count}.")
    content, number, release_id = _content(newsroom, request)
    model = request.model or content.model
    for name in (model, *content.fallbacks):
        newsroom.models.get(name)
    count = request.count or content.contract.count
    limit = content.contract.limit(request.channel)
    spoken = request.language or language.guess(request.article)
    values = variables.fill(
        request.article, desk=request.desk, channel=request.channel, spoken=spoken, count=count, limit=limit
    )
    messages: list[Message] = [
        {"role": message.role, "content": template.render(message.content, values)} for message in content.messages
    ]
    asked_of_all = profiles.current(newsroom.db)
    return _Plan(content, number, release_id, model, count, limit, spoken, values, messages, asked_of_all)


def _content(newsroom: Newsroom, request: Request) -> tuple[Content, int | None, int | None]:
    """The content that answers a request, the version's number unless it is a draft, and the release that chose it."""
    if request.draft is not None:
        return request.draft, None, None
    release_id, number = None, request.version
    if number is None:
        release = releases.resolve(newsroom.db, request.prompt, request.environment, request.desk)
        release_id, number = release.id, release.version
        assert number is not None
    return versions.get(newsroom.db, request.prompt, number).content, number, release_id


def _opening(trace_id: str, request: Request, newsroom: Newsroom, plan: _Plan | None) -> Opening:
    """What goes on record before anything leaves; without a plan, the request as it came."""
    # What is refused for its length is not stored at that length either.
    article = request.article[: newsroom.article_limit]
    settings: dict[str, Any] = {}
    if plan is not None:
        content = plan.content
        settings = {
            "limit": plan.limit,
            "parameters": content.parameters.sent(),
            "fallbacks": list(content.fallbacks),
            "output": content.output,
            "version_hash": content.hash,
            "timeout": newsroom.patience.timeout,
            "retries": newsroom.patience.retries,
            "follow_ups": repair.MOST_FOLLOW_UPS,
            "profile": plan.profiles.version,
        }
    if request.draft is not None:
        # Nobody else keeps a draft as it was at this moment, least of all one that is broken.
        settings["draft"] = json.loads(request.draft.canonical())
    return Opening(
        id=trace_id,
        request_id=request.request_id,
        fingerprint=request.fingerprint,
        source=request.source,
        person=request.person,
        environment=request.environment,
        desk=request.desk,
        channel=request.channel,
        language=plan.language if plan else request.language,
        prompt=request.prompt,
        version=plan.version if plan else _storable(request.version),
        release=plan and plan.release,
        model=plan.model if plan else request.model,
        started_at=clock.now_ms(),
        asked=plan.count if plan else _storable(request.count),
        article=str(plan.variables["article"]) if plan else article,
        variables=plan.variables if plan else {"article": article},
        messages=plan.messages if plan else [],
        settings=settings,
    )


def _storable(number: int | None) -> int | None:
    """A number that may have been refused for its size, unless it is too large even to be put on record."""
    return number if number is None or abs(number) <= versions.LARGEST_NUMBER else None


class _Making:
    """One set of suggestions while it is made: the attempts so far, and what they brought."""

    def __init__(self, newsroom: Newsroom, opening: Opening, plan: _Plan, start: float, watch: Watch | None) -> None:
        self._newsroom = newsroom
        self._opening = opening
        self._plan = plan
        self._content = plan.content
        self._start = start
        self._watch = watch
        self._attempts: list[Attempt] = []
        self._unwritten: list[Attempt] = []
        self._written: list[asyncio.Future[None]] = []
        self._kept: list[Headline] = []
        self._rejections: list[Rejection] = []
        self._first_headline_ms: float | None = None
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
            self._write()
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
        return await gateway.complete(
            question, self._newsroom.models, self._newsroom.patience, report=self._report, on_text=on_text
        )

    def _report(self, attempt: Attempt) -> None:
        """Take note of an attempt. A failed one is written at once, for what follows may take long."""
        self._attempts.append(attempt)
        self._unwritten.append(attempt)
        if attempt.error:
            self._write()
            self._note = f"{attempt.error} Trying again"
            self._show([])

    def _write(self) -> None:
        """Hand what is unwritten to the writer at once; that it arrived is awaited at the end."""
        self._written.append(asyncio.wrap_future(self._newsroom.db.submit(self._attempts_job())))

    def _attempts_job(self) -> Callable[[sqlite3.Connection], None]:
        attempts, self._unwritten = self._unwritten, []
        first = len(self._attempts) - len(attempts)

        def job(connection: sqlite3.Connection) -> None:
            for position, attempt in enumerate(attempts, first):
                record.add_attempt(connection, self._opening, position, attempt)

        return job

    def _take(self, attempt: Attempt) -> Sequence[Any]:
        """Sort an answer's headlines by the contract; returns those that broke it."""
        position = len(self._attempts) - 1
        candidates = parse.parse(attempt.answer or "", truncated=attempt.finish_reason == "length")
        sifted = sift(
            candidates,
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
        self._show(parse.growing(text))

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
        self._watch(Progress(self._opening.id, shown, self._note))

    def _mark_first_headline(self) -> None:
        if self._first_headline_ms is None:
            self._first_headline_ms = _ms(self._start)

    def _status(self) -> Status:
        if len(self._kept) < self._plan.count:
            return "incomplete" if self._kept else "failed"
        return "repaired" if any(attempt.kind == "repair" for attempt in self._attempts) else "valid"

    async def _end(self, status: Status, error: CopydeskError | None) -> Suggestions:
        """Close the trace, and wait until it and every attempt before it are on the disk."""
        checked = self._check() if self._kept else None
        closing = Closing(
            status=status,
            duration_ms=_ms(self._start),
            first_headline_ms=self._first_headline_ms,
            answered_by=self._attempts[self._kept[0].attempt].model if self._kept else None,
            headlines=self._kept,
            rejections=self._rejections,
            attempts=self._attempts,
            checked=checked,
            error_kind=error and error.kind,
            error=error and error.message,
        )
        add_attempts = self._attempts_job()

        def job(connection: sqlite3.Connection) -> TraceLine:
            add_attempts(connection)
            return record.close_trace(connection, self._opening, closing)

        closed = asyncio.wrap_future(self._newsroom.db.submit(job))
        await asyncio.gather(*self._written)
        findings = checked.findings if checked else ()
        return Suggestions(await closed, self._kept, self._rejections, self._plan.limit, findings)

    def _check(self) -> Checked:
        asked = self._opening
        profile = self._plan.profiles.of(desk=asked.desk, channel=asked.channel, language=asked.language)
        article = Article(asked.article or "", asked.language)
        return check_set([headline.text for headline in self._kept], article, profile)


def _ms(start: float) -> float:
    return round((clock.ticks() - start) * 1000, 3)


_NOTHING = "The answers of {} held no headline that can be used. The trace shows what it sent."
