"""Cases in files: our own JSONL, CSV with a header, and the tests of promptfoo and samples of Inspect that people have.

    found = exchange.read(data, "csv", source="cases.csv", terms=Terms(desks, article_limit=60_000))
    text = "".join(exchange.write(found.cases, "promptfoo-jsonl"))

What is written is read back as equal cases. A file with a fault gives no case at all: `BadInput` names the lines.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from core.errors import BadInput
from core.evals.case import Case
from core.evals.exchange import inspect_samples, jsonl, promptfoo, sheet
from core.evals.exchange.reading import FREE, LARGEST_FILE, Found, Terms

Format = Literal["jsonl", "csv", "promptfoo-jsonl", "promptfoo-csv", "inspect-jsonl", "inspect-csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

__all__ = ["FORMATS", "FREE", "LARGEST_FILE", "Format", "Found", "Terms", "propose_format", "read", "write"]


@dataclass(frozen=True)
class _Ways:
    read: Callable[[bytes, str, Terms], Found]
    write: Callable[[Sequence[Case]], Iterator[str]]


_WAYS: Mapping[Format, _Ways] = {
    "jsonl": _Ways(jsonl.read, jsonl.write),
    "csv": _Ways(sheet.read, sheet.write),
    "promptfoo-jsonl": _Ways(promptfoo.read_lines, promptfoo.write_lines),
    "promptfoo-csv": _Ways(promptfoo.read_sheet, promptfoo.write_sheet),
    "inspect-jsonl": _Ways(inspect_samples.read_lines, inspect_samples.write_lines),
    "inspect-csv": _Ways(inspect_samples.read_sheet, inspect_samples.write_sheet),
}


def read(data: bytes, form: Format, *, source: str, terms: Terms) -> Found:
    """The cases in a file called `source`. A CSV of ours is read by its proposed mapping; `sheet.read_mapped` takes another."""
    return _WAYS[form].read(data, source, terms)


def write(cases: Sequence[Case], form: Format) -> Iterator[str]:
    """The text of a file, in pieces; it is to be encoded as UTF-8."""
    return _WAYS[form].write(cases)


def propose_format(data: bytes, *, source: str) -> Format:
    """What a file seems to be, by the end of its name and by the keys or headers it begins with."""
    if source.lower().endswith((".jsonl", ".ndjson")):
        keys, kind = jsonl.first_keys(data, source), "jsonl"
    elif source.lower().endswith((".csv", ".tsv")):
        keys, kind = sheet.headers(data, source), "csv"
    else:
        raise BadInput(f"{source} is neither .jsonl nor .csv. Say which format it has: {', '.join(FORMATS)}.")
    if "vars" in keys or any(key.startswith("__") for key in keys):
        return "promptfoo-jsonl" if kind == "jsonl" else "promptfoo-csv"
    if "input" in keys and ("target" in keys or "metadata" in keys) and "article" not in keys:
        return "inspect-jsonl" if kind == "jsonl" else "inspect-csv"
    return "jsonl" if kind == "jsonl" else "csv"
