"""The tests of promptfoo, as JSONL and as CSV: variables, assertions and metadata that say what a case says.

`icontains` is what must be mentioned, `not-icontains` what must not. What a case has no place for, such as a script, is
left out and named; a file that a test points to is never opened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from core.evals.case import Case
from core.evals.exchange import jsonl, sheet
from core.evals.exchange.reading import Collecting, Found, Terms

_MUST = ("icontains", "contains", "icontains-all", "contains-all")
_MUST_NOT = ("not-icontains", "not-contains", "not-icontains-any", "not-contains-any")
_REFERENCE = ("similar", "equals", "levenshtein", "rouge-n", "bleu")

_IN_VARIABLES = ("desk", "channel", "language")
_FURTHER = ("reference", "tags", "fewest_characters", "most_characters", "source_trace")
_IN_METADATA = ("id", "desk", "channel", "language", *_FURTHER)

_KEYS = ("description", "vars", "assert", "metadata")

_ASSERTION = re.compile(r"((?:not-)?[a-z-]+)(?:\([0-9.]+\))?:([\s\S]*)")
_METADATA = "__metadata:"
_PATH = re.compile(r"file://\S+")


def read_lines(data: bytes, source: str, terms: Terms) -> Found:
    """The cases of a JSONL file, a test a line."""
    collecting = Collecting(source, terms)
    for line, test in jsonl.objects(data, source, collecting):
        wrong = _wrong_type(test)
        if wrong is not None:
            collecting.fault(line, wrong)
            continue
        for key in test:
            if key not in _KEYS:
                collecting.unused(f"Key {key!r}")
        checks = cast("list[dict[str, object]]", test.get("assert") or [])
        assertions = [(str(each.get("type")), each.get("value")) for each in checks]
        variables = cast("dict[str, object]", test.get("vars") or {})
        read = _Test(test.get("description"), variables, assertions, test.get("metadata") or {})
        _add(collecting, line, read, article=_article(list(variables)))
    return collecting.end()


def read_sheet(data: bytes, source: str, terms: Terms) -> Found:
    """The cases of a CSV file: a column a variable, and columns that begin with two underscores."""
    collecting = Collecting(source, terms)
    article = _article([name for name in sheet.headers(data, source) if not name.startswith("__")])
    for line, row in sheet.rows(data, source, collecting):
        variables = {name: cell for name, cell in row.items() if not name.startswith("__") and cell.strip()}
        assertions = [_assertion(row[name]) for name in row if name.startswith("__expected") and row[name].strip()]
        for name, cell in row.items():
            known = name.startswith(("__expected", _METADATA)) or name == "__description"
            if name.startswith("__") and not known and cell.strip():
                collecting.unused(f"Column {name!r}")
        read = _Test(row.get("__description"), variables, assertions, _metadata(row))
        _add(collecting, line, read, article=article)
    return collecting.end()


def write_lines(cases: Sequence[Case]) -> Iterator[str]:
    """A test a line."""
    return jsonl.lines(
        {
            "description": case.id,
            "vars": _variables(case),
            "assert": [{"type": kind, "value": value} for kind, value in _assertions(case)],
            "metadata": {"id": case.id} | _further(case),
        }
        for case in cases
    )


def write_sheet(cases: Sequence[Case]) -> Iterator[str]:
    """A header, then a test a row; as many columns for expectations as the case with the most needs."""
    most = max((len(_assertions(case)) for case in cases), default=0)
    expected = [f"__expected{number}" for number in range(1, most + 1)]
    metadata = [f"{_METADATA}{'tags[]' if name == 'tags' else name}" for name in ("id", *_FURTHER)]
    header = ["article", *_IN_VARIABLES, *expected, "__description", *metadata]
    return sheet.lines(header, (_row(case, most) for case in cases))


@dataclass(frozen=True)
class _Test:
    description: str | None
    variables: Mapping[str, object]
    assertions: Sequence[tuple[str, object]]
    """Kind and value of each."""
    metadata: Mapping[str, object]


def _article(variables: Sequence[str]) -> str | None:
    """The variable that holds the article: the only one, or the one that is called so."""
    return variables[0] if len(variables) == 1 else sheet.propose(variables).get("article")


def _add(collecting: Collecting, line: int, test: _Test, *, article: str | None) -> None:
    fields: dict[str, object] = {}
    for name, value in test.metadata.items():
        if name in _IN_METADATA:
            fields[name] = value
        else:
            collecting.unused(f"Metadata {name!r}")
    for name, value in test.variables.items():
        if name == article:
            fields["article"] = value
        elif name in _IN_VARIABLES:
            fields[name] = value
        else:
            collecting.unused(f"Variable {name!r}")
    if isinstance(fields.get("article"), str) and _PATH.fullmatch(cast("str", fields["article"])):
        collecting.fault(line, "The article is a path to another file, which is not opened. Put the text here.")
        return
    must: list[str] = []
    must_not: list[str] = []
    for kind, value in test.assertions:
        values = _texts(value)
        if kind in _MUST and values:
            must += values
        elif kind in _MUST_NOT and values:
            must_not += values
        elif kind in _REFERENCE and len(values) == 1 and fields.get("reference") is None:
            fields["reference"] = values[0]
        else:
            collecting.unused(f"Assertion {kind!r}")
    collecting.add(line, fields | {"must_mention": must, "must_not_mention": must_not}, title=test.description)


def _wrong_type(test: Mapping[str, Any]) -> str | None:
    if not isinstance(test.get("description"), str | None):
        return "description is no text."
    if not isinstance(test.get("vars"), dict | None):
        return "vars is no object."
    if not isinstance(test.get("metadata"), dict | None):
        return "metadata is no object."
    assertions = test.get("assert")
    if assertions is not None and not (
        isinstance(assertions, list) and all(isinstance(each, dict) for each in cast("list[object]", assertions))
    ):
        return "assert is no list of objects."
    return None


def _texts(value: object) -> list[str]:
    """The texts of an assertion; none where it is something else, or points to a file."""
    values: list[object] = cast("list[object]", value) if isinstance(value, list) else [value]
    texts = [str(each) for each in values if isinstance(each, str | int | float) and not isinstance(each, bool)]
    return [] if len(texts) < len(values) or any(text.startswith("file://") for text in texts) else texts


def _assertion(cell: str) -> tuple[str, object]:
    found = _ASSERTION.fullmatch(cell.strip())
    if found is None:
        return "equals", cell
    kind, value = found.groups()
    return kind, sheet.split(value, ",") if kind.endswith(("-all", "-any")) else value


def _metadata(row: Mapping[str, str]) -> dict[str, object]:
    metadata: dict[str, object] = {}
    for name, cell in row.items():
        if name.startswith(_METADATA) and cell.strip():
            key = name.removeprefix(_METADATA)
            is_list = key.endswith("[]") or key == "tags"
            metadata[key.removesuffix("[]")] = sheet.split(cell, ",") if is_list else cell
    return metadata


def _variables(case: Case) -> dict[str, str]:
    values = {"article": case.article} | {name: getattr(case, name) for name in _IN_VARIABLES}
    return {name: value for name, value in values.items() if value is not None}


def _assertions(case: Case) -> list[tuple[str, str]]:
    must = [("icontains", word) for word in case.must_mention]
    return must + [("not-icontains", word) for word in case.must_not_mention]


def _further(case: Case) -> dict[str, object]:
    return case.model_dump(mode="json", include=set(_FURTHER), exclude_defaults=True)


def _row(case: Case, most: int) -> list[str]:
    variables = _variables(case)
    # promptfoo takes a space after the colon for a part of what is looked for.
    expected = [f"{kind}:{word}" for kind, word in _assertions(case)]
    return [
        case.article,
        *(variables.get(name, "") for name in _IN_VARIABLES),
        *expected,
        *[""] * (most - len(expected)),
        case.id,
        case.id,
        *(sheet.joined(case.tags, ",") if name == "tags" else _text(getattr(case, name)) for name in _FURTHER),
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
