"""The runs that this process carries out in the background."""

from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from typing import Any

from core import profiles
from core.errors import Conflict, CopydeskError
from core.evals import sets
from core.evals.case import Case
from core.evals.running import plan as planning
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runner import carry_out
from core.evals.running.runs import Run
from core.headlines.request import Newsroom
from core.prompts import versions

Submit = Callable[[Coroutine[Any, Any, Run]], "Future[Run]"]


class RunsUnderWay:
    """Starts runs on an event loop and knows those that go on there; `submit` puts work on that loop."""

    def __init__(self, newsroom: Newsroom, submit: Submit) -> None:
        self._newsroom = newsroom
        self._db = newsroom.db
        self._submit = submit
        self._futures: dict[str, Future[Run]] = {}

    def start(self, plan: Plan, *, note: str, author: str) -> Run:
        """Put a run on record and begin to carry it out; returns at once. `BadInput` for a plan that cannot be."""
        cases = sets.get(self._db, plan.set_name, plan.set_number).cases
        # What the headlines are checked by stays the same from the first case to the last.
        plan = plan.model_copy(update={"profile": profiles.current(self._db).version})
        for candidate in plan.candidates:
            self._check(candidate)
        run = runs.create(self._db, plan, units=planning.check(plan, cases), note=note, author=author)
        self._carry_out(run.id, cases)
        return run

    def resume(self, run_id: str, *, again: bool = False) -> "Future[Run]":
        """Do what is missing of a run, with `again` also what failed; returns at once. `Conflict` if it goes on here."""
        return self._resume(run_id, again=again)

    def get(self, run_id: str) -> "Future[Run] | None":
        """A run that this process carries out, None if it does not."""
        return self._futures.get(run_id)

    def take_over(self) -> None:
        """Go on with the runs whose process died. Of several processes that do this at once, one gets each run.

        One that cannot go on is stopped and says why, so that it keeps none of the others waiting.
        """
        for run_id in runs.abandoned(self._db):
            # One of ours that is about to end is in nobody's hands any more, and still in ours.
            if run_id in self._futures:
                continue
            try:
                self._resume(run_id, abandoned=True)
            except CopydeskError as error:
                runs.give_up(self._db, run_id, why=error.message)

    def _resume(self, run_id: str, *, again: bool = False, abandoned: bool = False) -> "Future[Run]":
        plan = runs.get(self._db, run_id).plan
        cases = sets.get(self._db, plan.set_name, plan.set_number).cases
        return self._carry_out(run_id, cases, again=again, abandoned=abandoned)

    def _carry_out(
        self, run_id: str, cases: Sequence[Case], *, again: bool = False, abandoned: bool = False
    ) -> "Future[Run]":
        if run_id in self._futures:
            raise Conflict("This run is being carried out already.")
        future = self._submit(carry_out(self._newsroom, run_id, cases, again=again, abandoned=abandoned))
        self._futures[run_id] = future
        future.add_done_callback(lambda _: self._futures.pop(run_id, None))
        return future

    def _check(self, candidate: Candidate) -> None:
        """Refuse a candidate that every call would fail with."""
        if candidate.version is not None:
            content = versions.get(self._db, candidate.prompt, candidate.version).content
        else:
            assert candidate.draft is not None
            content = candidate.draft
        model = self._newsroom.models.get(candidate.model or content.model)
        if model.missing:
            raise model.key_missing()
