"""When each attempt of a call was made, seen from the moment that it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.llm.attempt import Attempt


@dataclass(frozen=True)
class Span:
    """An attempt in time, in milliseconds after the call was asked. `waited` is how long nothing went on before it."""

    attempt: Attempt
    start: float
    first_token: float | None
    end: float
    waited: float


def spans(attempts: Sequence[Attempt], *, asked_at: int) -> list[Span]:
    """The attempts in their order; `asked_at` is in milliseconds since 1970.

    None starts before it was asked for, or before the one before it ended, whatever a clock that was put back says.
    """
    found: list[Span] = []
    over = 0.0
    for attempt in attempts:
        start = max(float(attempt.started_at - asked_at), over)
        token = None if attempt.first_token_ms is None else start + attempt.first_token_ms
        found.append(Span(attempt, start, token, start + attempt.duration_ms, start - over))
        over = start + attempt.duration_ms
    return found
