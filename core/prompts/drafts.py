"""What somebody is writing and has not saved as a version yet: kept, so that a reload or a closed browser loses nothing.

A draft is the text of a `.prompt.yml`, whether it can be read at this moment or not.
"""

import sqlite3
import uuid
from dataclasses import dataclass

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import versions
from core.prompts.plain_yaml import LARGEST_FILE


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


@dataclass(frozen=True)
class DraftLine:
    """A draft as a list shows it."""

    id: str
    parent: int | None
    note: str
    author: str
    updated_at: int


def start(db: Database, prompt: str, parent: int | None, text: str, *, author: str) -> Draft:
    """Begin a draft, from a version that is there (`NotFound`) or from none."""
    if parent is not None:
        versions.get(db, prompt, parent)
    draft = Draft(uuid.uuid4().hex, prompt, parent, _whole(text), "", author, clock.now_ms())
    db.write(lambda connection: _put(connection, draft))
    return draft


def keep(db: Database, draft_id: str, *, text: str, note: str, seen: int | None = None) -> int:
    """Keep what was written so far and return when; `NotFound` if the draft is gone, for then nothing was kept.

    `seen` is the `updated_at` that the writer knows. If another window kept something since, this is `Conflict`.
    """
    _whole(text)

    def job(connection: sqlite3.Connection) -> int:
        found = connection.execute("select updated_at from drafts where id = ?", (draft_id,)).fetchone()
        if found is None:
            raise NotFound(_GONE)
        before: int = found["updated_at"]
        if seen is not None and seen != before:
            raise Conflict(_ELSEWHERE)
        # Never the same moment twice, for it tells one state of the draft from the next.
        now = max(clock.now_ms(), before + 1) if seen is not None else clock.now_ms()
        connection.execute(
            "update drafts set text = ?, note = ?, updated_at = ? where id = ?", (text, note, now, draft_id)
        )
        return now

    return db.write(job)


def get(db: Database, draft_id: str) -> Draft:
    """One draft, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute("select * from drafts where id = ?", (draft_id,)).fetchone()
    if row is None:
        raise NotFound(_GONE)
    return Draft(**dict(row))


def listing(db: Database, prompt: str) -> list[DraftLine]:
    """The drafts of a prompt, the one touched last first."""
    with db.read() as connection:
        rows = connection.execute(
            "select id, parent, note, author, updated_at from drafts where prompt = ? order by updated_at desc",
            (prompt,),
        )
        return [DraftLine(**dict(row)) for row in rows]


def discard(db: Database, draft_id: str) -> None:
    """Throw a draft away; one that is gone already is no matter."""
    db.write(lambda connection: connection.execute("delete from drafts where id = ?", (draft_id,)))


def _whole(text: str) -> str:
    """The text; one that no file could hold is refused rather than cut."""
    if len(text) > LARGEST_FILE:
        raise BadInput(f"A draft can hold {LARGEST_FILE:,} characters; this is longer and was not kept.")
    return text


def _put(connection: sqlite3.Connection, draft: Draft) -> None:
    connection.execute(
        "insert into drafts (id, prompt, parent, text, note, author, updated_at) values (?, ?, ?, ?, ?, ?, ?)",
        (draft.id, draft.prompt, draft.parent, draft.text, draft.note, draft.author, draft.updated_at),
    )


_ELSEWHERE = (
    "This draft was changed in another window since you opened it here. What you type here is not kept: copy what you "
    "need, then reload the page."
)
_GONE = "This draft is not there any more: it was saved as a version, or discarded."
