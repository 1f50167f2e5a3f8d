"""Eval sets: named cases under a number that rises at every change, so that a run can say for ever what it ran on.

    version = sets.save(db, "sport", cases, note="The cup finals.", author="ada", seen=None, article_limit=60_000)
    sets.remove(db, "sport", ["final-3"], note="Never ran.", author="ben", seen=version.number)

A version lists its cases in order. A case is stored once for all versions that list it, and its article once for all
cases and traces that hold it. Whoever saves names the newest number that they saw; if another came since, it is refused
(`Conflict`). A version that takes a change back has a new number, too: the newest is always what the set is now.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import audit, clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.evals.case import Case, make
from core.feedback import accepted, standing
from core.prompts import names
from core.prompts.content import is_whole
from core.prompts.versions import LARGEST_NUMBER
from core.traces import bodies, record

MOST_CASES = 10_000
MOST_CHARACTERS = 50_000_000
"""The articles of one version together: what can be read into memory at once."""


@dataclass(frozen=True)
class Version:
    """A version of a set without its cases. `shipped` is the hash of the file that it came with, None for a newsroom's own."""

    name: str
    number: int
    hash: str
    cases: int
    desks: Mapping[str, int]
    """How many cases each desk has, in the order in which the desks come first."""
    note: str
    author: str
    created_at: int
    shipped: str | None


@dataclass(frozen=True)
class EvalSet:
    """A version with its cases."""

    version: Version
    cases: Sequence[Case]
    """Without those whose article was erased."""

    @property
    def name(self) -> str:
        return self.version.name

    @property
    def number(self) -> int:
        return self.version.number


@dataclass(frozen=True)
class CaseLine:
    """A case as a table shows it: all but the text of its article."""

    id: str
    desk: str
    channel: str
    language: str | None
    characters: int
    tags: Sequence[str]
    reference: str | None
    must_mention: Sequence[str]
    must_not_mention: Sequence[str]
    fewest_characters: int | None
    most_characters: int | None
    source_trace: str | None
    article: str
    """The hash of the article."""
    hash: str
    """Equal for equal cases, in all sets and on every machine."""
    erased: bool = False
    """Whether its article was erased, and with it all that quotes it."""


@dataclass(frozen=True)
class ChangedCase:
    before: CaseLine
    after: CaseLine

    @property
    def fields(self) -> list[str]:
        """What differs: names of a case's fields, and `article` for its text."""
        return [
            name
            for name in CaseLine.__dataclass_fields__
            if name not in ("characters", "hash", "erased") and getattr(self.before, name) != getattr(self.after, name)
        ]


@dataclass(frozen=True)
class Changes:
    """From one version to another. `moved` if the cases that both have stand in another order."""

    added: Sequence[CaseLine]
    removed: Sequence[CaseLine]
    changed: Sequence[ChangedCase]
    moved: bool


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


def get(db: Database, name: str, number: int | None = None) -> EvalSet:
    """A version with its cases, the newest without a number; `NotFound` names the newest there is."""
    with db.read() as connection:
        version = _version(connection, name, number)
        rows = [row for row in connection.execute(_CASES, (name, version.number)) if not row["erased"]]
        texts = record.articles(connection, (row["article"] for row in rows))
    return EvalSet(version, tuple(Case(article=texts[row["article"]], **json.loads(row["content"])) for row in rows))


def case(db: Database, name: str, number: int, case_id: str) -> Case:
    """One case of a version, or `NotFound`."""
    with db.read() as connection:
        _version(connection, name, number)
        for row in connection.execute(_CASES, (name, number)):
            content = json.loads(row["content"])
            if content["id"] == case_id:
                if row["erased"]:
                    raise BadInput(f"The article of {case_id} was erased, so there is no case to show.")
                return Case(article=record.articles(connection, [row["article"]])[row["article"]], **content)
    raise _no_case(case_id, name, number)


def listing(db: Database) -> list[Version]:
    """The newest version of every set, by name."""
    with db.read() as connection:
        rows = connection.execute(
            "select * from eval_set_versions where (name, number) in "
            "(select name, max(number) from eval_set_versions group by name) order by name"
        )
        return [_read(row) for row in rows]


def history(db: Database, name: str) -> list[Version]:
    """All versions of a set, newest first; `NotFound` if there is no such set."""
    with db.read() as connection:
        rows = connection.execute("select * from eval_set_versions where name = ? order by number desc", (name,))
        versions = [_read(row) for row in rows]
    if not versions:
        raise _no_set(name)
    return versions


def newest(db: Database, name: str) -> Version | None:
    """The newest version of a set, None if there is no such set."""
    with db.read() as connection:
        return _newest(connection, name)


def lines(db: Database, name: str, number: int | None = None) -> list[CaseLine]:
    """The cases of a version as a table shows them, of the newest without a number."""
    with db.read() as connection:
        version = _version(connection, name, number)
        return [_line(row) for row in connection.execute(_CASES, (name, version.number))]


def changes(db: Database, name: str, one: int, other: int) -> Changes:
    """What changed from version `one` to version `other`; a case is the same one if its id is."""
    before = {line.id: line for line in lines(db, name, one)}
    after = {line.id: line for line in lines(db, name, other)}
    both = [ChangedCase(before[each], line) for each, line in after.items() if each in before]
    return Changes(
        added=[line for each, line in after.items() if each not in before],
        removed=[line for each, line in before.items() if each not in after],
        changed=[each for each in both if each.before.hash != each.after.hash],
        moved=[each.after.id for each in both] != [each for each in before if each in after],
    )


def from_trace(
    db: Database,
    trace_id: str,
    *,
    case_id: str | None = None,
    must_mention: Sequence[str] = (),
    must_not_mention: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Case:
    """A case of a trace's article, desk, channel and language, called after the trace unless `case_id` says otherwise.

    Its reference is the headline that somebody picked or edited last, if anybody did. `BadInput` if there is no article.
    """
    trace = record.get(db, trace_id)
    if not (trace.article or "").strip():
        raise BadInput(f"Trace {trace_id} has no article to make a case of.")
    return make(
        {
            "id": case_id or f"trace-{trace_id}",
            "article": trace.article,
            "desk": trace.line.desk,
            "channel": trace.line.channel,
            "language": trace.line.language,
            "reference": accepted(standing(db, trace_id)),
            "must_mention": must_mention,
            "must_not_mention": must_not_mention,
            "tags": tags,
            "source_trace": trace_id,
        }
    )


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
        before = _newest(connection, name)
        if before is not None and before.hash == version.hash:
            return before
        _refuse_overtaken(before, entry.seen, name)
        if entry.shipped is None:
            _refuse_erased(connection, [each for each in listed if each.text is not None])
        for article in articles:
            record.put_article(connection, article)
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
            raise _no_case(each, name, number)


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
        _version(connection, name, number)
        return _stored(connection, name, number)


def _stored(connection: sqlite3.Connection, name: str, number: int) -> list[_Listed]:
    return [_Listed(_line(row), row["content"], None) for row in connection.execute(_CASES, (name, number))]


_CASES = """
    select eval_cases.hash, eval_cases.article, eval_cases.characters, eval_cases.content,
        exists (select 1 from case_erasures where eval_case = eval_cases.id) as erased
    from eval_set_versions
    join eval_set_cases on eval_set_cases.version = eval_set_versions.id
    join eval_cases on eval_cases.id = eval_set_cases.eval_case
    where eval_set_versions.name = ? and eval_set_versions.number = ? order by eval_set_cases.position
"""


def _line(row: sqlite3.Row) -> CaseLine:
    content: dict[str, Any] = json.loads(row["content"])
    return CaseLine(
        id=content["id"],
        desk=content["desk"],
        channel=content.get("channel", Case.model_fields["channel"].default),
        language=content.get("language"),
        characters=row["characters"],
        tags=tuple(content.get("tags", ())),
        reference=content.get("reference"),
        must_mention=tuple(content.get("must_mention", ())),
        must_not_mention=tuple(content.get("must_not_mention", ())),
        fewest_characters=content.get("fewest_characters"),
        most_characters=content.get("most_characters"),
        source_trace=content.get("source_trace"),
        article=row["article"],
        hash=row["hash"],
        erased=bool(row["erased"]),
    )


def _version(connection: sqlite3.Connection, name: str, number: int | None) -> Version:
    newest = _newest(connection, name)
    if newest is None:
        raise _no_set(name)
    if number is None or number == newest.number:
        return newest
    row = None
    if 0 < number <= LARGEST_NUMBER:
        row = connection.execute(
            "select * from eval_set_versions where name = ? and number = ?", (name, number)
        ).fetchone()
    if row is None:
        raise NotFound(f"{name} has no version {number}; the newest is {newest.number}.")
    return _read(row)


def _newest(connection: sqlite3.Connection, name: str) -> Version | None:
    row = connection.execute(
        "select * from eval_set_versions where name = ? order by number desc limit 1", (name,)
    ).fetchone()
    return None if row is None else _read(row)


def _read(row: sqlite3.Row) -> Version:
    fields: dict[str, Any] = {**dict(row), "desks": json.loads(row["desks"])}
    del fields["id"]
    return Version(**fields)


def _no_set(name: str) -> NotFound:
    return NotFound(f"There is no eval set {name[:100]!r}.")


def _no_case(case_id: str, name: str, number: int) -> NotFound:
    return NotFound(f"{name} {number} has no case {case_id[:100]!r}.")
