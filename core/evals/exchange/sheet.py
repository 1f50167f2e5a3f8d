"""Cases as CSV, from a spreadsheet and for one: which header holds which field is proposed, and can be chosen.

Several values in a cell stand between bars: `budget|fares`. A bar or a backslash of their own has a backslash in front.
A cell that a spreadsheet would run as a formula begins with an apostrophe, which is taken away when it is read.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from core.errors import BadInput
from core.evals.case import Case
from core.evals.exchange.reading import Collecting, Found, Terms, text_of
from core.foreign_text import csv_line, from_cell

FIELDS = tuple(Case.model_fields)
LISTS = ("must_mention", "must_not_mention", "tags")

LONGEST_CELL = 10_000_000
MOST_HEADERS = 200

_CALLED: Mapping[str, Sequence[str]] = {
    "id": ("id", "case", "caseid", "key", "name", "nummer", "number"),
    "article": ("article", "articletext", "text", "body", "story", "content", "input", "artikel", "artikeltext", "texte",
                "tekst", "corps"),
    "desk": ("desk", "section", "ressort", "redactie", "rubrique", "rubriek", "category", "department"),
    "channel": ("channel", "kanal", "kanaal", "canal", "platform"),
    "language": ("language", "lang", "sprache", "langue", "taal", "locale"),
    "reference": ("reference", "referenceheadline", "headline", "title", "target", "expected", "titel", "titre", "kop",
                  "schlagzeile", "uberschrift", "ueberschrift"),
    "must_mention": ("mustmention", "mention", "mustinclude", "required", "keywords"),
    "must_not_mention": ("mustnotmention", "notmention", "mustexclude", "forbidden"),
    "fewest_characters": ("fewestcharacters", "mincharacters", "minlength"),
    "most_characters": ("mostcharacters", "maxcharacters", "maxlength", "characterlimit", "limit"),
    "tags": ("tags", "tag", "labels", "label", "stichworte", "schlagworte", "etiquettes"),
    "source_trace": ("sourcetrace", "trace", "traceid"),
}  # fmt: skip


def headers(data: bytes, source: str) -> list[str]:
    """The headers of a file, in their order; `BadInput` if one is there twice."""
    return _headers(_reader(data, source), source)


def propose(found: Sequence[str]) -> dict[str, str]:
    """Which header seems to hold which field of a case; a header that says nothing to us is in none."""
    folded = {header: _folded(header) for header in found}
    proposed: dict[str, str] = {}
    for field, names in _CALLED.items():
        fitting = [header for name in names for header in found if folded[header] == name]
        free = [header for header in fitting if header not in proposed.values()]
        if free:
            proposed[field] = free[0]
    return proposed


def read(data: bytes, source: str, terms: Terms) -> Found:
    """The cases of a file by the mapping that `propose` gives."""
    return read_mapped(data, propose(headers(data, source)), source=source, terms=terms)


def read_mapped(data: bytes, mapping: Mapping[str, str], *, source: str, terms: Terms) -> Found:
    """The cases of a file, each field from the header that `mapping` names for it; other columns are left out."""
    there = headers(data, source)
    for field, header in mapping.items():
        if field not in FIELDS:
            raise BadInput(f"A case has no {field[:40]!r}; it has {', '.join(FIELDS)}.")
        if header not in there:
            raise BadInput(f"{source} has no header {header[:40]!r}; it has {_named(there)}.")
    if "article" not in mapping:
        raise BadInput(f"Say which header holds the article; {source} has {_named(there)}.")
    collecting = Collecting(source, terms)
    for line, row in rows(data, source, collecting):
        collecting.add(line, {field: _value(field, row[header]) for field, header in mapping.items()})
    for header in there:
        if header not in mapping.values():
            collecting.unused(f"Column {header!r}")
    return collecting.end()


def write(cases: Sequence[Case]) -> Iterator[str]:
    """A header, then a case a row."""
    return lines(FIELDS, ([_cell(getattr(case, field)) for field in FIELDS] for case in cases))


def rows(data: bytes, source: str, collecting: Collecting) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row by its headers, with the line it begins in, until there are faults enough. An empty row is none."""
    reader = _reader(data, source)
    names = _headers(reader, source)
    while not collecting.full:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            collecting.fault(line, _reason(error))
            return
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            collecting.fault(line, f"It has {len(cells)} cells; the header has {len(names)}.")
            continue
        yield line, {name: from_cell(cell) for name, cell in zip(names, cells, strict=True)}


def lines(header: Sequence[str], values: Iterable[Sequence[str]]) -> Iterator[str]:
    """A header and rows as CSV (RFC 4180), harmless to a spreadsheet."""
    for row in (header, *values):
        yield csv_line(row, ends="\r\n")


def joined(values: Iterable[str], separator: str = "|") -> str:
    """Several values in one cell."""
    return separator.join(re.sub(rf"([\\{separator}])", r"\\\1", value) for value in values)


def split(cell: str, separator: str = "|") -> list[str]:
    """The values in a cell; a backslash takes the separator, or another backslash, for what it is."""
    values = [""]
    for escaped, mark, other in re.findall(rf"\\([\\{separator}])|({re.escape(separator)})|([\s\S])", cell):
        if mark:
            values.append("")
        else:
            values[-1] += escaped or other
    return [value for value in values if value.strip()]


def _reader(data: bytes, source: str) -> Any:
    text = text_of(data, source)
    # One setting for the whole process; Python's own would cut off at 131,072 characters.
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)


def _headers(reader: Iterator[list[str]], source: str) -> list[str]:
    try:
        found = [header.strip() for header in next(reader)]
    except csv.Error as error:
        raise BadInput(f"{source}, line 1: {_reason(error)}") from None
    if len(found) > MOST_HEADERS:
        raise BadInput(f"{source} has {len(found):,} columns; at most {MOST_HEADERS} are read.")
    for header in found:
        if found.count(header) > 1:
            raise BadInput(f"{source} has the header {header[:40]!r} twice. Give each column a name of its own.")
    return found


def _delimiter(text: str) -> str:
    """What stands between cells, by the header: spreadsheets of many countries write semicolons."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max(",;\t", key=header.count)


def _reason(error: csv.Error) -> str:
    if "limit" in str(error):
        return f"A cell is longer than {LONGEST_CELL:,} characters. Is a quotation mark missing?"
    if "end of data" in str(error):
        return "A cell begins here with a quotation mark and never ends."
    return "A quotation mark stands where none can. Within a quoted cell, write it twice."


def _value(field: str, cell: str) -> object:
    if field in LISTS:
        return split(cell)
    return cell if cell.strip() else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    return joined(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else str(value)


def _folded(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _named(found: Sequence[str]) -> str:
    return ", ".join(repr(header[:40]) for header in found[:20])
