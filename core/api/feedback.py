"""Feedback over HTTP: what people did with headlines and said about them, as the CMS knows it."""

import dataclasses
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from core import feedback
from core.db import Database
from core.edits import LONGEST
from core.feedback import Feedback, Given
from core.feedback.model import LONGEST_KEY, LONGEST_NAME, Criterion, Kind, Source


class GivenBody(BaseModel):
    """What a person did with a headline or a set, or said about it. What a kind does not have is left out.

    | kind | about | has |
    |---|---|---|
    | `picked`, `rejected` | a headline | |
    | `edited` | a headline | `text`: what it was edited to |
    | `all_rejected` | the set | |
    | `taken_back` | either | takes back what this person decided on a headline; without a position, all they decided on the set |
    | `thumb` | either | `value`: 1 is up, -1 is down, 0 takes it back, which `taken_back` does not |
    | `rating` | either | `value`: 1 to 5 |
    | `comment`, `label` | either | `text` |
    | `score` | a headline | `criterion`, and `value`: 1 to 5 |

    Decisions are `picked`, `edited`, `rejected` and `all_rejected`. To take back where nothing stands is kept, as what it is
    about may come later with an earlier `given_at`, and changes nothing.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "edited", "person": "ada", "position": 3, "text": "Bridge shut until June"}]
        },
    )

    kind: Kind
    person: str = Field(description="Who did or said it, as your system names them.", max_length=LONGEST_NAME)
    position: int | None = Field(
        None,
        description="The headline: its place in `headlines`, from 0; `headline` in the review record counts from 1. "
        "Without it: the whole set.",
        ge=0,
        strict=True,
    )
    value: int | None = Field(None, ge=-1, le=5, strict=True)
    text: str | None = Field(
        None, description=f"At most {LONGEST:,} characters of a headline, 100 of a label.", max_length=5_000
    )
    criterion: Criterion | None = None
    given_at: int | None = Field(
        None,
        description=(
            "When the person did it, in milliseconds since 1970 (UTC). Send it if feedback may reach Copydesk late or in "
            "another order: the latest stands. Without it: when it arrives."
        ),
        strict=True,
    )

    def given(self, trace_id: str, key: str | None) -> Given:
        return Given(trace=trace_id, source="api", key=key, **self.model_dump())


class FeedbackBody(BaseModel):
    """Feedback on record. Nothing is overwritten: `stands` is false once the same person gave something later.

    What takes something back never stands: nothing is left.
    """

    id: int
    trace: str
    position: int | None
    kind: Kind
    criterion: Criterion | None
    value: int | None
    text: str | None = Field(description="Empty where it is not kept, or was erased.")
    person: str
    source: Source
    given_at: int
    received_at: int
    stands: bool
    suggested: str | None = Field(description="The headline that it is about. Null while the trace is open.")
    word_edits: int | None = Field(description="Words put in, left out or replaced by an edit.")
    words: int | None = Field(description="Words of the edited headline; a mark of punctuation is one.")
    hter: float | None = Field(description="`word_edits` by `words`.")


def feedback_routes(db: Callable[[], Database]) -> APIRouter:
    routes = APIRouter()

    @routes.post(
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
        """Keep what a person did with a headline or a set, or said about it. It may come before the set is complete.

        Whoever is not sure that it arrived sends it again under the same `Idempotency-Key`: what is on record comes back with
        200, also after the call was erased, then with an empty `text`. 409 says that the key was used for something else.
        """
        kept = feedback.give(db(), body.given(trace_id, idempotency_key))
        if kept.is_repeat:
            response.status_code = 200
        return _body(kept)

    @routes.get("/traces/{trace_id}/feedback")
    def feedback_of_trace(trace_id: str) -> list[FeedbackBody]:
        """All feedback on a trace, the oldest first, what was superseded too."""
        return [_body(each) for each in feedback.of_trace(db(), trace_id)]

    return routes


def _body(given: Feedback) -> FeedbackBody:
    edit = given.edit
    same = {name: value for name, value in dataclasses.asdict(given).items() if name in FeedbackBody.model_fields}
    measured = {
        "word_edits": edit and edit.word_edits,
        "words": edit and edit.words,
        "hter": edit and edit.hter,
    }
    return FeedbackBody.model_validate(same | measured)
