"""Percentiles out of a histogram are those of the times themselves, but for 4 %."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.traces.counting import histogram
from core.traces.counting.histogram import ACCURACY, EMPTY

times = st.lists(st.floats(1, 10_000_000), min_size=1, max_size=60)


class TestAPercentile:
    @given(times, st.sampled_from([0.0, 0.5, 0.75, 1.0]))
    def test_is_within_4_percent_of_the_true_one(self, times: list[float], share: float) -> None:
        true = next(each for each in sorted(times) if sum(one <= each for one in times) >= share * len(times))
        assert histogram.of(times).percentile(share) == pytest.approx(true, rel=ACCURACY + 1e-9)
        assert ACCURACY < 0.04

    def test_of_few_is_the_nearest_rank(self) -> None:
        few = histogram.of([59.0, 85.0, 293.0])
        assert few.percentile(0.5) == pytest.approx(85, rel=ACCURACY)
        assert few.percentile(0.95) == pytest.approx(293, rel=ACCURACY)

    @pytest.mark.parametrize("n", range(20, 2_001, 20))
    def test_of_many_leaves_no_more_than_5_in_100_above(self, n: int) -> None:
        within = n * 95 // 100
        assert histogram.of([10.0] * within + [1_000.0] * (n - within)).percentile(0.95) == pytest.approx(10, rel=0.04)
        too_few = histogram.of([10.0] * (within - 1) + [1_000.0] * (n - within + 1))
        assert too_few.percentile(0.95) == pytest.approx(1_000, rel=0.04)

    def test_of_nothing_is_none(self) -> None:
        assert EMPTY.percentile(0.5) is None

    def test_of_less_than_a_millisecond_is_a_millisecond(self) -> None:
        assert histogram.of([0.0, 0.2]).percentile(0.5) == 1


class TestHistograms:
    @given(times, times)
    def test_add_up_to_that_of_all_times(self, some: list[float], others: list[float]) -> None:
        both = histogram.of(some) + histogram.of(others)
        assert both == histogram.of(some + others)
        assert both - histogram.of(others) == histogram.of(some)

    @given(times, times)
    def test_packed_in_a_row_are_their_sum(self, some: list[float], others: list[float]) -> None:
        packed = histogram.of(some).pack() + histogram.of(others).pack()
        assert histogram.unpack(packed) == histogram.unpack_many(packed) == histogram.of(some + others)

    def test_take_what_lasts_for_years(self) -> None:
        assert histogram.of([1e15]).n == 1

    def test_of_nothing_pack_to_nothing(self) -> None:
        assert histogram.unpack(EMPTY.pack()) == histogram.unpack_many(b"") == EMPTY
