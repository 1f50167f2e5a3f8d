"""What can be chosen for a search: the values that any trace has, and what a search without a result could do without."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from core.db import Database
from core.traces.finding import index, search
from core.traces.finding.find import KINDS, Find
from core.traces.finding.search import Count

MOST = 200
"""Values of a kind that are offered."""
_LOOSE = 1_000
"""Counts of what could be found are exact up to here."""


@dataclass(frozen=True)
class Part:
    """One filter of a search: the field, and the value if that is one of several."""

    name: str
    value: str | int | float


@dataclass(frozen=True)
class Looser:
    """A search without one of its filters, and how many traces that finds."""

    part: Part
    find: Find
    count: Count


def values(db: Database) -> Mapping[str, Sequence[str]]:
    """By kind the values that any trace in the index has, in the order in which a person looks for them."""
    with db.read() as connection:
        found = {kind: list(islice(index.values(connection, kind), MOST)) for kind in KINDS}
    return {str(kind): sorted(each, key=_natural) for kind, each in found.items()}


def parts(find: Find) -> list[Part]:
    """The filters of a search one by one."""
    alone = ("text", "period", "since", "until", "min_cost", "min_ms")
    chosen = [Part(name, value) for name in alone if (value := getattr(find, name)) not in (None, "")]
    return chosen + [Part(kind, value) for kind in KINDS for value in getattr(find, kind)]


def without(find: Find, part: Part) -> Find:
    """The search without one of its filters."""
    if part.name in KINDS:
        left = tuple(each for each in getattr(find, part.name) if each != part.value)
        return replace(find, **{part.name: left})
    return replace(find, **{part.name: "" if part.name == "text" else None})


def looser(db: Database, find: Find) -> list[Looser]:
    """What the search would find without one kind of its filters, the least that is added first; nothing is left out."""
    found: dict[str, Looser] = {}
    for part in parts(find):
        if part.name not in found:
            none = () if part.name in KINDS else "" if part.name == "text" else None
            wider = replace(find, **{part.name: none})
            found[part.name] = Looser(part, wider, search.count(db, wider, limit=_LOOSE))
    return sorted((each for each in found.values() if each.count.number), key=lambda each: each.count.number)


def _natural(value: str) -> list[tuple[int, str]]:
    """Numbers within a name by their size: version 10 after version 9."""
    return [
        (int(piece), "") if piece.isascii() and piece.isdigit() else (0, piece) for piece in re.split(r"(\d+)", value)
    ]
