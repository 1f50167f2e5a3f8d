"""The limit of a run counts every call, and holds however many are under way, whoever carries the run on."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from core.copydesk import Copydesk
from core.evals.running import calls, runs
from core.evals.running.calls import Call
from core.evals.running.plan import Unit
from core.evals.running.runs import Run
from core.evals.running.spending import Budget
from core.traces.costs import Cost
from tests.core.evals.running import answering, cases, created, judged_by, opened, ran, stopped_after
from tests.provider import Provider

pytestmark = pytest.mark.usefixtures("short_patience")

A_CALL = 0.000135
"""What the provider of the tests charges for a call, by litellm's list: 500 tokens read, 100 written."""
ASK, JUDGE = Call(0, of_judge=False), Call(0, of_judge=True)


def paid(dollars: float) -> Cost:
    return Cost(dollars, 1, 0, 0)


def spent(dollars: Iterable[float], *, limit: float | None = 1.0) -> Budget:
    budget = Budget(limit, judged=False)
    for each in dollars:
        budget.note(ASK, paid(each))
    return budget


class TestABudget:
    def test_without_a_limit_allows_everything(self) -> None:
        budget = spent([5.0, 900.0], limit=None)
        budget.begin(0)
        assert budget.allows(0)
        assert budget.allows(1)

    def test_lets_a_unit_that_nobody_knows_the_cost_of_go_alone(self) -> None:
        budget = Budget(1.0, judged=False)
        assert budget.allows(0)
        budget.begin(0)
        assert not budget.allows(0)
        assert not budget.allows(1)
        budget.note(ASK, paid(0.1))
        budget.end(0)
        assert budget.allows(0)

    def test_lets_nothing_go_beside_one_that_nobody_knows_the_cost_of(self) -> None:
        budget = spent([0.1])
        budget.begin(1)
        assert not budget.allows(0)

    def test_sets_aside_the_dearest_so_far_for_each_that_is_under_way(self) -> None:
        budget = spent([0.1, 0.2, 0.1])
        for _ in range(3):
            assert budget.allows(0)
            budget.begin(0)
        # 0.4 is spent and 0.6 set aside.
        assert not budget.allows(0)
        budget.note(ASK, paid(0.1))
        budget.end(0)
        assert not budget.allows(0), "0.5 is spent and 0.4 set aside, so there is room for no more than 0.1"

    def test_knows_what_a_unit_costs_only_with_its_judge(self) -> None:
        budget = Budget(1.0, judged=True)
        budget.note(ASK, paid(0.1))
        budget.begin(0)
        assert not budget.allows(0)
        budget.note(JUDGE, paid(0.4))
        assert not budget.allows(0), "0.5 is spent and 0.5 set aside"
        budget.end(0)
        assert budget.allows(0)

    def test_counts_a_call_that_was_cut_off_as_the_dearest(self) -> None:
        budget = spent([0.1, 0.3])
        budget.note(ASK, Cost(0.0, 0, 0, 1))
        assert budget.spent == pytest.approx(0.7)
        assert not budget.is_blind

    def test_is_blind_as_long_as_answers_have_no_price(self) -> None:
        budget = Budget(1.0, judged=False)
        budget.note(ASK, Cost(0.0, 0, 1, 0))
        assert budget.is_blind
        budget.note(ASK, paid(0.1))
        assert not budget.is_blind

    def test_a_refusal_that_costs_nothing_tells_nothing_of_the_cost(self) -> None:
        budget = Budget(1.0, judged=False)
        budget.note(ASK, Cost(0.0, 0, 0, 0))
        budget.begin(0)
        assert not budget.allows(0)


class TestTheIdOfACall:
    def test_says_whose_call_it_was(self) -> None:
        unit = Unit(3, cases(1)[0], 2)
        assert calls.read(calls.ask("f00d", unit, 1)) == Call(3, of_judge=False)
        assert calls.read(calls.judge("f00d", unit)) == Call(3, of_judge=True)


def limited(copydesk: Copydesk, limit: float, script: str = "ok", *, at_once: int = 1, **more: object) -> Run:
    return created(copydesk, 10, answering(script), concurrency=at_once, spending_limit=limit, **more)


class TestARunWithALimit:
    def test_keeps_it_with_many_calls_under_way(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            ended = ran(copydesk, limited(copydesk, 4.5 * A_CALL, at_once=10), 10)
            assert (ended.status, ended.cost) == ("stopped", pytest.approx(4 * A_CALL))
            assert ended.why.startswith("The limit of $0.0006 leaves no room for another case: $0.0005 is spent.")
            assert len(provider.seen) == 4

    def test_that_is_enough_does_everything_at_once_after_the_first(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            assert ran(copydesk, limited(copydesk, 10 * A_CALL, at_once=10), 10).status == "done"

    def test_counts_what_the_judge_costs(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "verdicts") as copydesk:
            judged_by(copydesk, "verdicts")
            ended = ran(copydesk, limited(copydesk, 5.5 * A_CALL, at_once=10, judge=True), 10)
            assert (ended.status, ended.done, ended.cost) == ("stopped", 2, pytest.approx(4 * A_CALL))
            assert len(provider.seen) == 4

    def test_counts_a_judge_whose_answers_are_of_no_use(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "chatter") as copydesk:
            judged_by(copydesk, "chatter")
            # Each answer of the judge is asked for twice.
            ended = ran(copydesk, limited(copydesk, 3.5 * A_CALL, judge=True), 10)
            assert (ended.status, ended.failed, ended.cost) == ("stopped", 1, pytest.approx(3 * A_CALL))

    def test_counts_failures_that_were_charged_for(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "filter") as copydesk:
            ended = ran(copydesk, limited(copydesk, 2.5 * A_CALL, "filter"), 10)
            assert (ended.status, ended.failed, ended.cost) == ("stopped", 2, pytest.approx(2 * A_CALL))

    def test_keeps_it_when_it_is_resumed(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = limited(copydesk, 2.5 * A_CALL)
            for _ in range(3):
                assert ran(copydesk, run, 10).status == "stopped"
            assert len(provider.seen) == 2

    def test_counts_an_answer_that_is_found_again_once(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = limited(copydesk, 2.5 * A_CALL)
            ran(copydesk, run, 1)
            # As if the process had died after the answer came and before the result was written.
            copydesk.db.write(lambda connection: connection.execute("drop trigger eval_results_are_kept"))
            copydesk.db.write(lambda connection: connection.execute("delete from eval_results"))
            assert ran(copydesk, run, 10).done == 2

    def test_counts_a_call_that_was_cut_off_as_one_that_was_charged_for(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path, "ok+silent+ok") as copydesk:
            run = limited(copydesk, 2.5 * A_CALL, "ok+silent+ok")
            stopped_after(0.5, copydesk, run, 10)
            assert runs.get(copydesk.db, run.id).done == 1
            assert len(provider.seen) == 2
            ended = ran(copydesk, run, 10)
            assert (ended.status, ended.done, ended.cost) == ("stopped", 1, pytest.approx(A_CALL))
            assert len(provider.seen) == 2

    def test_that_nobody_can_keep_stops_after_the_first_answer(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "no_usage") as copydesk:
            run = limited(copydesk, 1.0, "no_usage", at_once=10)
            ended = ran(copydesk, run, 10)
            assert (ended.status, ended.done) == ("stopped", 1)
            assert "does not say what its answers cost" in ended.why
            assert ran(copydesk, run, 10).status == "stopped"
            assert len(provider.seen) == 1
