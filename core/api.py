"""The HTTP API, for the CMS: headlines for an article, the record of a call, feedback on it, whether Copydesk is well.

Every error has the same body, `{"error": {"kind", "message", …}}`. The message is for a person.
"""

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from core import feedback, headlines
from core.api_feedback import FeedbackBody, GivenBody, feedback_body
from core.api_guard import Guard
from core.api_review import ItemBody, ReviewBody, item_body
from core.api_traces import add_traces
from core.checks.finding import Finding, Severity
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.feedback.model import LONGEST_KEY
from core.headlines.request import Suggestions
from core.prompts.releases import Environment
from core.review import by_hand
from core.traces import record
from core.traces.finding import search
from core.traces.model import Status, Trace

# What a failed call means to a caller: its own request is wrong (4xx), or somebody else could not serve it (5xx).
_STATUS_CODES = {
    "bad_input": 422,
    "not_found": 422,
    "conflict": 409,
    "gone": 410,
    "rate_limited": 503,
    "provider_timeout": 504,
    "interrupted": 503,
    "database": 503,
}
_PROVIDER_FAILED = 502


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


class HealthBody(BaseModel):
    status: Literal["ok"]
    traces: int = Field(description="How many there are; 10,001 stands for more than 10,000.")
    failing: list[str] = Field(description="What Copydesk does by itself, and failed at the last time.")


def create_api(copydesk: Callable[[], Copydesk]) -> ASGIApp:
    """The API as an ASGI application, to be mounted at `/api`. `copydesk` is asked for at each request."""
    api = FastAPIOffline(title="Copydesk", description=__doc__, docs_url="/docs", redoc_url=None)
    _answer_errors(api)

    @api.get("/health")
    async def health() -> HealthBody:
        """Whether Copydesk is up and its database can be read."""
        failing = [name for name, outcome in copydesk().chores.outcomes.items() if outcome.error is not None]
        return HealthBody(status="ok", traces=search.count(copydesk().db).number, failing=failing)

    @api.post("/headlines", responses={code: {"model": SuggestionsBody} for code in (422, 502, 503, 504)})
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
        request = headlines.Request(**asked, environment=environment, source="api", request_id=idempotency_key)
        suggestions = await desk.suggest_async(request)
        if suggestions.status in ("failed", "interrupted"):
            response.status_code = _STATUS_CODES.get(suggestions.trace.error_kind or "", _PROVIDER_FAILED)
        return _body(suggestions)

    add_traces(api, lambda: copydesk().db)

    @api.get("/traces/{trace_id}")
    async def trace(trace_id: str) -> Trace:
        """The full record of one call: messages, attempts with their raw answers, headlines, what was not taken."""
        return record.get(copydesk().db, trace_id)

    @api.post(
        "/traces/{trace_id}/feedback",
        status_code=201,
        responses={200: {"model": FeedbackBody, "description": "Given before, under the same key."}},
    )
    def give(
        trace_id: str,
        body: GivenBody,
        response: Response,
        idempotency_key: Annotated[
            str | None,
            Header(
                min_length=1, max_length=LONGEST_KEY, description="Your id of this feedback. A repeat is kept once."
            ),
        ] = None,
    ) -> FeedbackBody:
        """Keep what a person did with a headline or a set, or said about it. It may come before the set is complete."""
        kept = feedback.give(copydesk().db, body.given(trace_id, idempotency_key))
        if kept.is_repeat:
            response.status_code = 200
        return feedback_body(kept)

    @api.get("/traces/{trace_id}/feedback")
    def feedback_of_trace(trace_id: str) -> list[FeedbackBody]:
        """All feedback on a trace, the oldest first, what was superseded too."""
        return [feedback_body(each) for each in feedback.of_trace(copydesk().db, trace_id)]

    @api.post("/traces/{trace_id}/review", status_code=201)
    def review(trace_id: str, body: ReviewBody) -> ItemBody:
        """Put a set of headlines into the review queue; where it is there already, it has one reason more."""
        return item_body(by_hand.add(copydesk().db, trace_id, person=body.person, why=body.why))

    return Guard(api, lambda: copydesk().settings)


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


def _answer_errors(api: FastAPI) -> None:
    """Give every error the one shape, with nothing of the request in it."""

    @api.exception_handler(CopydeskError)
    async def ours(_: Request, error: CopydeskError) -> JSONResponse:
        status = 404 if error.kind == "not_found" else _STATUS_CODES.get(error.kind, 500)
        return error_response(status, error.kind, error.message)

    @api.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": ".".join(str(part) for part in each["loc"][1:]) or "body", "message": each["msg"]}
            for each in error.errors()
        ]
        message = "; ".join(f"{each['field']}: {each['message']}" for each in fields[:5])
        return error_response(422, "bad_input", f"The request is not understood. {message}.", fields=fields)

    @api.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        kind = "not_found" if error.status_code == 404 else "bad_input"
        return error_response(error.status_code, kind, f"{error.detail}. The documentation is at /api/docs.")


def error_response(status: int, kind: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"kind": kind, "message": message, **more}}, status_code=status)
