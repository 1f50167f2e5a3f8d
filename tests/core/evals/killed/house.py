"""A newsroom whose runs are carried out by processes that can be killed, and its books afterwards."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.copydesk import Copydesk, open_copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import entries, runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runs import Run
from core.settings import Settings
from tests.provider import Provider

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
