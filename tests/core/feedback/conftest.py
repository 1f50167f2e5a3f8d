"""Traces for feedback to be about, and feedback in few words."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest

from core import clock
from core.db import Database, open_database
from core.feedback import Feedback, Given, give
from core.traces import writing
from core.traces.model import Closing, Headline, Opening

HEADLINES = ("Bridge closes for eleven weeks", "Ferry takes pupils to school", "Traders fear for Easter")


class Traces:
    """Puts traces on record, open at first."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._openings: dict[str, Opening] = {}

    def opened(self, *, asked: int = 3, desk: str = "sport") -> str:
        opening = Opening(
            id=clock.new_trace_id(), request_id=None, fingerprint="", source="api", person=None,
            environment="production", desk=desk, channel="web", language="en", prompt="headlines", version=None,
            release=None, model="gpt", started_at=clock.now_ms(), asked=asked, article="Rain.", variables={},
            messages=[], settings={},
        )  # fmt: skip
        self.db.write(writing.open_trace(opening, process="test"))
        self._openings[opening.id] = opening
        return opening.id

    def close(self, trace_id: str, headlines: Sequence[str] = HEADLINES) -> None:
        closing = Closing(
            "valid" if headlines else "failed",
            1.0,
            answered_by="gpt-2",
            headlines=[Headline(text, 0) for text in headlines],
        )
        opening = self._openings[trace_id]
        self.db.write(writing.close_trace(opening, closing))

    def closed(self, headlines: Sequence[str] = HEADLINES, *, desk: str = "sport") -> str:
        trace_id = self.opened(desk=desk)
        self.close(trace_id, headlines)
        return trace_id


class Giving:
    """Gives feedback on one trace, by Ada through the API unless it says otherwise."""

    def __init__(self, db: Database, trace_id: str) -> None:
        self.db = db
        self.trace = trace_id

    def __call__(self, kind: Any, position: int | None = None, **more: Any) -> Feedback:
        given: dict[str, Any] = {"trace": self.trace, "person": "ada", "source": "api", **more}
        return give(self.db, Given(kind=kind, position=position, **given))


@pytest.fixture
def traces(db: Database) -> Traces:
    return Traces(db)


@pytest.fixture
def trace(traces: Traces) -> str:
    """A closed trace with three headlines."""
    return traces.closed()


@pytest.fixture
def given(db: Database, trace: str) -> Giving:
    return Giving(db, trace)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database that the examples of a property share, for each makes traces of its own."""
    with closing(open_database(tmp_path_factory.mktemp("shared") / "copydesk.db")) as shared:
        yield shared


@pytest.fixture(scope="module")
def traces_of_module(database: Database) -> Traces:
    return Traces(database)
