"""The immutable, numbered versions of every prompt."""

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core import audit, clock
from core.db import Database
from core.errors import BadInput, NotFound
from core.prompts import names, template
from core.prompts.content import Content

# SQLite's integers end here; what is larger is no version, and no reason to fail.
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Version:
    prompt: str
    number: int
    hash: str
    parent: int | None
    content: Content
    note: str
    author: str
    created_at: int


@dataclass(frozen=True)
class VersionLine:
    """A version as a list shows it."""

    prompt: str
    number: int
    hash: str
    parent: int | None
    note: str
    author: str
    created_at: int


def save(db: Database, prompt: str, content: Content, *, note: str, author: str, parent: int | None = None) -> Version:
    """Save content as the next version, or return the version that holds it already.

    A note that is empty, a template that cannot be used or a name that no prompt can have is `BadInput`.
    """
    for message in content.messages:
        template.check(message.content)
    return db.write(lambda connection: add(connection, prompt, content, note=note, author=author, parent=parent))


def add(
    connection: sqlite3.Connection, prompt: str, content: Content, *, note: str, author: str, parent: int | None = None
) -> Version:
    """`save` within a transaction of the caller's, who has checked the templates: that takes too long in here."""
    if not names.is_name(prompt):
        raise BadInput(f"A prompt cannot be called {prompt!r}: small letters, digits and hyphens, a letter first.")
    if not note.strip():
        raise BadInput("A version needs a note: what changed, and why?")
    if not author.strip():
        raise BadInput("A version needs a name: who wrote it?")
    same = find(connection, prompt, content)
    if same is not None:
        return same
    if parent is not None and _row(connection, prompt, parent) is None:
        raise NotFound(f"{prompt} has no version {parent} to start from.")
    row = connection.execute(
        """
        insert into prompt_versions (prompt, number, hash, parent, content, note, author, created_at)
        select ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 from prompt_versions where prompt = ?1
        returning *
        """,
        (prompt, content.hash, parent, content.canonical(), note.strip(), author, clock.now_ms()),
    ).fetchone()
    saved = _version(row)
    before = None if parent is None else {"version": parent}
    after = {"version": saved.number, "hash": saved.hash}
    change = audit.Change(author, "version saved", f"{prompt} {saved.number}", before, after, saved.note)
    audit.append(connection, change)
    return saved


def find(connection: sqlite3.Connection, prompt: str, content: Content) -> Version | None:
    """The version that holds this content, if there is one."""
    row = connection.execute(
        "select * from prompt_versions where prompt = ? and hash = ?", (prompt, content.hash)
    ).fetchone()
    return None if row is None else _version(row)


def get(db: Database, prompt: str, number: int) -> Version:
    """One version; `NotFound` names the newest there is."""
    with db.read() as connection:
        row = _row(connection, prompt, number)
        if row is not None:
            return _version(row)
        newest = connection.execute("select max(number) from prompt_versions where prompt = ?", (prompt,)).fetchone()[0]
    if newest is None:
        raise NotFound(f"There is no prompt {prompt!r}.")
    raise NotFound(f"{prompt} has no version {number}; the newest is {newest}.")


def listing(db: Database, prompt: str) -> list[VersionLine]:
    """All versions of a prompt, newest first, without their content."""
    with db.read() as connection:
        rows = connection.execute(
            "select prompt, number, hash, parent, note, author, created_at from prompt_versions "
            "where prompt = ? order by number desc",
            (prompt,),
        )
        return [VersionLine(**dict(row)) for row in rows]


def prompts(db: Database) -> list[str]:
    """The prompts there are."""
    with db.read() as connection:
        return [row[0] for row in connection.execute("select distinct prompt from prompt_versions order by prompt")]


def _row(connection: sqlite3.Connection, prompt: str, number: int) -> sqlite3.Row | None:
    if not 0 < number <= LARGEST_NUMBER:
        return None
    return connection.execute(
        "select * from prompt_versions where prompt = ? and number = ?", (prompt, number)
    ).fetchone()


def _version(row: sqlite3.Row) -> Version:
    fields: dict[str, Any] = {**dict(row), "content": _content(row["content"])}
    return Version(**fields)


@lru_cache(maxsize=256)
def _content(canonical: str) -> Content:
    # Keyed by the stored text itself, so a version that another process saved can never be stale here.
    return Content.model_validate_json(canonical)
