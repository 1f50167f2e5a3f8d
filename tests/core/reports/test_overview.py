"""The last day, week and month against the time before, and always the executions behind."""

from datetime import UTC, datetime

import pytest

from core.db import Database
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from core.reports import overview
from core.reports.measures import MEASURES
from core.reports.overview import BY_PEOPLE, Version, period
from core.traces.counting.rollups import DAY
from core.traces.counting.sums import Scope, Stretch
from core.traces.finding import search
from tests.calls import START, Calls
from tests.conftest import HeldClock

EVERYBODY = Scope("production", BY_PEOPLE)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def calls(db: Database, held: HeldClock) -> Calls:
    held.now = START
    return Calls(db)


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

    def test_reads_days_and_hours_as_one(self, db: Database, calls: Calls) -> None:
        for hours in range(-70 * 24, 1, 7):
            calls.closed(hours=hours)
        found = overview.overview(db, EVERYBODY, "30d")
        began = [each.started_at for each in calls.openings]
        for stretch, figures in ((found.period.now, found.all.now), (found.period.before, found.all.before)):
            assert figures.calls == sum(stretch.since <= each < stretch.until for each in began)
        assert sum(figures.calls for _, figures in found.course) == found.all.now.calls

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

    def test_leads_to_as_many_executions_as_it_counts(self, db: Database, calls: Calls) -> None:
        for status, hours in (("valid", -24), ("valid", -23), ("failed", -1), ("incomplete", -1), ("valid", 0)):
            calls.open(hours=hours)
            calls.close(status=status)
        found = overview.overview(db, EVERYBODY, "24h")
        for name, many in (("calls", 4), ("valid_at_once", 2), ("failed", 1), ("incomplete", 1)):
            behind = MEASURES[name].executions(found.find(), found.all.now)
            assert search.count(db, behind).number == many, name
        assert found.all.now.calls == 4
