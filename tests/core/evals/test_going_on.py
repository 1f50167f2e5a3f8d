"""A run that was stopped, cancelled or left behind goes on with what is missing, in whichever process."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.errors import Conflict
from core.evals import sets
from core.evals.case import Case
from core.evals.running import entries, runs
from core.evals.running.runner import carry_out
from core.evals.running.runs import Run
from core.headlines.request import Request
from core.keeping import erasing
from core.traces import bodies, record
from tests.core.evals.running import (
    answering,
    cases,
    created,
    opened,
    ran,
    stopped_after,
)
from tests.coroutines import result_of
from tests.provider import Provider

pytestmark = pytest.mark.usefixtures("short_patience")


def until(there: Callable[[], object], *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


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
