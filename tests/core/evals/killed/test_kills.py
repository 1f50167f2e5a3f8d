"""Runs are killed and started twice, and in the end every case is on record once and was paid for once.

Real processes, a real `kill -9`, a provider over real HTTP in this one: nothing gets the chance to tidy up.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager

import pytest

from tests.core.evals.killed.house import AT_ONCE, Books, Child, House, Nursery, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

ROUNDS = 3
"""Runs that are killed at random moments. Raise it for an afternoon; every round has moments of its own."""
KILLS = 4
"""How often a run is killed before it may end."""
DUPLICATES = 2

# What a served installation does by itself, every few moments instead of every few seconds.
KEEP_HOUSE = """
import os, threading
from pathlib import Path
from core.chores import Chore, Chores
from core.evals.running import runs

chores = Chores([Chore("Take over abandoned runs", 0.02, copydesk.take_over)])
chores.start()
(Path(order["folder"]) / f"{os.getpid()}.ready").touch()
wait = threading.Event()
while runs.get(copydesk.db, order["run"]).status != "done":
    wait.wait(0.01)
chores.stop()
say([each.error for each in chores.outcomes.values()])
say(copydesk.db.liveness.process)
"""


@contextmanager
def an_answer_without_its_result(house: House, child: Child) -> Generator[None]:
    """The record stands still at a moment at which an answer is on its trace and the result that needs it is not."""
    with closing(sqlite3.connect(house.path, timeout=10, isolation_level=None)) as connection:
        while child.is_alive:
            connection.execute("begin immediate")
            if connection.execute(ORPHANS).fetchone()[0]:
                break
            connection.execute("rollback")
            time.sleep(0.002)
        yield


ORPHANS = "select count(*) from traces where status = 'valid' and id not in (select trace from eval_results where trace not null)"


def kill_at_a_random_moment(house: House, child: Child, chance: random.Random) -> None:
    already = len(house.provider.seen), house.results()
    match chance.choice(("requests", "results", "between", "time")):
        case "requests":
            wanted = already[0] + chance.randint(1, 2 * AT_ONCE)
            until(lambda: not child.is_alive or len(house.provider.seen) >= wanted)
        case "results":
            wanted = already[1] + chance.randint(1, 2 * AT_ONCE)
            until(lambda: not child.is_alive or house.results() >= wanted)
        case "between":
            with an_answer_without_its_result(house, child):
                child.kill()
        case _:
            time.sleep(chance.uniform(0, 0.5))
    child.kill()


class TestARunThatIsKilled:
    @pytest.mark.parametrize("number", range(ROUNDS))
    def test_at_random_moments_ends_with_every_case_on_record_and_paid_for_once(
        self, nursery: Nursery, house: House, number: int
    ) -> None:
        chance = random.Random(number)
        for _ in range(KILLS):
            kill_at_a_random_moment(house, nursery.start(house), chance)
        assert nursery.start(house).said() == ["done"]
        Books(house).balance()

    def test_between_an_answer_and_its_result_takes_the_answer_from_its_trace(
        self, nursery: Nursery, house: House
    ) -> None:
        for _ in range(3):
            child = nursery.start(house)
            with an_answer_without_its_result(house, child):
                assert child.is_alive
                child.kill()
            assert house.count(ORPHANS) > 0
        assert nursery.start(house).said() == ["done"]
        assert house.count(ORPHANS) == 0
        Books(house).balance()


class TestARunThatIsStartedTwice:
    @pytest.mark.parametrize("number", range(DUPLICATES))
    def test_is_done_by_one_and_refused_to_the_other(self, nursery: Nursery, house: House, number: int) -> None:
        said = [child.said() for child in [nursery.start(house) for _ in range(2)]]
        assert sorted(said) == [["Conflict: This run is being carried out already."], ["done"]]
        assert len(house.provider.seen) == house.run.units
        Books(house).balance()

    def test_after_a_kill_is_taken_over_by_one_of_them(self, nursery: Nursery, house: House) -> None:
        child = nursery.start(house)
        until(lambda: house.results() > 5)
        child.kill()
        said = [child.said() for child in [nursery.start(house) for _ in range(3)]]
        assert sorted(said) == [["Conflict: This run is being carried out already."]] * 2 + [["done"]]
        Books(house).balance()


class TestARunWhoseProcessIsKilled:
    @pytest.mark.parametrize("others", [1, 2])
    def test_is_finished_by_one_that_was_running_all_along(self, nursery: Nursery, house: House, others: int) -> None:
        keepers = [nursery.start(house, KEEP_HOUSE) for _ in range(others)]
        until(lambda: all(keeper.is_ready for keeper in keepers))
        carrier = nursery.start(house)
        until(lambda: house.results() > AT_ONCE)
        assert house.results() < house.run.units
        with an_answer_without_its_result(house, carrier):
            carrier.kill()
        said = [keeper.said() for keeper in keepers]
        assert [errors for errors, _ in said] == [[None]] * others
        books = Books(house)
        books.balance()
        # Each call was asked by the process that was killed, or by the one that took the run over.
        carriers = house.count("select count(distinct process) from traces where source = 'eval'")
        assert carriers == 2
        assert house.count("select count(*) from traces where status = 'open'") == 0

    def test_again_and_again_is_finished_by_the_last_one(self, nursery: Nursery, house: House) -> None:
        keepers = [nursery.start(house, KEEP_HOUSE) for _ in range(3)]
        until(lambda: all(keeper.is_ready for keeper in keepers))
        carrier = nursery.start(house)
        until(lambda: house.results() > 2)
        carrier.kill()
        for keeper in keepers[:2]:
            already = house.results()
            until(lambda before=already: house.results() > before + 2)
            keeper.kill()
        keepers[2].said()
        Books(house).balance()
