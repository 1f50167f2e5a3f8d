"""Which version serves which environment and desk: an append-only series of releases."""

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from core import clock
from core.db import Database
from core.errors import BadInput, NotFound
from core.prompts import versions

Environment = Literal["development", "staging", "production"]
ENVIRONMENTS: tuple[Environment, ...] = get_args(Environment)


@dataclass(frozen=True)
class Release:
    """`desk` None stands for all desks, `version` None for a release that was withdrawn."""

    id: int
    prompt: str
    environment: Environment
    desk: str | None
    version: int | None
    replaced: int | None
    author: str
    reason: str
    created_at: int


def resolve(db: Database, prompt: str, environment: str, desk: str) -> Release:
    """The current release for a desk: its own if it has one, else the one for all desks, else `NotFound`.

    Read from the database at every call, so that a release or rollback holds from the next call on in every process.
    """
    with db.read() as connection:
        for scope in (desk, None):
            current = _current(connection, prompt, environment, scope)
            if current is not None and current.version is not None:
                return current
    raise NotFound(f"No version of {prompt!r} is released to {environment}.")


def release(
    db: Database,
    prompt: str,
    version: int,
    *,
    environment: Environment,
    desk: str | None = None,
    author: str,
    reason: str,
) -> Release:
    """Put a version into an environment, for all desks or for one. Production wants a reason (`BadInput`)."""
    if environment == "production" and not reason.strip():
        raise BadInput("A release to production needs a reason.")
    if environment not in ENVIRONMENTS:
        raise BadInput(f"There is no environment {environment!r}; there are {', '.join(ENVIRONMENTS)}.")
    versions.get(db, prompt, version)

    def job(connection: sqlite3.Connection) -> Release:
        before = _current(connection, prompt, environment, desk)
        values = (prompt, environment, desk, version, before and before.id, author, reason.strip(), clock.now_ms())
        row = connection.execute(
            """
            insert into releases (prompt, environment, desk, version, replaced, author, reason, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning *
            """,
            values,
        ).fetchone()
        return Release(**dict(row))

    return db.write(job)


def is_served(db: Database, prompt: str, environment: Environment) -> bool:
    """True once anything of this prompt was ever released to the environment for all desks."""
    with db.read() as connection:
        return _current(connection, prompt, environment, None) is not None


def _current(connection: sqlite3.Connection, prompt: str, environment: str, desk: str | None) -> Release | None:
    row = connection.execute(
        "select * from releases where prompt = ? and environment = ? and desk is ? order by id desc limit 1",
        (prompt, environment, desk),
    ).fetchone()
    return None if row is None else Release(**dict(row))
