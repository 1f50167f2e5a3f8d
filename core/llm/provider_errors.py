"""Turn whatever litellm raises into one of our few errors, with a sentence that a journalist understands.

The status code decides, not the class: a 401 can arrive as a BadRequestError, and a refused connection as a 500.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from core import clock
from core.errors import (
    AnswerBlocked,
    KeyRejected,
    ModelError,
    ModelNotFound,
    ProviderDown,
    ProviderTimeout,
    RateLimited,
    RequestRejected,
)
from core.llm.models import Model

LONGEST_DETAIL = 2_000


def translate(error: Exception, model: Model, *, timeout: float) -> ModelError:
    """Our error for one that a call of `model` raised. Never raises; the detail holds no key."""
    if isinstance(error, ModelError):
        return error
    name = model.name
    detail = model.without_secrets(f"{type(error).__name__}: {error}")[:LONGEST_DETAIL]
    status = getattr(error, "status_code", None)
    if isinstance(error, TimeoutError) or status == 408:
        return ProviderTimeout(f"{name} did not answer within {timeout:g} seconds. Please try again.", detail=detail)
    if getattr(error, "code", None) in ("content_filter", "content_policy_violation"):
        return AnswerBlocked(blocked(name), detail=detail)
    match type(error).__name__:
        case "ContentPolicyViolationError":
            return AnswerBlocked(blocked(name), detail=detail)
        case "ContextWindowExceededError":
            return RequestRejected(
                f"The article is too long for {name}. Shorten it or choose another model.", detail=detail
            )
        case _:
            pass
    match status:
        case 401:
            return KeyRejected(
                f"The provider of {name} refused our key. Whoever runs Copydesk needs to check it.", detail=detail
            )
        case 402 | 403:
            return KeyRejected(
                f"The provider does not let us use {name}. Whoever runs Copydesk needs to check the account.",
                detail=detail,
            )
        case 404:
            return ModelNotFound(f"The provider does not know the model {name}. Choose another one.", detail=detail)
        case 429:
            wait = _retry_after(error)
            when = f" in {wait:.0f} seconds" if wait is not None and wait >= 1 else " in a minute"
            return RateLimited(
                f"{name} gets too many requests at the moment. Please try again{when}.", detail=detail, retry_after=wait
            )
        case 400 | 405 | 409 | 413 | 415 | 422:
            return RequestRejected(
                f"The provider of {name} did not accept the request. The trace holds its reason.", detail=detail
            )
        case _:
            return ProviderDown(
                f"{name} could not be reached or sent something unreadable. Please try again, or choose another model.",
                detail=detail,
                retry_after=_retry_after(error),
            )


def blocked(name: str) -> str:
    return f"{name} declined to write about this article. Choose another model, or change the text."


def empty(name: str) -> ModelError:
    return ProviderDown(
        f"{name} sent an empty answer, with nothing in it to use. If it does so again, choose another model or change the text."
    )


def _retry_after(error: Exception) -> float | None:
    """Seconds to wait from a Retry-After header: a number or a date (RFC 9110, 10.2.3)."""
    headers: Mapping[str, Any] = getattr(error, "litellm_response_headers", None) or {}
    value = headers.get("retry-after")
    if value is None:
        headers = getattr(getattr(error, "response", None), "headers", None) or {}
        value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    except (TypeError, ValueError):
        return _seconds_until(str(value))


def _seconds_until(date: str) -> float | None:
    try:
        moment: datetime = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return max(0.0, moment.timestamp() - clock.now_ms() / 1000)
