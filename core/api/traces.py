"""Traces over HTTP: a page of what was found, all of it as a file, one of them whole."""

from collections.abc import Callable, Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from core import exports
from core.db import Database
from core.errors import BadInput
from core.exports import Form, Piece
from core.traces import record
from core.traces.finding import find as finding
from core.traces.finding import search
from core.traces.finding.find import Find, Order
from core.traces.model import Trace, TraceLine

LARGEST_PAGE = 500

_SEVERAL = frozenset(finding.KINDS)
_PARAMETERS = {
    "parameters": [
        {
            "name": name,
            "in": "query",
            "description": description,
            "schema": {"type": "array", "items": {"type": "string"}} if name in _SEVERAL else {"type": "string"},
        }
        for name, description in finding.FILTERS.items()
    ]
}


class TracesBody(BaseModel):
    """A page of what was found."""

    traces: list[TraceLine]
    next: str | None = Field(description="The address of the page that follows, null after the last one.")


def traces_routes(db: Callable[[], Database]) -> APIRouter:
    routes = APIRouter()

    @routes.get("/traces", openapi_extra=_PARAMETERS)
    def traces(
        request: Request,
        order: Order = "newest",
        after: Annotated[str | None, Query(description="The last trace of the page before.", max_length=64)] = None,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = search.PAGE,
    ) -> TracesBody:
        """Find traces by words and facts; all that are named have to hold. Pages stay as they are while traces arrive."""
        find = _find(request)
        page = search.page(db(), find, order=order, after=after, limit=limit)
        following = None
        if page.more:
            more = {"order": order, "limit": str(limit), "after": page.lines[-1].id}
            following = f"{request.url.path}?{urlencode({**finding.address(find), **more}, doseq=True)}"
        return TracesBody(traces=page.lines, next=following)

    @routes.get("/traces/export", openapi_extra=_PARAMETERS)
    def export(
        request: Request,
        form: Annotated[
            Form, Query(alias="format", description="A row for each trace, or in JSONL all of it.")
        ] = "jsonl",
    ) -> StreamingResponse:
        """All that is found as a file, streamed; in CSV no cell is a formula to a spreadsheet.

        In JSONL, a call whose texts are damaged has `damaged`, a sentence, and what is left of it.
        """
        find = _find(request)
        # What cannot be searched for is refused now: once bytes have left, nothing can be refused any more.
        search.page(db(), find, limit=1)
        found = exports.pieces(db(), find, form)
        disposition = f'attachment; filename="traces.{form}"'
        return StreamingResponse(
            _data(found), media_type=exports.MEDIA_TYPES[form], headers={"content-disposition": disposition}
        )

    # Below the address of the file, or `export` would be taken for an id.
    @routes.get("/traces/{trace_id}")
    async def trace(trace_id: str) -> Trace:
        """The full record of one call: messages, attempts with their raw answers, headlines, what was not taken."""
        return record.get(db(), trace_id)

    return routes


def _find(request: Request) -> Find:
    given = request.query_params
    unknown = given.keys() - finding.FILTERS.keys() - {"order", "after", "limit", "format"}
    if unknown:
        # A filter that is misspelt would find too much.
        raise BadInput(f"There is no filter {min(unknown)[:40]!r}; there is {', '.join(finding.FILTERS)}.")
    return finding.parse({name: given.getlist(name) for name in given})


def _data(found: Iterator[Piece]) -> Iterator[bytes]:
    return (piece.data for piece in found)
