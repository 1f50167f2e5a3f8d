"""Carry a run out, so that nothing that was paid for is lost or paid for twice, whatever happens to this process.

Every finished case is on the disk before the next one counts as begun. A call bears an id that says which unit of which
run it is: if the process dies after the model answered, whoever resumes finds that answer on its trace and does not ask
again. A run belongs to one living process at a time; that of a dead one is taken over with `claim`.
"""

import asyncio
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from core import clock, profiles
from core.checks.workers import Workers
from core.errors import CopydeskError
from core.evals.case import Case
from core.evals.comparing import figures
from core.evals.results import measure
from core.evals.running import calls, entries, runs
from core.evals.running.asking import Asking, Watch
from core.evals.running.pace import Pace
from core.evals.running.plan import Unit, units
from core.evals.running.runs import Run, Status
from core.evals.running.spending import Budget
from core.headlines.request import Newsroom
from core.traces import costs
from core.traces.model import TraceLine

_GLANCE = 0.25
"""Seconds between two looks whether somebody cancelled."""
_WORTH_WORKERS = 100
"""From so many calls on it pays to start processes that check the headlines, which takes half a second."""
_MOST_WORKERS = 4


async def carry_out(
    newsroom: Newsroom, run_id: str, cases: Sequence[Case], *, again: bool = False, abandoned: bool = False
) -> Run:
    """Do what is missing of a run, with `again` also what failed; returns it as it ends: done, cancelled or stopped.

    `Conflict` if somebody alive has it, or with `abandoned` if nobody died over it. Cancelling the task lets go of the
    run, so that another process can resume it. If not even its end can be written, that is `DatabaseError`, and the run
    is one of the abandoned ones.
    """
    db = newsroom.db
    # A mark of its own: whatever ends this lets go of the run, though this process lives on.
    mark = await asyncio.to_thread(db.mark)

    async def end(status: Status, why: str) -> Run:
        # Straight to the writer, behind the claim: whoever stops Copydesk must not wait for a free thread.
        await asyncio.wrap_future(db.submit(runs.finishing(run_id, status, process=mark.process, why=why)))
        return runs.get(db, run_id)

    try:
        claim = db.submit(runs.claiming(db, run_id, process=mark.process, abandoned=abandoned))
        try:
            await asyncio.wrap_future(claim)
        except asyncio.CancelledError:
            # The writer takes the run all the same.
            await end("stopped", _STOPPED)
            raise
        try:
            run = await asyncio.to_thread(runs.get, db, run_id)
            execution = await asyncio.to_thread(_Execution, newsroom, run, cases, again=again)
            status, why = await execution.run()
        except asyncio.CancelledError:
            await end("stopped", _STOPPED)
            raise
        except CopydeskError as error:
            return await end("stopped", error.message)
        except Exception as error:
            await end("stopped", f"Copydesk failed at this run: {type(error).__name__}.")
            raise
        return await end(status, why)
    finally:
        mark.release()


_STOPPED = "Copydesk was stopped. Resume the run to do the rest."


class _Execution:
    """One run while this process carries it out."""

    def __init__(self, newsroom: Newsroom, run: Run, cases: Sequence[Case], *, again: bool) -> None:
        self._db = newsroom.db
        self._run = run
        self._plan = plan = run.plan
        patience = replace(newsroom.patience, timeout=plan.timeout) if plan.timeout else newsroom.patience
        checked_by = profiles.find(newsroom.db, plan.profile).profiles if plan.profile else None
        self._asking = Asking(
            replace(newsroom, patience=patience, profiles=checked_by), run, Watch(self._note_cost, self._mind_the_pace)
        )
        self._pace = Pace(plan.concurrency)
        self._budget = Budget(plan.spending_limit, judged=plan.judge)
        self._noted: set[str] = set()
        """The traces whose cost is counted: an answer that was paid for before is found again, and costs nothing."""
        if plan.spending_limit is not None:
            self._note_earlier_costs()
        known = entries.finished(newsroom.db, run.id)
        there = {_key(unit) for unit in units(plan, cases)}
        self._gone = run.units - len(there | known.keys())
        self._tries = {unit: tries for unit, (outcome, tries) in known.items() if outcome == "failed"}
        self._waiting = deque(
            unit
            for unit in units(plan, cases)
            if (found := known.get(_key(unit))) is None or (again and found[0] == "failed")
        )
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> tuple[Status, str]:
        """How it ended, and why if it is not done."""
        spare = min((os.cpu_count() or 1) - 1, _MOST_WORKERS)
        if spare < 1 or len(self._waiting) < _WORTH_WORKERS:
            return await self._to_its_end()
        async with Workers(spare) as workers:
            self._asking.checked_by(workers.check)
            return await self._to_its_end()

    async def _to_its_end(self) -> tuple[Status, str]:
        try:
            return await self._until_done()
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _until_done(self) -> tuple[Status, str]:
        looked = clock.ticks()
        failure: BaseException | None = None
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self._pace.limit and self._can_pay(self._waiting[0]):
                self._begin(self._waiting.popleft())
            if not self._running:
                return "stopped", self._out_of_money()
            finished, self._running = await asyncio.wait(
                self._running, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED
            )
            if failed := [error for task in finished if (error := task.exception())]:
                # Nothing more is begun. What is under way was paid for, and may still be put on record.
                failure = failure or failed[0]
                self._waiting.clear()
            if clock.ticks() - looked >= _GLANCE:
                looked = clock.ticks()
                if await asyncio.to_thread(runs.is_cancelled, self._db, self._run.id):
                    # Those that run are cancelled on the way out; their traces say that they were interrupted.
                    return "cancelled", ""
        if failure is not None:
            raise failure
        return "done", self._told_of_what_is_gone()

    def _begin(self, unit: Unit) -> None:
        self._budget.begin(unit.candidate)
        task = asyncio.create_task(self._one(unit))
        task.add_done_callback(lambda _: self._budget.end(unit.candidate))
        self._running.add(task)

    async def _one(self, unit: Unit) -> None:
        """Do one unit and put its result on record."""
        entry = await self._asking.ask(unit, tried=self._tries.get(_key(unit), 0))
        await asyncio.wrap_future(self._db.submit(entries.keep(entry, self._run.id)))

    def _mind_the_pace(self, refused: bool) -> None:
        if refused:
            self._pace.slow_down()
        else:
            self._pace.go_on()

    def _note_earlier_costs(self) -> None:
        for trace_id, (request_id, cost) in costs.of_requests(self._db, calls.prefix(self._run.id)).items():
            self._budget.note(calls.read(request_id), cost)
            self._noted.add(trace_id)

    def _note_cost(self, unit: Unit, line: TraceLine) -> None:
        if self._plan.spending_limit is None or line.id in self._noted:
            return
        assert line.request_id is not None
        self._budget.note(calls.read(line.request_id), costs.of_trace(self._db, line.id))
        self._noted.add(line.id)

    def _told_of_what_is_gone(self) -> str:
        """What a run that is done says of the answers it was to have, and whose articles are erased by now."""
        if not self._gone:
            return ""
        return (
            f"{self._gone:,} of {self._run.units:,} answers are missing: the articles of their cases were erased before "
            "they were asked."
        )

    def _can_pay(self, unit: Unit) -> bool:
        return not self._budget.is_blind and self._budget.allows(unit.candidate)

    def _out_of_money(self) -> str:
        if self._budget.is_blind:
            return (
                "The provider does not say what its answers cost, so a spending limit cannot be kept. "
                "Start a new run without one, or give the model a price in the models file."
            )
        cost = measure("cost")
        limit, spent = (figures.figure(cost, each) for each in (self._plan.spending_limit or 0, self._budget.spent))
        return (
            f"The limit of {limit} leaves no room for another case: {spent} is spent. "
            "For the rest, start a new run that reuses these results."
        )


def _key(unit: Unit) -> tuple[int, str, int]:
    return unit.candidate, unit.case.id, unit.repeat
