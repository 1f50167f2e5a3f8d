"""Save a version of an eval set: what is refused, and what is written."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core import audit, clock
from core.db import Database
from core.errors import BadInput, Conflict
from core.evals.case import Case, make
from core.evals.sets.model import CaseLine, Version
from core.evals.sets.reading import CASES, case_line, find_version, newest_version, no_case
from core.prompts import names
from core.prompts.content import is_whole
from core.traces import bodies, writing

MOST_CASES = 10_000
MOST_CHARACTERS = 50_000_000
"""The articles of one version together: what can be read into memory at once."""


def save(
    db: Database,
    name: str,
    cases: Sequence[Case],
    *,
    note: str,
    author: str,
    seen: int | None,
    article_limit: int | None,
    shipped: str | None = None,
) -> Version:
    """Save cases as the next version of a set; the same ones in the same order as the newest are that version.

    `seen` is the newest number that the author knows, None for a set that is new. `article_limit` holds for the cases
    that version does not have; None lets every length in.
    """
    return _save(db, name, [_listed(db, case) for case in cases], _Entry(note, author, seen, article_limit, shipped))


def add(
    db: Database, name: str, cases: Sequence[Case], *, note: str, author: str, seen: int, article_limit: int
) -> Version:
    """Save the version `seen` with further cases at its end."""
    listed = [*_list(db, name, seen), *(_listed(db, case) for case in cases)]
    return _save(db, name, listed, _Entry(note, author, seen, article_limit))


def replace(db: Database, name: str, case: Case, *, note: str, author: str, seen: int, article_limit: int) -> Version:
    """Save the version `seen` with a case in the place of the one of its id; `NotFound` if there is none."""
    listed = _list(db, name, seen)
    _refuse_unknown(listed, [case.id], name, seen)
    changed = [_listed(db, case) if each.line.id == case.id else each for each in listed]
    return _save(db, name, changed, _Entry(note, author, seen, article_limit))


def put(
    db: Database, name: str, cases: Sequence[Case], *, note: str, author: str, seen: int | None, article_limit: int
) -> Version:
    """Save the version `seen`, or the first one, with cases each in the place of the one of its id, or at the end."""
    kept = [] if seen is None else _list(db, name, seen)
    changed = {case.id: _listed(db, case) for case in cases}
    listed = [changed.pop(each.line.id, each) for each in kept]
    return _save(db, name, [*listed, *changed.values()], _Entry(note, author, seen, article_limit))


def remove(db: Database, name: str, ids: Sequence[str], *, note: str, author: str, seen: int) -> Version:
    """Save the version `seen` without these cases; `NotFound` if it does not have one of them."""
    listed = _list(db, name, seen)
    _refuse_unknown(listed, ids, name, seen)
    left = [each for each in listed if each.line.id not in ids]
    return _save(db, name, left, _Entry(note, author, seen, None))


@dataclass(frozen=True)
class _Entry:
    """What is saved beside the cases."""

    note: str
    author: str
    seen: int | None
    article_limit: int | None
    shipped: str | None = None


@dataclass(frozen=True)
class _Listed:
    """A case as a version lists it: what is stored of it beside its article, and that article if it may be new."""

    line: CaseLine
    content: str
    text: str | None


def _save(db: Database, name: str, listed: Sequence[_Listed], entry: _Entry) -> Version:
    _refuse_names(name, entry)
    with db.read() as connection:
        kept = {each.line.hash for each in _stored(connection, name, entry.seen or 0)}
    new = [each for each in listed if each.line.hash not in kept]
    _refuse_cases(listed, new, entry.article_limit)
    if entry.shipped is None:
        _refuse_textless(db, new)
    texts = {each.line.article: each.text for each in new if each.text is not None}
    # Thousands of articles take their time, and the writer has others to serve.
    articles = [bodies.pack_article(text) for text in texts.values()]
    version = Version(
        name=name,
        number=(entry.seen or 0) + 1,
        hash=hashlib.sha256("\n".join(each.line.hash for each in listed).encode()).hexdigest(),
        cases=len(listed),
        desks=dict(Counter(each.line.desk for each in listed)),
        note=entry.note.strip(),
        author=entry.author,
        created_at=clock.now_ms(),
        shipped=entry.shipped,
    )

    def job(connection: sqlite3.Connection) -> Version:
        before = newest_version(connection, name)
        if before is not None and before.hash == version.hash:
            return before
        _refuse_overtaken(before, entry.seen, name)
        if entry.shipped is None:
            _refuse_erased(connection, [each for each in listed if each.text is not None])
        for article in articles:
            writing.put_article(connection, article)
        connection.executemany(
            """
            insert into eval_cases (hash, article, characters, content) select ?1, ?2, ?3, ?4
            where not exists (select 1 from eval_cases where hash = ?1)
            """,
            [(each.line.hash, each.line.article, each.line.characters, each.content) for each in new],
        )
        _insert(connection, version, listed)
        was = before and {"version": before.number, "cases": before.cases}
        after = {"version": version.number, "cases": version.cases, "hash": version.hash}
        subject = f"{name} {version.number}"
        audit.append(connection, audit.Change(version.author, "eval set saved", subject, was, after, version.note))
        return version

    return db.write(job)


def _insert(connection: sqlite3.Connection, version: Version, listed: Sequence[_Listed]) -> None:
    stored = connection.execute(
        """
        insert into eval_set_versions (name, number, hash, cases, desks, note, author, created_at, shipped)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
        """,
        (
            version.name, version.number, version.hash, version.cases, json.dumps(version.desks, ensure_ascii=False),
            version.note, version.author, version.created_at, version.shipped,
        ),
    ).fetchone()["id"]  # fmt: skip
    connection.executemany(
        "insert into eval_set_cases (version, position, eval_case) select ?, ?, id from eval_cases where hash = ?",
        [(stored, position, each.line.hash) for position, each in enumerate(listed)],
    )


def _refuse_names(name: str, entry: _Entry) -> None:
    if not names.is_name(name):
        raise BadInput(f"A set cannot be called {name[:100]!r}: small letters, digits and hyphens, a letter first.")
    if not entry.note.strip():
        raise BadInput("A version needs a note: what changed, and why?")
    if not entry.author.strip():
        raise BadInput("A version needs a name: who wrote it?")
    if not is_whole(entry.note) or not is_whole(entry.author):
        raise BadInput("Half a character stands in the note or the name, which cannot be kept.")


def _refuse_cases(listed: Sequence[_Listed], new: Sequence[_Listed], article_limit: int | None) -> None:
    if not listed:
        raise BadInput("A set needs at least one case.")
    if len(listed) > MOST_CASES:
        raise BadInput(f"A set holds at most {MOST_CASES:,} cases; these are {len(listed):,}. Make several sets.")
    counted = Counter(each.line.id for each in listed)
    twice, times = counted.most_common(1)[0]
    if times > 1:
        raise BadInput(f"Two cases are called {twice!r}. Each needs an id of its own.")
    longest = max(new, key=lambda each: each.line.characters, default=None)
    if longest and article_limit is not None and longest.line.characters > article_limit:
        raise BadInput(
            f"The article of {longest.line.id!r} has {longest.line.characters:,} characters; at most {article_limit:,} "
            "are read. Shorten it."
        )
    characters = sum(each.line.characters for each in listed)
    if characters > MOST_CHARACTERS:
        raise BadInput(
            f"The articles of a set hold at most {MOST_CHARACTERS:,} characters together; these hold {characters:,}. "
            "Make several sets."
        )


def _refuse_unknown(listed: Sequence[_Listed], ids: Sequence[str], name: str, number: int) -> None:
    known = {each.line.id for each in listed}
    for each in ids:
        if each not in known:
            raise no_case(each, name, number)


def _refuse_overtaken(faster: Version | None, seen: int | None, name: str) -> None:
    if (faster and faster.number) == seen:
        return
    if faster is None:
        raise Conflict(f"There is no set {name!r} yet. Look again, then save it as a new one.")
    raise Conflict(
        f"Since you looked, {faster.author} saved {name} {faster.number}: {faster.note.removesuffix('.')}. Look again, "
        "then decide."
    )


def _refuse_erased(connection: sqlite3.Connection, given: Sequence[_Listed]) -> None:
    for each in given:
        if connection.execute(
            "select 1 from case_erasures join eval_cases on id = eval_case where hash = ?", (each.line.hash,)
        ).fetchone():
            raise BadInput(
                f"The article of {each.line.id!r} was erased from this very case. Change the case, or leave it out."
            )


def _redacted(db: Database, case: Case) -> Case:
    redaction = db.policy.redaction
    if not redaction.is_active:
        return case
    fields = case.model_dump()
    texts = {
        name: redaction.value(fields[name])
        for name in ("article", "reference", "must_mention", "must_not_mention", "tags")
    }
    return make(fields | texts)


def _refuse_textless(db: Database, new: Sequence[_Listed]) -> None:
    for each in new:
        if not db.policy.keeps_texts(each.line.desk):
            raise BadInput(f"The {each.line.desk} desk keeps no texts, so {each.line.id!r} cannot be a case of it.")


def _listed(db: Database, case: Case) -> _Listed:
    case = _redacted(db, case)
    # What a case does not say is left out, so that a field that comes later leaves the hashes as they are.
    content = json.dumps(
        case.model_dump(mode="json", exclude={"article"}, exclude_defaults=True),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    article = bodies.article_hash(case.article)
    digest = hashlib.sha256(f"{article}\n{content}".encode()).hexdigest()
    others = case.model_dump(exclude={"article"})
    return _Listed(
        CaseLine(**others, article=article, characters=len(case.article), hash=digest), content, case.article
    )


def _list(db: Database, name: str, number: int) -> list[_Listed]:
    """What a version lists, which is stored already."""
    with db.read() as connection:
        find_version(connection, name, number)
        return _stored(connection, name, number)


def _stored(connection: sqlite3.Connection, name: str, number: int) -> list[_Listed]:
    return [_Listed(case_line(row), row["content"], None) for row in connection.execute(CASES, (name, number))]
