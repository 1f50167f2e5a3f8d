"""Variety: how different the headlines of a set are, whatever their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import variety
from core.checks.variety import Variety

SETS = st.lists(st.text(max_size=60), max_size=8)


class TestASet:
    def test_of_the_same_headline_has_none(self) -> None:
        assert variety.measure(["Bridge closes for repairs"] * 3).variety == 0

    def test_without_a_common_word_has_all(self) -> None:
        assert variety.measure(["Bridge closes", "Ferry starts on Monday"]).variety == 1

    def test_of_one_headline_cannot_be_measured(self) -> None:
        assert variety.measure(["Bridge closes"]) == Variety(None, None, None)

    def test_is_the_mean_over_all_pairs(self) -> None:
        # Words in common: 1 of 3, 0 of 4, 0 of 4.
        assert variety.measure(["a b", "a c", "d e"]).variety == pytest.approx((2 / 3 + 1 + 1) / 3)

    def test_knows_how_many_begin_differently(self) -> None:
        assert (
            variety.measure(["The bridge closes", "the ferry starts", "Ferry starts", "Drivers wait"]).openings == 0.75
        )

    def test_knows_how_far_lengths_spread(self) -> None:
        assert variety.measure(["aa", "aaaa"]).lengths == 1

    @given(SETS)
    def test_in_another_order_has_the_same(self, headlines: list[str]) -> None:
        assert variety.measure(headlines) == variety.measure(headlines[::-1])

    @given(SETS)
    def test_stays_within_its_bounds(self, headlines: list[str]) -> None:
        found = variety.measure(headlines).variety
        assert found is None or 0 <= found <= 1


class TestNearDuplicates:
    def test_are_named_for_each_other(self) -> None:
        first, second, third = "Bridge closes for eleven weeks", "Bridge closes for eleven weeks now", "Ferry starts"
        assert variety.near_duplicates([first, second, third]) == [[second], [first], []]

    def test_are_not_those_that_only_share_a_topic(self) -> None:
        assert variety.near_duplicates(["Bridge closes for repairs", "Drivers wait as bridge closes"]) == [[], []]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Haverland votes to give all primary pupils free lunches",
             "Haverland votes to give every primary pupil a free lunch."),
            ("Pharmacist home visits cut readmissions, trial finds", "Home visits by pharmacists cut readmissions, trial shows"),
            ("Doruţă leads Stoyanik in early count of Sarovia vote", "Doruta ahead of Stoyanik in early count of Sarovia's vote"),
            ("La Tavarie abolit la peine de mort", "La peine de mort a été abolie par le Parlement de Tavarie"),
            ("Staatssecretaris Hermsen stapt op na declaraties voor privéreizen",
             "Staatssecretaris Hermsen treedt af om declaraties voor privéreizen"),
        ],
    )  # fmt: skip
    def test_are_those_with_words_of_the_same_stems_in_another_order(self, one: str, other: str) -> None:
        assert variety.near_duplicates([one, other]) == [[other], [one]]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Wendelbacher Markthalle schließt für sieben Monate",
             "Wendelbachs Lindenplatz wird für sieben Monate zur Markthalle"),
            ("Pharmacist home visits cut hospital readmissions", "Hospital pharmacist posts vacant as home visits begin"),
            ("Bridge closes", "The bridge is closed"),
        ],
    )  # fmt: skip
    def test_are_not_those_that_say_something_else_of_the_same(self, one: str, other: str) -> None:
        assert variety.near_duplicates([one, other]) == [[], []]

    @given(SETS)
    def test_depend_on_no_order(self, headlines: list[str]) -> None:
        one = dict(zip(headlines, variety.near_duplicates(headlines), strict=True))
        other = dict(zip(headlines[::-1], variety.near_duplicates(headlines[::-1]), strict=True))
        assert one == other
