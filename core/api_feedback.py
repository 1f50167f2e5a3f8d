"""What the API takes and gives as feedback."""

import dataclasses

from pydantic import BaseModel, ConfigDict, Field

from core.edits import LONGEST
from core.feedback import Feedback, Given
from core.feedback.model import LONGEST_NAME, Criterion, Kind, Source


class GivenBody(BaseModel):
    """What a person did with a headline or a set, or said about it. What a kind does not have is left out.

    | kind | about | has |
    |---|---|---|
    | `picked`, `rejected` | a headline | |
    | `edited` | a headline | `text`: what it was edited to |
    | `all_rejected` | the set | |
    | `thumb` | either | `value`: 1 is up, -1 is down |
    | `rating` | either | `value`: 1 to 5 |
    | `comment`, `label` | either | `text` |
    | `score` | a headline | `criterion`, and `value`: 1 to 5 |
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
    """Feedback on record. Nothing is overwritten: `stands` is false once the same person gave something later."""

    id: int
    trace: str
    position: int | None
    kind: Kind
    criterion: Criterion | None
    value: int | None
    text: str | None
    person: str
    source: Source
    given_at: int
    received_at: int
    stands: bool
    suggested: str | None = Field(description="The headline that it is about. Null while the trace is open.")
    word_edits: int | None = Field(description="Words put in, left out or replaced by an edit.")
    words: int | None = Field(description="Words of the edited headline; a mark of punctuation is one.")
    hter: float | None = Field(description="`word_edits` by `words`.")


def feedback_body(feedback: Feedback) -> FeedbackBody:
    edit = feedback.edit
    same = {name: value for name, value in dataclasses.asdict(feedback).items() if name in FeedbackBody.model_fields}
    measured = {
        "word_edits": edit and edit.word_edits,
        "words": edit and edit.words,
        "hter": edit and edit.hter,
    }
    return FeedbackBody.model_validate(same | measured)
