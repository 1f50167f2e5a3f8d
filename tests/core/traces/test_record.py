"""What the record of all calls tells about them together."""

from core import clock
from core.db import Database
from core.llm.attempt import Attempt
from core.traces import record, writing
from core.traces.model import Closing, Opening


def answered(db: Database, *written: int | None) -> None:
    """Put a closed trace on record whose attempts wrote so many tokens each; None is an answer that did not tell."""
    opening = Opening(
        id=clock.new_trace_id(), request_id=None, fingerprint="", source="api", person=None, environment="production",
        desk="sport", channel="web", language="en", prompt="headlines", version=None, release=None, model="gpt",
        started_at=clock.now_ms(), asked=10, article="Rain.", variables={}, messages=[], settings={},
    )  # fmt: skip
    attempts = [Attempt("ask", "gpt", [], clock.now_ms(), 1.0, answer="[]", output_tokens=tokens) for tokens in written]
    closing = Closing("valid" if attempts else "failed", 1.0, attempts=attempts)
    db.write(writing.open_trace(opening, process="test"))
    db.write(writing.close_trace(opening, closing))


class TestUsualAnswerTokens:
    def test_are_unknown_before_the_first_call(self, db: Database) -> None:
        assert record.usual_answer_tokens(db) is None

    def test_are_unknown_where_no_answer_told(self, db: Database) -> None:
        answered(db, None)
        answered(db)
        assert record.usual_answer_tokens(db) is None

    def test_are_the_average_of_those_that_told(self, db: Database) -> None:
        for written in (100, 201, None):
            answered(db, written)
        answered(db)
        assert record.usual_answer_tokens(db) == 150

    def test_count_every_attempt_of_a_call(self, db: Database) -> None:
        answered(db, 100, 40)
        assert record.usual_answer_tokens(db) == 140

    def test_are_those_of_the_newest_hundred(self, db: Database) -> None:
        answered(db, 1_000_000)
        for _ in range(100):
            answered(db, 150)
        assert record.usual_answer_tokens(db) == 150

    def test_of_calls_that_wrote_nothing_are_nothing_and_not_unknown(self, db: Database) -> None:
        answered(db, 0)
        assert record.usual_answer_tokens(db) == 0
