"""Cases whose article was erased: they keep their place and number in every version of a set, and are asked no more.

What was measured on them stays; the article, the reference and the words that a headline had to hold are gone.
"""

import sqlite3
from collections.abc import Callable, Set
from dataclasses import dataclass

from core.db import Database
from core.traces import bodies


@dataclass(frozen=True)
class ErasedCase:
    """A case as it is called, and why it is asked no more; `at` in milliseconds."""

    id: str
    author: str
    reason: str
    at: int


@dataclass(frozen=True)
class CaseInUse:
    """A case that is still asked, by its number, with the hash of its article."""

    number: int
    article: str


def of_hash(connection: sqlite3.Connection, case_hash: str) -> list[CaseInUse]:
    """The case of this hash if it is still asked."""
    rows = connection.execute(
        "select id, article from eval_cases where hash = ? and id not in (select eval_case from case_erasures)",
        (case_hash,),
    )
    return [CaseInUse(row["id"], row["article"]) for row in rows]


def using(connection: sqlite3.Connection, articles: Set[str], forms: Callable[[str], Set[str]]) -> dict[int, str]:
    """The cases, by number, that use one of these articles, each with the hash of its own.

    `forms` gives the hashes under which a text may be on record, for a prompt may have changed it on its way.
    """
    rows = connection.execute(
        """
        select eval_cases.id, articles.hash, articles.text
        from eval_cases join articles on articles.hash = eval_cases.article
        where length(articles.text) > 0 and eval_cases.id not in (select eval_case from case_erasures)
        """
    )
    return {
        row["id"]: row["hash"]
        for row in rows
        if row["hash"] in articles or not articles.isdisjoint(_forms(row["text"], forms))
    }


def _forms(article: bytes, forms: Callable[[str], Set[str]]) -> Set[str]:
    """None for a damaged article, which only its own hash can name."""
    try:
        return forms(bodies.unpack_text(article))
    except bodies.DamagedText:
        return frozenset()


def are_using(connection: sqlite3.Connection, article: str) -> bool:
    """Whether a case uses the article of this hash."""
    return (
        connection.execute(
            "select 1 from eval_cases where article = ? and id not in (select eval_case from case_erasures) limit 1",
            (article,),
        ).fetchone()
        is not None
    )


def forget(connection: sqlite3.Connection, case: int, *, author: str, reason: str, at: int) -> None:
    """Take away what a case quotes of its article, and note that it is asked no more."""
    connection.execute(
        "update eval_cases set content = json_remove(content, '$.reference', '$.must_mention', '$.must_not_mention') "
        "where id = ?",
        (case,),
    )
    connection.execute(
        "insert into case_erasures (eval_case, at, author, reason) values (?, ?, ?, ?) on conflict do nothing",
        (case, at, author, reason),
    )


def of_version(db: Database, name: str, number: int) -> list[ErasedCase]:
    """The cases of a version that are asked no more, in their order."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select json_extract(eval_cases.content, '$.id') as id, case_erasures.author, case_erasures.reason, case_erasures.at
            from eval_set_versions
            join eval_set_cases on eval_set_cases.version = eval_set_versions.id
            join case_erasures on case_erasures.eval_case = eval_set_cases.eval_case
            join eval_cases on eval_cases.id = eval_set_cases.eval_case
            where eval_set_versions.name = ? and eval_set_versions.number = ? order by eval_set_cases.position
            """,
            (name, number),
        )
        return [ErasedCase(**dict(row)) for row in rows]
