"""What brings a set of headlines into the review queue, version by version.

A version holds for what comes after it was saved, never for what was there before. What comes is counted in the order of
its arrival, not by clocks; so any reading of the record finds the same.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from core import audit, clock
from core.db import Database
from core.errors import BadInput, Conflict

MOST_LABELS = 9
"""One for each digit of a keyboard."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Share = Annotated[float, Field(ge=0, le=1)]


class Thresholds(BaseModel):
    """What is looked for on a desk. None or 0 turns a rule off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    thumbs_down: bool = True
    all_rejected: bool = True
    heavy_edits: float | None = Field(default=0.5, gt=0, le=10)
    """A headline of which an editor changed at least this share of the words (HTER)."""
    failed_checks: int | None = Field(default=3, ge=1, le=100)
    """A set in which at least so many headlines failed a check when it was made."""
    random_share: Share = 0.02
    """So many of all sets, whatever became of them: what shows how good those are that nobody complains about."""


class Rules(BaseModel):
    """All that a version says. A desk has its own thresholds or those of everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    everywhere: Thresholds = Thresholds()
    desks: Mapping[str, Thresholds] = Field(default_factory=dict)
    second_share: Share = 0.1
    """So many items are read by two people, who do not see each other's label."""
    labels: tuple[Label, ...] = Field(
        default=(
            "factual error", "misleading", "off tone", "clickbait", "wrong language", "too long or short",
            "good after all",
        ),
        min_length=2,
        max_length=MOST_LABELS,
    )  # fmt: skip

    @field_validator("labels")
    @classmethod
    def _differ(cls, labels: tuple[str, ...]) -> tuple[str, ...]:
        if len({label.casefold() for label in labels}) < len(labels):
            raise ValueError("two of them are the same")
        return labels

    def of(self, desk: str) -> Thresholds:
        return self.desks.get(desk, self.everywhere)


@dataclass(frozen=True)
class Version:
    """Rules on record. They hold for feedback and traces with a higher number than `after_feedback` and `after_trace`."""

    number: int
    rules: Rules
    note: str
    author: str
    created_at: int
    after_feedback: int
    after_trace: int


def make(fields: Mapping[str, object]) -> Rules:
    """The rules that a person typed; `BadInput` says what is wrong with them."""
    try:
        return Rules.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = " ".join(str(part).replace("_", " ") for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"These rules cannot be: {name}: {said[0].lower()}{said[1:]}.") from None


def in_force(db: Database) -> Version:
    """The version that holds for what comes next."""
    with db.read() as connection:
        return all_versions(connection)[0]


def versions(db: Database) -> list[Version]:
    """All versions, the newest first."""
    with db.read() as connection:
        return all_versions(connection)


def all_versions(connection: sqlite3.Connection) -> list[Version]:
    """The same as a transaction sees them."""
    rows = connection.execute("select * from review_rules order by number desc")
    return [
        Version(
            row["number"], _parsed(row["content"]), row["note"], row["author"], row["created_at"], row["after_feedback"],
            row["after_trace"],
        )
        for row in rows
    ]  # fmt: skip


def for_feedback(versions: Sequence[Version], feedback: int) -> Version | None:
    """The version that held when feedback of this id came; None before there were rules. Versions are newest first."""
    return next((each for each in versions if each.after_feedback < feedback), None)


def for_trace(versions: Sequence[Version], number: int) -> Version | None:
    """The version that held when the trace of this number was asked for; None before there were rules."""
    return next((each for each in versions if each.after_trace < number), None)


def change(db: Database, rules: Rules, *, note: str, author: str, seen: Version) -> Version:
    """Let other rules hold from now on; the same ones change nothing. `Conflict` if somebody changed them since `seen`."""
    if not note.strip():
        raise BadInput("Rules for everybody need a note: what changes, and why?")
    if not author.strip():
        raise BadInput("This change needs a name: who decides it?")

    def job(connection: sqlite3.Connection) -> Version:
        newest = all_versions(connection)[0]
        if newest.rules == rules:
            return newest
        if newest.number != seen.number:
            raise Conflict(
                f"Since you looked, {newest.author} changed the rules: {newest.note.removesuffix('.')}. Look again, "
                "then decide."
            )
        connection.execute(
            """
            insert into review_rules (number, content, note, author, created_at, after_feedback, after_trace)
            values (?, ?, ?, ?, ?, (select coalesce(max(id), 0) from feedback), (select coalesce(max(number), 0) from traces))
            """,
            (newest.number + 1, rules.model_dump_json(), note.strip(), author.strip(), clock.now_ms()),
        )
        saved = all_versions(connection)[0]
        before, after = newest.rules.model_dump(mode="json"), rules.model_dump(mode="json")
        subject = f"review rules {saved.number}"
        audit.append(connection, audit.Change(saved.author, "review rules changed", subject, before, after, saved.note))
        return saved

    return db.write(job)


@lru_cache(maxsize=64)
def _parsed(content: str) -> Rules:
    return Rules.model_validate_json(content)
