"""Runs are killed, started twice, cut off and starved, and in the end every case is on record once and was paid for once.

Real processes, a real `kill -9`, a provider over real HTTP in this one: nothing gets the chance to tidy up.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.copydesk import Copydesk, open_copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import entries, runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runs import Run
from core.settings import Settings
from tests.conftest import ROOT
from tests.provider import Provider

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

ROUNDS = 3
"""Runs that are killed at random moments. Raise it for an afternoon; every round has moments of its own."""
KILLS = 4
"""How often a run is killed before it may end."""
DUPLICATES = 2
CASES = 15
REPEATS = 2
AT_ONCE = 6
PATIENCE = 40

# The scripts of the provider tell the candidates apart; both answer at once.
SCRIPTS = ("ok", "ok+ok")

# One interpreter loads everything once and forks, for a start of its own would cost each process seconds.
NURSERY = """
import json, os, signal, sys
from pathlib import Path
from core.copydesk import open_copydesk
from core.errors import CopydeskError
from core.llm import door
from core.settings import Settings

door.warm_up()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("warm", flush=True)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child:
        print(child, flush=True)
        continue
    end = Path(order["folder"]) / f"{os.getpid()}.end"
    lines = []
    try:
        with open_copydesk(Settings(db=order["db"], models=order["models"], retries=0)) as copydesk:
            exec(order["script"], {"copydesk": copydesk, "order": order, "say": lines.append})
    except BaseException as error:
        lines.append(f"{type(error).__name__}: {error}")
    end.with_suffix(".draft").write_text(json.dumps(lines))
    end.with_suffix(".draft").rename(end)
    os._exit(0)
"""

CARRY_OUT = """
ended = copydesk.runs.resume(order["run"], again=order.get("again", False)).result()
say(ended.status)
"""

# What a served installation does by itself, every few moments instead of every few seconds.
KEEP_HOUSE = """
import os, threading
from pathlib import Path
from core.chores import Chore, Chores
from core.evals.running import entries, runs

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

# What counts as the disk is the size that one file may have, which a process can change for itself.
FILL_THE_DISK = """
import resource
from core.errors import CopydeskError
from core.evals.running import entries, runs

def full(yes):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"] if yes else hard, hard))

full(True)
reported = 0
future = copydesk.runs.resume(order["run"])
while not future.done():
    reported = runs.get(copydesk.db, order["run"]).done
try:
    say(future.result().why)
except CopydeskError as error:
    say(error.message)
full(False)
say(reported)
say(runs.get(copydesk.db, order["run"]).done)
ended = copydesk.runs.resume(order["run"]).result()
say(ended.status)
"""


# An exception from nowhere, wherever the thread is at that moment.
STRIKE_THE_WRITER = """
import ctypes, threading, time
from core.evals.running import entries, runs

class Struck(Exception):
    pass

threading.excepthook = lambda _: None
future = copydesk.runs.resume(order["run"])
while not runs.get(copydesk.db, order["run"]).done:
    time.sleep(0.001)
time.sleep(order["seconds"])
(writer,) = (thread for thread in threading.enumerate() if thread.name == "copydesk-writer")
ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(writer.ident), ctypes.py_object(Struck))
future.exception(30)
ended = runs.get(copydesk.db, order["run"])
say(ended.status)
say(ended.why)
say(ended.process)
say(copydesk.runs.resume(order["run"]).result(30).status)
"""


class Nursery:
    """Starts processes that carry runs out."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def start(self, house: "House", script: str = CARRY_OUT, **more: object) -> "Child":
        assert self._process.stdin
        assert self._process.stdout
        order = {
            "folder": str(self._folder), "db": str(house.path), "models": str(house.models), "run": house.run.id,
            "script": script, **more,
        }  # fmt: skip
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        return Child(pid, self._folder / f"{pid}.end")


@dataclass(frozen=True)
class Child:
    """A process that carries a run out."""

    pid: int
    end: Path

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    @property
    def is_ready(self) -> bool:
        """Whether it said that it has begun."""
        return self.end.with_suffix(".ready").exists()

    def kill(self) -> None:
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL)
        until(lambda: not self.is_alive)

    def said(self) -> list[Any]:
        """What it had to say when it ended by itself."""
        until(lambda: not self.is_alive)
        return json.loads(self.end.read_text())


@dataclass(frozen=True)
class House:
    """A newsroom with a provider of its own and a run that nobody has begun."""

    path: Path
    models: Path
    provider: Provider
    run: Run

    def count(self, sql: str) -> int:
        """A number from the record, read while other processes write."""
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql).fetchone()[0]

    def results(self) -> int:
        return self.count("select count(*) from eval_results")


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    folder = tmp_path_factory.mktemp("nursery")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY], cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "warm\n"
    yield Nursery(process, folder)
    process.stdin.close()
    process.wait(PATIENCE)
    process.stdout.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Provider(latency=0.04) as provider:
        yield built(tmp_path, provider)


def built(folder: Path, provider: Provider) -> House:
    path, models = folder / "copydesk.db", folder / "models.yml"
    provider.write_models(models, *SCRIPTS)
    with opened(path, models) as copydesk:
        cases = [
            Case(
                id=f"case-{number}",
                article=f"marker-{number:04} The harbour bridge closes for eleven weeks from Monday, the town council said.",
                desk=("local", "sport")[number % 2],
                language="en",
            )
            for number in range(CASES)
        ]
        sets.save(copydesk.db, "s", cases, note="The first.", author="ada", seen=None, article_limit=60_000)
        plan = Plan(
            set_name="s", set_number=1, repeats=REPEATS, concurrency=AT_ONCE,
            candidates=tuple(Candidate(prompt="headlines", version=2, model=script) for script in SCRIPTS),
        )  # fmt: skip
        run = runs.create(copydesk.db, plan, units=check_plan(plan, cases), note="", author="ada")
    return House(path, models, provider, run)


def opened(path: Path, models: Path) -> Copydesk:
    return open_copydesk(Settings(db=path, models=models, retries=0))  # pyright: ignore[reportCallIssue]


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.001)


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


class Books:
    """The record after the last process ended, and what the provider saw."""

    def __init__(self, house: House) -> None:
        self._house = house
        with opened(house.path, house.models) as copydesk:
            # Opening it closes what the last process that was killed had left open.
            self.run = runs.get(copydesk.db, house.run.id)
            self.results = entries.results(copydesk.db, house.run.id)

    def balance(self) -> None:
        """Every unit has one row; every row its trace; nothing was asked again that had been answered."""
        house = self._house
        units = [(c, f"case-{k}", r) for c in range(len(SCRIPTS)) for k in range(CASES) for r in range(REPEATS)]
        assert sorted((each.candidate, each.case, each.repeat) for each in self.results) == sorted(units)
        assert (self.run.done, self.run.failed, self.run.process) == (len(units), 0, None)
        with closing(sqlite3.connect(house.path)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            traces = dict(connection.execute("select id, status from traces where source = 'eval'"))
            answered = connection.execute("select count(*) from attempts where error is null").fetchone()[0]
            unfinished = connection.execute(
                "select model, count(*) from traces where status not in ('valid', 'failed') group by model"
            ).fetchall()
        assert all(traces[each.trace or ""] == "valid" for each in self.results)
        assert len({each.trace for each in self.results}) == len(units), "two results share a trace"
        assert answered == len(units), "something was paid for twice"
        self.paid_for_once(Counter(dict(unfinished)))

    def paid_for_once(self, unfinished: Counter[str]) -> None:
        """The provider saw each unit once, and what was in flight at a kill perhaps once more."""
        house = self._house
        seen = Counter(request.script for request in house.provider.seen)
        for script in SCRIPTS:
            units = CASES * REPEATS
            assert units <= seen[script] <= units + unfinished[script]


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


class TestAnOutageOfTheProvider:
    def test_leaves_failures_that_are_made_good_alone(self, nursery: Nursery, tmp_path: Path) -> None:
        with Provider(latency=0.04) as provider:
            house = built(tmp_path, provider)
            child = nursery.start(house)
            until(lambda: house.results() > 5)
        # Nobody listens on the port any more: what is left fails, and the run comes to its end.
        assert child.said() == ["done"]
        failed = house.count("select count(*) from eval_results where outcome = 'failed'")
        assert 0 < failed < house.results() == house.run.units
        with Provider(latency=0.04, port=provider.port) as back:
            assert nursery.start(house, again=True).said() == ["done"]
            assert len(back.seen) == failed
            house.provider.seen += back.seen
        Books(house).balance()


class TestAFullDisk:
    @pytest.mark.parametrize("room", [40_000, 200_000, 400_000])
    def test_stops_the_run_with_a_sentence_and_it_goes_on_in_the_same_process_when_there_is_room(
        self, nursery: Nursery, house: House, room: int
    ) -> None:
        why, acknowledged, on_record, status = nursery.start(house, FILL_THE_DISK, bytes=room).said()
        assert why.startswith("The disk that holds the database refuses to write or read: it is full")
        assert acknowledged <= on_record < house.run.units
        assert status == "done"
        assert house.results() == house.run.units


class TestAWriterThatDies:
    @pytest.mark.parametrize("seconds", [0.05, 0.2])
    def test_stops_the_run_and_the_next_one_in_the_same_process_does_the_rest(
        self, nursery: Nursery, house: House, seconds: float
    ) -> None:
        status, why, process, again = nursery.start(house, STRIKE_THE_WRITER, seconds=seconds).said()
        assert (status, process, again) == ("stopped", None, "done")
        assert why
        assert house.results() == house.run.units
        assert len(house.provider.seen) <= house.run.units + 2 * AT_ONCE
