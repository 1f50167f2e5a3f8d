"""Send a call to the review queue over HTTP."""

from collections.abc import Callable

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from core.db import Database
from core.feedback.model import LONGEST_NAME
from core.review import by_hand
from core.review.item import Item, ReasonKind, State
from core.review.typed import LONGEST_COMMENT


class ReviewBody(BaseModel):
    """Why somebody should look at a set of headlines, and who asks for it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"person": "ada", "why": "The number is wrong, I think."}]}
    )

    person: str = Field(description="Who asks, as your system names them.", max_length=LONGEST_NAME)
    why: str = Field(max_length=LONGEST_COMMENT)


class ItemBody(BaseModel):
    """An item of the review queue. There is one for a trace, whatever the reasons are."""

    item: int = Field(description="Its number, for the screen `/feedback?view=queue&item=…`.")
    trace: str
    desk: str
    state: State
    reasons: list[ReasonKind] = Field(description="Those that stand.")


def review_routes(db: Callable[[], Database]) -> APIRouter:
    routes = APIRouter()

    @routes.post("/traces/{trace_id}/review", status_code=201)
    def review(trace_id: str, body: ReviewBody) -> ItemBody:
        """Put a set of headlines into the review queue; where it is there already, it has one reason more."""
        return _body(by_hand.add(db(), trace_id, person=body.person, why=body.why))

    return routes


def _body(item: Item) -> ItemBody:
    reasons: list[ReasonKind] = list(dict.fromkeys(reason.kind for reason in item.reasons if reason.stands))
    return ItemBody(item=item.id, trace=item.trace, desk=item.desk, state=item.state, reasons=reasons)
