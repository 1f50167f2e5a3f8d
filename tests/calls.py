"""Calls at whatever time, and what people and checks do with them later."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from core import clock
from core.checks.finding import Finding
from core.checks.run import Checked
from core.checks.variety import Variety
from core.db import Database
from core.traces import scores, writing
from core.traces.counting import rollups
from core.traces.counting.rollups import HOUR
from core.traces.finding import index
from core.traces.model import Closing, Headline, Opening

START = 1_770_000_000_000
HEADLINES = ("Bridge closes for weeks", "Ferry takes pupils to school")


class Calls:
    """Puts calls on record at whatever time, and does with them what people and checks do."""

    def __init__(self, db: Database, *, start: int = START) -> None:
        self.db, self.start = db, start
        self.openings: list[Opening] = []

    def open(self, *, hours: int = 0, desk: str = "sport", process: str = "test", **more: Any) -> str:
        at = self.start + hours * HOUR
        known: dict[str, Any] = {
            "source": "api", "person": None, "environment": "production", "channel": "web", "language": "en",
            "prompt": "headlines", "version": None, "release": None, "model": "gpt", "asked": 2, "article": None,
        }  # fmt: skip
        opening = Opening(
            id=f"{at:012x}" + clock.new_trace_id()[12:], request_id=None, fingerprint="", desk=desk, started_at=at,
            variables={}, messages=[], settings={}, **(known | more),
        )  # fmt: skip
        self.db.write(writing.open_trace(opening, process=process))
        self.openings.append(opening)
        return opening.id

    def close(self, place: int = -1, **more: Any) -> None:
        opening = self.openings[place]
        known: dict[str, Any] = {
            "status": "valid", "duration_ms": 900.0, "headlines": [Headline(text, 0) for text in HEADLINES]
        }  # fmt: skip
        self.db.write(writing.close_trace(opening, Closing(**(known | more))))

    def closed(self, **more: Any) -> str:
        trace_id = self.open(**more)
        self.close()
        return trace_id

    def rescore(self, place: int, severities: Sequence[Any]) -> None:
        trace_id = self.openings[place].id

        def job(connection: sqlite3.Connection) -> None:
            with index.changing(connection, trace_id), rollups.changing(connection, trace_id):
                scores.add(connection, trace_id, checked(severities), profile="p", article="")

        self.db.write(job)


def checked(severities: Sequence[Any]) -> Checked:
    """Flags of these severities on the first headline, and the first of them on the second, too."""
    found = [Finding("length", 1, severity, "Too long.", None, None) for severity in severities]
    return Checked([found, found[:1]], Variety(None, None, None))
