"""What fails in a run is on record with its reason, and is made good without paying twice for the rest."""

import sqlite3
from pathlib import Path

import pytest

from core.copydesk import Copydesk
from core.db import Database
from core.evals.running import entries, runs
from tests.core.evals.running import (
    answering,
    created,
    judged_by,
    opened,
    ran,
    stopped_after,
)
from tests.provider import Provider

pytestmark = pytest.mark.usefixtures("short_patience")


def refuse_results_of(db: Database, *, candidate: int) -> None:
    """As a fault of ours would: the candidate's results cannot be put on record."""
    db.write(
        lambda connection: connection.execute(
            f"create trigger refused before insert on eval_results when new.candidate = {candidate} "
            "begin select raise(abort, 'no'); end"
        )
    )


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
            assert [each.tries for each in entries.failures(copydesk.db, run.id)] == [3]
            assert entries.failed(copydesk.db, run.id) == {0: 1}

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
