"""Searches that a person saved under a name, and those that everybody has."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.traces.finding.find import OF_PEOPLE, address

LONGEST_NAME = 60
LONGEST_ADDRESS = 4_000
MOST = 100
"""Views that one person can have."""


@dataclass(frozen=True)
class View:
    """A search under a name; `address` is what stands behind the question mark."""

    name: str
    address: str


def _of_people(**more: object) -> str:
    return urlencode(address(replace(OF_PEOPLE, **more)), doseq=True)  # pyright: ignore[reportArgumentType]


BUILT_IN: Sequence[View] = (
    View("Failed today", _of_people(status=("failed", "interrupted"), period="24h")),
    View("All rejected", _of_people(feedback=("all_rejected",))),
    View("Thumbs down", _of_people(feedback=("thumb_down",))),
    View("Unsupported numbers", _of_people(check=("unsupported_number",))),
    View("Dearest this week", _of_people(period="7d") + "&order=cost"),
)


def of_person(db: Database, person: str) -> list[View]:
    """What a person saved, by name."""
    with db.read() as connection:
        rows = connection.execute("select name, address from saved_views where person = ? order by name", (person,))
        return [View(row["name"], row["address"]) for row in rows]


def save(db: Database, person: str, view: View) -> None:
    """Keep a view, in the place of the person's own of the same name."""
    name = _checked(person, view.name)
    if len(view.address) > LONGEST_ADDRESS:
        raise BadInput("This search is too long to be kept. Choose fewer filters.")

    def job(connection: sqlite3.Connection) -> None:
        others = connection.execute(
            "select count(*) from saved_views where person = ? and name <> ?", (person.strip(), name)
        ).fetchone()[0]
        if others >= MOST:
            raise BadInput(f"You have {MOST} views, which is as many as are kept. Delete one first.")
        connection.execute(
            "insert or replace into saved_views (person, name, address, saved_at) values (?, ?, ?, ?)",
            (person.strip(), name, view.address, clock.now_ms()),
        )

    db.write(job)


def rename(db: Database, person: str, name: str, new: str) -> None:
    """Call a person's view something else; `Conflict` if that is the name of another of theirs."""
    new = _checked(person, new)

    def job(connection: sqlite3.Connection) -> None:
        try:
            changed = connection.execute(
                "update saved_views set name = ? where person = ? and name = ?", (new, person.strip(), name)
            ).rowcount
        except sqlite3.IntegrityError:
            raise Conflict(f"You have a view called {new!r} already. Choose another name.") from None
        if not changed:
            raise _no_view(name)

    db.write(job)


def delete(db: Database, person: str, name: str) -> None:
    """Delete a person's view; `NotFound` if there is none of that name."""

    def job(connection: sqlite3.Connection) -> None:
        if not connection.execute(
            "delete from saved_views where person = ? and name = ?", (person.strip(), name)
        ).rowcount:
            raise _no_view(name)

    db.write(job)


def _checked(person: str, name: str) -> str:
    name = " ".join(name.split())
    if not person.strip():
        raise BadInput("Say whose view it is: write your name.")
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput(f"The name of a view has 1 to {LONGEST_NAME} characters.")
    if name in {view.name for view in BUILT_IN}:
        raise BadInput(f"{name!r} is the name of a view that everybody has. Choose another.")
    return name


def _no_view(name: str) -> NotFound:
    return NotFound(f"You have no view called {name[:LONGEST_NAME]!r}.")
