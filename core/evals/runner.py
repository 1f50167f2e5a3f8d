"""Carry a run out, so that nothing that was paid for is lost or paid for twice, whatever happens to this process.

Every finished case is on the disk before the next one counts as begun. A call bears an id that says which unit of which
run it is: if the process dies after the model answered, whoever resumes finds that answer on its trace and does not ask
again. A run belongs to one living process at a time; that of a dead one is taken over with `claim`.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from core import clock, profiles
from core.errors import CopydeskError
from core.evals import metrics, runs
from core.evals.case import Case
from core.evals.plan import Candidate, Unit, identity, units
from core.evals.results import Result
from core.evals.runs import Entry, Run, Status
from core.headlines.request import Newsroom, Request, Suggestions
from core.headlines.suggest import suggest
from core.judge import judging, store
from core.judge.verdict import Verdict
from core.prompts import versions
from core.traces import bodies, record
from core.traces.model import TraceLine

_GLANCE = 0.25
"""Seconds between two looks whether somebody cancelled."""
_CALM = 1.0
"""Seconds after a slowdown in which further refusals are taken for the same one."""


async def carry_out(newsroom: Newsroom, run_id: str, cases: Sequence[Case], *, again: bool = False) -> Run:
    """Do what is missing of a run, with `again` also what failed; returns it as it ends: done, cancelled or stopped.

    `Conflict` if somebody alive has it. Cancelling the task lets go of the run, so that another process can resume it.
    If not even its end can be written, that is `DatabaseError`, and the run is one of the abandoned ones.
    """
    # A mark of its own: whatever ends this lets go of the run, though this process lives on.
    mark = await asyncio.to_thread(newsroom.db.mark)

    async def end(status: Status, why: str) -> Run:
        return await asyncio.to_thread(runs.finish, newsroom.db, run_id, status, process=mark.process, why=why)

    try:
        run = await asyncio.to_thread(runs.claim, newsroom.db, run_id, process=mark.process)
        try:
            status, why = await _Execution(newsroom, run, cases, again=again).run()
        except asyncio.CancelledError:
            await end("stopped", "Copydesk was stopped. Resume the run to do the rest.")
            raise
        except CopydeskError as error:
            return await end("stopped", error.message)
        except Exception as error:
            await end("stopped", f"Copydesk failed at this run: {type(error).__name__}.")
            raise
        return await end(status, why)
    finally:
        mark.release()


class _Execution:
    """One run while this process carries it out."""

    def __init__(self, newsroom: Newsroom, run: Run, cases: Sequence[Case], *, again: bool) -> None:
        plan = run.plan
        patience = replace(newsroom.patience, timeout=plan.timeout) if plan.timeout else newsroom.patience
        checked_by = profiles.find(newsroom.db, plan.profile).profiles if plan.profile else None
        self._newsroom = replace(newsroom, patience=patience, profiles=checked_by)
        self._run = run
        self._plan = plan
        self._pace = _Pace(plan.concurrency)
        self._spent = run.cost or 0.0
        self._hashes = [self._content_hash(each) for each in plan.candidates]
        known = runs.finished(newsroom.db, run.id)
        self._tries = {unit: tries for unit, (outcome, tries) in known.items() if outcome == "failed"}
        self._waiting = deque(
            unit
            for unit in units(plan, cases)
            if (found := known.get(_key(unit))) is None or (again and found[0] == "failed")
        )
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> tuple[Status, str]:
        """How it ended, and why if it is not done."""
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
            if self._is_out_of_money() and not self._running:
                return "stopped", f"The limit of ${self._plan.spending_limit:.2f} is spent. Resume with a new run."
            while self._waiting and len(self._running) < self._pace.limit and not self._is_out_of_money():
                self._running.add(asyncio.create_task(self._one(self._waiting.popleft())))
            finished, self._running = await asyncio.wait(
                self._running, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED
            )
            if failed := [error for task in finished if (error := task.exception())]:
                # Nothing more is begun. What is under way was paid for, and may still be put on record.
                failure = failure or failed[0]
                self._waiting.clear()
            if clock.ticks() - looked >= _GLANCE:
                looked = clock.ticks()
                if await asyncio.to_thread(runs.is_cancelled, self._newsroom.db, self._run.id):
                    # Those that run are cancelled on the way out; their traces say that they were interrupted.
                    return "cancelled", ""
        if failure is not None:
            raise failure
        return "done", ""

    def _is_out_of_money(self) -> bool:
        limit = self._plan.spending_limit
        return limit is not None and self._spent >= limit

    async def _one(self, unit: Unit) -> None:
        """Do one unit and put its result on record."""
        same = identity(self._hashes[unit.candidate], self._model(unit), unit, profile=self._plan.profile)
        entry = self._reused(unit, same) if self._plan.reuse else None
        if entry is None:
            entry = await self._asked(unit, same)
            self._spent += entry.result.values.get("cost", 0.0)
        await asyncio.wrap_future(self._newsroom.db.submit(runs.keep(entry, self._run.id)))

    def _reused(self, unit: Unit, same: str) -> Entry | None:
        found = runs.identical(self._newsroom.db, same, outside=self._run.id)
        if found is None:
            return None
        before = found.result
        return replace(found, result=_result(unit, before.values, trace=before.trace))

    async def _asked(self, unit: Unit, same: str) -> Entry:
        request_id, tries = self._call(unit)
        suggestions = await self._suggestions(unit, request_id)
        line = suggestions.trace
        await self._mind_the_pace(suggestions)
        if not _is_answered(line):
            error = line.error or "No headline came of it."
            return Entry(_result(unit, {}, trace=line.id, error=error), tries, same, None)
        verdicts, error = await self._judged(suggestions)
        if error is not None:
            return Entry(_result(unit, {}, trace=line.id, error=error), tries, same, None)
        values = metrics.measured(suggestions, unit.case, verdicts)
        return Entry(_result(unit, values, trace=line.id), tries, same, None)

    async def _suggestions(self, unit: Unit, request_id: str) -> Suggestions:
        case, plan = unit.case, self._plan
        candidate = plan.candidates[unit.candidate]
        return await suggest(
            self._newsroom,
            Request(
                article=case.article,
                desk=case.desk,
                channel=case.channel,
                language=case.language,
                prompt=candidate.prompt,
                version=candidate.version,
                draft=candidate.draft,
                model=candidate.model,
                environment=plan.environment,
                source="eval",
                person=self._run.author,
                request_id=request_id,
            ),
        )

    def _call(self, unit: Unit) -> tuple[str, int]:
        """The id of this unit's call, and how often it will have been tried then.

        A call that died midway is passed over, and so is one whose failure is on record. One that was answered is found
        again, though what came after it failed.
        """
        tried = self._tries.get(_key(unit), 0)
        for number in count():
            request_id = f"eval-{self._run.id}-{unit.candidate}-{unit.repeat}-{number}-{unit.case.id}"
            known = record.by_request(self._newsroom.db, request_id)
            if known is None or not (
                known.status in ("open", "interrupted") or (number < tried and not _is_answered(known))
            ):
                return request_id, max(number, tried) + 1
        raise AssertionError("numbers do not end")

    async def _mind_the_pace(self, suggestions: Suggestions) -> None:
        line = suggestions.trace
        refused = line.error_kind == "rate_limited" or (
            line.attempts > 1 and record.was_rate_limited(self._newsroom.db, line.id)
        )
        if refused:
            self._pace.slow_down()
        else:
            self._pace.go_on()

    async def _judged(self, suggestions: Suggestions) -> tuple[Sequence[Verdict] | None, str | None]:
        """What the judge said, or why it said nothing."""
        if not self._plan.judge or not suggestions.headlines:
            return None, None
        before = store.judgings(self._newsroom.db, suggestions.trace.id)
        if before:
            # Whoever carried this run out before got this far, and paid for it.
            return before[0].verdicts, None
        try:
            judged = await judging.judge(self._newsroom, suggestions.trace.id, person=self._run.author)
        except CopydeskError as error:
            return None, f"The judge: {error.message}"
        if judged.verdicts is None:
            return None, f"The judge: {judged.line.error}"
        return judged.verdicts, None

    def _content_hash(self, candidate: Candidate) -> str:
        if candidate.draft is not None:
            return candidate.draft.hash
        assert candidate.version is not None
        return versions.get(self._newsroom.db, candidate.prompt, candidate.version).hash

    def _model(self, unit: Unit) -> str:
        # Without one, the version's own model counts, which its hash names.
        return self._plan.candidates[unit.candidate].model or ""


class _Pace:
    """How many calls may be under way: halved when a provider says that there are too many, then slowly more again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now = float(most)
        self._slowed = float("-inf")

    @property
    def limit(self) -> int:
        return max(1, int(self._now))

    def slow_down(self) -> None:
        if clock.ticks() - self._slowed >= _CALM:
            self._slowed = clock.ticks()
            self._now = max(1.0, self._now / 2)

    def go_on(self) -> None:
        self._now = min(float(self._most), self._now + 1 / self._now)


def _is_answered(line: TraceLine) -> bool:
    """Whether a model gave an answer; that nothing in it can be used is a result like any other."""
    return line.given > 0 or line.error_kind == "no_headlines"


def _key(unit: Unit) -> tuple[int, str, int]:
    return unit.candidate, unit.case.id, unit.repeat


def _result(unit: Unit, values: Mapping[str, float], *, trace: str | None, error: str | None = None) -> Result:
    case = unit.case
    return Result(
        candidate=unit.candidate,
        case=case.id,
        article=bodies.article_hash(case.article),
        desk=case.desk,
        language=case.language or "",
        tags=case.tags,
        repeat=unit.repeat,
        outcome="done" if error is None else "failed",
        trace=trace,
        values=values,
        error=error,
    )
