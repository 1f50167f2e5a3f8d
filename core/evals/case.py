"""A case: an article with what a good headline for it must keep to."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from core.errors import BadInput
from core.prompts.content import is_whole

MOST_VALUES = 50
"""Words of one kind that a case can have, and tags."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _one_line(text: str) -> str:
    if _CONTROL.search(text) or not is_whole(text):
        raise ValueError("a line break, another control character or half a character stands in it")
    return text


def _readable(text: str) -> str:
    if not text.strip():
        raise ValueError("there is nothing in it")
    if "\x00" in text or not is_whole(text):
        raise ValueError("a NUL or half a character stands in it")
    return text


# Every file that holds cases gives back the same ones, so nothing may stand at an edge that some format trims.
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line)]
Word = Annotated[Line, StringConstraints(max_length=200)]
Tag = Annotated[Line, StringConstraints(max_length=50)]
Length = Annotated[int, Field(ge=1, le=1_000)]


class Case(BaseModel):
    """One case of an eval set. `id` names it in all versions of its set; whatever else changes makes another version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line = Field(max_length=100)
    article: Annotated[str, AfterValidator(_readable)]
    desk: Line = Field(max_length=100)
    channel: Line = Field(default="web", max_length=100)
    language: Line | None = Field(default=None, max_length=35)
    reference: Line | None = Field(default=None, max_length=1_000)
    """A headline that a good editor would print."""
    must_mention: tuple[Word, ...] = Field(default=(), max_length=MOST_VALUES)
    """Words that some headline of the set has to hold; case does not count."""
    must_not_mention: tuple[Word, ...] = Field(default=(), max_length=MOST_VALUES)
    """Words that no headline of the set may hold."""
    fewest_characters: Length | None = None
    """The fewest characters that each headline may have."""
    most_characters: Length | None = None
    """The most characters that each headline may have, where that is less than its channel allows."""
    tags: tuple[Tag, ...] = Field(default=(), max_length=MOST_VALUES)
    source_trace: Line | None = Field(default=None, max_length=32)
    """The trace that the case was made from."""

    @model_validator(mode="after")
    def _limits_leave_room(self) -> "Case":
        if self.fewest_characters and self.most_characters and self.fewest_characters > self.most_characters:
            raise ValueError("fewest_characters is more than most_characters")
        return self


def is_readable(article: str) -> bool:
    """Whether this can be the article of a case."""
    try:
        _readable(article)
    except ValueError:
        return False
    return True


def make(fields: Mapping[str, object]) -> Case:
    """The case of what a file or a person gave, unparsed; `BadInput` says in a sentence each all that is wrong."""
    try:
        return Case.model_validate(fields)
    except ValidationError as error:
        raise BadInput(
            " ".join(_sentence(each) for each in error.errors(include_url=False, include_input=False))
        ) from None


def _sentence(error: Any) -> str:
    why = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        return f"{why[0].upper()}{why[1:]}."
    name = str(error["loc"][0])
    if error["type"] == "missing":
        return f"{name} is missing."
    if error["type"] == "extra_forbidden":
        return f"A case has no {name[:40]!r}; it has {', '.join(Case.model_fields)}."
    return f"{name} is wrong: {why[0].lower()}{why[1:]}."
