"""What is measured of an answer: whether it keeps to what its case expects, and how like the reference it is."""

import pytest

from core.evals.metrics import expected, similarity
from tests.core.evals.cases import case


class TestWhatACaseExpects:
    def test_is_nothing_unless_it_says_so(self) -> None:
        assert expected(case("a"), ["Bridge shut"]) is None

    @pytest.mark.parametrize(
        ("headlines", "kept"),
        [
            (["Bridge shut", "A ferry for all"], 1.0),
            (["Bridge shut"], 0.0),
            (["Bridges shut", "A ferry for all"], 0.0),
            ([], 0.0),
        ],
    )
    def test_is_that_each_word_is_in_some_headline(self, headlines: list[str], kept: float) -> None:
        assert expected(case("a", must_mention=["bridge", "ferry"]), headlines) == kept

    @pytest.mark.parametrize(("headline", "kept"), [("No tunnel", 0.0), ("No tunnels", 1.0), ("Up 1.5 %", 1.0)])
    def test_is_that_no_headline_has_a_word(self, headline: str, kept: float) -> None:
        assert expected(case("a", must_not_mention=["tunnel", "5"]), ["Fine", headline]) == kept

    @pytest.mark.parametrize(
        ("headlines", "kept"),
        [(["x" * 10, "x" * 20], 1.0), (["x" * 9, "x" * 20], 0.0), (["x" * 10, "x" * 21], 0.0), ([], 0.0)],
    )
    def test_is_that_every_headline_is_within_its_limits(self, headlines: list[str], kept: float) -> None:
        assert expected(case("a", fewest_characters=10, most_characters=20), headlines) == kept

    def test_is_all_of_that_together(self) -> None:
        wanted = case("a", must_mention=["bridge"], most_characters=12)
        assert [expected(wanted, each) for each in (["Bridge shut"], ["Ferry runs"], ["Bridge shut again"])] == [
            1,
            0,
            0,
        ]


class TestSimilarity:
    def test_is_that_of_the_headline_most_like_the_reference(self) -> None:
        assert similarity("Bridge shut for weeks", ["Ferry runs", "Bridge shut for days"]) == pytest.approx(0.75)

    def test_of_no_headlines_is_none(self) -> None:
        assert similarity("Bridge shut", []) == 0.0
