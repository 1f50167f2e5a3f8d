"""Ask for headlines over HTTP."""

import dataclasses
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from core.api.errors import failed_status
from core.checks.finding import Finding, Severity
from core.copydesk import Copydesk
from core.headlines.request import Request, Suggestions
from core.prompts.releases import Environment
from core.traces.model import Status


class HeadlinesBody(BaseModel):
    """An article, and what is known about it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"article": "The city …", "desk": "local"}]}
    )

    article: str = Field(description="The text that needs headlines.")
    desk: str = Field(description="The desk that asks, such as `sport`.", max_length=100)
    channel: str = Field("web", description="Where it will stand; decides the character limit.", max_length=100)
    language: str | None = Field(
        None, description="The article's language, such as `en`. Guessed without it.", max_length=35
    )
    prompt: str = Field("headlines", max_length=100)
    version: int | None = Field(None, description="A version of the prompt. Without it: what the environment serves.")
    model: str | None = Field(None, description="A model on offer. Without it: the version's own.", max_length=200)
    count: int | None = Field(None, description="How many headlines. Without it: what the prompt's contract says.")
    environment: Environment | None = Field(None, description="Without it: that of this installation.")
    person: str | None = Field(None, description="Who asks, as your system names them.", max_length=200)


class FlagBody(BaseModel):
    """What a check found. It is an aid for an editor and no verdict; without a flag nothing was found, which proves nothing."""

    check: str
    severity: Severity
    sentence: str
    span: tuple[int, int] | None = Field(description="The characters of the headline that it is about: start and end.")
    passage: str | None = Field(description="The closest passage of the article.")


class HeadlineBody(BaseModel):
    text: str
    characters: int
    flags: list[FlagBody]


class ErrorBody(BaseModel):
    kind: str
    message: str


class RejectedBody(BaseModel):
    text: str
    rules: list[str]


class SuggestionsBody(BaseModel):
    """What came of a request. `status` says whether it is whole: `incomplete` holds fewer headlines than were asked for."""

    trace: str = Field(
        description="The id of the record, for `GET /api/traces/{id}` and for the screen `/traces?trace=…`."
    )
    status: Status
    headlines: list[HeadlineBody]
    rejected: list[RejectedBody] = Field(description="What the model sent and the contract refused.")
    asked: int | None
    limit: int | None = Field(description="The most characters of a headline.")
    desk: str
    channel: str
    language: str | None
    prompt: str
    version: int | None
    model: str | None
    answered_by: str | None
    attempts: int
    duration_ms: float | None
    input_tokens: int | None = Field(description="Null where the provider does not tell.")
    output_tokens: int | None
    cost_usd: float | None = Field(description="Null where it is unknown, which is not the same as free.")
    error: ErrorBody | None


def headlines_routes(copydesk: Callable[[], Copydesk]) -> APIRouter:
    routes = APIRouter()

    @routes.post("/headlines", responses={code: {"model": SuggestionsBody} for code in (422, 502, 503, 504)})
    async def suggest(
        body: HeadlinesBody,
        response: Response,
        idempotency_key: Annotated[
            str | None, Header(max_length=200, description="Your id of this request. A repeat gets the same answer.")
        ] = None,
    ) -> SuggestionsBody:
        """Ask for headlines. A failure has a trace too, and says so in `error`."""
        desk = copydesk()
        asked = body.model_dump(exclude={"environment"})
        environment = body.environment or desk.settings.environment
        request = Request(**asked, environment=environment, source="api", request_id=idempotency_key)
        suggestions = await desk.suggest_async(request)
        if suggestions.status in ("failed", "interrupted", "refused"):
            response.status_code = failed_status(suggestions.trace.error_kind)
        return _body(suggestions)

    return routes


def _body(suggestions: Suggestions) -> SuggestionsBody:
    line = suggestions.trace
    error = None
    if line.error_kind is not None:
        error = ErrorBody(kind=line.error_kind, message=line.error or "")
    same = {name: value for name, value in dataclasses.asdict(line).items() if name in SuggestionsBody.model_fields}
    return SuggestionsBody.model_validate(
        same
        | {
            "trace": line.id,
            "headlines": [
                HeadlineBody(text=text, characters=len(text), flags=[_flag(finding) for finding in findings])
                for text, findings in zip(suggestions.texts, suggestions.findings, strict=True)
            ],
            "rejected": [RejectedBody(text=each.text, rules=list(each.rules)) for each in suggestions.rejections],
            "limit": suggestions.limit,
            "cost_usd": line.cost,
            "error": error,
        }
    )


def _flag(finding: Finding) -> FlagBody:
    return FlagBody(
        check=finding.check,
        severity=finding.severity,
        sentence=finding.sentence,
        span=finding.span,
        passage=finding.passage,
    )
