"""The bytes of an export, a page of traces at a time, in the form that is wanted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal, get_args

from core import feedback
from core.db import Database
from core.exports import rows
from core.foreign_text import csv_line
from core.traces import bodies, record
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
    """The next bytes of a file, how many traces are in it with them, and which of all these are damaged."""

    data: bytes
    traces: int
    damaged: Sequence[str] = ()


def pieces(db: Database, find: Find, form: Form, *, limit: int | None = None) -> Iterator[Piece]:
    """All that the search finds when it begins, the newest first; at most `limit` traces.

    CSV and Parquet have a row for each trace; in CSV several headlines stand on a line each within their cell, and no cell
    is a formula to a spreadsheet. JSONL has the full record, messages and raw answers too, with all feedback; of a trace whose
    texts cannot be read any more it has the rest, and under `damaged` a sentence that says so.
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
    damaged: list[str] = []
    for page in pages:
        done += len(page)
        records = [_full(db, line) for line in page]
        damaged += [line.id for line, each in zip(page, records, strict=True) if "damaged" in each]
        text = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records)
        yield Piece(text.encode(), done, tuple(damaged))


def _full(db: Database, line: TraceLine) -> Mapping[str, Any]:
    """All that is on record of a trace; one whose texts cannot be read must not keep the others out of the file."""
    given = {"feedback": [asdict(each) for each in feedback.of_trace(db, line.id)]}
    try:
        return asdict(record.get(db, line.id)) | given
    except bodies.DamagedText as error:
        with db.read() as connection:
            texts = [asdict(each) for each in record.headlines(connection, line.id)]
        return {"line": asdict(line), "headlines": texts, "damaged": error.message} | given


def _parquet(db: Database, pages: Iterator[list[TraceLine]]) -> Iterator[Piece]:
    # Loading it takes a quarter of a second, which nobody else should wait for.
    from core.exports.parquet import Packing

    packing = Packing(rows.COLUMNS)
    done = 0
    for page in pages:
        done += len(page)
        yield Piece(packing.pack([row.cells() for row in rows.read(db, page)]), done)
    yield Piece(packing.end(), done)
