"""Significance: the published values, exactness where it is promised, and corrections that keep their order."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import Rate
from core.statistics.significance import (
    always_valid,
    below_zero,
    benjamini_hochberg,
    holm,
    mcnemar,
    mixture_ratio,
    non_inferior,
)

P_VALUES = st.lists(st.floats(0, 1), max_size=12)
PUBLISHED = (0.01, 0.04, 0.03, 0.005)


class TestMcNemar:
    def test_gives_the_published_statistic(self) -> None:
        assert mcnemar(150, 86).statistic == pytest.approx(17.356, abs=5e-4)

    def test_gives_the_published_statistic_corrected_for_continuity(self) -> None:
        assert mcnemar(150, 86, corrected=True).statistic == pytest.approx(16.818, abs=5e-4)

    def test_has_the_p_value_of_chi_squared(self) -> None:
        assert mcnemar(150, 86).p == pytest.approx(3.0995e-05, rel=1e-3)

    def test_is_exact_for_few(self) -> None:
        assert mcnemar(6, 2).p == pytest.approx(0.2890625)
        assert mcnemar(6, 2).statistic is None

    def test_is_exact_below_25(self) -> None:
        assert mcnemar(14, 10).statistic is None
        assert mcnemar(14, 11).statistic is not None

    def test_without_a_discordant_pair_sees_nothing(self) -> None:
        assert mcnemar(0, 0).p == 1

    @given(st.integers(0, 80), st.integers(0, 80))
    def test_does_not_care_who_is_first(self, one: int, other: int) -> None:
        assert mcnemar(one, other) == mcnemar(other, one)

    def test_refuses_a_negative_count(self) -> None:
        with pytest.raises(BadInput):
            mcnemar(-1, 3)


class TestNonInferiority:
    @pytest.mark.parametrize(
        ("first", "second", "margin", "z", "p"),
        [(Rate(170, 200), Rate(176, 200), 0.10, 2.007, 0.0224), (Rate(56, 70), Rate(48, 80), -0.1, 1.348, 0.0889)],
    )
    def test_gives_the_published_values(self, first: Rate, second: Rate, margin: float, z: float, p: float) -> None:
        found = non_inferior(first, second, margin=margin)
        assert found.statistic == pytest.approx(z, abs=5e-4)
        assert found.p == pytest.approx(p, abs=5e-5)

    def test_without_a_margin_is_the_pooled_test(self) -> None:
        pooled = 104 / 150
        z = (56 / 70 - 48 / 80) / math.sqrt(pooled * (1 - pooled) * (1 / 70 + 1 / 80))
        assert non_inferior(Rate(56, 70), Rate(48, 80), margin=0).statistic == pytest.approx(z)

    @given(st.integers(0, 40), st.integers(0, 25), st.floats(0.01, 0.9))
    def test_is_the_easier_the_wider_the_margin(self, first: int, second: int, margin: float) -> None:
        rates = Rate(first, 40), Rate(second, 25)
        assert non_inferior(*rates, margin=margin + 0.05).p <= non_inferior(*rates, margin=margin).p + 1e-9

    def test_of_perfect_rates_is_a_number(self) -> None:
        assert 0 < non_inferior(Rate(30, 30), Rate(30, 30), margin=0.1).p < 0.05

    def test_of_perfect_rates_without_a_margin_is_refused(self) -> None:
        with pytest.raises(NotEnoughData, match="nothing to tell them apart"):
            non_inferior(Rate(30, 30), Rate(30, 30), margin=0)

    def test_refuses_a_margin_that_no_rates_can_have(self) -> None:
        with pytest.raises(BadInput, match="margin"):
            non_inferior(Rate(1, 2), Rate(1, 2), margin=1)


class TestBelowZero:
    def test_is_exact_for_passes_and_failures(self) -> None:
        # Six got worse, two got better, whatever the many without a change.
        assert below_zero([-1] * 6 + [1] * 2 + [0] * 1000) == pytest.approx(37 / 256)

    def test_is_exact_for_few(self) -> None:
        # Of the 64 ways to set six signs only one has so low a mean.
        assert below_zero([-1, -2, -3, -4, -5, -6]) == pytest.approx(1 / 64)

    def test_is_close_to_its_neighbour_where_the_t_test_takes_over(self) -> None:
        values = [((number * 37) % 101 - 52) / 10 for number in range(420)]
        assert below_zero(values) == pytest.approx(below_zero(values[:399]), abs=0.06)

    def test_of_more_gives_what_another_generator_gives(self) -> None:
        values = [-0.5, -0.4, -0.3, 0.2, 0.1, -0.2, -0.1, 0.3, -0.3, -0.2, 0.1, 0.2, -0.4, -0.1, 0.1, -0.2]
        theirs = stats.permutation_test(
            (values,), np.mean, permutation_type="samples", alternative="less", n_resamples=2**16
        )
        assert below_zero(values) == pytest.approx(theirs.pvalue, abs=0.01)

    def test_depends_on_no_order(self) -> None:
        values = [((number * 37) % 101 - 52) / 10 for number in range(50)]
        assert below_zero(values) == below_zero(values[::-1])

    def test_without_a_change_sees_nothing(self) -> None:
        assert below_zero([0.0] * 6) == 1

    def test_needs_six(self) -> None:
        with pytest.raises(NotEnoughData):
            below_zero([-1] * 5)


class TestHolm:
    def test_gives_the_published_values(self) -> None:
        assert holm(PUBLISHED) == pytest.approx((0.03, 0.06, 0.06, 0.02))

    @given(P_VALUES)
    def test_never_makes_a_p_value_smaller(self, values: list[float]) -> None:
        assert all(value <= adjusted <= 1 for value, adjusted in zip(values, holm(values), strict=True))

    @given(P_VALUES)
    def test_keeps_the_order(self, values: list[float]) -> None:
        pairs = sorted(zip(values, holm(values), strict=True))
        assert [adjusted for _, adjusted in pairs] == sorted(adjusted for _, adjusted in pairs)

    @given(P_VALUES.flatmap(lambda values: st.permutations(range(len(values))).map(lambda order: (values, order))))
    def test_depends_on_no_order(self, both: tuple[list[float], list[int]]) -> None:
        values, order = both
        moved = holm([values[place] for place in order])
        assert moved == tuple(holm(values)[place] for place in order)

    def test_refuses_what_is_no_p_value(self) -> None:
        with pytest.raises(BadInput, match="p-value"):
            holm([0.1, math.nan])


class TestBenjaminiHochberg:
    def test_gives_the_published_values(self) -> None:
        assert benjamini_hochberg(PUBLISHED) == pytest.approx((0.02, 0.04, 0.04, 0.02))

    def test_of_none_is_none(self) -> None:
        assert benjamini_hochberg([]) == ()

    @given(P_VALUES)
    def test_is_milder_than_holm(self, values: list[float]) -> None:
        pairs = zip(benjamini_hochberg(values), holm(values), strict=True)
        assert all(mild <= strict + 1e-12 for mild, strict in pairs)


class TestWatchingEveryDay:
    @pytest.mark.parametrize(("n", "ratio"), [(1000, 7.755), (2000, 274.2)])
    def test_gives_the_published_ratios(self, n: int, ratio: float) -> None:
        assert mixture_ratio(0.05, n=n, rate=0.2, spread=0.01) == pytest.approx(ratio, rel=2e-4)

    def test_of_a_very_clear_difference_is_infinite(self) -> None:
        assert mixture_ratio(0.9, n=1_000_000, rate=0.2, spread=0.01) == math.inf

    def test_has_nothing_to_watch_while_all_is_well(self) -> None:
        with pytest.raises(NotEnoughData):
            mixture_ratio(0, n=10, rate=1, spread=0.01)

    @pytest.mark.parametrize(("n", "spread"), [(0, 0.01), (10, 0)])
    def test_refuses_to_watch_nothing(self, n: int, spread: float) -> None:
        with pytest.raises(BadInput):
            mixture_ratio(0.1, n=n, rate=0.5, spread=spread)

    def test_never_takes_back_what_it_saw(self) -> None:
        assert always_valid([0.5, 4, 2, 20, 0, math.inf]) == (1, 0.25, 0.25, 0.05, 0.05, 0)
