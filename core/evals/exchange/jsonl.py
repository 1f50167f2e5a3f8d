"""Our own format: a case a line, as JSON with the keys of a case. What the other JSONL formats share is here, too."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.evals.case import Case
from core.evals.exchange.reading import FREE, Collecting, Found, Terms, text_of


def read(data: bytes, source: str, terms: Terms = FREE) -> Found:
    """The cases of a file; `BadInput` names the lines at fault."""
    collecting = Collecting(source, terms)
    for line, fields in objects(data, source, collecting):
        collecting.add(line, fields)
    return collecting.end()


def write(cases: Sequence[Case]) -> Iterator[str]:
    """One JSON object a line, without what a case does not say."""
    return lines(case.model_dump(mode="json", exclude_defaults=True) for case in cases)


def first_keys(data: bytes, source: str) -> list[str]:
    """The keys of the first object, none if there is none."""
    found = next(objects(data, source, Collecting(source, FREE)), None)
    return [] if found is None else list(found[1])


def objects(data: bytes, source: str, collecting: Collecting) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every object with its line, until there are faults enough; a line that holds none is a fault."""
    # Only \n ends a line: what else Unicode takes for one may stand in a JSON text as it is.
    for number, line in enumerate(text_of(data, source).split("\n"), 1):
        if collecting.full:
            return
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_constant)
        except RecursionError:
            collecting.fault(number, "It is nested too deeply.")
        except json.JSONDecodeError as error:
            collecting.fault(number, f"It is not JSON: {error.msg} at character {error.colno}.")
        except ValueError as error:
            collecting.fault(number, f"It cannot be read: {str(error)[:100]}.")
        else:
            if isinstance(value, dict):
                yield number, value
            else:
                collecting.fault(number, "A case is a JSON object in braces, on a line of its own.")


def lines(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield json.dumps(value, ensure_ascii=False) + "\n"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            # JSON would let the last one win without a word.
            raise ValueError(f"{key[:40]!r} is there twice")
        found[key] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
