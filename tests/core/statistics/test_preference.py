"""Preference: the published strengths, ties as half wins, and no strength where none exists."""

import math

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.errors import BadInput, NotEnoughData
from core.statistics.preference import Judgement, elo, rank, strengths

JOURNALS = ["Biometrika", "Communications", "JASA", "JRSS-B"]
CITED = [[714, 33, 320, 284], [730, 425, 813, 276], [498, 68, 1072, 325], [221, 17, 142, 188]]
# The row cites the column, and the cited one wins.
WINS = [list(column) for column in zip(*CITED, strict=True)]


def judgements(wins: int, losses: int, ties: int = 0) -> list[Judgement]:
    """Between "new" and "old", each for an article of its own."""
    winners = ["new"] * wins + ["old"] * losses + [None] * ties
    return [Judgement(f"article {number}", "new", "old", winner) for number, winner in enumerate(winners)]


class TestStrengths:
    def test_are_as_published(self) -> None:
        found = strengths(WINS, names=JOURNALS, reference="Biometrika")
        assert found == pytest.approx([0, -2.949, -0.480, 0.269], abs=5e-4)

    def test_do_not_heed_the_diagonal(self) -> None:
        bare = [[0 if row == column else wins for column, wins in enumerate(line)] for row, line in enumerate(WINS)]
        found = strengths(bare, names=JOURNALS, reference="Biometrika")
        assert found == pytest.approx(strengths(WINS, names=JOURNALS, reference="Biometrika"))

    def test_against_another_reference_are_as_far_apart(self) -> None:
        one = strengths(WINS, names=JOURNALS, reference="Biometrika")
        other = strengths(WINS, names=JOURNALS, reference="JASA")
        assert [value - one[2] for value in one] == pytest.approx(other, abs=1e-8)

    @given(st.integers(1, 99), st.integers(1, 99))
    def test_of_two_are_the_odds(self, wins: int, losses: int) -> None:
        found = strengths([[0, wins], [losses, 0]], names=["new", "old"], reference="old")
        assert found[0] == pytest.approx(math.log(wins / losses), abs=1e-8)

    def test_need_a_chain_of_comparisons(self) -> None:
        wins = [[0, 3, 0, 0], [2, 0, 0, 0], [0, 0, 0, 3], [0, 0, 1, 0]]
        with pytest.raises(NotEnoughData, match="c, d cannot be ranked against a"):
            strengths(wins, names=["a", "b", "c", "d"], reference="a")

    def test_need_a_win_for_everybody(self) -> None:
        with pytest.raises(NotEnoughData, match="b never won against a"):
            strengths([[0, 3], [0, 0]], names=["a", "b"], reference="a")

    def test_find_that_win_through_others(self) -> None:
        wins = [[0, 3, 0], [0, 0, 3], [3, 0, 0]]
        assert strengths(wins, names=["a", "b", "c"], reference="a") == pytest.approx([0, 0, 0])

    @pytest.mark.parametrize("wins", [[[0, 1]], [[0, -1], [1, 0]], [[0, math.nan], [1, 0]]])
    def test_refuse_what_is_no_table(self, wins: list[list[float]]) -> None:
        with pytest.raises(BadInput):
            strengths(wins, names=["a", "b"], reference="a")

    def test_refuse_an_unknown_reference(self) -> None:
        with pytest.raises(BadInput, match="c is not among a, b"):
            strengths([[0, 1], [1, 0]], names=["a", "b"], reference="c")


class TestElo:
    def test_gives_the_reference_a_thousand(self) -> None:
        assert elo(0) == 1000

    def test_is_400_more_for_ten_wins_to_one(self) -> None:
        assert elo(math.log(10)) == pytest.approx(1400)


class TestARanking:
    def test_puts_the_strongest_first(self) -> None:
        found = rank(judgements(24, 16), "old")
        assert [each.name for each in found] == ["new", "old"]
        assert found[0].strength == pytest.approx(math.log(24 / 16))

    def test_counts_a_tie_as_half_a_win_each(self) -> None:
        with_ties, without = rank(judgements(20, 10, 10), "old"), rank(judgements(25, 15), "old")
        assert with_ties[0].strength == pytest.approx(without[0].strength)

    def test_has_an_interval_over_articles(self) -> None:
        new = rank(judgements(24, 16), "old")[0].elo
        assert new.n == 40
        # By hand: the share of wins is .6, give or take 1.96 times √(.24/40).
        assert (new.low, new.high) == pytest.approx(
            (elo(math.log(0.448 / 0.552)), elo(math.log(0.752 / 0.248))), abs=20
        )

    def test_takes_the_judgements_of_an_article_as_one(self) -> None:
        once = judgements(24, 16)
        thrice, single = rank(once * 3, "old")[0].elo, rank(once, "old")[0].elo
        assert (thrice.low, thrice.high, thrice.n) == pytest.approx((single.low, single.high, single.n))

    def test_holds_the_reference_still(self) -> None:
        old = rank(judgements(24, 16), "old")[1].elo
        assert (old.estimate, old.low, old.high) == (1000, 1000, 1000)

    @limits(max_examples=10)
    @given(st.permutations(judgements(12, 9, 5)))
    def test_depends_on_no_order(self, shuffled: list[Judgement]) -> None:
        assert rank(shuffled, "old") == rank(judgements(12, 9, 5), "old")

    def test_does_not_care_what_was_shown_first(self) -> None:
        turned = [Judgement(each.article, each.second, each.first, each.winner) for each in judgements(12, 9, 5)]
        assert rank(turned, "old") == rank(judgements(12, 9, 5), "old")

    def test_of_three_holds_each_in_its_interval(self) -> None:
        shown = [("a", "b", "a"), ("b", "c", "b"), ("a", "c", "c"), ("a", "b", "b"), ("b", "c", "c"), ("a", "c", "a")]
        found = rank([Judgement(str(number % 24), *shown[number % 6]) for number in range(60)], "a")
        assert all(each.elo.low <= each.elo.estimate <= each.elo.high for each in found)

    def test_needs_six_articles(self) -> None:
        with pytest.raises(NotEnoughData, match="at least 6 articles; there are 5"):
            rank(judgements(3, 2), "old")

    def test_needs_more_where_resamples_are_one_sided(self) -> None:
        with pytest.raises(NotEnoughData, match="one-sided"):
            rank(judgements(9, 1), "old")

    def test_needs_a_reference_that_was_compared(self) -> None:
        with pytest.raises(BadInput, match="older was never compared"):
            rank(judgements(9, 8), "older")


class TestAJudgement:
    def test_compares_two(self) -> None:
        with pytest.raises(BadInput, match="with itself"):
            Judgement("article", "new", "new", None)

    def test_is_won_by_one_of_them(self) -> None:
        with pytest.raises(BadInput, match="newest won"):
            Judgement("article", "new", "old", "newest")
