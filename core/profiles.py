"""The newsroom's profiles as immutable, numbered versions, and which of them is in use: the newest release says it.

    seen = profiles.in_use(db)
    profiles.change(db, edited, note="Sport may exclaim.", author="ada", seen=seen)
    profiles.current(db).of(desk="sport", channel="web", language="en")

What is in use holds from the next headline on, in every process. Going back is using an earlier version. A version's
hash is what a trace keeps, so the profiles that any headline was checked by can be found again.
"""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from core import audit, clock
from core.checks import profile_files
from core.checks.profile import Profiles
from core.db import Database
from core.errors import BadInput, Conflict, NotFound

AUTHOR = "copydesk"
"""Who is named for what ships with Copydesk."""

# SQLite's integers end here; what is larger is no version.
_LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Version:
    """`hash` is `Profiles.version`; `parent` the version that was in use when it was saved."""

    number: int
    hash: str
    parent: int | None
    profiles: Profiles
    note: str
    author: str
    created_at: int


@dataclass(frozen=True)
class VersionLine:
    """A version as a list shows it."""

    number: int
    hash: str
    parent: int | None
    note: str
    author: str
    created_at: int


@dataclass(frozen=True)
class Release:
    """A version put in use, and why."""

    id: int
    version: int
    author: str
    reason: str
    created_at: int


def current(db: Database) -> Profiles:
    """The profiles in use at this moment; `NotFound` before `bring_in`."""
    with db.read() as connection:
        row = connection.execute(
            "select content from profile_versions where number = "
            "(select version from profile_releases order by id desc limit 1)"
        ).fetchone()
    if row is None:
        raise NotFound(_NONE)
    return _parsed(row["content"])


def in_use(db: Database) -> Release:
    """The release that put in use what is; `NotFound` before `bring_in`."""
    with db.read() as connection:
        release = _newest(connection)
    if release is None:
        raise NotFound(_NONE)
    return release


def save(db: Database, profiles: Profiles, *, note: str, author: str, parent: int | None = None) -> Version:
    """Save profiles as the next version, or return the version that holds them already. It is not in use by that."""
    _refuse_nameless(author)
    profile_files.refuse_unknown(profiles)
    return db.write(lambda connection: _add(connection, profiles, note=note, author=author, parent=parent))


def use(db: Database, number: int, *, author: str, reason: str, seen: Release | None) -> Release:
    """Put a version in use. `seen` is the release that its author saw; if another came since, this is `Conflict`."""
    _refuse_nameless(author)
    get(db, number)
    return db.write(lambda connection: _put_in_use(connection, number, author=author, reason=reason, seen=seen))


def change(db: Database, profiles: Profiles, *, note: str, author: str, seen: Release) -> Release:
    """Save profiles and put them in use at once, or neither. The note is the reason."""
    _refuse_nameless(author)
    profile_files.refuse_unknown(profiles)

    def job(connection: sqlite3.Connection) -> Release:
        _refuse_overtaken(connection, seen)
        version = _add(connection, profiles, note=note, author=author, parent=seen.version)
        return _put_in_use(connection, version.number, author=author, reason=note, seen=seen)

    return db.write(job)


def get(db: Database, number: int) -> Version:
    """One version; `NotFound` names the newest there is."""
    with db.read() as connection:
        row = None
        if 0 < number <= _LARGEST_NUMBER:
            row = connection.execute("select * from profile_versions where number = ?", (number,)).fetchone()
        newest = connection.execute("select max(number) from profile_versions").fetchone()[0]
    if row is None:
        raise NotFound(f"There is no version {number} of the profiles; the newest is {newest or 'still to come'}.")
    return _version(row)


def find(db: Database, version_hash: str) -> Version:
    """The version that a trace names by its hash, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute("select * from profile_versions where hash = ?", (version_hash,)).fetchone()
    if row is None:
        raise NotFound(f"No version of the profiles has the hash {version_hash!r}.")
    return _version(row)


def versions(db: Database) -> list[VersionLine]:
    """All versions, newest first, without their content."""
    with db.read() as connection:
        rows = connection.execute(
            "select number, hash, parent, note, author, created_at from profile_versions order by number desc"
        )
        return [VersionLine(**dict(row)) for row in rows]


def history(db: Database) -> list[Release]:
    """Everything that was ever put in use, newest first."""
    with db.read() as connection:
        return [Release(**dict(row)) for row in connection.execute("select * from profile_releases order by id desc")]


def bring_in(db: Database, folder: Path) -> None:
    """Save the profiles that ship in `folder` as a version, and put it in use unless a newsroom has chosen another.

    Where what is in use shipped with an earlier Copydesk, and nobody chose it, the newer one takes its place.
    """
    path = folder / "profiles" / "newsroom.yml"
    with db.read() as connection:
        seen = _newest(connection)
    if seen is not None and not path.exists():
        return
    shipped = profile_files.read(path)
    if seen is not None and get(db, seen.version).hash == shipped.version:
        return

    def job(connection: sqlite3.Connection) -> None:
        version = _add(connection, shipped, note=f"From {path.name}.", author=AUTHOR, parent=None)
        if seen is None or seen.author == AUTHOR:
            reason = "Shipped with Copydesk."
            _put_in_use(connection, version.number, author=AUTHOR, reason=reason, seen=seen)

    # Several processes may start on a new database at once; one of them is first, and that is enough.
    with suppress(Conflict):
        db.write(job)


def _add(connection: sqlite3.Connection, profiles: Profiles, *, note: str, author: str, parent: int | None) -> Version:
    if not note.strip():
        raise BadInput("A version needs a note: what changed, and why?")
    same = connection.execute("select * from profile_versions where hash = ?", (profiles.version,)).fetchone()
    if same is not None:
        return _version(same)
    row = connection.execute(
        """
        insert into profile_versions (number, hash, parent, content, note, author, created_at)
        select coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ? from profile_versions returning *
        """,
        (profiles.version, parent, profiles.canonical(), note.strip(), author.strip(), clock.now_ms()),
    ).fetchone()
    saved = _version(row)
    before = None if parent is None else {"version": parent}
    after = {"version": saved.number, "hash": saved.hash}
    subject = f"profiles {saved.number}"
    audit.append(connection, audit.Change(saved.author, "profiles saved", subject, before, after, saved.note))
    return saved


def _put_in_use(
    connection: sqlite3.Connection, number: int, *, author: str, reason: str, seen: Release | None
) -> Release:
    if not reason.strip():
        raise BadInput("Profiles that everybody gets need a reason.")
    _refuse_overtaken(connection, seen)
    if seen is not None and seen.version == number:
        raise BadInput(f"Version {number} is in use already.")
    row = connection.execute(
        "insert into profile_releases (version, author, reason, created_at) values (?, ?, ?, ?) returning *",
        (number, author.strip(), reason.strip(), clock.now_ms()),
    ).fetchone()
    made = Release(**dict(row))
    before = {"version": seen.version} if seen else None
    after = {"release": made.id, "version": number}
    subject = f"profiles {number}"
    audit.append(connection, audit.Change(made.author, "profiles put in use", subject, before, after, made.reason))
    return made


def _refuse_nameless(author: str) -> None:
    if not author.strip():
        raise BadInput("This change needs a name: who decides it?")
    if author.strip().casefold() == AUTHOR:
        # An update may replace what bears this name.
        raise BadInput(f"{AUTHOR!r} stands for what ships with Copydesk. Give a name of your own.")


def _refuse_overtaken(connection: sqlite3.Connection, seen: Release | None) -> None:
    faster = _newest(connection)
    if (faster and faster.id) == (seen and seen.id):
        return
    if faster is None:
        raise Conflict("What you saw is no longer in use. Look again, then decide.")
    why = faster.reason.removesuffix(".")
    raise Conflict(
        f"Since you looked, {faster.author} put version {faster.version} in use, because: {why}. "
        "Look again, then decide."
    )


def _newest(connection: sqlite3.Connection) -> Release | None:
    row = connection.execute("select * from profile_releases order by id desc limit 1").fetchone()
    return None if row is None else Release(**dict(row))


def _version(row: sqlite3.Row) -> Version:
    fields: dict[str, Any] = dict(row)
    return Version(
        **{name: value for name, value in fields.items() if name != "content"}, profiles=_parsed(row["content"])
    )


@lru_cache(maxsize=64)
def _parsed(canonical: str) -> Profiles:
    # Keyed by the stored text itself, so what another process put in use can never be stale here.
    return Profiles.model_validate_json(canonical)


_NONE = "No profiles are in use yet. Start Copydesk once; that brings in those that ship with it."
