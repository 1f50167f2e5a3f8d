"""When a limit is broken, when it is kept, and when nothing can be said."""

import pytest

from core.alerts import breaches, limits
from core.alerts.watch import Look, executions, look, standing, watch
from core.db import Database
from core.feedback import Given, give
from core.llm.attempt import Attempt
from core.traces.finding import search
from tests.core.alerts.conftest import Desk


class TestALook:
    def test_at_few_calls_says_nothing(self, db: Database, desk: Desk) -> None:
        limit = desk.limit()
        assert look(db, limit).state == "too few"
        desk.bad(19)
        assert look(db, limit).state == "too few"
        desk.bad(1)
        assert look(db, limit).state == "broken"

    def test_is_for_one_desk_or_all_together(self, db: Database, desk: Desk) -> None:
        sport, everybody = desk.limit(desk="sport"), desk.limit(value=0.4)
        desk.bad(20, desk="sport")
        desk.good(20, desk="world")
        assert (look(db, sport).state, look(db, everybody).state) == ("broken", "kept")

    def test_is_at_what_people_wait_for(self, db: Database, desk: Desk) -> None:
        limit = desk.limit()
        desk.bad(20, source="eval")
        assert look(db, limit).state == "too few"

    def test_is_not_at_what_the_caller_got_wrong(self, db: Database, desk: Desk) -> None:
        failed, valid = desk.limit("failed", value=0.01), desk.limit()
        desk.refused(19)
        desk.good(19)
        assert [look(db, each).state for each in (failed, valid)] == ["too few"] * 2
        desk.good(1)
        assert [look(db, each) for each in (failed, valid)] == [Look("kept", 0.0, 20), Look("kept", 1.0, 20)]

    def test_at_money_is_at_all_that_was_spent(self, db: Database, desk: Desk) -> None:
        limit = desk.limit("cost", value=1, hours=24)
        desk.calls.open(source="eval")
        desk.calls.close(attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=1.5)])
        assert look(db, limit) == look(db, limit).__class__("broken", 1.5, 1)

    def test_at_thumbs_counts_thumbs(self, db: Database, desk: Desk) -> None:
        limit = desk.limit("thumbs_down", value=0.5)
        trace = desk.calls.closed()
        for number in range(10):
            assert look(db, limit).state == "too few"
            give(db, Given(trace, "thumb", person=f"p{number}", source="api", value=-1))
        assert look(db, limit) == look(db, limit).__class__("broken", 1.0, 10)

    def test_is_at_so_many_whole_hours_and_the_one_going_on(self, db: Database, desk: Desk) -> None:
        limit = desk.limit()
        desk.bad()
        desk.passes(minutes=119 - 60)
        assert look(db, limit).state == "broken"
        desk.passes(minutes=61)
        assert look(db, limit).state == "too few"


class TestABreach:
    def test_begins_once(self, db: Database, desk: Desk) -> None:
        desk.limit(desk="sport")
        desk.bad()
        watch(db, tells=False)
        desk.passes(minutes=1)
        watch(db, tells=False)
        (breach,) = breaches.under_way(db)
        assert breach.sentence == "Valid at once for sport is 0 % (20 calls in an hour); it should not be below 90 %."
        assert breaches.many_under_way(db) == 1

    def test_tells_the_figure_of_now_beside_the_one_that_broke_the_limit(self, db: Database, desk: Desk) -> None:
        limit = desk.limit()
        desk.bad()
        watch(db, tells=False)
        desk.good(20)
        (breach,) = breaches.under_way(db)
        first = "was 0 % (20 calls in an hour) when the limit broke"
        assert standing(breach, look(db, limit)) == (
            f"Valid at once for all desks is 50 % now (40 calls); it {first}, and should not be below 90 %."
        )
        assert breach.later == f"Valid at once for all desks {first}; it should not be below 90 %."
        desk.passes(minutes=180)
        assert standing(breach, look(db, limit)) == f"{breach.later} Now there are too few calls."

    def test_tells_that_its_limit_is_kept_again_before_it_is_over(self, db: Database, desk: Desk) -> None:
        limit = desk.limit(value=0.5)
        desk.bad()
        watch(db, tells=False)
        desk.good(20)
        (breach,) = breaches.under_way(db)
        assert standing(breach, look(db, limit)).endswith("The breach is over once that lasts for five minutes.")

    def test_of_one_call_says_so(self, db: Database, desk: Desk) -> None:
        desk.limit("cost", value=1, hours=24)
        desk.calls.open(source="eval")
        desk.calls.close(attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=1.5)])
        watch(db, tells=False)
        assert "$1.50 (1 call in 24 hours)" in breaches.under_way(db)[0].sentence

    def test_ends_once_the_limit_was_kept_for_a_while(self, db: Database, desk: Desk) -> None:
        desk.limit()
        desk.bad()
        watch(db, tells=False)
        desk.good(400)
        for _ in range(6):
            assert breaches.many_under_way(db) == 1
            watch(db, tells=False)
            desk.passes(minutes=1)
        (breach,) = breaches.newest(db)
        assert breach.closed_at is not None
        assert (
            breach.sentence == "Valid at once for all desks is 95.2 % again; the limit was not below 90 % in an hour."
        )

    def test_does_not_end_while_the_figure_wavers(self, db: Database, desk: Desk) -> None:
        desk.limit(value=0.5)
        desk.bad(30)
        for _ in range(5):
            watch(db, tells=False)
            desk.passes(minutes=4)
            desk.good(31)
            watch(db, tells=False)
            desk.passes(minutes=4)
            desk.bad(31)
        assert len(breaches.newest(db)) == breaches.many_under_way(db) == 1

    def test_does_not_end_because_nobody_asks_any_more(self, db: Database, desk: Desk) -> None:
        desk.limit()
        desk.bad()
        watch(db, tells=False)
        desk.passes(minutes=600)
        watch(db, tells=False)
        assert breaches.many_under_way(db) == 1

    def test_begins_anew_after_its_end(self, db: Database, desk: Desk) -> None:
        desk.limit(value=0.5)
        desk.bad()
        watch(db, tells=False)
        desk.good(100)
        watch(db, tells=False)
        desk.passes(minutes=6)
        watch(db, tells=False)
        desk.bad(200)
        watch(db, tells=False)
        assert len(breaches.newest(db)) == 2

    def test_ends_with_its_limit(self, db: Database, desk: Desk) -> None:
        limit = desk.limit()
        desk.bad()
        watch(db, tells=False)
        limits.withdraw(db, limit.id, author="Ada")
        watch(db, tells=False)
        (breach,) = breaches.newest(db)
        assert breach.sentence == "Valid at once for all desks: the limit of 90 % was withdrawn."
        assert breaches.many_under_way(db) == 0

    def test_leads_to_the_calls_that_speak_against_its_limit(self, db: Database, desk: Desk) -> None:
        desk.limit(desk="sport")
        desk.limit("total_p95", value=800)
        desk.good(2, desk="sport")
        desk.bad(20, desk="sport")
        desk.bad(3, desk="world")
        watch(db, tells=False)
        assert [search.count(db, executions(each)).number for each in breaches.under_way(db)] == [20, 25]

    @pytest.mark.parametrize("measure", limits.KINDS)
    def test_can_be_of_every_kind(self, db: Database, desk: Desk, measure: str) -> None:
        kind = limits.KINDS[measure]
        limit = desk.limit(measure, value=kind.example, hours=kind.hours[0])
        assert look(db, limit).state == "too few"
