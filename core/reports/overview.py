"""How headlines did lately, against the period before: all together, by desk, by version, and in the course of time.

Periods are whole hours in UTC, with the hour that is going on: 24 hours, or today and the 6 or 29 days before. The period
before is the same stretch that much earlier, so that a morning is held against a morning.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from core import clock
from core.db import Database
from core.prompts import releases
from core.prompts.releases import Release
from core.reports.measures import slower
from core.traces.counting import rollups, sums
from core.traces.counting.figures import Figures, total
from core.traces.counting.rollups import DAY, HOUR
from core.traces.counting.sums import Group, Scope, Step, Stretch
from core.traces.finding.find import Find
from core.traces.model import FINISHED, Source

K = TypeVar("K")
Length = Literal["24h", "7d", "30d"]
LENGTHS: Sequence[Length] = get_args(Length)

SOURCES: Sequence[Source] = get_args(Source)
BY_PEOPLE: Sequence[Source] = ("playground", "api", "cli")
"""Where calls come from that somebody waits for: neither evaluations nor judges nor replays nor trials of drafts."""


@dataclass(frozen=True)
class Period:
    """A stretch, the one that it is held against, and the step in which its course is shown."""

    now: Stretch
    before: Stretch
    step: int
    hours: tuple[float, float]
    """How long both are, in hours; of the hour that is going on, what has passed."""


@dataclass(frozen=True)
class Compared:
    """The figures of a period, and of the one before."""

    now: Figures
    before: Figures


@dataclass(frozen=True)
class Version:
    """A version of a prompt; 0 is its drafts."""

    prompt: str
    number: int


@dataclass(frozen=True)
class Overview:
    """All that the screen shows. `course` has the beginning of every step, with its figures."""

    scope: Scope
    period: Period
    all: Compared
    by_desk: Mapping[str, Compared]
    by_version: Mapping[Version, Compared]
    course: Sequence[tuple[int, Step]]
    releases: Sequence[Release]
    """Those of this time, of prompts that were asked."""
    waiting: int
    """Calls of an older Copydesk that are not counted yet, at most."""

    def find(self, **more: Any) -> Find:
        """The search for the executions behind these figures."""
        scope = self.scope
        known: dict[str, Any] = {
            "since": self.period.now.since,
            "until": self.period.now.until,
            "environment": (scope.environment,),
            # What is under way is not in the figures yet.
            "status": FINISHED,
            "source": tuple(scope.sources),
            "desk": () if scope.desk is None else (scope.desk,),
        }
        return Find(**(known | more))

    def step(self, start: int) -> Find:
        """The search for the executions of one step of the course."""
        return self.find(since=max(start, self.period.now.since), until=start + self.period.step)

    def slowest(self, start: int) -> Find:
        """The same for those that took longer than 95 of 100 of that step."""
        longest = dict(self.course)[start].durations.percentile(0.95)
        return slower(self.step(start), longest) if longest else self.step(start)


def overview(db: Database, scope: Scope, length: Length) -> Overview:
    """Read the figures of the last 24 hours, 7 or 30 days."""
    span = period(length, clock.now_ms())
    now, before = sums.by_group(db, scope, span.now), sums.by_group(db, scope, span.before)
    course = sums.by_step(db, scope, span.now, span.step)
    prompts = {group.prompt for group in {**now, **before}}
    return Overview(
        scope,
        span,
        Compared(total(list(now.values())), total(list(before.values()))),
        _by(lambda group: group.desk, now, before),
        _by(lambda group: Version(group.prompt, group.version), now, before),
        [(start, course.get(start, Step())) for start in range(_first(span), span.now.until, span.step)],
        [
            each
            for each in releases.between(db, scope.environment, since=span.now.since, until=span.now.until)
            if each.prompt in prompts and (scope.desk is None or each.desk in (None, scope.desk))
        ],
        rollups.waiting(db),
    )


def period(length: Length, at: int) -> Period:
    """The period that ends with the hour of a moment."""
    hour = at // HOUR * HOUR
    until = hour + HOUR
    if length == "24h":
        days, since, step = 1, until - DAY, HOUR
    else:
        days = int(length.removesuffix("d"))
        since, step = at // DAY * DAY - (days - 1) * DAY, DAY if length == "30d" else 6 * HOUR
    hours = (at - since) / HOUR, (until - since) / HOUR
    before = Stretch(since - days * DAY, until - days * DAY)
    # Nothing lies after this hour yet, and a day is read faster than its hours.
    return Period(Stretch(since, until if step == HOUR else at // DAY * DAY + DAY), before, step, hours)


def _by(
    key: Callable[[Group], K], now: Mapping[Group, Figures], before: Mapping[Group, Figures]
) -> Mapping[K, Compared]:
    """The same, grouped by less; what had the most calls comes first."""
    grouped: dict[K, tuple[list[Figures], list[Figures]]] = {}
    for place, figures in enumerate((now, before)):
        for group, each in figures.items():
            grouped.setdefault(key(group), ([], []))[place].append(each)
    compared = [(name, Compared(total(parts[0]), total(parts[1]))) for name, parts in grouped.items()]
    return dict(sorted(compared, key=lambda each: (-each[1].now.calls, str(each[0]))))


def _first(span: Period) -> int:
    return span.now.since - span.now.since % span.step
