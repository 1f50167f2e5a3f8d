"""Hold the figures against the limits, as often as somebody likes.

Figures come from the roll-ups. Several processes may look at the same time: what begins or ends a breach is decided on
what is on record then.
"""

from dataclasses import dataclass, replace
from typing import Literal

from core import clock
from core.alerts import breaches, limits
from core.alerts.breaches import Breach
from core.alerts.limits import Limit
from core.db import Database
from core.reports import words
from core.reports.overview import BY_PEOPLE, SOURCES
from core.traces.counting import sums
from core.traces.counting.figures import Figures
from core.traces.counting.rollups import HOUR
from core.traces.counting.sums import Scope, Stretch
from core.traces.finding.find import Find

State = Literal["broken", "kept", "too few"]


@dataclass(frozen=True)
class Look:
    """What a figure was when it was held against its limit, and on how many calls (or thumbs) it rests."""

    state: State
    figure: float | None
    rests_on: int


def watch(db: Database, *, tells: bool) -> None:
    """Look at every limit once. `tells`: a message is written for whatever begins or ends."""
    breaches.close_withdrawn(db, tells=tells)
    under_way = {breach.limit.id: breach for breach in breaches.under_way(db)}
    for limit in limits.in_force(db):
        seen = look(db, limit)
        breach = under_way.get(limit.id)
        # Nothing is written while nothing happens.
        if seen.state == "broken" and seen.figure is not None and (breach is None or breach.kept_since is not None):
            breaches.broken(db, limit, seen.figure, seen.rests_on, tells=tells)
        elif seen.state == "kept" and seen.figure is not None and breach is not None:
            breaches.kept(db, limit, seen.figure, tells=tells)


def look(db: Database, limit: Limit) -> Look:
    """Hold a figure against its limit, as it is now."""
    figures = sums.total(db, _scope(limit), _stretch(limit, clock.now_ms()))
    figure = limit.kind.measure.of(figures)
    rests_on = _rests_on(limit, figures)
    if figure is None or rests_on < limits.fewest(limit.measure):
        return Look("too few", figure, rests_on)
    is_broken = figure < limit.value if limit.kind.bound == "below" else figure > limit.value
    return Look("broken" if is_broken else "kept", figure, rests_on)


def standing(breach: Breach, seen: Look) -> str:
    """How a broken limit stands now, and how it stood when it broke."""
    limit = breach.limit
    before = f"was {breach.at_first} when the limit broke"
    if seen.state == "too few":
        return (
            f"{limit.subject} {before}; it should not be {limit.forbidden}. Now there are too few {limit.kind.thing}s."
        )
    now = f"{words.figure(limit.kind.measure, seen.figure)} now ({words.many(seen.rests_on, limit.kind.thing)})"
    after = ". The breach is over once that lasts for five minutes." if seen.state == "kept" else "."
    return f"{limit.subject} is {now}; it {before}, and should not be {limit.forbidden}{after}"


def executions(breach: Breach) -> Find:
    """The search for the calls that speak against a limit, from the time it was first broken by until its end, or now."""
    limit, end = breach.limit, breach.closed_at or clock.now_ms()
    scope = _scope(limit)
    return replace(
        Find(min_ms=limit.value if limit.measure == "total_p95" else None),
        **limit.kind.against,
        since=_stretch(limit, breach.opened_at).since,
        until=_stretch(limit, end).until,
        environment=(scope.environment,),
        desk=() if scope.desk is None else (scope.desk,),
        source=SOURCES if limit.measure == "cost" else BY_PEOPLE,
    )


def _scope(limit: Limit) -> Scope:
    """Calls that people wait for; money is money whoever spends it."""
    return Scope(limit.environment, SOURCES if limit.measure == "cost" else BY_PEOPLE, limit.desk)


def _stretch(limit: Limit, at: int) -> Stretch:
    """So many whole hours and the one that is going on; a day of costs is not longer than a day."""
    hour = at // HOUR * HOUR
    hours = limit.hours - 1 if limit.measure == "cost" else limit.hours
    return Stretch(hour - hours * HOUR, hour + HOUR)


def _rests_on(limit: Limit, figures: Figures) -> int:
    return figures.thumbs if limit.kind.thing == "thumb" else figures.attempted
