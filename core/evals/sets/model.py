"""What an eval set is, to those who save it and to those who look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.evals.case import Case


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
