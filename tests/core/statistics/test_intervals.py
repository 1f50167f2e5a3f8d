"""Intervals: they give the published values, hold their estimate, and mirror when what they compare is swapped."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from scipy import stats

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import (
    MANY,
    Interval,
    PairedCounts,
    Rate,
    bootstrap_mean,
    clustered_standard_error,
    mean_standard_error,
    newcombe,
    newcombe_paired,
    wilson,
    wilson_of_shares,
)

MANY_SKEWED = np.random.default_rng(3).exponential(size=MANY).tolist()
MANY_SHARES = (np.random.default_rng(3).binomial(10, 0.05, MANY) / 10).tolist()
COUNTS = st.integers(0, 60)
RATES = st.integers(1, 300).flatmap(lambda n: st.builds(Rate, st.integers(0, n), st.just(n)))
TABLES = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS).filter(any)
SCORES = st.lists(st.integers(-20, 20).map(lambda value: value / 4), min_size=6, max_size=30)


def bounds(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


def mirrored(interval: Interval) -> list[float]:
    return [-interval.estimate, -interval.high, -interval.low]


class TestWilson:
    @pytest.mark.parametrize(
        ("successes", "n", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (7, 50, 0.0695, 0.2619)],
    )
    def test_gives_the_published_values(self, successes: int, n: int, low: float, high: float) -> None:
        assert bounds(wilson(successes, n)) == pytest.approx((low, high), abs=5e-5)

    @pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
    def test_gives_what_scipy_gives(self, level: float) -> None:
        theirs = stats.binomtest(9, 31).proportion_ci(level, "wilson")
        assert bounds(wilson(9, 31, level=level)) == pytest.approx((theirs.low, theirs.high))

    @given(RATES)
    def test_of_shares_that_are_zeros_and_ones_is_the_same(self, rate: Rate) -> None:
        shares = [1.0] * rate.successes + [0.0] * (rate.n - rate.successes)
        assert wilson_of_shares(shares) == wilson(rate.successes, rate.n)

    def test_of_shares_needs_shares(self) -> None:
        with pytest.raises(NotEnoughData):
            wilson_of_shares([])
        with pytest.raises(BadInput):
            wilson_of_shares([0.5, 1.5])

    @given(RATES)
    def test_holds_the_rate_within_0_and_1(self, rate: Rate) -> None:
        found = wilson(rate.successes, rate.n)
        assert 0 <= found.low <= found.estimate <= found.high <= 1

    @given(RATES)
    def test_of_the_failures_is_its_mirror_image(self, rate: Rate) -> None:
        good, bad = wilson(rate.successes, rate.n), wilson(rate.n - rate.successes, rate.n)
        assert bounds(good) == pytest.approx((1 - bad.high, 1 - bad.low))

    def test_needs_a_case(self) -> None:
        with pytest.raises(NotEnoughData):
            wilson(0, 0)

    @pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3), (0, -1)])
    def test_refuses_what_is_no_rate(self, successes: int, n: int) -> None:
        with pytest.raises(BadInput, match="is no rate"):
            wilson(successes, n)

    @pytest.mark.parametrize("level", [0, 1, 95, math.nan])
    def test_refuses_what_is_no_level(self, level: float) -> None:
        with pytest.raises(BadInput, match="between 0 and 1"):
            wilson(1, 2, level=level)


class TestNewcombe:
    @pytest.mark.parametrize(
        ("first", "second", "low", "high"),
        [(Rate(56, 70), Rate(48, 80), 0.0524, 0.3339), (Rate(9, 10), Rate(3, 10), 0.1705, 0.8090)],
    )
    def test_gives_the_published_values(self, first: Rate, second: Rate, low: float, high: float) -> None:
        assert bounds(newcombe(first, second)) == pytest.approx((low, high), abs=5e-5)

    @given(RATES, RATES)
    def test_holds_the_difference(self, first: Rate, second: Rate) -> None:
        found = newcombe(first, second)
        assert -1 <= found.low <= found.estimate <= found.high <= 1

    @given(RATES, RATES)
    def test_mirrors_when_swapped(self, first: Rate, second: Rate) -> None:
        there, back = newcombe(first, second), newcombe(second, first)
        assert [there.estimate, *bounds(there)] == pytest.approx(mirrored(back))


class TestNewcombePaired:
    @pytest.mark.parametrize(
        ("counts", "low", "high"),
        [(PairedCounts(36, 12, 2, 0), 0.0569, 0.3404), (PairedCounts(18, 12, 2, 18), 0.0562, 0.3290)],
    )
    def test_gives_the_published_values(self, counts: PairedCounts, low: float, high: float) -> None:
        assert bounds(newcombe_paired(counts)) == pytest.approx((low, high), abs=5e-5)

    @given(TABLES)
    def test_holds_the_difference(self, table: tuple[int, int, int, int]) -> None:
        found = newcombe_paired(PairedCounts(*table))
        assert -1 <= found.low <= found.estimate <= found.high <= 1

    @given(TABLES)
    def test_mirrors_when_swapped(self, table: tuple[int, int, int, int]) -> None:
        both, first, second, neither = table
        there = newcombe_paired(PairedCounts(both, first, second, neither))
        back = newcombe_paired(PairedCounts(both, second, first, neither))
        assert [there.estimate, *bounds(there)] == pytest.approx(mirrored(back))

    def test_of_cases_that_all_agree_still_has_a_width(self) -> None:
        low, high = bounds(newcombe_paired(PairedCounts(8, 0, 0, 0)))
        assert low == pytest.approx(-high)
        assert high > 0.3

    def test_needs_a_case(self) -> None:
        with pytest.raises(NotEnoughData):
            PairedCounts(0, 0, 0, 0)

    def test_refuses_a_negative_count(self) -> None:
        with pytest.raises(BadInput, match="below 0"):
            PairedCounts(5, -1, 0, 0)


class TestBootstrapOfAMean:
    @pytest.mark.parametrize("n", [8, 25, 64, 300])
    @pytest.mark.parametrize("level", [0.8, 0.9, 0.95])
    def test_gives_what_scipy_gives_at_the_level_that_reaches_as_far_as_students_t(self, n: int, level: float) -> None:
        values = np.random.default_rng(n).lognormal(size=n)
        reach = math.sqrt(n / (n - 1)) * float(stats.t.ppf((1 + level) / 2, n - 1))
        theirs = stats.bootstrap(
            (values,), np.mean, n_resamples=29_999, confidence_level=1 - 2 * float(stats.norm.sf(reach)),
            method="BCa", rng=np.random.default_rng(1),
        )  # fmt: skip
        found = bootstrap_mean(values.tolist(), level=level, resamples=29_999)
        assert found.estimate == pytest.approx(float(values.mean()))
        # By so much of a standard error two generators differ far out, where few resamples are.
        near = (0.4 if n == 8 else 0.15) * float(theirs.standard_error)
        assert bounds(found) == pytest.approx(tuple(theirs.confidence_interval), abs=near)

    def test_leans_to_where_the_values_are_skewed(self) -> None:
        found = bootstrap_mean([0, 0, 0, 0, 0, 0, 0, 0, 1, 8])
        assert found.high - found.estimate > 1.5 * (found.estimate - found.low)

    @limits(max_examples=30)
    @given(SCORES)
    def test_holds_the_mean(self, values: list[float]) -> None:
        found = bootstrap_mean(values)
        assert found.estimate == pytest.approx(float(np.mean(values)))
        assert found.low <= found.estimate <= found.high

    @limits(max_examples=30)
    @given(SCORES.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
    def test_depends_on_no_order(self, both: tuple[list[float], list[float]]) -> None:
        assert bootstrap_mean(both[0]) == bootstrap_mean(both[1])

    @limits(max_examples=30)
    @given(SCORES)
    def test_of_the_negatives_is_the_mirror_image(self, values: list[float]) -> None:
        there, back = bootstrap_mean(values), bootstrap_mean([-value for value in values])
        assert [there.estimate, *bounds(there)] == mirrored(back)

    def test_is_the_same_under_the_same_seed_alone(self) -> None:
        values = [0.1, 0.4, 0.4, 0.5, 0.9, 1.4, 2.2, 5.0]
        assert bootstrap_mean(values, seed=1) == bootstrap_mean(values, seed=1)
        assert bootstrap_mean(values, seed=1) != bootstrap_mean(values, seed=2)

    def test_of_equal_values_has_no_width(self) -> None:
        assert bootstrap_mean([0.25] * 6) == Interval(0.25, 0.25, 0.25, 0.95, 6)

    def test_of_values_that_differ_by_rounding_has_no_width(self) -> None:
        found = bootstrap_mean([0.3] * 6 + [0.1 + 0.2] * 2)
        assert found.low == found.high

    def test_of_tiny_values_is_a_number(self) -> None:
        found = bootstrap_mean([1e-200 * number for number in range(8)])
        assert 0 < found.low < found.estimate < found.high

    @pytest.mark.parametrize("values", [MANY_SKEWED, MANY_SHARES])
    def test_of_many_is_what_resampling_comes_to(self, values: list[float]) -> None:
        theirs = stats.bootstrap((values,), np.mean, n_resamples=99_999, batch=1_000, rng=np.random.default_rng(1))
        low, high = theirs.confidence_interval
        assert bounds(bootstrap_mean(values)) == pytest.approx((low, high), abs=0.03 * (high - low))

    def test_needs_six_values(self) -> None:
        with pytest.raises(NotEnoughData, match="at least 6 values; there are 5"):
            bootstrap_mean([1, 2, 3, 4, 5])

    def test_refuses_what_is_no_number(self) -> None:
        with pytest.raises(BadInput, match="no number"):
            bootstrap_mean([1, 2, 3, 4, 5, math.nan])

    def test_refuses_what_is_no_level(self) -> None:
        with pytest.raises(BadInput, match="confidence level"):
            bootstrap_mean([1, 2, 3, 4, 5, 6], level=95)


class TestTheStandardErrorOfAMean:
    def test_is_the_usual_one(self) -> None:
        assert mean_standard_error([1, 2, 3, 4]) == pytest.approx(math.sqrt(5 / (4 * 3)))

    def test_needs_two_values(self) -> None:
        with pytest.raises(NotEnoughData):
            mean_standard_error([1])


class TestTheClusteredStandardError:
    SCORES = tuple(range(20))
    CLUSTERS = tuple(number % 4 for number in range(20))

    def test_gives_the_published_value(self) -> None:
        found = clustered_standard_error(self.SCORES, self.CLUSTERS, corrected=False)
        assert found == pytest.approx(0.5590, abs=5e-5)

    def test_is_larger_when_corrected_for_few_clusters(self) -> None:
        assert clustered_standard_error(self.SCORES, self.CLUSTERS) == pytest.approx(0.645, abs=5e-4)

    def test_with_clusters_of_one_is_the_standard_error_of_a_mean(self) -> None:
        assert clustered_standard_error(self.SCORES, self.SCORES) == pytest.approx(mean_standard_error(self.SCORES))

    def test_needs_two_clusters(self) -> None:
        with pytest.raises(NotEnoughData, match="two clusters"):
            clustered_standard_error([1, 2, 3], ["a", "a", "a"])

    def test_of_nothing_is_refused(self) -> None:
        with pytest.raises(NotEnoughData):
            clustered_standard_error([], [])

    def test_needs_a_cluster_for_each_value(self) -> None:
        with pytest.raises(BadInput, match="3 values but 2 clusters"):
            clustered_standard_error([1, 2, 3], ["a", "b"])
