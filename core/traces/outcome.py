"""What came of a call, read in one go: what it is filtered by, and what is counted of it.

The index by which traces are found and the sums of hours and days both go by this, whenever they are made, so that they
cannot disagree. It is one question to SQLite, because the one thread that writes asks it about every call that is closed,
and Python lets all other threads go first at every step of a statement.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from core.traces.lines import STATUS


class Flag(NamedTuple):
    """What the latest scoring found in a headline."""

    check: str
    severity: str
    position: int


class Said(NamedTuple):
    """Feedback that stands; `suggested` is the headline it is about, if it is about one that is on record.

    `word_edits` and `words` are those of an edit, as they were counted while its texts were there.
    """

    kind: str
    value: int | None
    text: str | None
    suggested: str | None
    word_edits: int | None
    words: int | None

    @property
    def what(self) -> str:
        """Its kind, of a thumb with its direction."""
        return self.kind if self.kind != "thumb" else "thumb_up" if self.value == 1 else "thumb_down"


class Outcome(NamedTuple):
    """What is known of a trace but for its words. One that is open has not come to anything yet."""

    number: int
    id: str
    status: str
    source: str
    person: str | None
    environment: str
    desk: str
    prompt: str
    version: int | None
    model: str | None
    """The one that answered, or else the one that was asked."""
    asked: int | None
    given: int
    input_tokens: int | None
    output_tokens: int | None
    cost: float | None
    duration_ms: float | None
    first_headline_ms: float | None
    is_counted: bool
    """Whether it belongs into the sums by now, and not into those that are still to be made."""
    flags: Sequence[Flag]
    said: Sequence[Said]


def of(connection: sqlite3.Connection, trace_id: str) -> Outcome:
    """What came of a trace that is on record."""
    return _outcome(connection.execute(f"{_SELECT} where id = ?", (trace_id,)).fetchone())


def of_all(connection: sqlite3.Connection, trace_ids: Iterable[str]) -> list[Outcome]:
    """The same of many, in whatever order they are found."""
    rows = connection.execute(f"{_SELECT} where id in (select value from json_each(?))", (json.dumps(list(trace_ids)),))
    return [_outcome(row) for row in rows]


_SELECT = f"""
    select number, id, {STATUS} as status, source, person, environment, desk, prompt, version,
        coalesce(answered_by, model) as model, asked, given, input_tokens, output_tokens, cost, duration_ms, first_headline_ms,
        status <> 'open' and number >= (select counted_from from rollup_progress) as is_counted,
        (
            select json_group_array(json_array(check_name, severity, position)) from scores
            where trace = traces.id and scoring = (select max(number) from scorings where trace = traces.id)
        ) as flags,
        (
            select json_group_array(json_array(kind, value, standing_feedback.text, headlines.text, word_edits, words))
            from standing_feedback
            left join headlines using (trace, position)
            left join edit_efforts on edit_efforts.feedback = standing_feedback.id
            where standing_feedback.trace = traces.id
        ) as said
    from traces
"""


def _outcome(row: sqlite3.Row) -> Outcome:
    *facts, flags, said = row
    return Outcome._make([*facts, _list(Flag, flags), _list(Said, said)])


def _list(kind: type[Any], text: str) -> Sequence[Any]:
    # Of most calls nothing is said.
    return () if text == "[]" else [kind(*each) for each in json.loads(text)]
