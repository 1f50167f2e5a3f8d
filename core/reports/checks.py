"""How often each check fires, per desk and prompt version, and what editors did with the headlines that it flagged."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core import clock, feedback
from core.db import Database

_DAY = 86_400_000
_CHANGED = frozenset({"edited", "rejected", "all_rejected"})


@dataclass(frozen=True)
class Place:
    """Where headlines come from: a desk, and the version of a prompt; None is a draft."""

    desk: str
    prompt: str
    version: int | None


@dataclass(frozen=True)
class Firing:
    """Of `headlines` that a check looked at in a place, it flagged `flagged`."""

    check: str
    place: Place
    headlines: int
    flagged: int


@dataclass(frozen=True)
class Outcome:
    """Of `decided` headlines that somebody picked, edited or rejected, `changed` were edited or rejected."""

    decided: int = 0
    changed: int = 0

    @property
    def share(self) -> float | None:
        return self.changed / self.decided if self.decided else None


@dataclass(frozen=True)
class Reception:
    """What editors did with the headlines that a check flagged, and with those that it did not."""

    check: str
    flagged: Outcome
    others: Outcome


@dataclass(frozen=True)
class Report:
    """How the checks did in the last `days`, by their latest scoring of each set."""

    days: int
    firings: Sequence[Firing]
    receptions: Sequence[Reception]

    def fired(self, check: str) -> tuple[int, int]:
        """How many headlines a check flagged, of how many."""
        of = [each for each in self.firings if each.check == check]
        return sum(each.flagged for each in of), sum(each.headlines for each in of)


def report(db: Database, *, days: int, desk: str | None = None) -> Report:
    """Read the scores of the last `days`, of one desk or of all; articles and answers are not touched."""
    first = clock.first_trace_id(clock.now_ms() - days * _DAY)
    return Report(days, _firings(db, first, desk), _receptions(db, first, desk))


# The latest scoring of every set, from a trace id on: ids begin with their time.
_LATEST = """
    with latest as (
        select trace, max(number) as number from scorings where trace >= ?1 group by trace
    )
"""


def _firings(db: Database, first: str, desk: str | None) -> list[Firing]:
    with db.read() as connection:
        looked = connection.execute(
            f"""
            {_LATEST}
            select desk, prompt, version, checks, sum(given) as headlines
            from latest join scorings using (trace, number) join traces on traces.id = latest.trace
            where ?2 is null or desk = ?2
            group by desk, prompt, version, checks
            """,
            (first, desk),
        ).fetchall()
        flagged = connection.execute(
            f"""
            {_LATEST}
            select desk, prompt, version, check_name, count(*) as flagged from (
                select distinct scores.trace, scores.position, check_name
                from latest join scores on scores.trace = latest.trace and scores.scoring = latest.number
            ) join traces on traces.id = trace
            where ?2 is null or desk = ?2
            group by desk, prompt, version, check_name
            """,
            (first, desk),
        ).fetchall()
    headlines: Counter[tuple[str, Place]] = Counter()
    for row in looked:
        for check in json.loads(row["checks"]):
            headlines[check, Place(row["desk"], row["prompt"], row["version"])] += row["headlines"]
    fired = {(row["check_name"], Place(row["desk"], row["prompt"], row["version"])): row["flagged"] for row in flagged}
    return [Firing(check, place, many, fired.get((check, place), 0)) for (check, place), many in headlines.items()]


def _receptions(db: Database, first: str, desk: str | None) -> list[Reception]:
    changed = _decided(db, first, desk)
    if not changed:
        return []
    flags = _flags(db, {trace for trace, _ in changed})
    checks = {check for found in flags.values() for check in found}
    return [
        Reception(
            check,
            _outcome(changed[place] for place in changed if check in flags.get(place, ())),
            _outcome(changed[place] for place in changed if check not in flags.get(place, ())),
        )
        for check in sorted(checks)
    ]


def _decided(db: Database, first: str, desk: str | None) -> dict[tuple[str, int], bool]:
    """By headline whether anybody edited or rejected it; headlines that nobody touched are not in it."""
    changed: dict[tuple[str, int], bool] = {}
    decisions = list(feedback.decisions(db, first_trace=first))
    given = _given(db, {each.trace for each in decisions}, desk)
    for each in decisions:
        if each.trace not in given:
            continue
        whole_set = range(given[each.trace])
        for position in whole_set if each.position is None else (each.position,):
            place = each.trace, position
            changed[place] = changed.get(place, False) or each.kind in _CHANGED
    return changed


def _given(db: Database, traces: Iterable[str], desk: str | None) -> dict[str, int]:
    """How many headlines these traces have, of one desk or of all."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select id, given from traces where id in (select value from json_each(?1)) and (?2 is null or desk = ?2)
            """,
            (json.dumps(list(traces)), desk),
        )
        return {row["id"]: row["given"] for row in rows}


def _flags(db: Database, traces: Iterable[str]) -> Mapping[tuple[str, int], set[str]]:
    """By headline the checks that found something in it, by the latest scoring."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    with db.read() as connection:
        for row in connection.execute(
            """
            select trace, position, check_name from scores
            where trace in (select value from json_each(?))
                and scoring = (select max(number) from scorings where scorings.trace = scores.trace)
            """,
            (json.dumps(list(traces)),),
        ):
            found[row["trace"], row["position"]].add(row["check_name"])
    return found


def _outcome(changed: Iterable[bool]) -> Outcome:
    outcomes = list(changed)
    return Outcome(len(outcomes), sum(outcomes))
