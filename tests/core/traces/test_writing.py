"""Putting a call on record asks little of the one thread that writes."""

import sqlite3
from collections.abc import Callable

import pytest

from core.checks.finding import Finding
from core.checks.run import Checked
from core.checks.variety import Variety
from core.db import Database
from core.llm.attempt import Attempt
from core.traces import record, writing
from core.traces.model import Closing, Headline, Rejection
from tests.core.traces.openings import opening

MOST = 14
"""Statements to close a trace. Each of them is a time at which every other thread may go first."""


def statements(db: Database, job: Callable[[sqlite3.Connection], object]) -> int:
    """How many statements a job takes."""
    asked: list[str] = []

    def counted(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(asked.append)
        try:
            job(connection)
        finally:
            connection.set_trace_callback(None)

    db.write(counted)
    # What SQLite asks itself begins with a comment.
    return sum(not each.startswith("--") for each in asked)


@pytest.fixture
def warm(db: Database) -> Database:
    """A database whose index has read its own settings, as it does once."""
    closed(db, "Rain")
    return db


def closed(db: Database, *headlines: str) -> int:
    """Close a trace with these headlines, each of them flagged, and a rejection; returns in how many statements."""
    begun = opening(article="Rain all day.")
    db.write(writing.open_trace(begun, process="p"))
    attempts = [Attempt("ask", "gpt", [], 0, 1.0, answer="[]")]
    checked = Checked([[Finding("names", 1, "fail", "So.", None, None)] for _ in headlines], Variety(None, None, None))
    ending = Closing(
        "valid", 1.0, headlines=[Headline(text, 0) for text in headlines], attempts=attempts, checked=checked,
        rejections=[Rejection("Rain!", 0, ("too_long", "duplicate")), Rejection("Sun", 0, ("surplus",))],
    )  # fmt: skip
    add_attempts, close_trace = writing.add_attempts(begun, attempts), writing.close_trace(begun, ending)
    many = statements(db, lambda connection: (add_attempts(connection), close_trace(connection)))
    kept = record.get(db, begun.id)
    assert (kept.headlines, kept.rejections) == (ending.headlines, ending.rejections)
    return many


class TestClosing:
    def test_takes_few_statements(self, warm: Database) -> None:
        assert closed(warm, "Rain again") <= MOST

    def test_takes_as_many_for_forty_headlines_as_for_two(self, warm: Database) -> None:
        assert closed(warm, "Rain", "Sun") == closed(warm, *[f"Rain on day {number}" for number in range(40)])

    def test_keeps_headlines_as_they_are(self, db: Database) -> None:
        closed(db, "Rain", "“Été” \x00 no more", "")
