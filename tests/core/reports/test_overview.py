"""The last day, week and month against the time before, and always the executions behind."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from core.db import Database
from core.feedback import Given, give
from core.llm.attempt import Attempt
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from core.reports import overview
from core.reports.measures import MEASURES, SLOWEST
from core.reports.overview import BY_PEOPLE, Version, period
from core.traces.counting.figures import Figures
from core.traces.counting.rollups import DAY, HOUR
from core.traces.counting.sums import Scope, Stretch
from core.traces.finding import search
from core.traces.finding.find import Find
from core.traces.model import Headline
from tests.calls import HEADLINES, START, Calls, checked
from tests.conftest import HeldClock

EVERYBODY = Scope("production", BY_PEOPLE)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def calls(db: Database, held: HeldClock) -> Calls:
    held.now = START
    return Calls(db)


def busy_days(calls: Calls, chance: Random) -> None:
    """Calls of nine days, some of them under way, with flags of every severity, and with what two people did."""
    for hours in sorted(-chance.choice([0, 0, 1, 5, 23, 24, 30, 100, 200]) for _ in range(60)):
        trace = calls.open(
            hours=hours,
            desk=chance.choice(["sport", "world"]),
            source=chance.choice(["api", "api", "playground", "eval"]),
        )
        if chance.random() < 0.1:
            continue
        if chance.random() < 0.1:
            calls.close(status="failed", error_kind="bad_input", duration_ms=2.0, headlines=())
            continue
        status = chance.choice(["valid", "valid", "repaired", "incomplete", "failed"])
        severities = chance.sample(["fail", "warn", "hint"], chance.choice([0, 1, 1, 2]))
        calls.close(
            status=status,
            duration_ms=chance.random() * 9_000,
            attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=chance.choice([None, 0.002, 0.01]))],
            headlines=[Headline(text, 0) for text in HEADLINES] if status != "failed" else [],
            checked=checked(severities) if status != "failed" else None,
        )
        for person in ("ada", "ben")[: 0 if status == "failed" else chance.choice([0, 1, 2])]:
            give(calls.db, Given(trace, person=person, source="api", **chance.choice(SAID)))


SAID: Sequence[Mapping[str, Any]] = (
    {"kind": "picked", "position": 0},
    {"kind": "edited", "position": 1, "text": "Ferry sails"},
    {"kind": "all_rejected"},
    {"kind": "thumb", "value": 1},
    {"kind": "thumb", "value": -1},
    {"kind": "thumb", "value": -1},
)


def every_line(found: overview.Overview) -> Iterator[tuple[Find, Figures]]:
    """All together, each desk and each version, with the search that their links narrow."""
    yield found.find(), found.all.now
    for desk, compared in found.by_desk.items():
        yield found.find(desk=(desk,)), compared.now
    for version, compared in found.by_version.items():
        yield found.find(version=(f"{version.prompt}@{version.number or 'draft'}",)), compared.now


class TestAPeriod:
    def test_of_a_day_ends_with_the_hour_that_is_going_on(self) -> None:
        found = period("24h", at("2026-11-27T14:20"))
        assert found.now == Stretch(at("2026-11-26T15:00"), at("2026-11-27T15:00"))
        assert found.before == Stretch(at("2026-11-25T15:00"), at("2026-11-26T15:00"))
        assert found.hours == (pytest.approx(23 + 1 / 3), 24)

    def test_of_a_week_is_today_and_six_days_against_the_same_a_week_earlier(self) -> None:
        found = period("7d", at("2026-11-27T14:20"))
        assert found.now.since == at("2026-11-21")
        assert found.before == Stretch(at("2026-11-14"), at("2026-11-20T15:00"))

    def test_of_a_month_is_read_in_days(self) -> None:
        found = period("30d", at("2026-11-27T14:20"))
        assert (found.now, found.step) == (Stretch(at("2026-10-29"), at("2026-11-28")), DAY)


class TestAnOverview:
    def test_of_an_empty_installation_is_empty(self, db: Database) -> None:
        found = overview.overview(db, EVERYBODY, "30d")
        assert (found.all.now.calls, found.by_desk, len(found.course)) == (0, {}, 30)

    @pytest.mark.parametrize(("length", "now", "before"), [("24h", 1, 1), ("7d", 2, 1), ("30d", 3, 1)])
    def test_holds_a_period_against_the_one_before(
        self, db: Database, calls: Calls, length: overview.Length, now: int, before: int
    ) -> None:
        for hours in (0, -30, -24 * 8, -24 * 40):
            calls.closed(hours=hours)
        found = overview.overview(db, EVERYBODY, length).all
        assert (found.now.calls, found.before.calls) == (now, before)

    @pytest.mark.parametrize("hour", [3, 19])
    def test_reads_days_and_hours_as_one(self, db: Database, held: HeldClock, hour: int) -> None:
        held.now = START // DAY * DAY + hour * HOUR
        calls = Calls(db, start=held.now)
        for hours in range(-62 * 24, 1, 11):
            calls.closed(hours=hours, desk=("sport", "world")[hours % 2])
        began = [(each.started_at, each.desk) for each in calls.openings]
        for length in overview.LENGTHS:
            found = overview.overview(db, EVERYBODY, length)
            for time in ("now", "before"):
                stretch: Stretch = getattr(found.period, time)
                counted = Counter(desk for at, desk in began if stretch.since <= at < stretch.until)
                assert {desk: getattr(each, time).calls for desk, each in found.by_desk.items()} == {
                    desk: counted[desk] for desk in found.by_desk
                }
                assert getattr(found.all, time).durations.n == counted.total()
            assert sum(step.calls for _, step in found.course) == found.all.now.calls

    def test_counts_what_people_wait_for_unless_asked_otherwise(self, db: Database, calls: Calls) -> None:
        calls.closed(source="eval")
        calls.closed(source="trial")
        calls.closed(environment="staging")
        calls.closed(source="playground")
        assert overview.overview(db, EVERYBODY, "24h").all.now.calls == 1
        assert overview.overview(db, Scope("production", ("eval",)), "24h").all.now.calls == 1

    def test_tells_desks_and_versions_apart_the_busiest_first(self, db: Database, calls: Calls) -> None:
        for desk in ("world", "sport", "sport"):
            calls.closed(desk=desk)
        found = overview.overview(db, EVERYBODY, "24h")
        assert [(desk, each.now.calls) for desk, each in found.by_desk.items()] == [("sport", 2), ("world", 1)]
        assert list(found.by_version) == [Version("headlines", 0)]
        assert overview.overview(db, Scope("production", BY_PEOPLE, "world"), "24h").all.now.calls == 1

    def test_marks_releases_of_its_time_and_desk_of_prompts_that_were_asked(
        self, db: Database, calls: Calls, held: HeldClock
    ) -> None:
        content = Content(messages=(MessageTemplate(role="user", content="new"),), model="offline/lede")
        number = versions.save(db, "headlines", content, note="New.", author="ada", parent=None).number
        for desk in (None, "sport"):
            place = Place("headlines", "production", desk)
            releases.release(db, place, number, author="ada", reason="Shorter.", seen=None)
        assert overview.overview(db, EVERYBODY, "24h").releases == []
        calls.closed(desk="world")
        assert [each.desk for each in overview.overview(db, EVERYBODY, "24h").releases] == [None, "sport"]
        world = Scope("production", BY_PEOPLE, "world")
        assert [each.desk for each in overview.overview(db, world, "24h").releases] == [None]
        held.now += 2 * DAY
        assert overview.overview(db, EVERYBODY, "24h").releases == []

    @pytest.mark.parametrize("seed", range(2))
    def test_leads_from_each_figure_to_as_many_executions_as_it_counts(
        self, db: Database, calls: Calls, seed: int
    ) -> None:
        busy_days(calls, Random(seed))
        for length in overview.LENGTHS:
            found = overview.overview(db, EVERYBODY, length)
            for find, figures in every_line(found):
                for measure in MEASURES.values():
                    behind = list(search.everything(db, measure.executions(find, figures)))
                    if measure.name == SLOWEST:
                        times = sorted(line.duration_ms or 0 for line in search.everything(db, find))
                        assert len(behind) >= sum(each > times[math.ceil(len(times) * 0.95) - 1] for each in times)
                    else:
                        assert len(behind) == measure.found(figures), (length, find, measure.name)
                    if measure.name == "cost":
                        assert sum(line.cost or 0 for line in behind) == pytest.approx(figures.dollars)

    def test_leads_from_each_step_of_its_course_to_its_executions(self, db: Database, calls: Calls) -> None:
        busy_days(calls, Random(3))
        for length in overview.LENGTHS:
            found = overview.overview(db, EVERYBODY, length)
            for start, step in found.course:
                lines = list(search.everything(db, found.step(start)))
                statuses = Counter(line.status for line in lines)
                assert (step.calls, step.valid, step.incomplete, step.without_headlines, step.refused) == (
                    len(lines), statuses["valid"], statuses["incomplete"],
                    statuses["failed"] + statuses["interrupted"], statuses["refused"],
                )  # fmt: skip
                assert step.dollars == pytest.approx(sum(line.cost or 0 for line in lines))
                assert step.durations.n == len(lines)
                slowest = [line.duration_ms for line in search.everything(db, found.slowest(start))]
                assert not lines or max(line.duration_ms or 0 for line in lines) in slowest
            assert sum(step.calls for _, step in found.course) == found.all.now.calls
