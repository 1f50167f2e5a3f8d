"""Agreement: the published values, whatever the order of items and raters, and no number where there is none."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.errors import BadInput, NotEnoughData
from core.statistics.agreement import (
    Scale,
    Weights,
    cohens_kappa,
    cohens_kappa_clustered,
    cohens_kappa_resampled,
    kappa_standard_error,
    krippendorffs_alpha,
    krippendorffs_alpha_clustered,
    ratings_table,
)

PUBLISHED = [[20, 5], [10, 15]]
WEIGHTS: list[Weights] = ["unweighted", "linear", "quadratic"]

_ = None
UNITS = [
    [1, 1, _, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [_, 5, 5, 5], [_, _, 1, 1], [_, _, 3, _],
]  # fmt: skip

SCORES = st.integers(1, 5)
PAIRS = st.lists(st.tuples(SCORES, SCORES), min_size=2, max_size=40)
RATED = st.lists(st.lists(st.one_of(st.none(), SCORES), min_size=3, max_size=3), min_size=2, max_size=15)


def table_of(pairs: list[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    assume(len({score for pair in pairs for score in pair}) > 1)
    return ratings_table([one for one, _ in pairs], [other for _, other in pairs], range(1, 6))


class TestATableOfRatings:
    def test_counts_item_by_item(self) -> None:
        assert ratings_table(["good", "bad", "good"], ["good", "good", "bad"], ["good", "bad"]) == ((1, 1), (1, 0))

    def test_needs_the_same_items(self) -> None:
        with pytest.raises(BadInput, match="judged 2 items and the second 1"):
            ratings_table([1, 2], [1], [1, 2])

    def test_refuses_an_unknown_category(self) -> None:
        with pytest.raises(BadInput, match="6 is none of the categories 1, 2"):
            ratings_table([1, 6], [1, 2], [1, 2])


class TestCohensKappa:
    def test_gives_the_published_value(self) -> None:
        assert cohens_kappa(PUBLISHED).estimate == pytest.approx(0.4)

    def test_has_the_published_standard_error(self) -> None:
        assert kappa_standard_error(PUBLISHED) == pytest.approx(0.1270, abs=5e-5)

    def test_has_an_interval_of_1_96_standard_errors(self) -> None:
        found = cohens_kappa(PUBLISHED)
        assert (found.low, found.high) == pytest.approx((0.4 - 1.96 * 0.127, 0.4 + 1.96 * 0.127), abs=1e-4)
        assert found.n == 50

    def test_of_two_categories_has_no_use_for_weights(self) -> None:
        found = [cohens_kappa(PUBLISHED, weights=weights) for weights in WEIGHTS]
        assert [each.estimate for each in found] == pytest.approx([0.4] * 3)

    def test_weighs_a_near_miss_less(self) -> None:
        near, far = [[8, 2, 0], [2, 8, 0], [0, 0, 10]], [[8, 0, 2], [0, 10, 0], [2, 0, 8]]
        for weights in ("linear", "quadratic"):
            assert cohens_kappa(near, weights=weights).estimate > cohens_kappa(far, weights=weights).estimate
        assert cohens_kappa(near).estimate == pytest.approx(cohens_kappa(far).estimate)

    def test_with_quadratic_weights_is_the_published_one(self) -> None:
        # Two psychologists, Fleiss, Cohen and Everitt 1969: observed and expected agreement by hand.
        shares = [[53, 5, 2], [11, 14, 5], [1, 6, 3]]
        rows, columns = [60, 30, 10], [65, 25, 10]
        weight = [[1 - (i - j) ** 2 / 4 for j in range(3)] for i in range(3)]
        observed = sum(weight[i][j] * shares[i][j] for i in range(3) for j in range(3)) / 100
        expected = sum(weight[i][j] * rows[i] * columns[j] for i in range(3) for j in range(3)) / 10_000
        found = cohens_kappa(shares, weights="quadratic").estimate
        assert found == pytest.approx((observed - expected) / (1 - expected))

    @pytest.mark.parametrize("weights", WEIGHTS)
    @given(PAIRS)
    def test_lies_within_its_interval_and_its_bounds(self, weights: Weights, pairs: list[tuple[int, int]]) -> None:
        found = cohens_kappa(table_of(pairs), weights=weights)
        assert -1 - 1e-9 <= found.low - 1e-9 <= found.estimate <= found.high + 1e-9 <= 1 + 1e-8

    @pytest.mark.parametrize("weights", WEIGHTS)
    @given(PAIRS)
    def test_does_not_care_who_is_first(self, weights: Weights, pairs: list[tuple[int, int]]) -> None:
        there = cohens_kappa(table_of(pairs), weights=weights)
        back = cohens_kappa(table_of([(other, one) for one, other in pairs]), weights=weights)
        assert (there.estimate, there.low, there.high) == pytest.approx((back.estimate, back.low, back.high), abs=1e-6)

    def test_is_1_for_raters_who_always_agree(self) -> None:
        assert cohens_kappa([[4, 0], [0, 6]]).estimate == 1

    @pytest.mark.parametrize("function", [cohens_kappa, cohens_kappa_resampled, kappa_standard_error])
    def test_is_refused_where_all_is_one_category(self, function: Callable[[list[list[int]]], object]) -> None:
        with pytest.raises(NotEnoughData, match="kappa is undefined"):
            function([[12, 0], [0, 0]])

    def test_needs_two_items(self) -> None:
        with pytest.raises(NotEnoughData):
            cohens_kappa([[1, 0], [0, 0]])

    @pytest.mark.parametrize("table", [[[1, 2, 3], [1, 2, 3]], [[5]], []])
    def test_needs_a_square_table(self, table: list[list[int]]) -> None:
        with pytest.raises(BadInput, match="square"):
            cohens_kappa(table)

    def test_refuses_a_negative_count(self) -> None:
        with pytest.raises(BadInput, match="below 0"):
            cohens_kappa([[5, -1], [2, 3]])


class TestCohensKappaResampled:
    def test_is_close_to_the_formula_for_many_items(self) -> None:
        plain, resampled = cohens_kappa(PUBLISHED), cohens_kappa_resampled(PUBLISHED)
        assert resampled.estimate == plain.estimate
        assert (resampled.low, resampled.high) == pytest.approx((plain.low, plain.high), abs=0.02)

    def test_is_the_same_under_the_same_seed_alone(self) -> None:
        one, same, other = (cohens_kappa_resampled([[9, 2, 1], [1, 7, 3], [0, 2, 9]], seed=seed) for seed in (1, 1, 2))
        assert one == same
        assert one != other

    def test_is_refused_where_too_many_resamples_say_nothing(self) -> None:
        with pytest.raises(NotEnoughData, match="one-sided"):
            cohens_kappa_resampled([[9, 0], [0, 1]])


class TestKrippendorffsAlpha:
    @pytest.mark.parametrize(("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
    def test_gives_the_published_values(self, scale: Scale, alpha: float) -> None:
        assert krippendorffs_alpha(UNITS, scale=scale).estimate == pytest.approx(alpha, abs=5e-4)

    def test_counts_only_units_that_two_people_judged(self) -> None:
        assert krippendorffs_alpha(UNITS, scale="nominal").n == 11

    def test_reads_words_as_names(self) -> None:
        words = [[None if rating is None else f"label {rating}" for rating in unit] for unit in UNITS]
        assert krippendorffs_alpha(words, scale="nominal").estimate == pytest.approx(0.743, abs=5e-4)

    @limits(max_examples=40)
    @given(RATED, st.sampled_from(["nominal", "ordinal", "interval"]), st.randoms())
    def test_depends_on_no_order(self, units: list[list[int | None]], scale: Scale, chance: object) -> None:
        found = alpha_or_none(units, scale)
        chance.shuffle(units)  # pyright: ignore[reportAttributeAccessIssue]
        moved = alpha_or_none([unit[::-1] for unit in units], scale)
        assert moved == pytest.approx(found)

    @limits(max_examples=40)
    @given(RATED, st.sampled_from(["nominal", "ordinal", "interval"]))
    def test_is_at_most_1_and_within_its_interval(self, units: list[list[int | None]], scale: Scale) -> None:
        found = alpha_or_none(units, scale)
        if found is not None:
            low, estimate, high = found
            assert low <= estimate <= high <= 1

    def test_is_the_same_under_the_same_seed_alone(self) -> None:
        one, same, other = (krippendorffs_alpha(UNITS, scale="ordinal", seed=seed) for seed in (1, 1, 2))
        assert one == same
        assert one != other

    def test_is_refused_where_all_ratings_are_the_same(self) -> None:
        with pytest.raises(NotEnoughData, match="alpha is undefined"):
            krippendorffs_alpha([[3, 3], [3, 3, None], [3, 3]], scale="ordinal")

    def test_needs_two_units_that_two_people_judged(self) -> None:
        with pytest.raises(NotEnoughData, match="two items"):
            krippendorffs_alpha([[1, 2], [1, None], []], scale="nominal")

    @pytest.mark.parametrize("rating", ["good", float("nan")])
    def test_needs_numbers_for_a_scale(self, rating: float | str) -> None:
        with pytest.raises(BadInput, match="needs numbers"):
            krippendorffs_alpha([[1, rating], [1, 2]], scale="interval")


def alpha_or_none(units: list[list[int | None]], scale: Scale) -> tuple[float, float, float] | None:
    try:
        found = krippendorffs_alpha(units, scale=scale, resamples=499)
    except NotEnoughData:
        return None
    return found.low, found.estimate, found.high


# Ten sets of five headlines: within a set the raters agree on all, or on none.
SETS = [[(1, 1)] * 3 + [(5, 5)] * 2] * 5 + [[(1, 5)] * 3 + [(5, 1)] * 2] * 5


class TestClusters:
    def test_do_not_change_the_agreement_itself(self) -> None:
        pairs = [pair for cluster in SETS for pair in cluster]
        table = ratings_table([one for one, _ in pairs], [other for _, other in pairs], range(1, 6))
        assert cohens_kappa_clustered(SETS, range(1, 6)).estimate == cohens_kappa(table).estimate
        units = [[list(pair) for pair in cluster] for cluster in SETS]
        alpha = krippendorffs_alpha_clustered(units, scale="ordinal")
        assert alpha.estimate == pytest.approx(krippendorffs_alpha([list(p) for p in pairs], scale="ordinal").estimate)

    def test_that_hang_together_make_the_interval_wider_than_single_items_would(self) -> None:
        alone = [[pair] for cluster in SETS for pair in cluster]
        together, apart = (cohens_kappa_clustered(each, range(1, 6)) for each in (SETS, alone))
        assert together.high - together.low > 1.5 * (apart.high - apart.low)
        units = [[list(pair) for pair in cluster] for cluster in SETS]
        single = [[unit] for cluster in units for unit in cluster]
        together, apart = (krippendorffs_alpha_clustered(each, scale="ordinal") for each in (units, single))
        assert together.high - together.low > 1.5 * (apart.high - apart.low)

    def test_are_what_is_counted(self) -> None:
        assert cohens_kappa_clustered(SETS, range(1, 6)).n == 10

    def test_come_in_any_order(self) -> None:
        assert cohens_kappa_clustered(SETS[::-1], range(1, 6)) == cohens_kappa_clustered(SETS, range(1, 6))

    def test_must_be_two(self) -> None:
        with pytest.raises(NotEnoughData, match="at least two sets"):
            cohens_kappa_clustered(SETS[:1], range(1, 6))
