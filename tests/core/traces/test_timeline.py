"""Attempts on a time line: in their order, after the call was asked, with the waits between them."""

from core.llm.attempt import Attempt
from core.traces.timeline import spans


def attempt(at: int, took: float, token: float | None = None) -> Attempt:
    return Attempt("ask", "gpt", [], at, took, first_token_ms=token)


class TestSpans:
    def test_are_seen_from_the_moment_of_asking(self) -> None:
        (span,) = spans([attempt(1_050, 200.0, token=80.0)], asked_at=1_000)
        assert (span.start, span.first_token, span.end, span.waited) == (50.0, 130.0, 250.0, 50.0)

    def test_tell_how_long_was_waited_before_another_try(self) -> None:
        _, second = spans([attempt(1_000, 100.0), attempt(3_100, 50.0)], asked_at=1_000)
        assert (second.waited, second.start) == (2_000.0, 2_100.0)

    def test_do_not_overlap_though_the_clock_was_put_back(self) -> None:
        first, second = spans([attempt(1_000, 100.0), attempt(200, 50.0)], asked_at=1_000)
        assert (first.start, second.start, second.waited) == (0.0, 100.0, 0.0)

    def test_of_nothing_are_none(self) -> None:
        assert spans([], asked_at=1_000) == []
