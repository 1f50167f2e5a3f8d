"""The API put together from its parts."""

from collections.abc import Callable
from typing import Literal

from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, Field
from starlette.types import ASGIApp

from core.api.errors import answer_errors
from core.api.feedback import feedback_routes
from core.api.guard import Guard
from core.api.headlines import headlines_routes
from core.api.review import review_routes
from core.api.traces import traces_routes
from core.copydesk import Copydesk
from core.db import Database
from core.traces.finding import search

_DESCRIPTION = """Headlines for an article, the record of every call, feedback on it, whether Copydesk is well.

Every error has the same body, `{"error": {"kind", "message", …}}`. The message is for a person.
"""


class HealthBody(BaseModel):
    status: Literal["ok"]
    traces: int = Field(description="How many there are; 10,001 stands for more than 10,000.")
    failing: list[str] = Field(description="What Copydesk does by itself, and failed at the last time.")


def create_api(copydesk: Callable[[], Copydesk]) -> ASGIApp:
    """The API as an ASGI application, to be mounted at `/api`. `copydesk` is asked for at each request."""

    def db() -> Database:
        return copydesk().db

    api = FastAPIOffline(title="Copydesk", description=_DESCRIPTION, docs_url="/docs", redoc_url=None)
    answer_errors(api)

    @api.get("/health")
    async def health() -> HealthBody:
        """Whether Copydesk is up and its database can be read."""
        failing = [name for name, outcome in copydesk().chores.outcomes.items() if outcome.error is not None]
        return HealthBody(status="ok", traces=search.count(db()).number, failing=failing)

    api.include_router(headlines_routes(copydesk))
    api.include_router(traces_routes(db))
    api.include_router(feedback_routes(db))
    api.include_router(review_routes(db))
    return Guard(api, lambda: copydesk().settings)
