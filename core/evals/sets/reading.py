"""Read eval sets: their versions, the cases of each, and what changed from one to another."""

import json
import sqlite3
from typing import Any

from core.db import Database
from core.errors import BadInput, NotFound
from core.evals.case import Case
from core.evals.sets.model import CaseLine, ChangedCase, Changes, EvalSet, Version
from core.prompts.versions import LARGEST_NUMBER
from core.traces import record


def get(db: Database, name: str, number: int | None = None) -> EvalSet:
    """A version with its cases, the newest without a number; `NotFound` names the newest there is."""
    with db.read() as connection:
        version = find_version(connection, name, number)
        rows = [row for row in connection.execute(CASES, (name, version.number)) if not row["erased"]]
        texts = record.articles(connection, (row["article"] for row in rows))
    return EvalSet(version, tuple(Case(article=texts[row["article"]], **json.loads(row["content"])) for row in rows))


def case(db: Database, name: str, number: int, case_id: str) -> Case:
    """One case of a version, or `NotFound`."""
    with db.read() as connection:
        find_version(connection, name, number)
        for row in connection.execute(CASES, (name, number)):
            content = json.loads(row["content"])
            if content["id"] == case_id:
                if row["erased"]:
                    raise BadInput(f"The article of {case_id} was erased, so there is no case to show.")
                return Case(article=record.articles(connection, [row["article"]])[row["article"]], **content)
    raise no_case(case_id, name, number)


def listing(db: Database) -> list[Version]:
    """The newest version of every set, by name."""
    with db.read() as connection:
        rows = connection.execute(
            "select * from eval_set_versions where (name, number) in "
            "(select name, max(number) from eval_set_versions group by name) order by name"
        )
        return [_read(row) for row in rows]


def history(db: Database, name: str) -> list[Version]:
    """All versions of a set, newest first; `NotFound` if there is no such set."""
    with db.read() as connection:
        rows = connection.execute("select * from eval_set_versions where name = ? order by number desc", (name,))
        versions = [_read(row) for row in rows]
    if not versions:
        raise _no_set(name)
    return versions


def newest(db: Database, name: str) -> Version | None:
    """The newest version of a set, None if there is no such set."""
    with db.read() as connection:
        return newest_version(connection, name)


def lines(db: Database, name: str, number: int | None = None) -> list[CaseLine]:
    """The cases of a version as a table shows them, of the newest without a number."""
    with db.read() as connection:
        version = find_version(connection, name, number)
        return [case_line(row) for row in connection.execute(CASES, (name, version.number))]


def changes(db: Database, name: str, one: int, other: int) -> Changes:
    """What changed from version `one` to version `other`; a case is the same one if its id is."""
    before = {line.id: line for line in lines(db, name, one)}
    after = {line.id: line for line in lines(db, name, other)}
    both = [ChangedCase(before[each], line) for each, line in after.items() if each in before]
    return Changes(
        added=[line for each, line in after.items() if each not in before],
        removed=[line for each, line in before.items() if each not in after],
        changed=[each for each in both if each.before.hash != each.after.hash],
        moved=[each.after.id for each in both] != [each for each in before if each in after],
    )


CASES = """
    select eval_cases.hash, eval_cases.article, eval_cases.characters, eval_cases.content,
        exists (select 1 from case_erasures where eval_case = eval_cases.id) as erased
    from eval_set_versions
    join eval_set_cases on eval_set_cases.version = eval_set_versions.id
    join eval_cases on eval_cases.id = eval_set_cases.eval_case
    where eval_set_versions.name = ? and eval_set_versions.number = ? order by eval_set_cases.position
"""
"""What a version, by its name and number, lists in order."""


def case_line(row: sqlite3.Row) -> CaseLine:
    """A row of `CASES`."""
    content: dict[str, Any] = json.loads(row["content"])
    return CaseLine(
        id=content["id"],
        desk=content["desk"],
        channel=content.get("channel", Case.model_fields["channel"].default),
        language=content.get("language"),
        characters=row["characters"],
        tags=tuple(content.get("tags", ())),
        reference=content.get("reference"),
        must_mention=tuple(content.get("must_mention", ())),
        must_not_mention=tuple(content.get("must_not_mention", ())),
        fewest_characters=content.get("fewest_characters"),
        most_characters=content.get("most_characters"),
        source_trace=content.get("source_trace"),
        article=row["article"],
        hash=row["hash"],
        erased=bool(row["erased"]),
    )


def find_version(connection: sqlite3.Connection, name: str, number: int | None) -> Version:
    """A version, the newest without a number, or `NotFound`."""
    newest = newest_version(connection, name)
    if newest is None:
        raise _no_set(name)
    if number is None or number == newest.number:
        return newest
    row = None
    if 0 < number <= LARGEST_NUMBER:
        row = connection.execute(
            "select * from eval_set_versions where name = ? and number = ?", (name, number)
        ).fetchone()
    if row is None:
        raise NotFound(f"{name} has no version {number}; the newest is {newest.number}.")
    return _read(row)


def newest_version(connection: sqlite3.Connection, name: str) -> Version | None:
    """The newest version as this transaction sees it, None if there is no such set."""
    row = connection.execute(
        "select * from eval_set_versions where name = ? order by number desc limit 1", (name,)
    ).fetchone()
    return None if row is None else _read(row)


def _read(row: sqlite3.Row) -> Version:
    fields: dict[str, Any] = {**dict(row), "desks": json.loads(row["desks"])}
    del fields["id"]
    return Version(**fields)


def _no_set(name: str) -> NotFound:
    return NotFound(f"There is no eval set {name[:100]!r}.")


def no_case(case_id: str, name: str, number: int) -> NotFound:
    return NotFound(f"{name} {number} has no case {case_id[:100]!r}.")
