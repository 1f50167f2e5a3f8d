"""Figures for leads: what they are, which way they went, and where they lead."""

import pytest

from core.reports.measures import MEASURES, change
from core.traces.counting import histogram
from core.traces.counting.figures import Figures
from core.traces.finding.find import Find

SAME = (24.0, 24.0)
NONE = Figures()


class TestAMeasure:
    @pytest.mark.parametrize("name", MEASURES)
    def test_of_nothing_is_nothing_or_no_calls(self, name: str) -> None:
        assert MEASURES[name].of(NONE) == (0 if name == "calls" else None)
        assert MEASURES[name].interval(NONE) is None

    def test_of_a_rate_has_an_interval(self) -> None:
        interval = MEASURES["valid_at_once"].interval(Figures(calls=100, valid=98))
        assert interval is not None
        assert (round(interval.low, 3), round(interval.high, 3)) == (0.93, 0.994)

    def test_of_calls_leaves_out_those_that_could_not_be_asked(self) -> None:
        figures = Figures(calls=10, valid=4, failed=1, refused=5)
        assert [MEASURES[name].of(figures) for name in ("valid_at_once", "failed", "refused")] == [0.8, 0.2, 0.5]

    def test_of_flags_has_none_for_the_headlines_of_a_set_hang_together(self) -> None:
        assert MEASURES["flags"].interval(Figures(given=100, flagged_headlines=3)) is None

    def test_of_a_cost_nobody_knows_is_not_free(self) -> None:
        assert MEASURES["cost"].of(Figures(calls=2, cost_unknown=2)) is None
        assert MEASURES["cost"].of(Figures(calls=2, cost_unknown=1)) == 0

    def test_of_picks_is_unknown_while_nobody_decides(self) -> None:
        assert MEASURES["picks"].of(Figures(calls=9, valid=9)) is None
        assert MEASURES["picks"].of(Figures(calls=9, valid=9, rejections=1)) == 0

    def test_leads_to_its_executions(self) -> None:
        found = MEASURES["failed"].executions(Find(desk=("sport",)), Figures(calls=1, failed=1))
        assert found == Find(desk=("sport",), status=("failed", "interrupted"))

    def test_of_the_slowest_leads_to_what_took_longer(self) -> None:
        for time in range(1, 5000, 37):
            slow = Figures(calls=1, durations=histogram.of([float(time)]))
            least = MEASURES["total_p95"].executions(Find(), slow).min_ms
            assert least is not None
            assert time * 0.9 - 1 <= least <= time


class TestAChange:
    def test_of_a_rate_is_unclear_while_chance_could_do_it(self) -> None:
        rate = MEASURES["valid_at_once"]
        assert change(rate, Figures(calls=10, valid=9), Figures(calls=10, valid=10), hours=SAME)[0] == "unclear"

    def test_of_a_rate_goes_by_so_many_points(self) -> None:
        which, by = change(
            MEASURES["valid_at_once"], Figures(calls=400, valid=300), Figures(calls=400, valid=400), hours=SAME
        )
        assert (which, by) == ("worse", -0.25)

    def test_of_what_should_be_low_is_better_downwards(self) -> None:
        now, before = (Figures(calls=30, durations=histogram.of([time] * 30)) for time in (1000.0, 2000.0))
        assert change(MEASURES["total_p95"], now, before, hours=SAME) == ("better", pytest.approx(-0.5, abs=0.05))

    def test_of_a_total_is_by_the_hour(self) -> None:
        assert change(MEASURES["calls"], Figures(calls=120), Figures(calls=240), hours=(12, 24)) == ("unclear", 0.0)

    def test_of_few_calls_is_unclear(self) -> None:
        now, before = Figures(calls=19, cost=1_000_000_000), Figures(calls=30, cost=3_000_000_000)
        assert change(MEASURES["cost"], now, before, hours=SAME)[0] == "unclear"

    def test_of_flags_is_judged_as_if_each_set_were_one_headline(self) -> None:
        now, before = (
            Figures(given=400, valid=40, flagged_headlines=40),
            Figures(given=400, valid=40, flagged_headlines=16),
        )
        assert change(MEASURES["flags"], now, before, hours=SAME) == ("unclear", pytest.approx(0.06))

    def test_of_what_is_neither_good_nor_bad_is_more_or_less(self) -> None:
        assert change(MEASURES["calls"], Figures(calls=40), Figures(calls=20), hours=SAME) == ("more", 1.0)

    def test_from_nothing_is_none(self) -> None:
        assert change(MEASURES["calls"], Figures(calls=20), NONE, hours=SAME) == ("none", None)
        assert change(MEASURES["valid_at_once"], Figures(calls=20), NONE, hours=SAME) == ("none", None)
