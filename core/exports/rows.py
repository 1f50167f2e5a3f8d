"""A trace as one row of a table: the figures, the headlines, and what people said of them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.db import Database
from core.traces.model import TraceLine

Value = str | float | datetime | Sequence[str] | None


@dataclass(frozen=True)
class Row:
    """A trace with its headlines and the feedback that stands."""

    line: TraceLine
    headlines: Sequence[str]
    feedback: Sequence[str]
    """Such as `picked headline 3` or `thumb -1`: the kind, the value, which headline it is about as the screens number them,
    from 1, and the text."""

    def cells(self) -> dict[str, Value]:
        """The columns with their values, the same ones in every export."""
        line = self.line
        return {
            "trace": line.id,
            "request_id": line.request_id,
            "asked_at": clock.as_datetime(line.started_at),
            "status": line.status,
            "source": line.source,
            "person": line.person,
            "environment": line.environment,
            "desk": line.desk,
            "channel": line.channel,
            "language": line.language,
            "prompt": line.prompt,
            "version": line.version,
            "release": line.release,
            "model": line.answered_by or line.model,
            "duration_ms": line.duration_ms,
            "first_headline_ms": line.first_headline_ms,
            "asked": line.asked,
            "given": line.given,
            "attempts": line.attempts,
            "input_tokens": line.input_tokens,
            "output_tokens": line.output_tokens,
            "cost_usd": line.cost,
            "error_kind": line.error_kind,
            "error": line.error,
            "headlines": self.headlines,
            "feedback": self.feedback,
        }


COLUMNS = (
    "trace", "request_id", "asked_at", "status", "source", "person", "environment", "desk", "channel", "language", "prompt",
    "version", "release", "model", "duration_ms", "first_headline_ms", "asked", "given", "attempts", "input_tokens",
    "output_tokens", "cost_usd", "error_kind", "error", "headlines", "feedback",
)  # fmt: skip


def read(db: Database, lines: Sequence[TraceLine]) -> list[Row]:
    """The rows of these traces, in their order."""
    ids = json.dumps([line.id for line in lines])
    with db.read() as connection:
        headlines = _texts(
            connection.execute(
                "select trace, text from headlines where trace in (select value from json_each(?)) "
                "order by trace, position",
                (ids,),
            )
        )
        feedback = _texts(
            connection.execute(
                """
                select trace, kind || coalesce(' ' || criterion, '') || coalesce(' ' || value, '')
                    || coalesce(' headline ' || (position + 1), '') || coalesce(': ' || text, '') as text
                from standing_feedback where trace in (select value from json_each(?)) order by trace, given_at, id
                """,
                (ids,),
            )
        )
    return [Row(line, headlines.get(line.id, []), feedback.get(line.id, [])) for line in lines]


def _texts(rows: sqlite3.Cursor) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["trace"]].append(row["text"] or "")
    return found
