"""Eval sets as the tests save them."""

from core.db import Database
from core.evals import sets
from core.evals.case import Case
from core.evals.sets import Version
from tests.core.evals.cases import LIMIT, case

A, B, C = case("a"), case("b", desk="sport"), case("c")


def save(db: Database, *cases: Case, seen: int | None = None, name: str = "ours", note: str = "Why.") -> Version:
    return sets.save(db, name, cases, note=note, author="ada", seen=seen, article_limit=LIMIT)


def ids(db: Database, number: int | None = None) -> list[str]:
    return [each.id for each in sets.get(db, "ours", number).cases]
