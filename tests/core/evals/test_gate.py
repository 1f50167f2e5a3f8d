"""The gate: what passes, what fails, what cannot be told, and that it says why."""

import math

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.evals.gates import rules
from core.evals.gates.gate import GateVerdict, judge_rules, smallest_margin
from core.evals.gates.rule_verdict import LEVEL
from core.evals.results import Result
from core.statistics.intervals import PairedCounts, newcombe_paired, wilson
from tests.core.evals.results import arm, result

TOP = "prompt: headlines\nenvironments: [production]\nset: newsroom\nrules:\n"
AT_LEAST = "{measure: met_at_once, at_least: 0.98}"
NO_WORSE = "{measure: met_at_once, no_worse_by: 0.05}"
EACH_DESK = '{measure: "flagged:period", no_worse_by: 0.05, on: each desk}'


def judged(
    results: list[Result],
    *lines: str,
    baseline: int | None = 0,
    desk: str | None = None,
    calibrated: tuple[str, ...] = (),
) -> GateVerdict:
    asked = rules.parse(TOP + "".join(f"  - {line}\n" for line in lines), source="headlines.yml")
    return judge_rules(asked, results, baseline=baseline, candidate=1, desk=desk, calibrated=calibrated)


def passes(good: int, bad: int) -> list[Result]:
    return arm(1, [1.0] * good + [0.0] * bad)


def flags(candidate: int, **desks: float) -> list[Result]:
    """Twelve articles a desk of which so large a share of headlines is flagged, a little more or less in each."""
    return [
        each
        for desk, share in desks.items()
        for each in arm(
            candidate, [share + (0.01 if n % 2 == candidate else 0) for n in range(12)], of="flagged:period", desk=desk
        )
    ]


class TestAFigureAgainstALimit:
    @pytest.mark.parametrize(
        ("good", "bad", "outcome"),
        [
            (64, 0, "pass"),
            (63, 1, "pass"),
            (62, 2, "inconclusive"),
            (61, 3, "inconclusive"),
            (60, 4, "fail"),
            (8, 0, "pass"),
        ],
    )
    def test_passes_when_it_reaches_it_and_fails_when_chance_is_no_excuse(
        self, good: int, bad: int, outcome: str
    ) -> None:
        assert judged(passes(good, bad), AT_LEAST).outcome == outcome

    def test_carries_its_interval(self) -> None:
        (found,) = judged(passes(63, 1), AT_LEAST).rules
        assert (found.figure, found.interval) == (63 / 64, wilson(63, 64, level=0.9))

    def test_is_said(self) -> None:
        (found,) = judged(passes(62, 2), AT_LEAST).rules
        assert found.words == "contract met at once is at least 98 % on newsroom"
        assert found.sentence == (
            "96.9 % (90 % interval 91 % to 99 %), on 64 articles: below 98 %, but so few articles cannot rule out that it is "
            "reached. About 220 articles would settle it."
        )

    def test_exactly_at_the_limit_passes(self) -> None:
        thirds = [result(1, str(n), value, repeat=k) for n in range(30) for k, value in enumerate((1, 1, 0))]
        assert judged(thirds, "{measure: met_at_once, at_least: 0.666666666666667}").outcome == "pass"

    def test_turns_round_for_at_most(self) -> None:
        for value, outcome in ((0.01, "pass"), (0.02, "pass"), (0.03, "fail")):
            assert judged(arm(1, [value] * 8, of="cost"), "{measure: cost, at_most: 0.02}").outcome == outcome

    def test_needs_six_articles(self) -> None:
        found = judged(passes(5, 0), AT_LEAST)
        assert found.outcome == "inconclusive"
        assert found.rules[0].sentence == "5 articles have a value, and it takes at least 6."

    def test_that_nothing_was_measured_for_is_undecided(self) -> None:
        assert judged(passes(8, 0), "{measure: cost, at_most: 0.02}").outcome == "inconclusive"

    def test_on_each_desk_is_as_good_as_the_worst(self) -> None:
        results = [*arm(1, [1] * 8, desk="sport"), *arm(1, [0] * 8, desk="local")]
        (found,) = judged(results, "{measure: met_at_once, at_least: 0.9, on: each desk}").rules
        assert (found.outcome, found.place, found.figure) == ("fail", "local", 0)


class TestADifferenceFromWhatIsLive:
    @pytest.mark.parametrize(
        ("counts", "outcome"),
        [
            ((64, 0, 0, 0), "pass"),
            ((40, 0, 0, 0), "inconclusive"),
            ((60, 0, 4, 0), "inconclusive"),
            ((56, 0, 8, 0), "fail"),
            ((50, 10, 0, 4), "pass"),
        ],
    )
    def test_passes_when_the_interval_excludes_the_margin(self, counts: tuple[int, ...], outcome: str) -> None:
        both, better, worse, neither = counts
        before = [1.0] * both + [0.0] * better + [1.0] * worse + [0.0] * neither
        after = [1.0] * both + [1.0] * better + [0.0] * worse + [0.0] * neither
        (found,) = judged([*arm(0, before), *arm(1, after)], NO_WORSE).rules
        assert found.outcome == outcome
        assert found.interval == newcombe_paired(PairedCounts(both, better, worse, neither), level=0.9)

    def test_must_be_shown_on_every_desk(self) -> None:
        results = [*flags(0, sport=0.1, local=0.1), *flags(1, sport=0.1, local=0.3)]
        (found,) = judged(results, EACH_DESK).rules
        assert (found.outcome, found.place) == ("fail", "local")
        assert found.sentence.startswith("Not on local. The worst is local: 20 of 100 more headlines were flagged for")

    def test_is_shown_as_the_measure_counts(self) -> None:
        (found,) = judged([*flags(0, sport=0.1), *flags(1, sport=0.3)], EACH_DESK).rules
        assert found.figure == pytest.approx(0.2)
        assert found.interval is not None
        assert found.interval.low <= 0.2 <= found.interval.high

    def test_passes_on_every_desk(self) -> None:
        found = judged([*flags(0, sport=0.1, local=0.1), *flags(1, sport=0.1, local=0.1)], EACH_DESK)
        assert found.outcome == "pass"
        assert found.rules[0].sentence.startswith("On every desk; the nearest to the limit is ")

    def test_does_not_count_a_loss_within_the_margin_for_a_failure(self) -> None:
        (found,) = judged([*flags(0, sport=0.1), *flags(1, sport=0.13)], EACH_DESK).rules
        assert found.outcome == "pass"
        assert "Slightly worse, by less than 5 points." in found.sentence

    def test_on_a_desk_that_was_never_live_is_undecided(self) -> None:
        results = [*flags(0, sport=0.1), *flags(1, sport=0.1, local=0.1)]
        (found,) = judged(results, EACH_DESK).rules
        assert (found.outcome, found.place) == ("inconclusive", "local")

    def test_without_anything_live_passes_and_says_so(self) -> None:
        found = judged(flags(1, sport=0.5), EACH_DESK, baseline=None)
        assert found.outcome == "pass"
        assert found.rules[0].sentence == "Nothing is live yet, so there is nothing to be worse than."

    def test_on_few_articles_says_what_could_be_unseen(self) -> None:
        results = [each for n in (0, 1) for each in arm(n, [0.0, 0.1] * 4, of="flagged:period")]
        (found,) = judged(results, EACH_DESK).rules
        assert found.outcome == "pass"
        assert found.sentence.endswith("On 8 articles, a fault in fewer than 31 of 100 could go unseen.")

    def test_on_enough_articles_does_not(self) -> None:
        results = [each for n in (0, 1) for each in arm(n, [0.0, 0.1] * 30, of="flagged:period")]
        (found,) = judged(results, EACH_DESK).rules
        assert found.outcome == "pass"
        assert "unseen" not in found.sentence

    def test_shares_its_alpha_among_all_rules(self) -> None:
        before = arm(0, [1.0] * 12)
        after = arm(1, [0.0] * 5 + [1.0] * 7)
        alone = judged([*before, *after], NO_WORSE)
        others = "{measure: met_at_once, no_worse_by: 0.06}"
        assert alone.rules[0].outcome == "fail"
        assert judged([*before, *after], NO_WORSE, others).rules[0].outcome == "inconclusive"

    def test_that_every_article_of_a_small_desk_shows_is_no_chance_among_many_desks(self) -> None:
        desks = [f"desk-{n}" for n in range(20)]
        before = [each for desk in desks for each in arm(0, [0.1] * 8, of="flagged:period", desk=desk)]
        after = [
            each
            for desk in desks
            for each in arm(1, [0.1 + (0.3 + 0.02 * n if desk == "desk-3" else 0.01 * (-1) ** n) for n in range(8)],
                of="flagged:period", desk=desk)
        ]  # fmt: skip
        (found,) = judged([*before, *after], EACH_DESK).rules
        assert (found.outcome, found.place) == ("fail", "desk-3")


class TestADesk:
    RESULTS = (*flags(0, sport=0.3, politics=0.1), *flags(1, sport=0.1, politics=0.3))

    def test_alone_is_judged_by_its_own_cases(self) -> None:
        assert judged(list(self.RESULTS), EACH_DESK, desk="sport").outcome == "pass"
        assert judged(list(self.RESULTS), EACH_DESK, desk="politics").outcome == "fail"

    def test_keeps_the_release_for_all_closed(self) -> None:
        assert judged(list(self.RESULTS), EACH_DESK).outcome == "fail"

    def test_without_a_case_is_undecided(self) -> None:
        found = judged(list(self.RESULTS), EACH_DESK, "{measure: met, at_least: 0.5}", desk="culture")
        assert [each.outcome for each in found.rules] == ["inconclusive", "inconclusive"]


class TestFailures:
    def test_keep_a_rule_from_passing_until_they_are_run_again(self) -> None:
        results = [*passes(20, 0), result(1, "slow", None)]
        (found,) = judged(results, "{measure: met_at_once, at_least: 0.9}").rules
        assert found.outcome == "inconclusive"
        assert found.sentence.endswith("1 case failed altogether. Run again what failed.")

    def test_do_not_keep_a_rule_from_failing(self) -> None:
        results = [*passes(0, 20), result(1, "slow", None)]
        assert judged(results, AT_LEAST).outcome == "fail"

    def test_of_a_repeat_are_said_and_decide_nothing(self) -> None:
        results = [*passes(20, 0), result(1, "sport-0", None, repeat=1)]
        (found,) = judged(results, AT_LEAST).rules
        assert found.outcome == "pass"
        assert found.sentence.endswith("1 result failed, not counted.")

    def test_of_what_is_live_are_said_and_decide_nothing(self) -> None:
        same = [each for n in (0, 1) for each in arm(n, [1.0] * 64)]
        (found,) = judged([*same, result(0, "slow", None), result(1, "slow", 1.0)], NO_WORSE).rules
        assert found.outcome == "pass"
        assert found.sentence.endswith("1 case has no value from what is live and is in no pair.")

    def test_are_not_what_was_never_asked(self) -> None:
        results = [*arm(0, [1.0] * 9), *arm(1, [1.0] * 8)]
        (found,) = judged(results, AT_LEAST).rules
        assert found.outcome == "inconclusive"
        assert found.sentence.endswith("1 case was not run with this candidate. Resume the run.")


class TestTheJudge:
    RULE = '{measure: "judge:tone", at_least: 3}'
    RESULTS = (*arm(1, [1.0] * 8, of="judge:tone"), *(result(1, f"sport-{n}", 1.0, repeat=1) for n in range(8)))

    def test_decides_nothing_until_it_is_calibrated(self) -> None:
        found = judged(list(self.RESULTS), self.RULE, "{measure: met_at_once, at_least: 0.9}")
        assert [each.outcome for each in found.rules] == ["shown", "pass"]
        assert found.outcome == "pass"
        assert found.rules[0].figure == 1

    def test_alone_opens_no_gate(self) -> None:
        assert judged(list(self.RESULTS), self.RULE).outcome == "inconclusive"

    def test_decides_once_it_is_calibrated(self) -> None:
        assert judged(list(self.RESULTS), self.RULE, calibrated=("tone",)).outcome == "fail"
        assert judged(list(self.RESULTS), self.RULE, calibrated=("clarity",)).outcome == "inconclusive"


class TestTheVerdict:
    def test_fails_where_one_rule_does(self) -> None:
        found = judged(passes(0, 9), AT_LEAST, "{measure: cost, at_most: 1}")
        assert (found.outcome, found.sentence) == ("fail", "The gate fails for all desks: 1 of 2 rules is not met.")

    def test_is_said(self) -> None:
        assert judged(passes(9, 0), AT_LEAST).sentence == (
            "The gate passes for all desks: its rule is met on newsroom."
        )


class TestWhatIsPromised:
    """The figures in the module's docstring."""

    @pytest.mark.parametrize(
        ("variance", "articles", "margin"),
        [
            (2 * 0.95 * 0.05, 64, 0.10),
            (2 * 0.95 * 0.05, 235, 0.05),
            (2 * 0.95 * 0.05, 8, 0.27),
            (0.01, 64, 0.03),
            (0.01, 8, 0.09),
        ],
    )
    def test_of_the_smallest_margin(self, variance: float, articles: int, margin: float) -> None:
        assert round(smallest_margin(variance, articles), 2) == margin

    def test_of_eight_sets_that_are_all_good(self) -> None:
        assert newcombe_paired(PairedCounts(8, 0, 0, 0), level=LEVEL).low == pytest.approx(-0.25, abs=0.005)

    def test_of_the_lower_end_that_is_not_asked(self) -> None:
        assert wilson(64, 64, level=LEVEL).low == pytest.approx(0.959, abs=0.0005)
        assert wilson(132, 132, level=LEVEL).low < 0.98 < wilson(133, 133, level=LEVEL).low

    def test_of_harm_in_few_articles(self) -> None:
        assert round((1 - 0.15) ** 8, 2) == 0.27

    @pytest.mark.parametrize(("rate", "share"), [(0.95, 0.16), (0.90, 0.01)])
    def test_of_a_weaker_prompt_that_is_lucky(self, rate: float, share: float) -> None:
        lucky = sum(math.comb(64, n) * rate**n * (1 - rate) ** (64 - n) for n in (63, 64))
        assert round(lucky, 2) == share


RESULTS = st.lists(
    st.builds(
        result,
        st.integers(0, 1),
        st.integers(0, 15).map(str),
        st.one_of(st.none(), st.integers(0, 4).map(lambda value: value / 4)),
        repeat=st.integers(0, 1),
    ),
    unique_by=lambda each: (each.candidate, each.case, each.repeat),
    max_size=50,
)


class TestAnyRun:
    @limits(max_examples=25, deadline=None)
    @given(RESULTS.flatmap(lambda results: st.tuples(st.just(results), st.permutations(results))))
    def test_is_judged_the_same_in_any_order(self, both: tuple[list[Result], list[Result]]) -> None:
        assert judged(both[0], AT_LEAST, NO_WORSE) == judged(both[1], AT_LEAST, NO_WORSE)

    @limits(max_examples=25, deadline=None)
    @given(RESULTS)
    def test_never_fails_in_both_directions(self, results: list[Result]) -> None:
        there = judged(results, NO_WORSE).outcome
        turned = [Result(**{**vars(each), "candidate": 1 - each.candidate}) for each in results]
        assert (there, judged(turned, NO_WORSE).outcome) != ("fail", "fail")

    @limits(max_examples=25, deadline=None)
    @given(RESULTS, st.floats(0.01, 0.5), st.floats(0.01, 0.5))
    def test_that_passes_a_margin_passes_a_wider_one(self, results: list[Result], one: float, other: float) -> None:
        narrow, wide = (f"{{measure: met_at_once, no_worse_by: {margin}}}" for margin in sorted((one, other)))
        assert judged(results, narrow).outcome != "pass" or judged(results, wide).outcome == "pass"
