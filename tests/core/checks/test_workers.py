"""Headlines that other processes check get what they would get here, whatever becomes of those processes."""

import asyncio
import os
import signal
import subprocess
import sys
import time

from core.checks.profile import Profile
from core.checks.run import Checked
from core.checks.worker import Task
from core.checks.workers import Workers
from tests.conftest import ROOT
from tests.coroutines import result_of


def task(number: int) -> Task:
    return Task(
        headlines=[
            f"Bridge closes for {number} weeks",
            "Bridge closes for 11 weeks",
            "You won’t BELIEVE what happened!",
        ],
        article="The harbour bridge closes for eleven weeks from Monday, the town council said.",
        language="en",
        profile=Profile(banned=("believe",), longest=30),
    )


def checked(*tasks: Task, many: int = 2, killed: bool = False) -> list[Checked]:
    async def check() -> list[Checked]:
        async with Workers(many) as workers:
            if killed:
                for pid in workers.pids:
                    os.kill(pid, signal.SIGKILL)
            return await asyncio.gather(*(workers.check(each) for each in tasks))

    return result_of(check())


class TestWorkers:
    def test_find_what_would_be_found_here(self) -> None:
        tasks = [task(number) for number in range(20)]
        found = checked(*tasks)
        assert found == [each.done() for each in tasks]
        assert any(each.passage for finding in found[3].findings for each in finding)

    def test_that_are_killed_lose_nothing(self) -> None:
        tasks = [task(number) for number in range(3)]
        assert checked(*tasks, killed=True) == [each.done() for each in tasks]

    def test_do_not_mix_up_what_callers_who_went_away_had_asked(self) -> None:
        async def check() -> Checked:
            async with Workers(1) as workers:
                gone = [asyncio.create_task(workers.check(task(number))) for number in range(5)]
                await asyncio.sleep(0)
                for each in gone:
                    each.cancel()
                await asyncio.gather(*gone, return_exceptions=True)
                return await workers.check(task(9))

        assert result_of(check()) == task(9).done()

    def test_end_with_the_process_that_started_them(self) -> None:
        script = (
            "import asyncio, os, signal\n"
            "from core.checks.workers import Workers\n"
            "async def main():\n"
            "    async with Workers(1) as workers:\n"
            "        print(*workers.pids, flush=True)\n"
            "        os.kill(os.getpid(), signal.SIGKILL)\n"
            "asyncio.run(main())"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == -signal.SIGKILL
        end = time.monotonic() + 30
        while _is_alive(int(done.stdout)):
            assert time.monotonic() < end, "it lives on"
            time.sleep(0.01)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
