"""Whatever a provider's failure looks like, it becomes one of our errors: the right one, for a person, without a key."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    AnswerBlocked,
    KeyRejected,
    ModelError,
    ModelNotFound,
    NoHeadlines,
    ProviderDown,
    ProviderTimeout,
    RateLimited,
    RequestRejected,
)
from core.llm.models import Model
from core.llm.provider_errors import LONGEST_DETAIL, blocked, empty, translate

SECRET = "sk-geheim-0123456789"
MODEL = Model("fast", "openai/gpt-4o-mini", {"api_key": SECRET})

BY_STATUS: dict[int | None, type[ModelError]] = {
    400: RequestRejected,
    401: KeyRejected,
    402: KeyRejected,
    403: KeyRejected,
    404: ModelNotFound,
    405: RequestRejected,
    408: ProviderTimeout,
    409: RequestRejected,
    413: RequestRejected,
    415: RequestRejected,
    422: RequestRejected,
    429: RateLimited,
    500: ProviderDown,
    502: ProviderDown,
    503: ProviderDown,
    504: ProviderDown,
    529: ProviderDown,
    None: ProviderDown,
}


class ProviderError(Exception):
    """What litellm raises, as far as anybody can rely on it: a text, perhaps a status, perhaps headers."""

    def __init__(self, text: str = "boom", status: object = None, headers: dict[str, Any] | None = None) -> None:
        super().__init__(text)
        self.status_code = status
        self.litellm_response_headers = headers


def named(name: str, status: int) -> Exception:
    """An error of a class of that name, with a status."""
    error: Exception = type(name, (ProviderError,), {})("boom", status)
    return error


def translated(error: Exception) -> ModelError:
    return translate(error, MODEL, timeout=30)


def limited(value: Any) -> ModelError:
    return translated(ProviderError(status=429, headers={"retry-after": value}))


class TestKind:
    @pytest.mark.parametrize(("status", "kind"), BY_STATUS.items())
    def test_follows_the_status(self, status: int | None, kind: type[ModelError]) -> None:
        assert type(translated(ProviderError(status=status))) is kind

    @pytest.mark.parametrize(
        ("name", "status", "kind"),
        [
            ("BadRequestError", 401, KeyRejected),
            ("InternalServerError", 429, RateLimited),
            ("NotFoundError", 500, ProviderDown),
        ],
    )
    def test_follows_the_status_whatever_the_class(self, name: str, status: int, kind: type[ModelError]) -> None:
        assert type(translated(named(name, status))) is kind

    def test_of_a_policy_is_that_the_answer_was_blocked(self) -> None:
        assert type(translated(named("ContentPolicyViolationError", 400))) is AnswerBlocked

    def test_of_a_full_context_is_that_the_article_is_too_long(self) -> None:
        error = translated(named("ContextWindowExceededError", 400))
        assert type(error) is RequestRejected
        assert "too long for fast" in error.message

    @pytest.mark.parametrize("error", [TimeoutError(), named("Timeout", 408)], ids=["python", "status"])
    def test_of_a_time_out_names_the_seconds(self, error: Exception) -> None:
        ours = translated(error)
        assert type(ours) is ProviderTimeout
        assert "within 30 seconds" in ours.message

    @pytest.mark.parametrize(
        "error", [IndexError("list index out of range"), ValueError(), ConnectionError(), KeyError("choices")]
    )
    def test_of_anything_else_is_that_the_provider_is_down(self, error: Exception) -> None:
        assert type(translated(error)) is ProviderDown

    def test_of_ours_stays(self) -> None:
        error = NoHeadlines("Nothing to use.")
        assert translated(error) is error

    @pytest.mark.parametrize("status", ["429", "four", 4.5, object(), -1, 200])
    def test_of_a_status_that_is_none_does_not_raise(self, status: object) -> None:
        assert isinstance(translated(ProviderError(status=status)), ModelError)


class TestMessage:
    @pytest.mark.parametrize("status", BY_STATUS)
    def test_names_the_model_as_people_know_it(self, status: int | None) -> None:
        assert "fast" in translated(ProviderError(status=status)).message

    @pytest.mark.parametrize("status", BY_STATUS)
    def test_does_not_repeat_the_provider(self, status: int | None) -> None:
        assert "boom" not in translated(ProviderError(status=status)).message

    def test_of_an_answer_without_text_asks_to_try_again(self) -> None:
        assert type(empty("fast")) is ProviderDown
        assert "fast sent an empty answer" in empty("fast").message
        assert "try again" not in empty("fast").message

    def test_of_a_blocked_answer_offers_a_way_on(self) -> None:
        assert "Choose another model, or change the text." in blocked("fast")


class TestRetryable:
    @pytest.mark.parametrize("status", [408, 429, 500, 503, None])
    def test_is_what_may_pass_by_itself(self, status: int | None) -> None:
        assert translated(ProviderError(status=status)).retryable

    @pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
    def test_is_not_what_will_be_the_same_again(self, status: int) -> None:
        assert not translated(ProviderError(status=status)).retryable


class TestRetryAfter:
    @pytest.mark.parametrize(("value", "seconds"), [("5", 5), ("0", 0), ("0.5", 0.5), (" 7 ", 7), (7, 7), ("-3", 0)])
    def test_is_read_from_a_number(self, value: Any, seconds: float) -> None:
        assert limited(value).retry_after == seconds

    def test_is_read_from_a_date(self) -> None:
        moment = datetime.now(tz=UTC) + timedelta(seconds=90)
        wait = limited(format_datetime(moment, usegmt=True)).retry_after
        assert wait is not None
        assert 80 < wait <= 90

    def test_is_nothing_for_a_date_that_has_passed(self) -> None:
        assert limited("Wed, 21 Oct 2015 07:28:00 GMT").retry_after == 0

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "soon",
            "Wed, 99 Oct 2015 07:28:00 GMT",
            "Wed, 21 Oct 2015 99:28:00 GMT",
            "Wed, 21 Oct 99999999999999 07:28:00 GMT",
            "Wed, 21 Oct 2015 07:28:00 +99999999999",
            "nan",
            "inf",
            "1e400",
            ["5"],
        ],
    )
    def test_is_unknown_when_nobody_can_read_it(self, value: Any) -> None:
        assert limited(value).retry_after is None

    @given(st.text(max_size=40))
    def test_never_raises_and_never_waits_for_less_than_nothing(self, value: str) -> None:
        wait = limited(value).retry_after
        assert wait is None or 0 <= wait < float("inf")

    def test_is_unknown_without_a_header(self) -> None:
        assert translated(ProviderError(status=429, headers={})).retry_after is None

    @pytest.mark.parametrize("name", ["retry-after", "Retry-After"])
    def test_is_read_from_the_response_when_litellm_kept_no_headers(self, name: str) -> None:
        error = ProviderError(status=429)
        error.response = httpx.Response(429, headers={name: "11"})  # pyright: ignore[reportAttributeAccessIssue]
        assert translated(error).retry_after == 11

    def test_is_unknown_when_the_response_is_something_else(self) -> None:
        error = ProviderError(status=429)
        error.response = SimpleNamespace(headers=None)  # pyright: ignore[reportAttributeAccessIssue]
        assert translated(error).retry_after is None

    def test_is_read_when_a_provider_is_down(self) -> None:
        assert translated(ProviderError(status=503, headers={"retry-after": "4"})).retry_after == 4

    def test_is_told_to_a_person(self) -> None:
        assert "in 12 seconds" in limited("12").message

    @pytest.mark.parametrize("value", ["0", "0.4", "soon", "inf"])
    def test_is_told_as_a_minute_when_it_is_no_time(self, value: str) -> None:
        assert "in a minute" in limited(value).message


class TestDetail:
    def test_holds_the_class_and_the_providers_words(self) -> None:
        assert translated(ProviderError("the server is on fire", 500)).detail == "ProviderError: the server is on fire"

    @pytest.mark.parametrize("status", BY_STATUS)
    def test_holds_no_key(self, status: int | None) -> None:
        detail = translated(ProviderError(f"Incorrect API key provided: {SECRET}", status)).detail
        assert detail == "ProviderError: Incorrect API key provided: [key]"

    def test_holds_no_part_of_a_key_where_it_is_cut(self) -> None:
        text = "x" * (LONGEST_DETAIL - len("ProviderError: ") - 10) + SECRET
        assert "geheim" not in translated(ProviderError(text, 500)).detail

    def test_is_cut(self) -> None:
        assert len(translated(ProviderError("x" * 100_000, 500)).detail) == LONGEST_DETAIL
