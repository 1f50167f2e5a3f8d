"""What people made of the headlines: taken or not, from which place, how much was changed; by version, desk, model, week.

The unit is the set: everything that people did with one set, whoever they were, counts once. A set of which nobody
decided anything is not counted, for nobody knows whether it was seen. There is no figure by person.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import fmean
from typing import Literal

from core import clock, edits
from core.db import Database
from core.statistics.intervals import FEWEST, bootstrap_mean, wilson
from core.traces.finding.find import FeedbackFact, Find

Axis = Literal["version", "desk", "model", "week"]

ALL = "all"
_END_OF_TIME = "g"
"""What no trace id is above."""


@dataclass(frozen=True)
class Reception:
    """What people did with one set. Ranks begin at 1; what nothing is known of is None."""

    trace: str
    desk: str
    version: str
    """Such as headlines@2, or headlines@draft."""
    model: str
    asked_at: int
    decided: bool
    ranks: Sequence[int]
    """Those of the headlines that somebody took, as they were or edited."""
    unchanged: float | None
    """The share of the headlines taken that nobody edited."""
    hter: float | None
    word_edits: float | None
    """Of the headlines that were taken; one that was taken as it was counts with 0."""
    rejected: float | None
    """The share of the headlines somebody decided about that were rejected, and taken by nobody."""
    all_rejected: bool
    thumbs: Sequence[int]

    @property
    def week(self) -> str:
        """The Monday of the week in which it was asked for, in UTC."""
        asked = clock.as_datetime(self.asked_at).date()
        return (asked - timedelta(days=asked.weekday())).isoformat()


@dataclass(frozen=True)
class Measure:
    """What is measured of a set; `of` is None for a set that it does not apply to.

    `shown` finds the sets behind a figure: of a rate those in which it is so, of a mean those that it is made of.
    """

    name: str
    words: str
    question: str
    kind: Literal["rate", "mean"]
    unit: str
    of: Callable[[Reception], float | None]
    shown: Sequence[FeedbackFact]


_TAKEN: tuple[FeedbackFact, ...] = ("picked", "edited")
_ANY: tuple[FeedbackFact, ...] = (*_TAKEN, "rejected", "all_rejected", "thumb_up", "thumb_down")


def _taken(of: Callable[[Reception], float | None], each: Reception) -> float | None:
    return of(each) if each.ranks else None


def _decided(of: Callable[[Reception], float | None], each: Reception) -> float | None:
    return of(each) if each.decided else None


MEASURES: Mapping[str, Measure] = {
    each.name: each
    for each in (
        Measure(
            "taken", "a headline taken", "How often is a headline taken?", "rate", "% of the sets decided on",
            partial(_decided, lambda each: float(bool(each.ranks))), _TAKEN,
        ),
        Measure(
            "unchanged", "taken as it was", "How many of the headlines taken go out as they were suggested?", "mean",
            "% of the headlines taken from a set", partial(_taken, lambda each: each.unchanged), _TAKEN,
        ),
        Measure(
            "rank", "rank taken", "How far down the list is it found?", "mean", "place in the list, 1 is the first",
            partial(_taken, lambda each: fmean(each.ranks)), _TAKEN,
        ),
        Measure(
            "hter", "edit effort (HTER) of all taken", "How much of a headline taken is changed before it goes out?", "mean",
            "word edits by words of the final headline; 0 as it was", partial(_taken, lambda each: each.hter), _TAKEN,
        ),
        Measure(
            "word_edits", "words edited of all taken", "How many words is that?", "mean", "words put in, left out or replaced",
            partial(_taken, lambda each: each.word_edits), _TAKEN,
        ),
        Measure(
            "rejected", "headlines rejected", "How many of the headlines decided on are rejected?", "mean",
            "% of the headlines of a set", lambda each: each.rejected, ("rejected", "all_rejected"),
        ),
        Measure(
            "all_rejected", "all rejected", "How often is a whole set rejected?", "rate", "% of the sets decided on",
            partial(_decided, lambda each: float(each.all_rejected)), ("all_rejected",),
        ),
        Measure(
            "thumbs", "thumbs up", "How often do people say that a set is good?", "rate", "% of the sets with a thumb",
            lambda each: float(sum(each.thumbs) > 0) if each.thumbs else None, ("thumb_up",),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A measure over `sets` sets; without an interval where there are too few of them."""

    sets: int
    estimate: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Group:
    """The sets of one version, desk, model or week."""

    name: str
    find: Find
    sets: int
    figures: Mapping[str, Figure]
    """By the name of the measure, where it applies to any set."""
    ranks: Mapping[int, int] = field(default_factory=dict[int, int])
    """How many headlines were taken from each rank."""

    def behind(self, measure: Measure | None = None) -> Find:
        """What finds the sets behind a figure; without a measure, all sets of the group."""
        return replace(self.find, feedback=tuple(measure.shown) if measure else _ANY)


def receptions(db: Database, *, since: int, until: int | None = None, desk: str | None = None) -> list[Reception]:
    """What people did with the sets asked for from `since` on and before `until` (ms), of one desk or of all.

    It starts from the feedback; traces without any are not touched.
    """
    rows = defaultdict[str, list[_Row]](list)
    with db.read() as connection:
        found = connection.execute(
            """
            select given.trace, given.position, given.kind, given.value, given.text, headlines.text as suggested,
                traces.desk, traces.prompt, traces.version, coalesce(traces.answered_by, traces.model) as model,
                traces.started_at, traces.given as headlines
            from standing_feedback as given
            join traces on traces.id = given.trace
            left join headlines on headlines.trace = given.trace and headlines.position = given.position
            where given.trace >= ?1 and given.trace < ?2
                and given.kind in ('picked', 'edited', 'rejected', 'all_rejected', 'thumb')
                and (?3 is null or traces.desk = ?3)
            """,
            (clock.first_trace_id(since), _END_OF_TIME if until is None else clock.first_trace_id(until), desk),
        )
        for row in found:
            rows[row["trace"]].append(_Row(**dict(row)))
    return [_reception(each) for each in rows.values()]


def groups(of: Sequence[Reception], axis: Axis, *, find: Find) -> list[Group]:
    """All sets together first, then those of each version, desk, model or week. `find` finds the period and the desk."""
    apart = defaultdict[str, list[Reception]](list)
    for each in of:
        apart[getattr(each, axis)].append(each)
    names = sorted(apart, key=_place, reverse=axis in ("version", "week"))
    return [
        _group(ALL, of, find),
        *(_group(name, apart[name], _find(find, axis, name)) for name in names),
    ]


@dataclass(frozen=True)
class _Row:
    trace: str
    position: int | None
    kind: str
    value: int | None
    text: str | None
    suggested: str | None
    desk: str
    prompt: str
    version: int | None
    model: str | None
    started_at: int
    headlines: int


def _reception(rows: Sequence[_Row]) -> Reception:
    first = rows[0]
    # A headline that somebody decided about and that never came is no headline; one whose text is gone is.
    decisions = [
        each
        for each in rows
        if each.kind in ("picked", "edited", "rejected")
        and each.position is not None
        and each.position < each.headlines
    ]
    taken = [each for each in decisions if each.kind != "rejected"]
    all_rejected = any(each.kind == "all_rejected" for each in rows)
    ranks = sorted({each.position + 1 for each in taken if each.position is not None})
    decided = first.headlines if all_rejected else len({each.position for each in decisions})
    measured = [edit for edit in map(_edit, taken) if edit is not None]
    return Reception(
        trace=first.trace,
        desk=first.desk,
        version=f"{first.prompt}@{first.version or 'draft'}",
        model=first.model or "none",
        asked_at=first.started_at,
        decided=bool(decided),
        ranks=ranks,
        unchanged=1 - len({each.position for each in taken if each.kind == "edited"}) / len(ranks) if ranks else None,
        hter=fmean(edit.hter for edit in measured) if measured else None,
        word_edits=fmean(edit.word_edits for edit in measured) if measured else None,
        rejected=1 - len(ranks) / decided if decided else None,
        all_rejected=all_rejected,
        thumbs=[each.value for each in rows if each.kind == "thumb" and each.value is not None],
    )


def _edit(taken: _Row) -> edits.Edit | None:
    """How much was changed. Not known where the texts are gone: of picks alone the mean would be too good."""
    if taken.suggested is None:
        return None
    if taken.kind == "picked":
        return edits.Edit(0, 1)
    if taken.text is None or len(taken.suggested) > edits.LONGEST:
        return None
    return edits.measure(taken.suggested, taken.text)


def _group(name: str, of: Sequence[Reception], find: Find) -> Group:
    figures = {name: _figure(measure, of) for name, measure in MEASURES.items()}
    ranks = Counter(rank for each in of for rank in each.ranks)
    known = {name: figure for name, figure in figures.items() if figure is not None}
    return Group(name, find, len(of), known, dict(sorted(ranks.items())))


def _figure(measure: Measure, of: Iterable[Reception]) -> Figure | None:
    values = [value for value in map(measure.of, of) if value is not None]
    if not values:
        return None
    if measure.kind == "mean" and len(values) < FEWEST:
        return Figure(len(values), fmean(values))
    interval = wilson(round(sum(values)), len(values)) if measure.kind == "rate" else bootstrap_mean(values)
    return Figure(len(values), interval.estimate, interval.low, interval.high)


def _find(find: Find, axis: Axis, name: str) -> Find:
    if axis == "week":
        monday = datetime.fromisoformat(name).replace(tzinfo=UTC)
        start, end = (round(each.timestamp() * 1000) for each in (monday, monday + timedelta(days=7)))
        return replace(
            find,
            since=max(start, find.since or start),
            until=min(end, find.until or end),
        )
    return replace(find, **{axis: (name,)})


def _place(name: str) -> tuple[str, int]:
    """Versions by their number: 10 comes after 9."""
    prompt, _, number = name.partition("@")
    return prompt, int(number) if number.isdecimal() else 0
