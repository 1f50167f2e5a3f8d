"""Decide what is asked for a request: the version, the model, the variables, the messages; or say why it cannot be."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import clock, profiles
from core.checks.profile import Profiles
from core.errors import BadInput
from core.headlines import language, repair, variables
from core.headlines.request import Newsroom, Request
from core.llm.attempt import Message
from core.prompts import releases, template, versions
from core.prompts.content import Content
from core.prompts.releases import ENVIRONMENTS
from core.traces.model import Opening

MOST_HEADLINES = 50


@dataclass(frozen=True)
class Plan:
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


def make(newsroom: Newsroom, request: Request) -> Plan:
    """Decide what will be asked; whatever is wrong with the request raises here, before anything leaves."""
    before = request.original and request.original.asked
    if before is None:
        _check(newsroom, request)
    content, number, release_id = _content(newsroom, request)
    model = request.model or content.model
    for name in (model, *content.fallbacks):
        newsroom.models.get(name)
    if before is None:
        count = request.count or content.contract.count
        limit = content.contract.limit(request.channel)
        spoken = request.language or language.guess(request.article)
        values = variables.fill(
            request.article, desk=request.desk, channel=request.channel, spoken=spoken, count=count, limit=limit
        )
    else:
        values, count, limit, spoken = before.variables, before.count, before.limit, request.language
    redact = newsroom.db.policy.redaction.text
    messages: list[Message] = [
        {"role": message.role, "content": redact(template.render(message.content, values))}
        for message in content.messages
    ]
    checked_by = newsroom.profiles or profiles.current(newsroom.db)
    return Plan(content, number, release_id, model, count, limit, spoken, values, messages, checked_by)


def _check(newsroom: Newsroom, request: Request) -> None:
    """Refuse what this newsroom does not ask for."""
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


def opening(
    trace_id: str, request: Request, newsroom: Newsroom, plan: Plan | None, *, redacted: Mapping[str, int]
) -> Opening:
    """What goes on record before anything leaves; without a plan, the request as it came. `redacted` counts what is not in it."""
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
    if redacted:
        settings["redacted"] = dict(redacted)
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
        replays=request.original and request.original.trace,
    )


def _storable(number: int | None) -> int | None:
    """A number that may have been refused for its size, unless it is too large even to be put on record."""
    return number if number is None or abs(number) <= versions.LARGEST_NUMBER else None
