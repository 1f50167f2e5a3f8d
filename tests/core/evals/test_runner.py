"""A run asks for everything once, measures each answer, and takes identical answers where it may."""

import time
from pathlib import Path

import pytest

from core.copydesk import Copydesk
from core.errors import Conflict
from core.evals.running import entries, runs
from core.evals.running.pace import Pace
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runs import Run
from core.judge import store
from core.prompts import versions
from core.traces import record
from tests.core.evals.running import (
    TWO,
    answering,
    cases,
    created,
    kept,
    opened,
    ran,
    stopped_after,
)
from tests.provider import Provider

pytestmark = pytest.mark.usefixtures("short_patience")

ONE = Candidate(prompt="headlines", version=1)


class TestARun:
    def test_has_a_result_for_every_case_candidate_and_repeat(self, copydesk: Copydesk) -> None:
        run = ran(copydesk, created(copydesk, 3, ONE, TWO, repeats=2), 3)
        found = {(each.candidate, each.case, each.repeat) for each in entries.results(copydesk.db, run.id)}
        assert found == {(c, f"case-{k}", r) for c in range(2) for k in range(3) for r in range(2)}
        assert (run.status, run.done, run.failed, run.left) == ("done", 12, 0, 0)

    def test_measures_each_answer_and_names_its_trace(self, copydesk: Copydesk) -> None:
        run = ran(copydesk, created(copydesk, 1), 1)
        (result,) = entries.results(copydesk.db, run.id)
        assert {"met_at_once", "met", "variety", "attempts", "cost", "flagged:too_long"} <= result.values.keys()
        assert result.trace is not None
        line = record.line(copydesk.db, result.trace)
        assert (line.source, line.version, line.person) == ("eval", 2, "ada")

    def test_of_some_desks_leaves_the_other_cases_out(self, copydesk: Copydesk) -> None:
        kept(copydesk, 4)
        plan = Plan(set_name="s", set_number=1, candidates=(TWO,), desks=("sport",))
        run = runs.create(copydesk.db, plan, units=check_plan(plan, cases(4)), note="", author="ada")
        run = ran(copydesk, run, 4)
        assert {each.desk for each in entries.results(copydesk.db, run.id)} == {"sport"}
        assert run.units == run.done == 2

    def test_runs_a_draft_that_is_no_version(self, copydesk: Copydesk) -> None:
        draft = Candidate(prompt="headlines", draft=versions.get(copydesk.db, "headlines", 1).content)
        run = ran(copydesk, created(copydesk, 1, draft), 1)
        (result,) = entries.results(copydesk.db, run.id)
        assert result.trace is not None
        assert record.line(copydesk.db, result.trace).version is None

    def test_can_have_a_judge_score_each_set(self, copydesk: Copydesk) -> None:
        run = ran(copydesk, created(copydesk, 1, judge=True), 1)
        (result,) = entries.results(copydesk.db, run.id)
        assert 1 <= result.values["judge:accuracy"] <= 5
        assert result.trace is not None
        assert len(store.judgings(copydesk.db, result.trace)) == 1

    def test_has_no_more_calls_under_way_than_it_may(self, provider: Provider, tmp_path: Path) -> None:
        provider.latency = 0.2
        with opened(provider, tmp_path) as copydesk:
            ran(copydesk, created(copydesk, 1, answering("ok")), 1)
            start = time.monotonic()
            ran(copydesk, created(copydesk, 6, answering("ok"), concurrency=2), 6)
            assert time.monotonic() - start > 0.55


class TestALongRun:
    def test_has_its_headlines_checked_by_other_processes_and_is_none_the_worse(self, copydesk: Copydesk) -> None:
        long = ran(copydesk, created(copydesk, 10, ONE, TWO, repeats=5), 10)
        short = ran(copydesk, created(copydesk, 10, ONE, TWO), 10)
        assert (long.status, long.done) == ("done", 100)
        assert _flags(copydesk, long) == _flags(copydesk, short)

    def test_that_is_stopped_midway_keeps_what_was_paid_for(self, provider: Provider, tmp_path: Path) -> None:
        provider.latency = 0.1
        with opened(provider, tmp_path) as copydesk:
            # Nobody can be done with it in 2.5 seconds.
            run = created(copydesk, 100, answering("ok"), concurrency=4)
            for seconds in (1.0, 1.2):
                stopped_after(seconds, copydesk, run, 100)
            assert ran(copydesk, run, 100).done == 100
            with copydesk.db.read() as connection:
                rows = connection.execute(
                    "select status, count(*) from traces where given > 0 group by status"
                ).fetchall()
            assert [tuple(row) for row in rows] == [("valid", 100)]


def _flags(copydesk: Copydesk, run: Run) -> dict[tuple[int, str], dict[str, float]]:
    return {
        (each.candidate, each.case): {name: value for name, value in each.values.items() if name.startswith("flagged:")}
        for each in entries.results(copydesk.db, run.id)
    }


class TestPace:
    def test_slows_down_where_a_provider_says_that_there_are_too_many(
        self, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pace = Pace(16)
        pace.slow_down()
        assert pace.limit == 8
        pace.slow_down()
        assert pace.limit == 8, "one burst of refusals is one slowdown"
        for _ in range(200):
            pace.go_on()
        assert pace.limit == 16

    def test_never_stands_still(self) -> None:
        pace = Pace(1)
        pace.slow_down()
        assert pace.limit == 1

    def test_a_refusal_that_a_retry_made_good_slows_it_down_too(
        self, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COPYDESK_RETRIES", "1")
        with opened(provider, tmp_path, "429@0+ok") as copydesk:
            run = ran(copydesk, created(copydesk, 1, answering("429@0+ok")), 1)
            (result,) = entries.results(copydesk.db, run.id)
            assert result.trace is not None
            assert record.was_rate_limited(copydesk.db, result.trace)


class TestInTheBackground:
    def test_a_run_that_is_under_way_is_not_begun_again(self, provider: Provider, tmp_path: Path) -> None:
        provider.latency = 0.5
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            under_way = copydesk.runs.resume(run.id)
            with pytest.raises(Conflict, match="carried out already"):
                copydesk.runs.resume(run.id)
            assert copydesk.runs.get(run.id) is under_way
            assert under_way.result(10).done == 1


class TestReuse:
    def test_is_off_unless_asked_for(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            for _ in range(2):
                ran(copydesk, created(copydesk, 1, answering("ok")), 1)
            assert len(provider.seen) == 2

    def test_takes_the_result_of_an_identical_call_and_says_from_where(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path) as copydesk:
            first = ran(copydesk, created(copydesk, 2, answering("ok")), 2)
            second = ran(copydesk, created(copydesk, 2, answering("ok"), reuse=True), 2)
            assert len(provider.seen) == 2
            with copydesk.db.read() as connection:
                rows = connection.execute("select reused from eval_results where run = ?", (second.id,)).fetchall()
            assert [row[0] for row in rows] == [first.id] * 2

    def test_costs_nothing(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            ran(copydesk, created(copydesk, 1, answering("ok")), 1)
            assert ran(copydesk, created(copydesk, 1, answering("ok"), reuse=True), 1).cost is None

    def test_is_never_across_repeats_versions_or_models(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "twelve") as copydesk:
            ran(copydesk, created(copydesk, 1, answering("ok")), 1)
            more = created(copydesk, 1, answering("ok"), answering("ok", 1), answering("twelve"), repeats=2, reuse=True)
            ran(copydesk, more, 1)
            assert len(provider.seen) == 1 + 5
