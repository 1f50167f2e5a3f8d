"""Which of two unlabelled sets for the same article people find better, and in which order they saw them.

Nothing is overwritten: a judgement that is taken back, or given again after that, is another row. The last row of a
person on a pair stands, whichever of the two was shown first.
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.feedback.model import LONGEST_KEY, LONGEST_NAME

Better = Literal["first", "second", "tie"]


@dataclass(frozen=True)
class Shown:
    """Two sets as somebody saw them, by their traces."""

    first: str
    second: str

    @property
    def pair(self) -> frozenset[str]:
        """The same for both orders."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True)
class Judgement:
    """What somebody said of two sets; `better` is None where it was taken back."""

    id: int
    shown: Shown
    better: Better | None
    person: str
    given_at: int


@dataclass(frozen=True)
class Side:
    """What made one of two sets."""

    trace: str
    prompt: str
    version: int | None
    model: str | None

    @property
    def name(self) -> str:
        made_by = f"{self.prompt} {self.version}" if self.version is not None else f"{self.prompt}, a draft"
        return f"{made_by} on {self.model or 'no model'}"


@dataclass(frozen=True)
class Compared:
    """A judgement that stands, with what was judged; `article` is the hash of the article."""

    judgement: Judgement
    desk: str
    article: str
    first: Side
    second: Side

    @property
    def winner(self) -> str | None:
        """What made the better set; None for a tie."""
        return {"first": self.first.name, "second": self.second.name}.get(self.judgement.better or "tie")


def judge(db: Database, shown: Shown, better: Better, *, person: str, key: str) -> Judgement:
    """Keep what somebody said of two sets; the same key again is the same judgement.

    `Conflict` if this person judged the pair already, in either order, and did not take it back. `BadInput` if the two
    are not sets for the same article.
    """
    if better not in get_args(Better):
        raise BadInput(f"One of two sets is better, first or second, or it is a tie; {better[:40]!r} is none of these.")
    return _write(db, shown, better, person=person, key=key)


def take_back(db: Database, shown: Shown, *, person: str, key: str) -> Judgement:
    """Take back what somebody said of two sets, who may then judge them again. `NotFound` if there is nothing to take."""
    return _write(db, shown, None, person=person, key=key)


def of_person(db: Database, person: str) -> list[Judgement]:
    """The judgements of somebody that stand, the oldest first."""
    with db.read() as connection:
        rows = connection.execute(
            f"select {_COLUMNS} from blind_judgements as given where person = ? and {_STANDS} order by id",
            (person.strip(),),
        )
        return [_judgement(row) for row in rows]


def standing(db: Database) -> list[Compared]:
    """All judgements that stand, the oldest first."""
    with db.read() as connection:
        rows = connection.execute(
            f"""
            select {_COLUMNS}, one.desk, one.article,
                one.prompt as first_prompt, one.version as first_version,
                coalesce(one.answered_by, one.model) as first_model,
                other.prompt as second_prompt, other.version as second_version,
                coalesce(other.answered_by, other.model) as second_model
            from blind_judgements as given
            join traces as one on one.id = given.first join traces as other on other.id = given.second
            where {_STANDS} order by given.id
            """
        )
        return [_compared(row) for row in rows]


def _write(db: Database, shown: Shown, better: Better | None, *, person: str, key: str) -> Judgement:
    person = person.strip()
    if not 0 < len(person) <= LONGEST_NAME:
        raise BadInput(f"A judgement needs a name of 1 to {LONGEST_NAME} characters: whose is it?")
    if not 0 < len(key.strip()) <= LONGEST_KEY:
        raise BadInput(f"The key of a judgement has 1 to {LONGEST_KEY} characters.")

    def job(connection: sqlite3.Connection) -> Judgement:
        row = connection.execute(f"select {_COLUMNS} from blind_judgements as given where key = ?", (key,)).fetchone()
        if row is not None:
            return _repeated(_judgement(row), shown, better, person)
        _check_sets(connection, shown)
        _check_turn(connection, shown, better, person)
        row = connection.execute(
            f"""
            insert into blind_judgements (first, second, better, person, given_at, key) values (?, ?, ?, ?, ?, ?)
            returning {_COLUMNS.replace("given.", "")}
            """,
            (shown.first, shown.second, better, person, clock.now_ms(), key),
        ).fetchone()
        return _judgement(row)

    return db.write(job)


def _repeated(kept: Judgement, shown: Shown, better: Better | None, person: str) -> Judgement:
    if (kept.shown, kept.better, kept.person) != (shown, better, person):
        raise Conflict("This key was used for another judgement. Send a new key.")
    return kept


def _check_sets(connection: sqlite3.Connection, shown: Shown) -> None:
    if shown.first == shown.second:
        raise BadInput("A set cannot be compared with itself.")
    found = {
        row["id"]: row
        for row in connection.execute(
            "select id, article, given from traces where id in (?, ?)", (shown.first, shown.second)
        )
    }
    for trace in (shown.first, shown.second):
        if trace not in found:
            raise NotFound(f"There is no trace {trace[:64]!r}.")
        if not found[trace]["given"]:
            raise BadInput(f"The trace {trace} has no headlines to compare.")
    one, other = (found[trace]["article"] for trace in (shown.first, shown.second))
    if one is None or one != other:
        raise BadInput("These sets are not for the same article, so they cannot be compared.")


def _check_turn(connection: sqlite3.Connection, shown: Shown, better: Better | None, person: str) -> None:
    row = connection.execute(
        f"""
        select 1 from blind_judgements as given
        where person = ?1 and pair = min(?2, ?3) || max(?2, ?3) and {_STANDS}
        """,
        (person, shown.first, shown.second),
    ).fetchone()
    if better is not None and row is not None:
        raise Conflict("You judged this pair already. Take that back first, if you think otherwise now.")
    if better is None and row is None:
        raise NotFound("There is no judgement of yours on this pair that could be taken back.")


def _judgement(row: sqlite3.Row) -> Judgement:
    return Judgement(row["id"], Shown(row["first"], row["second"]), row["better"], row["person"], row["given_at"])


def _compared(row: sqlite3.Row) -> Compared:
    first, second = (
        Side(row[side], row[f"{side}_prompt"], row[f"{side}_version"], row[f"{side}_model"])
        for side in ("first", "second")
    )
    return Compared(_judgement(row), row["desk"], row["article"], first, second)


_COLUMNS = ", ".join(f"given.{name}" for name in ("id", "first", "second", "better", "person", "given_at"))
_STANDS = """given.better is not null and not exists (
    select 1 from blind_judgements as later
    where later.person = given.person and later.pair = given.pair and later.id > given.id
)"""
