"""Two candidates of a run compared: by the right numbers, with nothing dropped in silence, in words for a mail."""

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.errors import BadInput
from core.evals.comparing.comparison import (
    MARGINS,
    Compared,
    Question,
    changes,
    compare,
    margin,
)
from core.evals.comparing.table import Cell, measures, table
from core.evals.comparing.wording import sentence
from core.evals.results import MEASURES, Result, measure
from core.statistics.intervals import PairedCounts, bootstrap_mean, newcombe_paired
from tests.core.evals.results import arm, result

AT_ONCE = Question(0, 1, measure("met_at_once"), 0.05)


def run(
    baseline: Sequence[float | None], candidate: Sequence[float | None], *, of: str = "met_at_once"
) -> list[Result]:
    return [*arm(0, baseline, of=of), *arm(1, candidate, of=of)]


def question(of: str) -> Question:
    return Question(0, 1, measure(of), margin(measure(of)))


class TestTheComparison:
    def test_pairs_by_article(self) -> None:
        found = compare(run([1] * 20 + [0] * 9 + [1] * 2 + [0] * 4, [1] * 20 + [1] * 9 + [0] * 2 + [0] * 4), AT_ONCE)
        assert found.overall.interval == newcombe_paired(PairedCounts(20, 9, 2, 4))

    def test_takes_shares_of_headlines_for_means(self) -> None:
        found = compare(run([1] * 8, [0] * 4 + [1] * 4, of="without_fail"), question("without_fail"))
        assert found.overall.interval == bootstrap_mean([-1] * 4 + [0] * 4)

    def test_turns_round_where_less_is_better(self) -> None:
        found = compare(run([0.1] * 8, [0.3] * 8, of="flagged:clickbait"), question("flagged:clickbait"))
        assert (found.overall.verdict, found.overall.estimate) == ("worse", pytest.approx(-0.2))

    def test_goes_by_desk_language_and_tag(self) -> None:
        results = [
            *(
                result(n, f"c{k}", desk="sport", language="nl", tags=("long", "quote"))
                for n in (0, 1)
                for k in range(3)
            ),
            *(result(n, f"d{k}", desk="politics", language="", tags=()) for n in (0, 1) for k in range(2)),
        ]
        found = compare(results, AT_ONCE)
        assert {each.group: each.comparison.pairs for each in found.by_desk} == {"sport": 3, "politics": 2}
        assert {name: each.pairs for name, each in found.by_language.items()} == {"nl": 3}
        assert {name: each.pairs for name, each in found.by_tag.items()} == {"long": 3, "quote": 3}

    def test_finds_the_desk_that_was_harmed(self) -> None:
        desks = {"sport": 1.0, "politics": 0.0, "local": 1.0}
        results = [
            *(each for desk in desks for each in arm(0, [1] * 12, desk=desk)),
            *(each for desk, value in desks.items() for each in arm(1, [value] * 12, desk=desk)),
        ]
        assert [each.group for each in compare(results, AT_ONCE).by_desk if each.harmed] == ["politics"]

    def test_of_a_candidate_without_results_is_refused(self) -> None:
        with pytest.raises(BadInput, match="no result of candidate 2"):
            compare(arm(0, [1] * 8), AT_ONCE)

    def test_of_a_candidate_with_itself_is_refused(self) -> None:
        with pytest.raises(BadInput, match="with itself"):
            compare(arm(0, [1] * 8), Question(0, 0, measure("met"), 0.05))


class TestTheGaps:
    RESULTS = (
        *run([1] * 6, [1] * 6),
        result(0, "slow"),
        result(1, "slow", None),
        result(0, "flaky", 1, repeat=0),
        result(0, "flaky", None, repeat=1),
        result(1, "flaky", 1),
        result(0, "late"),
        result(1, "early"),
        result(0, "other", 0.5, of="variety"),
        result(1, "other"),
    )

    def test_name_every_case_without_a_pair(self) -> None:
        found = compare(self.RESULTS, AT_ONCE)
        assert dataclasses.astuple(found.candidate_gaps) == (1, ("slow",), (), ("late",))
        assert dataclasses.astuple(found.baseline_gaps) == (1, (), ("other",), ("early",))
        assert found.unpaired == ("early", "late", "other", "slow")

    def test_leave_the_pairs_as_they_are(self) -> None:
        found = compare(self.RESULTS, AT_ONCE)
        assert (found.overall.pairs, found.overall.estimate) == (7, 0)

    def test_are_said(self) -> None:
        said = sentence(compare(self.RESULTS, AT_ONCE), baseline="version 2", candidate="version 3")
        assert "1 case of version 3 failed and is in no pair." in said
        assert "1 result of version 2 failed and is not counted." in said
        assert "1 case is in no pair because version 3 was not run on it." in said
        assert (
            "1 case of version 2 is in no pair because this was not measured: the contract met at once is not on record."
            in said
        )

    def test_of_cases_asked_twice_tell_results_from_cases(self) -> None:
        results = [
            *run([1] * 7, [1] * 7),
            *(result(1, "slow", None, repeat=each) for each in (0, 1)),
            result(0, "slow"),
        ]
        said = sentence(compare(results, AT_ONCE), baseline="version 2", candidate="version 3")
        assert "2 results of version 3 failed and are not counted; 1 case failed altogether and is in no pair." in said

    @pytest.mark.parametrize(
        ("of", "why"),
        [
            ("expected", "nothing is asked of its headlines"),
            ("similarity", "there is no reference headline"),
            ("flagged:clickbait", "no headline came that could be checked"),
            ("judge:tone", "no judge scored these headlines"),
            ("cost", "the cost is not known"),
        ],
    )
    def test_say_why_a_measure_is_missing(self, of: str, why: str) -> None:
        results = [*run([1] * 7, [1] * 7, of=of), *(result(each, "bare", of="met") for each in (0, 1))]
        said = sentence(compare(results, question(of)), baseline="version 2", candidate="version 3")
        assert f"1 case of version 3 is in no pair because this was not measured: {why}" in said

    def test_are_none_where_all_is_there(self) -> None:
        found = compare(run([1] * 6, [1] * 6), AT_ONCE)
        assert (found.unpaired, found.candidate_gaps) == ((), found.baseline_gaps)

    def test_and_pairs_make_up_all_cases(self) -> None:
        cases = {each.case for each in self.RESULTS}
        found = compare(self.RESULTS, AT_ONCE)
        assert found.overall.pairs + len(found.unpaired) == len(cases)


class TestTheTable:
    def test_averages_repeats_then_cases_then_articles(self) -> None:
        results = [
            result(0, "a", 1, article="one", repeat=0),
            result(0, "a", 0, article="one", repeat=1),
            result(0, "b", 1, article="one"),
            result(0, "c", 0, article="two"),
        ]
        assert table(results) == {measure("met_at_once"): {0: Cell(0.375, 2, 4, 0)}}

    def test_counts_failures_and_makes_no_zeros_of_them(self) -> None:
        assert table([*arm(0, [1, None, 1]), *arm(1, [None, None])]) == {
            measure("met_at_once"): {0: Cell(1.0, 2, 2, 1), 1: Cell(None, 0, 0, 2)}
        }

    def test_keeps_the_same_article_of_two_candidates_apart(self) -> None:
        cells = table(run([1, 1], [0, 0]))[measure("met_at_once")]
        assert [cells[number].mean for number in (0, 1)] == [1, 0]

    def test_has_a_cell_for_a_candidate_that_was_not_measured(self) -> None:
        cells = table([result(0, "a", 0.01, of="cost"), result(1, "a")])
        assert cells[measure("cost")] == {0: Cell(0.01, 1, 1, 0), 1: Cell(None, 0, 0, 0)}

    def test_of_nothing_is_empty(self) -> None:
        assert table([]) == {}

    def test_lists_the_measures_of_every_run_first(self) -> None:
        results = [result(0, "a", 0, of=name) for name in ("judge:tone", "flagged:period", "cost", "met_at_once")]
        assert [each.name for each in measures(results)] == ["met_at_once", "cost", "flagged:period", "judge:tone"]


class TestTheChanges:
    def test_come_worst_first(self) -> None:
        found = changes(run([1, 0, 0.5, 1], [0.5, 1, 0.5, 0]), AT_ONCE, limit=10)
        assert [(each.case, each.difference) for each in found] == [("sport-3", -1), ("sport-0", -0.5), ("sport-1", 1)]

    def test_are_the_largest_where_there_are_too_many(self) -> None:
        found = changes(run([1, 0, 0.5, 1], [0.5, 1, 0.5, 0]), AT_ONCE, limit=2)
        assert [each.case for each in found] == ["sport-3", "sport-1"]

    def test_carry_the_traces_of_both(self) -> None:
        results = [result(0, "a", 1), result(1, "a", 0, repeat=1), result(1, "a", 0, repeat=0)]
        (found,) = changes(results, AT_ONCE, limit=1)
        assert (found.baseline_traces, found.candidate_traces) == (("0-a-0",), ("1-a-0", "1-a-1"))

    def test_turn_round_where_less_is_better(self) -> None:
        (found,) = changes(run([0.01], [0.02], of="cost"), question("cost"), limit=1)
        assert (found.difference, found.baseline, found.candidate) == (-0.01, 0.01, 0.02)

    def test_leave_out_what_failed(self) -> None:
        assert changes(run([1, None], [None, 0]), AT_ONCE, limit=5) == []


class TestTheSentence:
    def said(self, results: list[Result], asked: Question = AT_ONCE) -> str:
        return sentence(compare(results, asked), baseline="version 2", candidate="version 3")

    def test_of_better(self) -> None:
        assert self.said(run([1] * 20 + [0] * 12, [1] * 32)) == (
            "Version 3 is better than version 2 at contract met at once: 38 of 100 more sets met the contract at once "
            "(95 % interval 19 to 55), on 32 articles."
        )

    def test_of_worse_on_a_desk(self) -> None:
        results = [
            *(each for desk in ("local", "politics") for each in arm(0, [1] * 40, desk=desk)),
            *arm(1, [1] * 40, desk="local"),
            *arm(1, [1] * 28 + [0] * 12, desk="politics"),
        ]
        said = self.said(results)
        assert said.startswith("Version 3 is worse than version 2 at contract met at once: 15 of 100 fewer sets met")
        assert "It is worse on politics: 30 of 100 fewer sets met the contract at once (95 % interval " in said
        assert "local" not in said

    def test_of_better_on_one_desk_and_worse_on_another(self) -> None:
        results = [
            *(each for desk in ("sport", "politics") for each in arm(0, [1] * 20 + [0] * 20, desk=desk)),
            *arm(1, [1] * 32 + [0] * 8, desk="sport"),
            *arm(1, [1] * 8 + [0] * 32, desk="politics"),
        ]
        said = self.said(results)
        assert said.startswith("Version 3 may be better or worse than version 2")
        assert "It is worse on politics: 30 of 100 fewer sets met the contract at once (95 % interval " in said
        assert said.index("It is better on sport: 30 of 100 more sets met") > said.index("worse on politics")

    def test_of_better_on_the_whole_names_no_desk(self) -> None:
        results = [*arm(0, [0] * 40, desk="sport"), *arm(1, [1] * 40, desk="sport")]
        assert "sport" not in self.said(results)

    def test_of_what_less_of_is_better(self) -> None:
        said = self.said(run([0.4, 0.3] * 6, [0.1] * 12, of="flagged:clickbait"), question("flagged:clickbait"))
        assert said.startswith(
            "Version 3 is better than version 2 at clickbait flagged: 25 of 100 fewer headlines were"
        )
        assert "(95 % interval 22 to 28)" in said

    def test_of_a_mean(self) -> None:
        said = self.said(run([1000, 1200] * 6, [1700] * 12, of="duration_ms"), question("duration_ms"))
        assert (
            "slightly worse than version 2 at time in all, by less than matters: time in all is 600 ms higher" in said
        )

    def test_of_what_cannot_be_told_says_how_many_would_settle_it(self) -> None:
        said = self.said(run([1] * 6 + [0] * 2, [1] * 5 + [0, 1, 0]))
        assert said.startswith("Version 3 may be better or worse than version 2 at contract met at once")
        assert "as many sets met the contract at once (95 % interval 38 fewer to 38 more)" in said
        assert said.endswith("articles would settle it.")

    def test_of_too_few(self) -> None:
        assert self.said(run([1], [1])) == (
            "Version 3 and version 2 cannot be compared at contract met at once: only 1 article has a value from both, "
            "and it takes at least 6."
        )

    def test_of_no_change(self) -> None:
        said = self.said(run([0.5] * 8, [0.5] * 8, of="variety"), question("variety"))
        assert (
            said
            == "Version 3 is no worse than version 2 at variety: variety is the same (95 % interval 0), on 8 articles."
        )


class TestTheMargins:
    @pytest.mark.parametrize("name", [*MEASURES, "flagged:period", "judge:tone"])
    def test_are_there_for_every_measure(self, name: str) -> None:
        assert margin(measure(name)) > 0

    def test_are_for_measures_alone(self) -> None:
        assert MARGINS.keys() - {"flagged", "judge"} == MEASURES.keys()


RESULTS = st.lists(
    st.builds(
        result,
        st.integers(0, 1),
        st.integers(0, 11).map(str),
        st.one_of(st.none(), st.integers(0, 4).map(lambda value: value / 4)),
        repeat=st.integers(0, 2),
        tags=st.just(("long",)),
    ),
    unique_by=lambda each: (each.candidate, each.case, each.repeat),
    min_size=12,
    max_size=60,
).filter(lambda results: {each.candidate for each in results} == {0, 1})


class TestAnyRun:
    @limits(max_examples=30, deadline=None)
    @given(RESULTS.flatmap(lambda results: st.tuples(st.just(results), st.permutations(results))))
    def test_says_the_same_in_any_order(self, both: tuple[list[Result], list[Result]]) -> None:
        one, other = both
        assert compare(one, AT_ONCE) == compare(other, AT_ONCE)
        assert table(one) == table(other)
        assert changes(one, AT_ONCE, limit=5) == changes(other, AT_ONCE, limit=5)

    @limits(max_examples=30, deadline=None)
    @given(RESULTS)
    def test_is_mirrored_when_the_candidates_swap(self, results: list[Result]) -> None:
        there, back = compare(results, AT_ONCE), compare(results, AT_ONCE.swapped)
        assert there.overall.pairs == back.overall.pairs
        assert (there.candidate_gaps, there.baseline_gaps) == (back.baseline_gaps, back.candidate_gaps)
        if there.overall.interval and back.overall.interval:
            one, other = there.overall.interval, back.overall.interval
            assert (one.low, one.high) == pytest.approx((-other.high, -other.low))

    @limits(max_examples=30, deadline=None)
    @given(RESULTS)
    def test_accounts_for_every_case(self, results: list[Result]) -> None:
        found: Compared = compare(results, AT_ONCE)
        assert found.overall.pairs + len(found.unpaired) == len({each.case for each in results})

    @limits(max_examples=30, deadline=None)
    @given(RESULTS)
    def test_can_be_put_in_words(self, results: list[Result]) -> None:
        assert sentence(compare(results, AT_ONCE), baseline="version 2", candidate="version 3").endswith(".")
