"""Sizes: how many cases are needed, and what so many can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput, NotEnoughData
from core.statistics.sizes import Spread, cases_needed, cases_per_arm, smallest_detectable, smallest_margin

QUIET = Spread(between=1 / 9, baseline=0, candidate=0, repeats=1)


def noisy(repeats: int) -> Spread:
    return Spread(between=1 / 9, baseline=1 / 6, candidate=1 / 6, repeats=repeats)


class TestCasesNeeded:
    def test_are_as_published(self) -> None:
        assert cases_needed(QUIET, 0.03) == 969

    @given(st.floats(0.01, 0.5), st.floats(0.5, 0.95))
    def test_are_enough_to_detect_the_difference(self, difference: float, power: float) -> None:
        n = cases_needed(noisy(3), difference, power=power)
        assert smallest_detectable(noisy(3), n, power=power) <= difference * (1 + 1e-9)

    def test_are_as_many_for_a_loss_as_for_a_gain(self) -> None:
        assert cases_needed(QUIET, -0.03) == cases_needed(QUIET, 0.03)

    def test_cannot_be_told_for_no_difference(self) -> None:
        with pytest.raises(BadInput, match="difference of 0"):
            cases_needed(QUIET, 0)

    @pytest.mark.parametrize("power", [0, 1, 80])
    def test_cannot_be_told_for_what_is_no_power(self, power: float) -> None:
        with pytest.raises(BadInput, match="power"):
            cases_needed(QUIET, 0.1, power=power)


class TestTheSmallestDetectableDifference:
    @pytest.mark.parametrize(("repeats", "difference"), [(1, 0.133), (10, 0.076)])
    def test_is_as_published(self, repeats: int, difference: float) -> None:
        assert smallest_detectable(noisy(repeats), 198) == pytest.approx(difference, abs=5e-4)

    def test_needs_a_case(self) -> None:
        with pytest.raises(NotEnoughData):
            smallest_detectable(QUIET, 0)


class TestASpread:
    def test_has_no_negative_variance(self) -> None:
        with pytest.raises(BadInput):
            Spread(-0.1, 0, 0, 1)

    def test_has_at_least_one_repeat(self) -> None:
        with pytest.raises(BadInput):
            Spread(0.1, 0, 0, 0)


class TestNonInferiority:
    def test_needs_as_many_cases_as_published(self) -> None:
        assert cases_per_arm(0.85, 0.10) == 158

    def test_with_30_cases_excludes_only_a_wide_margin(self) -> None:
        assert smallest_margin(0.85, 30) == pytest.approx(0.23, abs=5e-3)

    @pytest.mark.parametrize("rate", [0, 1, 1.2])
    def test_cannot_be_planned_without_chance(self, rate: float) -> None:
        with pytest.raises(BadInput, match="chance"):
            cases_per_arm(rate, 0.1)

    @pytest.mark.parametrize("margin", [0, -0.1])
    def test_needs_a_margin(self, margin: float) -> None:
        with pytest.raises(BadInput, match="margin"):
            cases_per_arm(0.5, margin)
