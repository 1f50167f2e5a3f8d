"""What a screen asks of a run: what went wrong in it, and how fast it goes."""

import sqlite3
from contextlib import closing

import pytest

from core.db import Database, open_database
from core.evals import sets
from core.evals.results import Result
from core.evals.running import entries, runs
from core.evals.running.entries import Entry
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runs import Run
from tests import records
from tests.conftest import HeldClock
from tests.core.evals.cases import LIMIT, case


@pytest.fixture
def run(db: Database) -> Run:
    sets.save(db, "s", [case("one")], note="The first.", author="ada", seen=None, article_limit=LIMIT)
    plan = Plan(set_name="s", set_number=1, candidates=(Candidate(prompt="headlines", version=1),))
    return runs.create(db, plan, units=9, note="", author="ada")


def keep(
    db: Database,
    run: Run,
    case_id: str,
    *,
    candidate: int = 0,
    repeat: int = 0,
    error: str | None = None,
    trace: str | None = None,
) -> None:
    outcome = "done" if error is None else "failed"
    result = Result(candidate, case_id, "a", "sport", "en", (), repeat, outcome, trace, {}, error)
    db.write(entries.keep(Entry(result, 1, f"{candidate}-{case_id}-{repeat}", None), run.id))


class TestFailures:
    def test_of_a_run_without_any_are_none(self, db: Database, run: Run) -> None:
        keep(db, run, "one")
        assert entries.failures(db, run.id) == []

    def test_are_told_by_their_error_the_most_frequent_first(self, db: Database, run: Run) -> None:
        keep(db, run, "one", error="Rare.")
        for name in ("three", "two"):
            keep(db, run, name, error="Down.")
        assert [(each.error, each.results) for each in entries.failures(db, run.id)] == [("Down.", 2), ("Rare.", 1)]

    def test_name_each_case_once(self, db: Database, run: Run) -> None:
        for repeat in range(3):
            keep(db, run, "two", repeat=repeat, error="Down.")
        keep(db, run, "one", error="Down.")
        assert [each.cases for each in entries.failures(db, run.id)] == [["one", "two"]]

    def test_of_one_candidate_leave_out_the_others(self, db: Database, run: Run) -> None:
        keep(db, run, "one", error="Down.")
        keep(db, run, "two", candidate=1, error="Down.")
        assert [each.cases for each in entries.failures(db, run.id, 1)] == [["two"]]

    def test_lead_to_a_trace_of_each_case(self, db: Database, run: Run) -> None:
        trace = records.put(db, "Bridge shut")
        keep(db, run, "one", error="Down.", trace=trace)
        keep(db, run, "two", error="Down.")
        assert [each.traces for each in entries.failures(db, run.id)] == [{"one": trace, "two": None}]


class TestACase:
    def test_has_a_result_for_every_repeat_whatever_became_of_it(self, db: Database, run: Run) -> None:
        keep(db, run, "one", repeat=1, error="Down.")
        keep(db, run, "one")
        keep(db, run, "one", candidate=1)
        keep(db, run, "two")
        found = entries.of_case(db, run.id, 0, "one")
        assert [(each.case, each.repeat, each.outcome) for each in found] == [("one", 0, "done"), ("one", 1, "failed")]


class TestPace:
    def test_is_not_known_before_the_second_result(self, db: Database, run: Run) -> None:
        keep(db, run, "one")
        assert entries.pace(db, run.id) is None

    def test_is_results_a_second_up_to_now(self, db: Database, run: Run, held: HeldClock) -> None:
        for name in ("one", "two", "three"):
            keep(db, run, name)
            held.now += 500
        assert entries.pace(db, run.id) == pytest.approx(2 / 1.5)

    def test_does_not_count_a_pause_of_minutes(self, db: Database, run: Run, held: HeldClock) -> None:
        keep(db, run, "before")
        held.now += 600_000
        for name in ("one", "two"):
            keep(db, run, name)
            held.now += 1000
        assert entries.pace(db, run.id) == pytest.approx(0.5)


class TestTheTimeItTook:
    def go(self, db: Database, run: Run, held: HeldClock, milliseconds: int) -> None:
        runs.claim(db, run.id, process=db.liveness.process)
        held.now += milliseconds
        db.write(runs.finishing(run.id, "done", process=db.liveness.process))

    def test_leaves_out_what_lay_between_two_goes(self, db: Database, run: Run, held: HeldClock) -> None:
        self.go(db, run, held, 8_700)
        held.now += 3_600_000
        self.go(db, run, held, 1_300)
        assert runs.get(db, run.id).worked_ms == 10_000

    def test_counts_what_a_process_that_died_did_until_its_last_result(
        self, db: Database, run: Run, held: HeldClock
    ) -> None:
        runs.claim(db, run.id, process="gone")
        held.now += 2_000
        keep(db, run, "one")
        held.now += 3_600_000
        self.go(db, run, held, 1_000)
        assert runs.get(db, run.id).worked_ms == 3_000

    def test_of_an_older_database_is_from_its_start_to_its_end(self, db: Database, run: Run, held: HeldClock) -> None:
        self.go(db, run, held, 5_000)
        path = db.path
        db.close()
        with closing(sqlite3.connect(path)) as connection:
            for column in ("worked_ms", "going_since"):
                connection.execute(f"alter table eval_runs drop column {column}")
            connection.execute("delete from _sqlite_migrations where name = 'time_at_work'")
            connection.execute("pragma user_version = 24")
            connection.commit()
        with closing(open_database(path)) as newer:
            assert runs.get(newer, run.id).worked_ms == 5_000
