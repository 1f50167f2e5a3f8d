"""Releases as a newsroom makes them."""

from core.db import Database
from core.prompts import releases
from core.prompts.releases import Environment, Place, Release


def place(environment: Environment = "production", desk: str | None = None) -> Place:
    return Place("headlines", environment, desk)


def release(
    db: Database,
    version: int,
    environment: Environment = "production",
    desk: str | None = None,
    reason: str = "Better.",
    author: str = "ada",
) -> Release:
    where = place(environment, desk)
    seen = releases.current(db, where)
    return releases.release(db, where, version, author=author, reason=reason, seen=seen)


def withdraw(db: Database, desk: str = "sport", environment: Environment = "production") -> Release:
    where = place(environment, desk)
    return releases.withdraw(db, where, author="ben", reason="Too short.", seen=releases.current(db, where))


def rollback(
    db: Database, environment: Environment = "production", desk: str | None = None, to: Release | None = None
) -> Release:
    where = place(environment, desk)
    seen = releases.current(db, where)
    return releases.rollback(db, where, author="ben", reason="Too long.", seen=seen, to=to)


def withdraw_from_all_desks(db: Database) -> None:
    """A row that only another program could have left."""
    db.write(
        lambda connection: connection.execute(
            "insert into releases (prompt, environment, author, reason, created_at) values "
            "('headlines', 'production', 'ada', 'Withdrawn.', 0)"
        )
    )


def served(db: Database, desk: str, environment: str = "production") -> int | None:
    return releases.resolve(db, "headlines", environment, desk).version
