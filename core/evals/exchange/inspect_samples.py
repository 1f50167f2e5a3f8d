"""The samples of Inspect, as JSONL and as CSV: the article is the input, the reference the target, the rest metadata."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from core.evals.case import Case
from core.evals.exchange import jsonl, sheet
from core.evals.exchange.reading import Collecting, Found, Terms

_IN_METADATA = (
    "desk", "channel", "language", "must_mention", "must_not_mention", "fewest_characters", "most_characters", "tags",
    "source_trace",
)  # fmt: skip
_KEYS = ("input", "target", "id", "metadata")


def read_lines(data: bytes, source: str, terms: Terms) -> Found:
    """The cases of a JSONL file, a sample a line."""
    collecting = Collecting(source, terms)
    for line, sample in jsonl.objects(data, source, collecting):
        _add(collecting, line, sample)
    return collecting.end()


def read_sheet(data: bytes, source: str, terms: Terms) -> Found:
    """The cases of a CSV file; its metadata is JSON in a cell."""
    collecting = Collecting(source, terms)
    for line, row in sheet.rows(data, source, collecting):
        sample: dict[str, Any] = {name: cell for name, cell in row.items() if cell.strip()}
        try:
            if "metadata" in sample:
                sample["metadata"] = json.loads(sample["metadata"])
        except (ValueError, RecursionError):
            collecting.fault(line, "metadata is not JSON.")
            continue
        _add(collecting, line, sample)
    return collecting.end()


def write_lines(cases: Sequence[Case]) -> Iterator[str]:
    """A sample a line."""
    return jsonl.lines(
        {"input": case.article, "target": case.reference or "", "id": case.id, "metadata": _metadata(case)}
        for case in cases
    )


def write_sheet(cases: Sequence[Case]) -> Iterator[str]:
    """A header, then a sample a row."""
    return sheet.lines(
        _KEYS,
        (
            [case.article, case.reference or "", case.id, json.dumps(_metadata(case), ensure_ascii=False)]
            for case in cases
        ),
    )


def _add(collecting: Collecting, line: int, sample: Mapping[str, Any]) -> None:
    metadata = sample.get("metadata")
    if not isinstance(metadata, dict | None):
        collecting.fault(line, "metadata is no object.")
        return
    for key in sample:
        if key not in _KEYS:
            collecting.unused(f"Key {key!r}")
    fields: dict[str, object] = {}
    for name, value in cast("dict[str, object]", metadata or {}).items():
        if name in _IN_METADATA:
            fields[name] = value
        else:
            collecting.unused(f"Metadata {name!r}")
    fields |= {"article": _article(sample.get("input")), "reference": _reference(sample.get("target"), collecting)}
    number = sample.get("id")
    # Inspect numbers samples where they have no name.
    fields["id"] = str(number) if isinstance(number, int) and not isinstance(number, bool) else number
    collecting.add(line, fields)


def _article(value: object) -> object:
    """The text of an input; of a conversation, that of its only message by the user."""
    messages = cast("list[object]", value) if isinstance(value, list) else []
    each_message = [cast("dict[str, object]", message) for message in messages if isinstance(message, dict)]
    asked = [message.get("content") for message in each_message if message.get("role") == "user"]
    return asked[0] if len(asked) == 1 else cast("object", value)


def _reference(value: object, collecting: Collecting) -> object:
    values: list[object] = cast("list[object]", value) if isinstance(value, list) else [value]
    if len(values) > 1:
        collecting.unused("Targets but for the first")
    first = values[0] if values else None
    return None if isinstance(first, str) and not first.strip() else first


def _metadata(case: Case) -> dict[str, object]:
    return case.model_dump(mode="json", include=set(_IN_METADATA), exclude_defaults=True)
