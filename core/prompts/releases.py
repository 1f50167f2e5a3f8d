"""Which version serves which environment and desk: an append-only series of releases.

A place is an environment, for all desks or for one. What was released there last is live there, and the most specific
place wins: sport can have its own version in production while the other desks keep theirs.

    seen = releases.current(db, place)
    releases.release(db, place, 5, author="ada", reason="Shorter for push.", seen=seen)

Every change names the release that its author saw. If somebody was faster it is refused (`Conflict`), so nobody undoes
what they never saw.
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from core import audit, clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import versions

Environment = Literal["development", "staging", "production"]
ENVIRONMENTS: tuple[Environment, ...] = get_args(Environment)

Kind = Literal["released", "rolled back", "withdrawn"]

PAGE = 100


@dataclass(frozen=True)
class Place:
    """Where a version can be live; `desk` None stands for all desks."""

    prompt: str
    environment: Environment
    desk: str | None = None

    def __str__(self) -> str:
        return f"{self.environment}, {self.desk} desk" if self.desk else f"{self.environment}, all desks"


@dataclass(frozen=True)
class Release:
    """`version` None withdraws a desk's own; `restores` is the earlier release that a rollback put back."""

    id: int
    prompt: str
    environment: Environment
    desk: str | None
    version: int | None
    replaced: int | None
    author: str
    reason: str
    created_at: int
    restores: int | None
    verdict: int | None = None
    """The gate's verdict with which it was released; None where no gate stands."""
    override: str | None = None
    """Why it was released although the gate did not pass."""

    @property
    def place(self) -> Place:
        return Place(self.prompt, self.environment, self.desk)

    @property
    def kind(self) -> Kind:
        if self.restores is not None:
            return "rolled back"
        return "withdrawn" if self.version is None else "released"


def resolve(db: Database, prompt: str, environment: str, desk: str) -> Release:
    """The release that serves a desk: its own if it has one, else the one for all desks, else `NotFound`.

    Read from the database at every call, so that a release or rollback holds from the next call on in every process.
    """
    found = live_at(db, prompt, environment, desk, None)
    if found is None:
        raise NotFound(f"No version of {prompt!r} is released to {environment}.")
    return found


def live_at(db: Database, prompt: str, environment: str, desk: str | None, at: int | None) -> Release | None:
    """The release that served a desk at a moment (`clock.now_ms`; None is now), or None if there was none."""
    with db.read() as connection:
        # One statement, for between two of them somebody may change both places.
        row = connection.execute(
            f"select * from (select * from ({_LAST}) union all select * from ({_LAST_FOR_ALL})) "
            "where version is not null order by desk is null limit 1",
            (prompt, environment, desk, at),
        ).fetchone()
    return None if row is None else Release(**dict(row))


def current(db: Database, place: Place) -> Release | None:
    """What was released, or withdrawn, at this very place last; None if nothing ever was."""
    with db.read() as connection:
        return _current(connection, place)


def live(db: Database, prompt: str) -> list[Release]:
    """What is live now at every place that has a release of its own."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select * from releases where version is not null and id in (
                select max(id) from releases where prompt = ? group by environment, desk
            ) order by environment, desk
            """,
            (prompt,),
        )
        return [Release(**dict(row)) for row in rows]


def history(
    db: Database, prompt: str, environment: str, *, before: int | None = None, limit: int = PAGE
) -> list[Release]:
    """The releases to an environment for whatever desk, newest first; `before` is the id to go on below."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select * from releases where prompt = ?1 and environment = ?2 and (?3 is null or id < ?3)
            order by id desc limit ?4
            """,
            (prompt, environment, before, limit),
        )
        return [Release(**dict(row)) for row in rows]


def between(db: Database, environment: str, *, since: int, until: int) -> list[Release]:
    """The releases of all prompts to an environment in a stretch of time, the oldest first."""
    with db.read() as connection:
        rows = connection.execute(
            "select * from releases where environment = ? and created_at >= ? and created_at < ? order by id",
            (environment, since, until),
        )
        return [Release(**dict(row)) for row in rows]


def get(db: Database, release_id: int) -> Release:
    """One release, or `NotFound`."""
    with db.read() as connection:
        return _get(connection, release_id)


@dataclass(frozen=True)
class Clearance:
    """With what a version passes the gate of a place: the id of its verdict, and why it may although that is no pass."""

    verdict: int | None = None
    override: str | None = None


NO_GATE = Clearance()


def release(
    db: Database,
    place: Place,
    version: int,
    *,
    author: str,
    reason: str,
    seen: Release | None,
    clearance: Clearance = NO_GATE,
) -> Release:
    """Put a version into a place. Production wants a reason (`BadInput`).

    No gate is looked at here: people and programs release through `core.evals.gates.gated`, which brings the clearance.
    """
    versions.get(db, place.prompt, version)
    return _change(db, place, version, author=author, reason=reason, seen=seen, clearance=clearance)


def withdraw(db: Database, place: Place, *, author: str, reason: str, seen: Release | None) -> Release:
    """Put a desk back to what all desks have."""
    if place.desk is None:
        raise BadInput("What all desks have cannot be withdrawn, for then nothing would serve them. Roll it back.")
    _refuse_overtaken(current(db, place), seen, place)
    if seen is None or seen.version is None:
        raise BadInput(f"The {place.desk} desk has nothing of its own in {place.environment}.")
    return _change(db, place, None, author=author, reason=reason, seen=seen)


def rollback(
    db: Database, place: Place, *, author: str, reason: str, seen: Release | None, to: Release | None = None
) -> Release:
    """Put back what this place served before, or what an earlier release `to` put there.

    A second rollback goes one further back. Where a desk had nothing of its own before, it gets what all desks have.
    """
    _refuse_overtaken(current(db, place), seen, place)
    if seen is None:
        raise BadInput(f"Nothing was released to {place} yet, so there is nothing to roll back.")
    if to is not None and to.place != place:
        raise BadInput(f"That release was for {to.prompt}: {to.place}, not for {place.prompt}: {place}.")
    target = to or previous(db, seen)
    if target is not None:
        return _change(db, place, target.version, author=author, reason=reason, seen=seen, restores=target.id)
    if place.desk is None:
        raise BadInput(
            f"Version {seen.version} was the first to be live for {place}, so there is nothing to put back. Release another."
        )
    return withdraw(db, place, author=author, reason=reason, seen=seen)


def previous(db: Database, release: Release) -> Release | None:
    """The release whose version its place served before; what was rolled back in between does not count."""
    with db.read() as connection:
        at = _original(connection, release)
        while at.replaced is not None:
            before = _get(connection, at.replaced)
            if before.version != release.version:
                return before
            at = _original(connection, before)
    return None


def is_served(db: Database, prompt: str, environment: Environment) -> bool:
    """True once anything of this prompt was ever released to the environment for all desks."""
    return current(db, Place(prompt, environment)) is not None


def _change(
    db: Database,
    place: Place,
    version: int | None,
    *,
    author: str,
    reason: str,
    seen: Release | None,
    restores: int | None = None,
    clearance: Clearance = NO_GATE,
) -> Release:
    reason = reason.strip()
    if place.environment not in ENVIRONMENTS:
        raise BadInput(f"There is no environment {place.environment!r}; there are {', '.join(ENVIRONMENTS)}.")
    if place.environment == "production" and not reason:
        raise BadInput("A change in production needs a reason.")
    if place.desk is not None and not place.desk.strip():
        raise BadInput("A desk needs a name. For all desks, name none.")
    if not author.strip():
        raise BadInput("A release needs a name: who decides this?")

    def job(connection: sqlite3.Connection) -> Release:
        before = _current(connection, place)
        _refuse_overtaken(before, seen, place)
        # A clock that was put back must not change what was live when, at no place.
        latest = connection.execute("select created_at from releases order by id desc limit 1").fetchone()
        now = max(clock.now_ms(), latest["created_at"] if latest else 0)
        row = connection.execute(
            """
            insert into releases (
                prompt, environment, desk, version, replaced, author, reason, created_at, restores, verdict, override
            ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
            """,
            (
                place.prompt, place.environment, place.desk, version, before and before.id, author, reason, now, restores,
                clearance.verdict, clearance.override,
            ),
        ).fetchone()  # fmt: skip
        made = Release(**dict(row))
        was = {"version": before.version} if before else None
        subject = f"{place.prompt}: {place}"
        after: dict[str, object] = {"release": made.id, "version": version}
        if clearance != NO_GATE:
            after |= {"verdict": clearance.verdict, "override": clearance.override}
        audit.append(connection, audit.Change(author, made.kind, subject, was, after, reason))
        return made

    return db.write(job)


def _refuse_overtaken(faster: Release | None, seen: Release | None, place: Place) -> None:
    if (faster and faster.id) == (seen and seen.id):
        return
    if faster is None:
        raise Conflict(f"What you saw is no longer live for {place}. Look again, then decide.")
    did = "rolled back to" if faster.kind == "rolled back" else "released"
    what = f"{did} {faster.version}" if faster.version else "withdrew the desk's own version"
    why = f", because: {faster.reason.removesuffix('.')}" if faster.reason else ""
    raise Conflict(f"Since you looked, {faster.author} {what} for {place}{why}. Look again, then decide.")


def _current(connection: sqlite3.Connection, place: Place) -> Release | None:
    row = connection.execute(_LAST, (place.prompt, place.environment, place.desk, None)).fetchone()
    return None if row is None else Release(**dict(row))


_LAST = """
    select * from releases where prompt = ?1 and environment = ?2 and desk is ?3 and (?4 is null or created_at <= ?4)
    order by id desc limit 1
"""
_LAST_FOR_ALL = _LAST.replace("?3", "null")


def _original(connection: sqlite3.Connection, release: Release) -> Release:
    """The release that a rollback, or a rollback of a rollback, put back; any other is its own."""
    while release.restores is not None:
        release = _get(connection, release.restores)
    return release


def _get(connection: sqlite3.Connection, release_id: int) -> Release:
    row = None
    if 0 < release_id <= versions.LARGEST_NUMBER:
        row = connection.execute("select * from releases where id = ?", (release_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no release {release_id}.")
    return Release(**dict(row))
