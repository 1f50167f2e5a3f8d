"""The bytes of an export, a page of traces at a time, in the form that is wanted."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, get_args

from core import feedback
from core.db import Database
from core.exports import rows
from core.foreign_text import csv_line
from core.traces import record
from core.traces.finding import search
from core.traces.finding.find import Find
from core.traces.model import TraceLine

Form = Literal["csv", "jsonl", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA_TYPES: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
_PAGE = 200


@dataclass(frozen=True)
class Piece:
    """The next bytes of a file, and how many traces are in it with them."""

    data: bytes
    traces: int


def pieces(db: Database, find: Find, form: Form, *, limit: int | None = None) -> Iterator[Piece]:
    """All that the search finds when it begins, the newest first; at most `limit` traces.

    CSV and Parquet have a row for each trace; in CSV several headlines stand on a line each within their cell, and no cell
    is a formula to a spreadsheet. JSONL has the full record, messages and raw answers too, with all feedback.
    """
    pages = _pages(search.everything(db, find, limit=limit))
    if form == "csv":
        return _csv(db, pages)
    return _jsonl(db, pages) if form == "jsonl" else _parquet(db, pages)


def _pages(lines: Iterator[TraceLine]) -> Iterator[list[TraceLine]]:
    while page := list(islice(lines, _PAGE)):
        yield page


def _csv(db: Database, pages: Iterator[list[TraceLine]]) -> Iterator[Piece]:
    # A spreadsheet takes UTF-8 for it only with this mark.
    yield Piece(("\ufeff" + csv_line(rows.COLUMNS)).encode(), 0)
    done = 0
    for page in pages:
        done += len(page)
        text = "".join(csv_line(_one_cell(each) for each in row.cells().values()) for row in rows.read(db, page))
        yield Piece(text.encode(), done)


def _one_cell(value: rows.Value) -> str | float | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value if value is None or isinstance(value, str | int | float) else "\n".join(value)


def _jsonl(db: Database, pages: Iterator[list[TraceLine]]) -> Iterator[Piece]:
    done = 0
    for page in pages:
        done += len(page)
        yield Piece("".join(_full(db, line.id) for line in page).encode(), done)


def _full(db: Database, trace_id: str) -> str:
    given = [asdict(each) for each in feedback.of_trace(db, trace_id)]
    return json.dumps(asdict(record.get(db, trace_id)) | {"feedback": given}, ensure_ascii=False) + "\n"


def _parquet(db: Database, pages: Iterator[list[TraceLine]]) -> Iterator[Piece]:
    # Loading it takes a quarter of a second, which nobody else should wait for.
    from core.exports.parquet import Packing

    packing = Packing(rows.COLUMNS)
    done = 0
    for page in pages:
        done += len(page)
        yield Piece(packing.pack([row.cells() for row in rows.read(db, page)]), done)
    yield Piece(packing.end(), done)
