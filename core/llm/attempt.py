"""One call of a model, as it is reported, stored and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

Kind = Literal["ask", "retry", "repair", "fallback"]


class Message(TypedDict):
    role: str
    content: str


@dataclass(frozen=True)
class Attempt:
    """What went to a model and what came back. What a provider does not tell is None: unknown, never zero."""

    kind: Kind
    model: str
    messages: Sequence[Message]
    started_at: int
    duration_ms: float
    first_token_ms: float | None = None
    answer: str | None = None
    finish_reason: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    """In US dollars, as litellm's price list has it."""
    error_kind: str | None = None
    error: str | None = None
    detail: str | None = None
    """The provider's own words about the error."""
