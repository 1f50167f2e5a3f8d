"""What a trace is, to those who write it and to those who look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.checks.run import Checked
from core.llm.attempt import Attempt, Message
from core.traces.scores import Scoring

Status = Literal["open", "valid", "repaired", "incomplete", "failed", "interrupted", "refused"]
FINISHED: Sequence[Status] = ("valid", "repaired", "incomplete", "failed", "interrupted", "refused")
"""What a call that is over came to."""
Source = Literal["playground", "api", "cli", "judge", "eval", "replay", "trial"]


@dataclass(frozen=True)
class Opening:
    """What is known before the request leaves. Times are milliseconds since 1970, in UTC."""

    id: str
    request_id: str | None
    fingerprint: str
    source: Source
    person: str | None
    environment: str
    desk: str
    channel: str
    language: str | None
    prompt: str
    version: int | None
    release: int | None
    model: str | None
    started_at: int
    asked: int | None
    article: str | None
    variables: Mapping[str, str | int]
    messages: Sequence[Message]
    settings: Mapping[str, Any]
    replays: str | None = None
    """The trace that is asked again."""


@dataclass(frozen=True)
class Headline:
    """A headline that keeps the contract, and the attempt (from 0) that brought it."""

    text: str
    attempt: int


@dataclass(frozen=True)
class Rejection:
    """A headline of an answer that was not taken: the rules it breaks, or `surplus`."""

    text: str
    attempt: int
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """What is known once the answer is in."""

    status: Status
    duration_ms: float
    first_headline_ms: float | None = None
    answered_by: str | None = None
    headlines: Sequence[Headline] = ()
    rejections: Sequence[Rejection] = ()
    attempts: Sequence[Attempt] = ()
    checked: Checked | None = None
    """What the checks found in the headlines."""
    error_kind: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class TraceLine:
    """A trace as lists show it: the narrow row, without any text of the article or the answer."""

    id: str
    request_id: str | None
    fingerprint: str
    status: Status
    source: Source
    person: str | None
    environment: str
    desk: str
    channel: str
    language: str | None
    prompt: str
    version: int | None
    release: int | None
    model: str | None
    answered_by: str | None
    started_at: int
    duration_ms: float | None
    first_headline_ms: float | None
    asked: int | None
    given: int
    attempts: int
    input_tokens: int | None
    output_tokens: int | None
    cost: float | None
    error_kind: str | None
    error: str | None
    process: str


@dataclass(frozen=True)
class Trace:
    """The full record of one call."""

    line: TraceLine
    article: str | None
    variables: Mapping[str, str | int]
    messages: Sequence[Message]
    settings: Mapping[str, Any]
    attempts: Sequence[Attempt]
    headlines: Sequence[Headline]
    rejections: Sequence[Rejection]
    scoring: Scoring | None
    """What the checks found in the headlines when they were last checked."""
    replays: str | None = None
    """The trace that this one asked again."""
    has_texts: bool = True
    """False once messages, variables, settings and answers are gone; what they cost and came to stays."""

    @property
    def headlines_are_gone(self) -> bool:
        """Whether headlines were given that are not on record any more, which is not the same as none."""
        return bool(self.line.given) and not self.headlines
