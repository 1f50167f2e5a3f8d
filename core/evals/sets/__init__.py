"""Eval sets: named cases under a number that rises at every change, so that a run can say for ever what it ran on.

    version = sets.save(db, "sport", cases, note="The cup finals.", author="ada", seen=None, article_limit=60_000)
    sets.remove(db, "sport", ["final-3"], note="Never ran.", author="ben", seen=version.number)

A version lists its cases in order. A case is stored once for all versions that list it, and its article once for all
cases and traces that hold it. Whoever saves names the newest number that they saw; if another came since, it is refused
(`Conflict`). A version that takes a change back has a new number, too: the newest is always what the set is now.
"""

from core.evals.sets.making import from_trace
from core.evals.sets.model import CaseLine, ChangedCase, Changes, EvalSet, Version
from core.evals.sets.reading import case, changes, get, history, lines, listing, newest
from core.evals.sets.saving import MOST_CASES, MOST_CHARACTERS, add, put, remove, replace, save

__all__ = [
    "MOST_CASES", "MOST_CHARACTERS", "CaseLine", "ChangedCase", "Changes", "EvalSet", "Version", "add", "case", "changes",
    "from_trace", "get", "history", "lines", "listing", "newest", "put", "remove", "replace", "save",
]  # fmt: skip
