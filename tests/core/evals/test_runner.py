"""A run does everything once, keeps what it has whatever happens, and does only what is missing when it goes on."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.db import Database
from core.errors import Conflict
from core.evals import sets
from core.evals.case import Case
from core.evals.running import entries, runs
from core.evals.running.pace import Pace
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runner import carry_out
from core.evals.running.runs import Run
from core.headlines.request import Request
from core.judge import store
from core.keeping import erasing
from core.prompts import versions
from core.traces import bodies, record
from core.traces.finding import search
from tests.core.evals.running import (
    TWO,
    answering,
    cases,
    created,
    judged_by,
    kept,
    opened,
    ran,
    stopped_after,
)
from tests.coroutines import result_of
from tests.provider import Provider

pytestmark = pytest.mark.usefixtures("short_patience")

ONE = Candidate(prompt="headlines", version=1)


def refuse_results_of(db: Database, *, candidate: int) -> None:
    """As a fault of ours would: the candidate's results cannot be put on record."""
    db.write(
        lambda connection: connection.execute(
            f"create trigger refused before insert on eval_results when new.candidate = {candidate} "
            "begin select raise(abort, 'no'); end"
        )
    )


def trace_count(db: Database) -> int:
    return search.count(db).number


def until(there: Callable[[], object], *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


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


class TestFailure:
    def test_of_a_case_is_a_result_with_its_error(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "500") as copydesk:
            run = ran(copydesk, created(copydesk, 2, answering("500")), 2)
            assert (run.status, run.done, run.failed) == ("done", 0, 2)
            (first, _) = entries.results(copydesk.db, run.id)
            assert first.outcome == "failed"
            assert first.error
            assert first.values == {}
            assert first.trace is not None

    def test_can_be_tried_again_alone(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "ok+500+ok") as copydesk:
            run = created(copydesk, 2, answering("ok+500+ok"), concurrency=1)
            assert ran(copydesk, run, 2).failed == 1
            again = ran(copydesk, run, 2, again=True)
            assert (again.done, again.failed, len(provider.seen)) == (2, 0, 3)

    def test_that_is_tried_again_counts_the_tries(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "500") as copydesk:
            run = created(copydesk, 1, answering("500"))
            for _ in range(3):
                ran(copydesk, run, 1, again=True)
            assert entries.finished(copydesk.db, run.id) == {(0, "case-0", 0): ("failed", 3)}

    def test_of_the_contract_is_no_failure_of_the_case(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path, "chatter") as copydesk:
            run = ran(copydesk, created(copydesk, 1, answering("chatter")), 1)
            (result,) = entries.results(copydesk.db, run.id)
            assert (result.outcome, result.values["met"], result.values["met_at_once"]) == ("done", 0, 0)
            assert "without_fail" not in result.values

    def test_of_a_provider_midway_leaves_the_rest_done_and_is_made_good_later(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        script = "ok+ok+500+500+ok"
        with opened(provider, tmp_path, script) as copydesk:
            run = created(copydesk, 6, answering(script), concurrency=1)
            assert (ran(copydesk, run, 6).failed, len(provider.seen)) == (2, 6)
            assert (ran(copydesk, run, 6, again=True).done, len(provider.seen)) == (6, 8)

    def test_of_the_judge_is_made_good_without_asking_for_the_headlines_again(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path, "500+verdicts") as copydesk:
            judged_by(copydesk, "500+verdicts")
            run = created(copydesk, 1, answering("ok"), judge=True)
            assert ran(copydesk, run, 1).failed == 1
            assert ran(copydesk, run, 1, again=True).done == 1
            assert [each.script for each in provider.seen] == ["ok", "500+verdicts", "500+verdicts"]

    def test_after_an_interruption_is_asked_again_when_it_is_tried_again(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        script = "silent+500+ok"
        with opened(provider, tmp_path, script) as copydesk:
            run = created(copydesk, 1, answering(script))
            stopped_after(0.3, copydesk, run, 1)
            assert ran(copydesk, run, 1).failed == 1
            assert ran(copydesk, run, 1, again=True).done == 1
            assert len(provider.seen) == 3
            assert entries.finished(copydesk.db, run.id) == {(0, "case-0", 0): ("done", 3)}


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


class TestResuming:
    def test_does_only_what_is_missing(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 4, answering("ok"))
            ran(copydesk, run, 2)
            assert runs.get(copydesk.db, run.id).done == 2
            again = ran(copydesk, run, 4)
            assert (again.done, len(provider.seen)) == (4, 4)

    def test_takes_an_answer_that_was_paid_for_from_its_trace(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            ran(copydesk, run, 1)
            # As if the process had died after the answer came and before the result was written.
            copydesk.db.write(lambda connection: connection.execute("drop trigger eval_results_are_kept"))
            copydesk.db.write(lambda connection: connection.execute("delete from eval_results"))
            assert ran(copydesk, run, 1).done == 1
            assert len(provider.seen) == 1

    def test_of_a_run_that_somebody_carries_out_is_refused(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk, open_copydesk(settings.load()) as other:
            run = created(copydesk, 1, answering("ok"))
            runs.claim(copydesk.db, run.id, process=copydesk.db.liveness.process)
            with pytest.raises(Conflict, match="carried out already"):
                ran(other, run, 1)
            assert runs.abandoned(other.db) == []

    def test_of_a_run_whose_process_died_goes_on(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            with open_copydesk(settings.load()) as dead:
                runs.claim(dead.db, run.id, process=dead.db.liveness.process)
            assert runs.abandoned(copydesk.db) == [run.id]
            assert ran(copydesk, run, 1).status == "done"

    def test_after_the_article_of_a_case_was_erased_says_what_is_missing(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 3, answering("ok"))
            ran(copydesk, run, 1)
            for case in cases(3)[:2]:
                erasing.article(copydesk.db, case.article, author="ada", reason="The source withdrew.")
            ended = copydesk.runs.resume(run.id).result()
            assert (ended.status, ended.done, ended.units) == ("done", 2, 3)
            assert ended.why.startswith("1 of 3 answers are missing: the articles of their cases were erased")


class TestTakingOver:
    def test_of_a_run_that_cannot_go_on_stops_it_and_goes_on_with_the_next(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path) as copydesk:
            second = created(copydesk, 2, answering("ok"))
            damaged = Case(id="a", article="The bridge closes on Monday.", desk="local")
            sets.save(copydesk.db, "t", [damaged], note="The first.", author="ada", seen=None, article_limit=60_000)
            plan = second.plan.model_copy(update={"set_name": "t"})
            first = runs.create(copydesk.db, plan, units=1, note="", author="ada")
            article = bodies.article_hash(damaged.article)
            copydesk.db.write(
                lambda connection: connection.execute("update articles set text = x'00' where hash = ?", (article,))
            )
            with open_copydesk(settings.load()) as dead:
                for run in (first, second):
                    runs.claim(dead.db, run.id, process=dead.db.liveness.process)
            copydesk.take_over()
            until(lambda: runs.get(copydesk.db, second.id).status == "done")
            stopped = runs.get(copydesk.db, first.id)
            assert (stopped.status, stopped.process) == ("stopped", None)
            assert "damaged and cannot be read" in stopped.why

    def test_leaves_a_run_alone_that_has_ended_since_it_was_looked_at(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            with open_copydesk(settings.load()) as dead:
                runs.claim(dead.db, run.id, process=dead.db.liveness.process)
            assert runs.abandoned(copydesk.db) == [run.id]
            runs.cancel(copydesk.db, run.id)
            with pytest.raises(Conflict, match="ended already"):
                result_of(carry_out(copydesk.newsroom, run.id, cases(1), abandoned=True))
            assert runs.get(copydesk.db, run.id).status == "cancelled"

    def test_closes_the_calls_that_the_dead_had_left_open(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            with open_copydesk(settings.load()) as dead:
                runs.claim(dead.db, run.id, process=dead.db.liveness.process)
                process = dead.db.liveness.process
            line = copydesk.suggest(Request(article="The bridge closes.", desk="local", model="ok")).trace
            copydesk.db.write(
                lambda connection: connection.execute(
                    "update traces set status = 'open', process = ? where id = ?", (process, line.id)
                )
            )
            copydesk.take_over()
            assert record.line(copydesk.db, line.id).status == "interrupted"
            until(lambda: runs.get(copydesk.db, run.id).status == "done")


class TestARunThatCannotGoOn:
    def test_because_it_cannot_even_begin_says_so_and_is_let_go_of(self, copydesk: Copydesk) -> None:
        run = ran(copydesk, created(copydesk, 1, profile="nowhere"), 1)
        assert (run.status, run.process) == ("stopped", None)
        assert "nowhere" in run.why

    def test_because_of_a_fault_of_ours_says_so_and_is_let_go_of(self, copydesk: Copydesk) -> None:
        run = created(copydesk, 1)
        refuse_results_of(copydesk.db, candidate=0)
        with pytest.raises(sqlite3.IntegrityError):
            ran(copydesk, run, 1)
        ended = runs.get(copydesk.db, run.id)
        assert (ended.status, ended.why, ended.process) == (
            "stopped",
            "Copydesk failed at this run: IntegrityError.",
            None,
        )

    def test_puts_what_was_under_way_on_record_first(
        self, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COPYDESK_RETRIES", "1")
        # The second candidate's answer comes after its retry, half a second after the first one's.
        with opened(provider, tmp_path, "500+ok") as copydesk:
            run = created(copydesk, 1, answering("ok"), answering("500+ok"))
            refuse_results_of(copydesk.db, candidate=0)
            with pytest.raises(sqlite3.IntegrityError):
                ran(copydesk, run, 1)
            assert entries.finished(copydesk.db, run.id) == {(1, "case-0", 0): ("done", 1)}

    def test_and_whose_end_cannot_be_written_is_abandoned_though_the_process_lives(self, copydesk: Copydesk) -> None:
        run = created(copydesk, 1)
        copydesk.db.write(
            lambda connection: connection.execute(
                "create trigger unwritable before update on eval_runs when new.status not in ('waiting', 'running') "
                "begin select raise(abort, 'no'); end"
            )
        )
        with pytest.raises(sqlite3.IntegrityError):
            ran(copydesk, run, 1)
        assert runs.abandoned(copydesk.db) == [run.id]
        copydesk.db.write(lambda connection: connection.execute("drop trigger unwritable"))
        assert ran(copydesk, run, 1).status == "done"


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


class TestStopping:
    def test_when_cancelled_it_stops_within_a_second_and_keeps_what_it_has(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        provider.latency = 0.3
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 40, answering("ok"), concurrency=2)

            async def cancelled() -> tuple[Run, float]:
                task = asyncio.create_task(carry_out(copydesk.newsroom, run.id, cases(40)))
                while runs.get(copydesk.db, run.id).done < 2:
                    await asyncio.sleep(0.05)
                start = time.monotonic()
                runs.cancel(copydesk.db, run.id)
                return await task, time.monotonic() - start

            ended, took = result_of(cancelled())
            assert ended.status == "cancelled"
            assert took < 1
            assert 2 <= ended.done < 40
            assert ended.done == len(entries.results(copydesk.db, run.id))

    def test_a_cancelled_run_can_be_resumed(self, copydesk: Copydesk) -> None:
        run = created(copydesk, 2)
        runs.cancel(copydesk.db, run.id)
        assert runs.get(copydesk.db, run.id).status == "cancelled"
        assert ran(copydesk, run, 2).status == "done"

    def test_a_limit_on_spending_stops_it_before_the_next_call(self, provider: Provider, tmp_path: Path) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 10, answering("ok"), concurrency=1, spending_limit=0.0003)
            ended = ran(copydesk, run, 10)
            assert ended.status == "stopped"
            assert "is spent" in ended.why
            assert ended.cost is not None
            assert 0.0002 < ended.cost <= 0.0003
            assert len(provider.seen) == 2

    def test_a_process_that_is_told_to_stop_while_it_takes_a_run_lets_go_of_it(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 1, answering("ok"))
            for seconds in (0.0, 0.001, 0.002, 0.004, 0.008):
                stopped_after(seconds, copydesk, run, 1)
                ended = runs.get(copydesk.db, run.id)
                assert (ended.status, ended.process) in [("waiting", None), ("stopped", None)]

    def test_a_process_that_is_told_to_stop_lets_go_of_it(self, provider: Provider, tmp_path: Path) -> None:
        provider.latency = 0.5
        with opened(provider, tmp_path) as copydesk:
            run = created(copydesk, 10, answering("ok"), concurrency=2)
            stopped_after(0.3, copydesk, run, 10)
            ended = runs.get(copydesk.db, run.id)
            assert (ended.status, ended.process) == ("stopped", None)
            assert ran(copydesk, run, 10).done == 10


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
