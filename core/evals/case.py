"""A case: an article with what a good headline for it must keep to."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=50)]


class Case(BaseModel):
    """One case of an eval set. `id` names it in all versions of its set; whatever else changes makes another version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=100)
    article: str = Field(min_length=1)
    desk: str = Field(min_length=1, max_length=100)
    channel: str = Field(default="web", min_length=1, max_length=100)
    language: str | None = Field(default=None, max_length=35)
    reference: str | None = Field(default=None, max_length=1_000)
    """A headline that a good editor would print."""
    must_mention: tuple[Word, ...] = ()
    """Words that some headline of the set has to hold; case does not count."""
    must_not_mention: tuple[Word, ...] = ()
    """Words that no headline of the set may hold."""
    tags: tuple[Tag, ...] = ()
    source_trace: str | None = Field(default=None, max_length=32)
    """The trace that the case was made from."""
