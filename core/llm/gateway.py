"""Ask a model, and try again where that helps, so that every single attempt is reported.

Time-outs, retries, waiting and fallback models are ours and not litellm's: what it does inside one call nobody sees.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.errors import AnswerBlocked, ModelError
from core.llm import provider_errors
from core.llm.attempt import Attempt, Kind, Message
from core.llm.door import litellm, ready
from core.llm.models import Model, Models

FIRST_WAIT = 0.5


@dataclass(frozen=True)
class Question:
    """What a model is asked. `fallbacks` are asked in turn when `model` gives no answer."""

    model: str
    messages: Sequence[Message]
    fallbacks: Sequence[str] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    response_format: Mapping[str, Any] | None = None
    kind: Kind = "ask"


@dataclass(frozen=True)
class Patience:
    """How long to wait for an answer (seconds), how often to try again, and how long to wait before that at most."""

    timeout: float = 60
    retries: int = 2
    longest_wait: float = 20


async def complete(
    question: Question,
    models: Models,
    patience: Patience,
    *,
    report: Callable[[Attempt], None],
    on_text: Callable[[str], None] | None = None,
) -> Attempt:
    """The attempt that brought an answer. Every attempt, this one too, goes to `report` as soon as it has ended.

    With `on_text` the answer is streamed: it gets the text so far, which begins anew when an attempt fails midway. When
    the last attempt of the last model fails, its `ModelError` is raised.
    """
    await ready(offline=models.get(question.model).offline and not question.fallbacks)
    last: ModelError | None = None
    for name in (question.model, *question.fallbacks):
        kind: Kind = question.kind if last is None else "fallback"
        try:
            return await _ask_one(question, models.get(name), patience, kind=kind, report=report, on_text=on_text)
        except ModelError as error:
            last = error
    assert last is not None
    raise last


async def _ask_one(
    question: Question,
    model: Model,
    patience: Patience,
    *,
    kind: Kind,
    report: Callable[[Attempt], None],
    on_text: Callable[[str], None] | None,
) -> Attempt:
    """Ask one model until it answers, its error is final, or patience ends."""
    if model.missing:
        # Nothing leaves, but the record says why this model was passed over.
        call = _Call(question, model, kind=kind)
        report(call.attempt(model.key_missing()))
        raise model.key_missing()
    for retry in range(patience.retries + 1):
        call = _Call(question, model, kind="retry" if retry else kind)
        try:
            async with asyncio.timeout(patience.timeout):
                await call.run(patience.timeout, on_text)
        except Exception as error:
            failure = provider_errors.translate(error, model, timeout=patience.timeout)
            report(call.attempt(failure))
            wait = _wait(failure, retry)
            if not failure.retryable or retry == patience.retries or wait > patience.longest_wait:
                raise failure from error
            if on_text and not call.text:
                # litellm drops a refusal from a stream; asked again without one, the provider's reason arrives.
                on_text = None
            await asyncio.sleep(wait)
        else:
            attempt = call.attempt(None)
            report(attempt)
            return attempt
    raise AssertionError("the last retry returns or raises")


def _wait(failure: ModelError, retry: int) -> float:
    """Seconds before the next try: what the provider asks for, else doubling with jitter."""
    if failure.retry_after is not None:
        return failure.retry_after
    return FIRST_WAIT * 2**retry * random.uniform(0.5, 1.0)


class _Call:
    """One call of one model while it runs, and what is known of it so far."""

    def __init__(self, question: Question, model: Model, *, kind: Kind) -> None:
        self.text: str = ""
        self._question = question
        self._model = model
        self._kind: Kind = kind
        self._started_at = clock.now_ms()
        self._start = clock.ticks()
        self._first_token: float | None = None
        self._finish_reason: str | None = None
        self._usage: tuple[int, int] | None = None
        self._cost: float | None = None

    async def run(self, timeout: float, on_text: Callable[[str], None] | None) -> None:
        arguments: dict[str, Any] = {
            **self._model.settings,
            **self._question.parameters,
            "model": self._model.call,
            "messages": [dict(message) for message in self._question.messages],
            "timeout": timeout,
            "max_retries": 0,
            "num_retries": 0,
        }
        if self._question.response_format is not None:
            arguments["response_format"] = self._question.response_format
        if on_text is None:
            self._read_whole(await litellm().acompletion(**arguments))
        else:
            arguments |= {"stream": True, "stream_options": {"include_usage": True}}
            await self._read_stream(await litellm().acompletion(**arguments), on_text)
        if self._finish_reason == "content_filter":
            raise AnswerBlocked(provider_errors.blocked(self._model.name), detail="finish_reason: content_filter")
        if not self.text.strip():
            raise provider_errors.empty(self._model.name)

    def attempt(self, failure: ModelError | None) -> Attempt:
        """This call as a record."""
        return Attempt(
            kind=self._kind,
            model=self._model.name,
            messages=self._question.messages,
            started_at=self._started_at,
            duration_ms=_ms(clock.ticks() - self._start),
            first_token_ms=self._first_token,
            answer=self.text or None,
            finish_reason=self._finish_reason,
            input_tokens=self._usage and self._usage[0],
            output_tokens=self._usage and self._usage[1],
            cost=self._cost,
            error_kind=failure and failure.kind,
            error=failure and failure.message,
            detail=failure and failure.detail,
        )

    def _read_whole(self, response: Any) -> None:
        if self._read_usage(getattr(response, "usage", None)):
            self._cost = response._hidden_params.get("response_cost")
        if not response.choices:
            return
        choice = response.choices[0]
        self._finish_reason = choice.finish_reason
        self.text = str(choice.message.content or "")
        extras: dict[str, Any] = choice.message.get("provider_specific_fields") or {}
        refusal: str | None = extras.get("refusal")
        if refusal and not self.text:
            self.text = refusal
            raise AnswerBlocked(provider_errors.blocked(self._model.name), detail=refusal)

    async def _read_stream(self, stream: Any, on_text: Callable[[str], None]) -> None:
        async for chunk in stream:
            usage = getattr(chunk, "usage", None)
            # Where a provider sends no usage, litellm puts an estimate in its place; that is not what was billed.
            if (
                usage is not None
                and any(getattr(raw, "usage", None) for raw in stream.chunks)
                and self._read_usage(usage)
            ):
                # litellm prices a stream in its usage; for a provider of our own it forgets to.
                self._cost = 0.0 if self._model.offline else getattr(usage, "cost", None)
            if not chunk.choices:
                continue
            self._finish_reason = chunk.choices[0].finish_reason or self._finish_reason
            piece: str | None = chunk.choices[0].delta.content
            if piece:
                if self._first_token is None:
                    self._first_token = _ms(clock.ticks() - self._start)
                self.text += piece
                on_text(self.text)

    def _read_usage(self, usage: Any) -> bool:
        """Keep the token counts; zeros are what litellm puts where a provider tells none."""
        counts = (getattr(usage, "prompt_tokens", 0) or 0, getattr(usage, "completion_tokens", 0) or 0)
        self._usage = counts if any(counts) else None
        return self._usage is not None


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
