"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from core.checks.case import Case

Severity = Literal["fail", "warn", "hint"]


@dataclass(frozen=True)
class Found:
    """Something in a headline: which characters (start and end, code points), and the closest passage of the article."""

    sentence: str
    span: tuple[int, int] | None = None
    passage: str | None = None


@dataclass(frozen=True)
class Finding:
    """What a check of this name and version says about a headline, in a sentence for its editor."""

    check: str
    version: int
    severity: Severity
    sentence: str
    span: tuple[int, int] | None
    passage: str | None


@dataclass(frozen=True)
class Check:
    """A pure function of a case. `version` rises whenever it could find something else in the same case."""

    name: str
    version: int
    severity: Severity
    find: Callable[[Case], Iterable[Found]]

    @property
    def looks_for(self) -> str:
        """What it finds, in the first paragraph of what its function says of itself."""
        return " ".join((self.find.__doc__ or "").partition("\n\n")[0].split())

    def __call__(self, case: Case) -> list[Finding]:
        severity = case.profile.severity(self.name, self.severity)
        if severity == "off":
            return []
        return [
            Finding(self.name, self.version, severity, found.sentence, found.span, found.passage)
            for found in self.find(case)
        ]


def check(name: str, *, version: int, severity: Severity) -> Callable[[Callable[[Case], Iterable[Found]]], Check]:
    """Make a check of a function; `severity` is what a profile that says nothing about it gets."""
    return lambda find: Check(name, version, severity, find)
