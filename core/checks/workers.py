"""Check headlines in processes of their own.

A thousand sets of headlines take seconds, and whoever else waits for the event loop in this process would wait for them:

    async with Workers(2) as workers:
        checked = await workers.check(task)
"""

import asyncio
import logging
import sys
from pathlib import Path
from types import TracebackType

from core.checks.run import Checked
from core.checks.worker import CHECKED, Task

_ROOT = Path(__file__).parents[2]
_LONGEST_LINE = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


class Workers:
    """So many processes for the length of an `async with`, all on one event loop."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._all: list[asyncio.subprocess.Process] = []
        self._under_way: set[asyncio.Task[Checked]] = set()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes."""
        return [worker.pid for worker in self._all]

    async def check(self, task: Task) -> Checked:
        """What is found, by the first process that is free."""
        # A caller who goes away leaves the process to the next one in order.
        doing = asyncio.create_task(self._check(task))
        self._under_way.add(doing)
        doing.add_done_callback(self._under_way.discard)
        return await asyncio.shield(doing)

    async def _check(self, task: Task) -> Checked:
        worker = await self._idle.get()
        try:
            return await _asked(worker, task)
        except (OSError, asyncio.IncompleteReadError):
            # The same, only slower: a set that was paid for is not lost because somebody ended a process.
            _log.warning("A process that checks headlines has ended; they are checked here.")
            return task.done()
        except asyncio.CancelledError:
            # Its answer would be taken for that to the next task.
            worker.kill()
            raise
        finally:
            self._idle.put_nowait(worker)

    async def __aenter__(self) -> "Workers":
        for _ in range(self._many):
            worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "core.checks.worker",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE,
                # They need no keys.
                env={"PYTHONPATH": str(_ROOT)},
                # Whoever presses Ctrl-C means us, and we end them.
                start_new_session=True,
            )  # fmt: skip
            self._all.append(worker)
            self._idle.put_nowait(worker)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for worker in self._all:
            if worker.returncode is None:
                worker.kill()
        await asyncio.gather(*(worker.wait() for worker in self._all))


async def _asked(worker: asyncio.subprocess.Process, task: Task) -> Checked:
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(task.model_dump_json().encode() + b"\n")
    await worker.stdin.drain()
    return CHECKED.validate_json(await worker.stdout.readuntil(b"\n"))
