"""Who changed what, when and why: a log that only grows, each entry sealed by the hash of the one before.

Whoever changes something appends its entry in the same transaction, so that there is no change without one. Triggers
refuse to change or delete an entry; whoever gets past them, with another program, breaks the chain, and `verify` says
where. What a chain cannot show by itself is that its newest entries are gone, or that all from one entry on were sealed
anew: for that, note `Verdict.head` somewhere else.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from core import clock
from core.db import Database

FIRST = "0" * 64
"""What the first entry names as the one before it."""


@dataclass(frozen=True)
class Change:
    """What is about to be logged. `before` and `after` are plain data, as much as tells what changed."""

    author: str
    action: str
    subject: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    reason: str


@dataclass(frozen=True)
class Entry:
    """A logged change. `before` and `after` are JSON, or None for nothing."""

    id: int
    at: int
    author: str
    action: str
    subject: str
    before: str | None
    after: str | None
    reason: str
    previous: str
    hash: str

    def sealed(self) -> str:
        """The hash that the entry must have: SHA-256 over all its other fields as a JSON list."""
        return hashlib.sha256(json.dumps(astuple(self)[:-1], ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many entries hold, the newest hash among them, and the first fault if there is one."""

    entries: int
    head: str
    fault: str | None


def append(connection: sqlite3.Connection, change: Change) -> None:
    """Log a change within the transaction that makes it."""
    last = connection.execute("select id, hash, at from audit order by id desc limit 1").fetchone()
    number, previous, earliest = (last["id"] + 1, last["hash"], last["at"]) if last else (1, FIRST, 0)
    unsealed = Entry(
        # A clock that was put back must not make the log look reordered.
        number, max(clock.now_ms(), earliest), change.author, change.action, change.subject, _json(change.before),
        _json(change.after), change.reason, previous, "",
    )  # fmt: skip
    connection.execute(
        "insert into audit (id, at, author, action, subject, before, after, reason, previous, hash) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*astuple(unsealed)[:-1], unsealed.sealed()),
    )


def verify(db: Database, *, head: str | None = None) -> Verdict:
    """Follow the chain from the first entry; stops at the first one that does not fit.

    `head` is a hash that an earlier check gave and that must still be in the chain.
    """
    with db.read() as connection:
        return follow(connection, head=head)


def follow(connection: sqlite3.Connection, *, head: str | None = None) -> Verdict:
    """The same in a file that is not opened for work, such as a back-up."""
    # FIRST is the head of an empty log, and every log begins with it.
    wanted, found = head, head in (None, FIRST)
    head, number = FIRST, 0
    for entry in _in_order(connection):
        fault = _fault(entry, number + 1, head)
        if fault is not None:
            return Verdict(number, head, fault)
        head, number = entry.hash, entry.id
        found = found or head == wanted
    return Verdict(number, head, None if found else "The hash that was noted earlier is not in the log any more.")


def newest(db: Database, *, limit: int = 50) -> list[Entry]:
    """The latest entries, newest first."""
    with db.read() as connection:
        rows = connection.execute("select * from audit order by id desc limit ?", (limit,))
        return [Entry(**dict(row)) for row in rows]


def of_actions(db: Database, actions: Sequence[str], *, limit: int = 50) -> list[Entry]:
    """The latest entries of these actions, newest first."""
    with db.read() as connection:
        rows = connection.execute(
            "select * from audit where action in (select value from json_each(?)) order by id desc limit ?",
            (json.dumps(actions), limit),
        )
        return [Entry(**dict(row)) for row in rows]


def _in_order(connection: sqlite3.Connection) -> Iterator[Entry]:
    for row in connection.execute("select * from audit order by id"):
        yield Entry(**dict(row))


def _fault(entry: Entry, number: int, head: str) -> str | None:
    if entry.id != number:
        return f"Entry {number} is missing; the next one there is {entry.id}."
    if entry.previous != head:
        return f"Entry {entry.id} does not follow from the one before it."
    if entry.hash != entry.sealed():
        return f"Entry {entry.id} was changed after it was written."
    return None


def _json(value: Mapping[str, object] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
