"""The verdict: each of the five where it belongs, failures counted, and nothing that depends on an order."""

import math

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import Interval, PairedCounts, bootstrap_mean, newcombe_paired
from core.statistics.pairing import Case, Failures, Metric
from core.statistics.verdict import (
    Comparison,
    Unharmed,
    Verdict,
    by_group,
    compare,
    search_harm,
    unharmed,
)

RATE = Metric("rate", higher_is_better=True, margin=0.05)
SCORE = Metric("mean", higher_is_better=True, margin=0.5)


def passes(both: int, candidate: int, baseline: int, neither: int, **groups: list[str]) -> list[Case]:
    """One case an article: how many passed with both, only with one, or with neither."""
    values = [(1, 1)] * both + [(0, 1)] * candidate + [(1, 0)] * baseline + [(0, 0)] * neither
    name = "-".join(map(str, (both, candidate, baseline, neither, *groups.get("desk", []))))
    return [Case(f"{name} {number}", [old], [new], groups) for number, (old, new) in enumerate(values)]


def changes(*differences: float, **groups: list[str]) -> list[Case]:
    """One case an article, each with a score of 3 from the baseline."""
    name = groups.get("desk", ["article"])[0]
    return [Case(f"{name} {number}", [3], [3 + value], groups) for number, value in enumerate(differences)]


class TestTheVerdict:
    @pytest.mark.parametrize(
        ("differences", "verdict"),
        [
            ((1, 2, 1, 0, 1, 2, 1, 1), "better"),
            ((0, 0.1, -0.1, 0, 0.2, -0.1, 0, 0.1), "no worse"),
            ((-1, -2, -1, 0, -1, -2, -1, -1), "worse"),
            ((-2, 2, -1, 1, 0, -2, 2, 0), "inconclusive"),
            ((1, 1, 1, 1, 1), "not enough pairs"),
            ((), "not enough pairs"),
        ],
    )
    def test_follows_the_interval(self, differences: tuple[float, ...], verdict: Verdict) -> None:
        assert compare(changes(*differences), SCORE).verdict == verdict

    def test_of_a_loss_that_is_surely_smaller_than_the_margin_is_no_worse(self) -> None:
        found = compare(changes(*[-0.2, -0.1, -0.2, -0.3] * 3), SCORE)
        assert found.interval is not None
        assert -0.5 < found.interval.low < found.interval.high < 0
        assert found.verdict == "no worse"

    def test_of_such_a_loss_does_not_hide_it(self) -> None:
        assert compare(changes(*[-0.2, -0.1, -0.2, -0.3] * 3), SCORE).slightly_worse
        assert not compare(changes(*[0.2, -0.1, 0.2, -0.3] * 3), SCORE).slightly_worse
        assert not compare(changes(*[-2, -1, -2, -3] * 3), SCORE).slightly_worse

    def test_at_the_margin_is_not_no_worse(self) -> None:
        assert compare(changes(*[-0.5] * 8), SCORE).verdict == "worse"

    def test_of_an_interval_that_ends_at_0_is_open(self) -> None:
        found = compare(changes(-8, *[0] * 7), SCORE)
        assert found.interval is not None
        assert (found.interval.high, found.verdict) == (0, "inconclusive")

    def test_of_no_change_at_all_is_no_worse(self) -> None:
        assert compare(changes(*[0] * 8), SCORE).verdict == "no worse"

    def test_of_few_passes_without_a_change_is_still_open(self) -> None:
        assert compare(passes(8, 0, 0, 0), RATE).verdict == "inconclusive"

    def test_turns_round_where_less_is_better(self) -> None:
        errors = Metric("mean", higher_is_better=False, margin=0.5)
        assert compare(changes(1, 2, 1, 0, 1, 2, 1, 1), errors).verdict == "worse"
        assert compare(changes(-1, -2, -1, 0, -1, -2, -1, -1), errors).verdict == "better"

    def test_needs_a_margin(self) -> None:
        for margin in (0, -1, math.nan, math.inf):
            with pytest.raises(BadInput, match="margin"):
                Metric("rate", higher_is_better=True, margin=margin)


class TestTheInterval:
    def test_of_passes_and_failures_is_newcombes(self) -> None:
        assert compare(passes(20, 9, 2, 4), RATE).interval == newcombe_paired(PairedCounts(20, 9, 2, 4))

    def test_of_failures_where_less_is_better_is_newcombes_too(self) -> None:
        fewer = Metric("rate", higher_is_better=False, margin=0.05)
        assert compare(passes(20, 9, 2, 4), fewer).interval == newcombe_paired(PairedCounts(4, 2, 9, 20))

    def test_of_fractions_is_the_bootstrap_over_articles(self) -> None:
        cases = [Case(str(number), [1, 0], [1, number % 2]) for number in range(9)]
        assert compare(cases, RATE).interval == bootstrap_mean([0, 0.5] * 4 + [0])

    def test_of_scores_that_happen_to_be_0_and_1_is_the_bootstrap(self) -> None:
        cases = passes(5, 3, 1, 1)
        assert compare(cases, Metric("mean", higher_is_better=True, margin=0.1)).interval == bootstrap_mean(
            [1] * 3 + [-1] + [0] * 6
        )

    def test_is_missing_below_six_pairs_but_the_estimate_is_not(self) -> None:
        found = compare(changes(1, 2, 3), SCORE)
        assert (found.interval, found.estimate, found.pairs) == (None, 2, 3)

    def test_of_nothing_has_no_estimate_either(self) -> None:
        found = compare([], SCORE)
        assert (found.baseline, found.candidate, found.estimate, found.pairs) == (None, None, None, 0)

    def test_can_have_another_level(self) -> None:
        assert compare(passes(20, 9, 2, 4), RATE, level=0.9).interval == newcombe_paired(
            PairedCounts(20, 9, 2, 4), level=0.9
        )


class TestTheMeans:
    def test_are_as_the_metric_counts_them(self) -> None:
        found = compare(changes(1, 2, 3), Metric("mean", higher_is_better=False, margin=1))
        assert (found.baseline, found.candidate, found.estimate) == (3, 5, -2)

    def test_average_repeats_before_cases(self) -> None:
        found = compare([Case("a", [1], [0, 0, 0, 1]), Case("b", [1], [1])], RATE)
        assert found.candidate == pytest.approx((0.25 + 1) / 2)

    def test_average_the_cases_of_an_article_before_articles(self) -> None:
        cases = [Case("a", [0], [1]), Case("a", [0], [1]), Case("a", [0], [1]), Case("b", [0], [0])]
        found = compare(cases, RATE)
        assert (found.pairs, found.estimate) == (2, 0.5)

    def test_of_equal_fractions_differ_equally(self) -> None:
        cases = [Case(str(number), [0.1 * (number % 7)], [0.1 * (number % 7) + 0.2]) for number in range(8)]
        interval = compare(cases, RATE).interval
        assert interval is not None
        assert interval.low == interval.high


class TestFailures:
    CASES = (
        *changes(0, 0, 0, 0, 0, 0),
        Case("slow", [3, 3], [None, None]),
        Case("flaky", [3, None], [3, 4]),
        Case("never run", [3], []),
    )

    def test_are_counted(self) -> None:
        found = compare(self.CASES, SCORE)
        assert found.baseline_failures == Failures(1, ())
        assert found.candidate_failures == Failures(2, ("never run", "slow"))

    def test_are_no_zeros(self) -> None:
        found = compare(self.CASES, SCORE)
        assert (found.pairs, found.candidate) == (7, pytest.approx((6 * 3 + 3.5) / 7))

    def test_leave_their_case_out_of_both_means(self) -> None:
        assert compare([*changes(0, 0), Case("slow", [90], [None])], SCORE).baseline == 3

    @pytest.mark.parametrize("value", [math.nan, math.inf])
    def test_are_none_and_no_odd_number(self, value: float) -> None:
        with pytest.raises(BadInput, match="failed is None"):
            compare([Case("a", [1], [value])], SCORE)

    def test_of_a_metric_are_refused(self) -> None:
        with pytest.raises(BadInput, match=r"1\.5 is no value of a rate"):
            compare([Case("a", [1], [1.5])], RATE)


class TestHowManyCasesSettleIt:
    def test_is_said_for_an_inconclusive_verdict_alone(self) -> None:
        assert compare(passes(8, 0, 0, 0), RATE).settled_by is not None
        assert compare(changes(1, 2, 1, 0, 1, 2, 1, 1), SCORE).settled_by is None
        assert compare(changes(1), SCORE).settled_by is None

    @given(st.tuples(*[st.integers(0, 30)] * 4).filter(lambda table: sum(table) >= 6))
    def test_is_more_than_there_are(self, table: tuple[int, int, int, int]) -> None:
        found = compare(passes(*table), RATE)
        assert found.settled_by is None or found.settled_by > found.pairs

    @pytest.mark.parametrize("table", [(20, 4, 4, 4), (20, 3, 5, 4), (30, 2, 3, 1), (5, 9, 8, 6)])
    def test_does_settle_it_wherever_the_estimate_stays(self, table: tuple[int, int, int, int]) -> None:
        settled_by = compare(passes(*table), RATE).settled_by
        assert settled_by is not None
        factor = math.ceil(settled_by / sum(table))
        assert compare(passes(*(count * factor for count in table)), RATE).verdict != "inconclusive"


CASES = st.lists(
    st.builds(
        Case,
        st.integers(0, 12).map(str),
        st.lists(st.one_of(st.none(), st.integers(0, 4).map(lambda value: value / 4)), max_size=3),
        st.lists(st.one_of(st.none(), st.integers(0, 4).map(lambda value: value / 4)), max_size=3),
    ),
    max_size=30,
)


class TestEveryComparison:
    @limits(max_examples=40)
    @given(CASES.flatmap(lambda cases: st.tuples(st.just(cases), st.permutations(cases))))
    def test_depends_on_no_order(self, both: tuple[list[Case], list[Case]]) -> None:
        assert compare(both[0], RATE) == compare(both[1], RATE)

    @limits(max_examples=40)
    @given(CASES)
    def test_mirrors_when_swapped(self, cases: list[Case]) -> None:
        there = compare(cases, RATE).interval
        back = compare([Case(each.article, each.candidate, each.baseline) for each in cases], RATE).interval
        assert (there is None) == (back is None)
        if there and back:
            assert (there.estimate, there.low, there.high) == pytest.approx((-back.estimate, -back.high, -back.low))

    @limits(max_examples=40)
    @given(CASES)
    def test_counts_every_article_somewhere(self, cases: list[Case]) -> None:
        found = compare(cases, RATE)
        failed = {*found.baseline_failures.articles, *found.candidate_failures.articles}
        assert found.pairs + len(failed) >= len({case.article for case in cases})


DESKS = [
    *changes(1, 2, 1, 0, 1, 2, desk=["sport"]),
    *changes(-1, -2, -1, 0, -1, -2, desk=["culture"]),
    *changes(1, 1, desk=["opinion"]),
    *changes(0, 0),
]


class TestGroups:
    def test_are_compared_each_by_itself(self) -> None:
        found = by_group(DESKS, SCORE, "desk")
        assert {group: each.verdict for group, each in found.items()} == {
            "culture": "worse",
            "opinion": "not enough pairs",
            "sport": "better",
        }

    def test_share_a_case_that_is_in_two(self) -> None:
        cases = [Case("a", [1], [2], {"tag": ["long", "quote", "long"]}), Case("b", [1], [2], {"tag": ["long"]})]
        assert {group: each.pairs for group, each in by_group(cases, SCORE, "tag").items()} == {"long": 2, "quote": 1}

    def test_count_a_case_once_that_names_them_twice(self) -> None:
        cases = [Case("a", [1], [None], {"tag": ["long", "long"]})]
        assert by_group(cases, SCORE, "tag")["long"].candidate_failures == Failures(1, ("a",))

    def test_of_a_kind_that_no_case_has_are_none(self) -> None:
        assert by_group(DESKS, SCORE, "language") == {}


def comparison(verdict: Verdict) -> Comparison:
    none = Failures(0, ())
    return Comparison(9, 1, 1, 0, Interval(0, 0, 0, 0.95, 9), verdict, False, None, none, none)


class TestThatNoDeskWasHarmed:
    def test_is_shown_if_it_is_shown_for_each(self) -> None:
        assert unharmed({"sport": comparison("better"), "culture": comparison("no worse")}) == Unharmed(True, ())

    @pytest.mark.parametrize("verdict", ["worse", "inconclusive", "not enough pairs"])
    def test_is_not_shown_if_one_is_missing(self, verdict: Verdict) -> None:
        found = unharmed({"sport": comparison("better"), "culture": comparison(verdict)})
        assert found == Unharmed(False, ("culture",))

    def test_cannot_be_shown_without_a_desk(self) -> None:
        with pytest.raises(NotEnoughData):
            unharmed({})


class TestTheSearchForHarm:
    def test_names_the_desk_that_got_worse_first(self) -> None:
        cases = [*passes(20, 3, 3, 4, desk=["sport"]), *passes(10, 0, 12, 4, desk=["culture"])]
        found = search_harm(cases, RATE, "desk")
        assert [(each.group, each.harmed) for each in found] == [("culture", True), ("sport", False)]

    def test_pays_for_looking_at_every_desk(self) -> None:
        desks = [passes(10, 0, 6, 4, desk=[f"desk {number}"]) for number in range(4)]
        found = search_harm([case for cases in desks for case in cases], RATE, "desk")
        assert {(each.p, each.adjusted) for each in found} == {(1 / 64, 4 / 64)}
        assert not any(each.harmed for each in found)

    def test_finds_the_desk_that_got_better_by_the_same_test(self) -> None:
        cases = [*passes(20, 3, 3, 4, desk=["sport"]), *passes(10, 12, 0, 4, desk=["culture"])]
        found = search_harm(cases, RATE, "desk")
        assert {each.group: (each.harmed, each.helped) for each in found} == {
            "culture": (False, True),
            "sport": (False, False),
        }

    def test_does_not_pay_for_desks_where_nothing_differs(self) -> None:
        same = [passes(10, 0, 0, 4, desk=[f"desk {number}"]) for number in range(9)]
        cases = [case for desk in same for case in desk] + passes(10, 0, 6, 4, desk=["culture"])
        found = search_harm(cases, RATE, "desk")
        assert (found[0].group, found[0].adjusted, found[0].harmed) == ("culture", 1 / 64, True)
        assert {each.adjusted for each in found[1:]} == {1.0}

    def test_pays_for_praise_as_it_does_for_blame(self) -> None:
        desks = [passes(10, 6, 0, 4, desk=[f"desk {number}"]) for number in range(4)]
        found = search_harm([case for cases in desks for case in cases], RATE, "desk")
        assert not any(each.helped for each in found)

    def test_does_not_test_a_desk_with_too_few_cases(self) -> None:
        found = search_harm(DESKS, SCORE, "desk")
        assert [(each.group, each.p is None) for each in found] == [
            ("culture", False),
            ("sport", False),
            ("opinion", True),
        ]
        assert (found[-1].adjusted, found[-1].harmed) == (None, False)
        assert found[0].adjusted == pytest.approx(2 * 1 / 32)

    def test_is_exact_for_fractions_that_all_fell_equally(self) -> None:
        values = [0.1 * (number % 7) for number in range(20)]
        cases = [Case(str(n), [value + 0.2], [value], {"desk": ["sport"]}) for n, value in enumerate(values)]
        assert search_harm(cases, RATE, "desk")[0].p == pytest.approx(2**-20)

    def test_heeds_which_way_is_better(self) -> None:
        errors = Metric("mean", higher_is_better=False, margin=0.5)
        assert search_harm(changes(*[2, 1, 3, 2, 4, 1, 2], desk=["sport"]), errors, "desk")[0].harmed

    def test_without_a_desk_finds_none(self) -> None:
        assert search_harm(DESKS, SCORE, "language") == []
