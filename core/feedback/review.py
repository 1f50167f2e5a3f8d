"""The editorial review record as a file: who accepted or edited which text, and when, for an audit or a spreadsheet.

`headline` is its place in the list from 1, as the screens count; `position` is the same from 0, as the API does.
"""

import json
from collections.abc import Iterable, Iterator

from core import clock
from core.feedback.model import Review
from core.foreign_text import csv_line


def json_lines(record: Iterable[Review]) -> Iterator[str]:
    """One JSON object a line."""
    for review in record:
        yield json.dumps(_row(review), ensure_ascii=False) + "\n"


def csv_lines(record: Iterable[Review]) -> Iterator[str]:
    """A header, then one record after another; a text that a spreadsheet would run begins with an apostrophe."""
    yield csv_line(_COLUMNS)
    for review in record:
        yield csv_line(_row(review).values())


def _row(review: Review) -> dict[str, object]:
    decision = review.decision
    edit = decision.edit
    return {
        "given_at": _time(decision.given_at),
        "person": decision.person,
        "decision": decision.kind,
        "accepted": review.accepted,
        "stands": decision.stands,
        "suggested": decision.suggested,
        "trace": decision.trace,
        "position": decision.position,
        "headline": None if decision.position is None else decision.position + 1,
        "desk": review.desk,
        "channel": review.channel,
        "language": review.language,
        "environment": review.environment,
        "prompt": review.prompt,
        "version": review.version,
        "model": review.model,
        "word_edits": edit and edit.word_edits,
        "words": edit and edit.words,
        "hter": edit and round(edit.hter, 4),
        "source": decision.source,
        "received_at": _time(decision.received_at),
    }


_COLUMNS = (
    "given_at", "person", "decision", "accepted", "stands", "suggested", "trace", "position", "headline", "desk", "channel",
    "language", "environment", "prompt", "version", "model", "word_edits", "words", "hter", "source", "received_at",
)  # fmt: skip


def _time(milliseconds: int) -> str:
    return clock.as_datetime(milliseconds).isoformat(timespec="milliseconds")
