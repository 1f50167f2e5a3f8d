"""One unit of a run, from the call that it needs to the result that goes on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from core.errors import CopydeskError
from core.evals import metrics
from core.evals.results import Result
from core.evals.running import calls, entries
from core.evals.running.entries import Entry
from core.evals.running.plan import Candidate, Unit, identity
from core.evals.running.runs import Run
from core.headlines.request import Check, Newsroom, Request, Suggestions
from core.headlines.suggest import suggest
from core.judge import judging, store
from core.judge.verdict import Verdict
from core.prompts import versions
from core.traces import bodies, erasing, record
from core.traces.model import TraceLine


@dataclass(frozen=True)
class Watch:
    """Who hears of a unit's calls as they end."""

    called: Callable[[Unit, TraceLine], None]
    """Of every call of a model, the judge's too, with its closed trace."""
    answered: Callable[[bool], None]
    """Whether a provider refused a call because there were too many."""


class Asking:
    """Does the units of a run; `newsroom` is as patient, and checks by the profiles, as the plan says."""

    def __init__(self, newsroom: Newsroom, run: Run, watch: Watch) -> None:
        self._newsroom = newsroom
        self._run = run
        self._plan = run.plan
        self._watch = watch
        self._hashes = [self._content_hash(each) for each in run.plan.candidates]

    def checked_by(self, check: Check) -> None:
        """Have the headlines checked by somebody else from now on."""
        self._newsroom = replace(self._newsroom, check=check)

    async def ask(self, unit: Unit, *, tried: int) -> Entry:
        """What a unit gave, for the record; `tried` is how often it failed before."""
        same = identity(self._hashes[unit.candidate], self._model(unit), unit, profile=self._plan.profile)
        entry = self._reused(unit, same) if self._plan.reuse else None
        return entry or await self._asked(unit, same, tried)

    def _reused(self, unit: Unit, same: str) -> Entry | None:
        found = entries.identical(self._newsroom.db, same, outside=self._run.id)
        if found is None:
            return None
        before = found.result
        return replace(found, result=_result(unit, before.values, trace=before.trace))

    async def _asked(self, unit: Unit, same: str, tried: int) -> Entry:
        request_id, tries = self._call(unit, tried)
        suggestions = await self._suggestions(unit, request_id)
        line = suggestions.trace
        self._watch.called(unit, line)
        self._watch.answered(self._was_refused(line))
        if not _is_answered(line):
            error = line.error or "No headline came of it."
            return Entry(_result(unit, {}, trace=line.id, error=error), tries, same, None)
        verdicts, error = await self._judged(unit, suggestions)
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

    def _call(self, unit: Unit, tried: int) -> tuple[str, int]:
        """The id of this unit's call, and how often it will have been tried then.

        A call that died midway is passed over, and so is one whose failure is on record. One that was answered is found
        again, though what came after it failed.
        """
        for number in count():
            request_id = calls.ask(self._run.id, unit, number)
            known = record.by_request(self._newsroom.db, request_id)
            if known is None or not (
                known.status in ("open", "interrupted")
                or (number < tried and not _is_answered(known))
                or (known.given and erasing.of_trace(self._newsroom.db, known.id))
            ):
                return request_id, max(number, tried) + 1
        raise AssertionError("numbers do not end")

    def _was_refused(self, line: TraceLine) -> bool:
        return line.error_kind == "rate_limited" or (
            line.attempts > 1 and record.was_rate_limited(self._newsroom.db, line.id)
        )

    async def _judged(self, unit: Unit, suggestions: Suggestions) -> tuple[Sequence[Verdict] | None, str | None]:
        """What the judge said, or why it said nothing."""
        if not self._plan.judge or not suggestions.headlines:
            return None, None
        before = store.judgings(self._newsroom.db, suggestions.trace.id)
        if before:
            # Whoever carried this run out before got this far, and paid for it.
            return before[0].verdicts, None
        request_id = calls.judge(self._run.id, unit)
        try:
            judged = await judging.judge(
                self._newsroom, suggestions.trace.id, person=self._run.author, request_id=request_id
            )
        except CopydeskError as error:
            return None, f"The judge: {error.message}"
        self._watch.called(unit, judged.line)
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


def _is_answered(line: TraceLine) -> bool:
    """Whether a model gave an answer; that nothing in it can be used is a result like any other."""
    return line.given > 0 or line.error_kind == "no_headlines"


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
