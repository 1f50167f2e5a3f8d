"""What is looked for in the language of the full-text index.

A beginning stands for the words of the index that begin so. The index could look for it by itself, but would read all
that any of them is in before it tells the first.
"""

import sqlite3
from collections.abc import Sequence
from itertools import islice, takewhile

from core.errors import BadInput
from core.traces.finding import index
from core.traces.finding.find import KINDS, Find, Term

MOST_ENDINGS = 500
"""Words that a beginning can stand for."""


def expression(connection: sqlite3.Connection, find: Find) -> str | None:
    """The search; None if neither words nor facts are asked for. `BadInput` if a beginning is that of too many words."""
    wanted = [_any([_phrase([fact]) for fact in group]) for group in groups(connection, find)]
    wanted += [_written(connection, term) for term in find.wanted]
    unwanted = [_written(connection, term) for term in find.unwanted]
    if unwanted and not wanted:
        wanted = [EVERY]
    if not wanted:
        return None
    match = " AND ".join(wanted)
    return f"({match}) NOT {_any(unwanted)}" if unwanted else match


def groups(connection: sqlite3.Connection, find: Find) -> list[list[str]]:
    """The facts that are asked for: one of each group has to hold. A figure is held to more than its step."""
    asked = [[index.fact(kind, value) for value in getattr(find, kind)] for kind in KINDS]
    figures: tuple[tuple[index.Kind, float | None], ...] = ("cost", find.min_cost), ("duration", find.min_ms)
    for kind, least in figures:
        if least is not None:
            asked.append(_at_least(connection, kind, index.step(least)) or [_NO])
    return [group for group in asked if group]


EVERY = f'"{index.fact("trace", index.EVERY)}"'
"""Finds all that is in the index."""
_NO = index.fact("trace", "none")
"""A fact of no trace."""


def _at_least(connection: sqlite3.Connection, kind: index.Kind, step: str) -> list[str]:
    reached = takewhile(lambda each: each <= step, index.values(connection, kind))
    return [index.fact(kind, each) for each in reached]


def _written(connection: sqlite3.Connection, term: Term) -> str:
    if not term.is_beginning:
        return _phrase(term.words)
    *before, beginning = term.words
    found = list(islice(index.endings(connection, beginning), MOST_ENDINGS + 1))
    if len(found) > MOST_ENDINGS:
        raise BadInput(
            f"More than {MOST_ENDINGS} different words begin with {beginning!r}. Write more letters before the *."
        )
    return _any([_phrase([*before, each]) for each in found] or [_phrase([_NO])])


def _any(alternatives: list[str]) -> str:
    return alternatives[0] if len(alternatives) == 1 else f"({' OR '.join(alternatives)})"


def _phrase(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'
