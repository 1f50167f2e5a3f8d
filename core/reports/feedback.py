"""What people made of the headlines: taken or not, from which place, how much was changed; by version, desk, model, week.

The unit is the set: everything that people did with one set, whoever they were, counts once. A set of which nobody
decided anything is not counted, for nobody knows whether it was seen. There is no figure by person.

Sets are read from their narrow rows, and those with which people did the same are taken together: of a hundred thousand
there are a few thousand kinds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import fmean
from typing import Any, Literal

from core import clock
from core.db import Database
from core.statistics.intervals import FEWEST, bootstrap_mean, wilson, wilson_of_shares
from core.traces.finding.find import FeedbackFact, Find

Axis = Literal["version", "desk", "model", "week"]

ALL = "all"
_END_OF_TIME = "g"
"""What no trace id is above."""


@dataclass(frozen=True)
class Reception:
    """What people did with a set. Ranks begin at 1; what nothing is known of is None."""

    decided: int
    """Of how many headlines somebody decided."""
    ranks: Sequence[int]
    """Those of the headlines that somebody took, as they were or edited."""
    edited: int
    """How many of them somebody edited."""
    hter: float | None
    word_edits: float | None
    """Of the headlines that were taken; one that was taken as it was counts with 0."""
    all_rejected: bool
    thumbs_up: int
    thumbs_down: int

    @property
    def unchanged(self) -> float | None:
        """The share of the headlines taken that nobody edited."""
        return 1 - self.edited / len(self.ranks) if self.ranks else None

    @property
    def rejected(self) -> float | None:
        """The share of the headlines somebody decided about that were rejected, and taken by nobody."""
        return 1 - len(self.ranks) / self.decided if self.decided else None


Alike = Mapping[Reception, int]
"""How many sets there are of each kind."""


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

    @property
    def is_share(self) -> bool:
        """Whether it is a part of one."""
        return self.unit.startswith("%")


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
            "word edits per word of the final headline", partial(_taken, lambda each: each.hter), _TAKEN,
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
            lambda each: float(each.thumbs_up > each.thumbs_down) if each.thumbs_up or each.thumbs_down else None,
            ("thumb_up",),
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


@dataclass(frozen=True)
class Asked:
    """Which sets a report is about: those asked for from `since` on and before `until` (ms), of one desk or of all."""

    since: int
    until: int | None = None
    desk: str | None = None

    @property
    def find(self) -> Find:
        return Find(since=self.since, until=self.until, desk=(self.desk,) if self.desk else ())


def groups(db: Database, axis: Axis, asked: Asked) -> list[Group]:
    """All sets together first, then those of each version, desk, model or week; nothing where nobody did anything."""
    apart = _receptions(db, axis, asked)
    if not apart:
        return []
    every = sum((Counter(of) for of in apart.values()), Counter[Reception]())
    names = sorted(apart, key=_place, reverse=axis in ("version", "week"))
    return [
        _group(ALL, every, asked.find),
        *(_group(name, apart[name], _find(asked.find, axis, name)) for name in names),
    ]


# A week is named by its Monday, in UTC; the first day of 1970 was a Thursday.
_NAMES: Mapping[Axis, str] = {
    "version": "prompt || '@' || iif(version, version, 'draft')",
    "desk": "desk",
    "model": "iif(model = '', 'none', model)",
    "week": "date(((asked_at / 86400000 + 3) / 7 * 7 - 3) * 86400, 'unixepoch')",
}


def _receptions(db: Database, axis: Axis, asked: Asked) -> Mapping[str, Alike]:
    with db.read() as connection:
        cursor = connection.cursor()
        cursor.row_factory = None
        rows = cursor.execute(
            f"""
            select {_NAMES[axis]}, decided, ranks, edited, hter, word_edits, all_rejected, thumbs_up, thumbs_down
            from receptions
            where trace >= ?1 and trace < ?2 and said and (?3 is null or desk = ?3)
            """,
            (
                clock.first_trace_id(asked.since),
                _END_OF_TIME if asked.until is None else clock.first_trace_id(asked.until),
                asked.desk,
            ),
        )
        found = Counter[tuple[Any, ...]](rows)
    apart = defaultdict[str, dict[Reception, int]](dict)
    for (name, decided, ranks, edited, hter, word_edits, all_rejected, *thumbs), many in found.items():
        taken = tuple(int(rank) for rank in ranks.split())
        kind = Reception(decided, taken, edited, hter, word_edits, bool(all_rejected), *thumbs)
        apart[name][kind] = many
    return apart


def _group(name: str, of: Alike, find: Find) -> Group:
    figures = {name: _figure(measure, of) for name, measure in MEASURES.items()}
    known = {name: figure for name, figure in figures.items() if figure is not None}
    ranks = Counter[int]()
    for each, many in of.items():
        for rank in each.ranks:
            ranks[rank] += many
    return Group(name, find, sum(of.values()), known, dict(sorted(ranks.items())))


def _figure(measure: Measure, of: Alike) -> Figure | None:
    counts = Counter[float]()
    for each, many in of.items():
        if (value := measure.of(each)) is not None:
            counts[value] += many
    if not counts:
        return None
    sets = counts.total()
    if measure.kind == "rate":
        interval = wilson(round(sum(value * many for value, many in counts.items())), sets)
    elif sets < FEWEST:
        return Figure(sets, fmean(counts.elements()))
    elif measure.is_share and len(counts) == 1:
        # Of sets that are all the same the bootstrap would say that there are no others.
        interval = wilson_of_shares(list(counts.elements()))
    else:
        interval = bootstrap_mean(list(counts.elements()))
    return Figure(sets, interval.estimate, interval.low, interval.high)


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
