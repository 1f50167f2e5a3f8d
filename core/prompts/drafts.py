"""What somebody is writing and has not saved as a version yet: kept, so that a reload or a closed browser loses nothing.

A draft is the text of a `.prompt.yml`, whether it can be read at this moment or not.
"""

import sqlite3
import uuid
from dataclasses import dataclass

from core import clock
from core.db import Database
from core.errors import NotFound
from core.prompts.files import LARGEST_FILE


@dataclass(frozen=True)
class Draft:
    """`parent` is the version it was started from, None for a new prompt."""

    id: str
    prompt: str
    parent: int | None
    text: str
    note: str
    author: str
    updated_at: int


def start(db: Database, prompt: str, parent: int | None, text: str, *, author: str) -> Draft:
    """Begin a draft."""
    draft = Draft(uuid.uuid4().hex, prompt, parent, text[:LARGEST_FILE], "", author, clock.now_ms())
    db.write(lambda connection: _put(connection, draft))
    return draft


def keep(db: Database, draft_id: str, *, text: str, note: str) -> None:
    """Keep what was written so far."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute(
            "update drafts set text = ?, note = ?, updated_at = ? where id = ?",
            (text[:LARGEST_FILE], note, clock.now_ms(), draft_id),
        )

    db.write(job)


def get(db: Database, draft_id: str) -> Draft:
    """One draft, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute("select * from drafts where id = ?", (draft_id,)).fetchone()
    if row is None:
        raise NotFound("This draft is not there any more: it was saved as a version, or discarded.")
    return Draft(**dict(row))


def listing(db: Database, prompt: str) -> list[Draft]:
    """The drafts of a prompt, the one touched last first."""
    with db.read() as connection:
        rows = connection.execute("select * from drafts where prompt = ? order by updated_at desc", (prompt,))
        return [Draft(**dict(row)) for row in rows]


def discard(db: Database, draft_id: str) -> None:
    """Throw a draft away; one that is gone already is no matter."""
    db.write(lambda connection: connection.execute("delete from drafts where id = ?", (draft_id,)))


def _put(connection: sqlite3.Connection, draft: Draft) -> None:
    connection.execute(
        "insert into drafts (id, prompt, parent, text, note, author, updated_at) values (?, ?, ?, ?, ?, ?, ?)",
        (draft.id, draft.prompt, draft.parent, draft.text, draft.note, draft.author, draft.updated_at),
    )
