"""Runs on a small set of cases, against the provider of `tests.provider`."""

import asyncio
from pathlib import Path

import pytest

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runner import carry_out
from core.evals.running.runs import Run
from core.prompts import releases, versions
from core.prompts.releases import Place
from core.prompts.tasks import JUDGE
from tests.coroutines import result_of
from tests.provider import Provider

TWO = Candidate(prompt="headlines", version=2)


def cases(many: int) -> list[Case]:
    return [
        Case(
            id=f"case-{number}",
            article=f"The harbour bridge closes for {number + 2} weeks from Monday, the town council said. Traders fear for "
            "their Easter sales. A ferry carries 160 pupils to school. The mayor promised a second one by April.",
            desk=("local", "sport")[number % 2],
            language="en",
            tags=("numbers",),
        )
        for number in range(many)
    ]


def opened(provider: Provider, tmp_path: Path, *scripts: str) -> Copydesk:
    provider.write_models(tmp_path / "models.yml", "ok", *scripts)
    return open_copydesk(settings.load())


def kept(copydesk: Copydesk, many: int) -> None:
    """The set, once."""
    if all(line.name != "s" for line in sets.listing(copydesk.db)):
        sets.save(copydesk.db, "s", cases(many), note="The first.", author="ada", seen=None, article_limit=60_000)


def created(copydesk: Copydesk, many: int, *candidates: Candidate, **more: object) -> Run:
    kept(copydesk, many)
    plan = Plan(set_name="s", set_number=1, candidates=candidates or (TWO,), **more)  # pyright: ignore[reportArgumentType]
    return runs.create(copydesk.db, plan, units=check_plan(plan, cases(many)), note="", author="ada")


def ran(copydesk: Copydesk, run: Run, many: int, *, again: bool = False) -> Run:
    return result_of(carry_out(copydesk.newsroom, run.id, cases(many), again=again))


def stopped_after(seconds: float, copydesk: Copydesk, run: Run, many: int) -> None:
    """Begin a run, and have the process told to stop."""

    async def stopped() -> None:
        task = asyncio.create_task(carry_out(copydesk.newsroom, run.id, cases(many)))
        await asyncio.sleep(seconds)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    result_of(stopped())


def judged_by(copydesk: Copydesk, model: str) -> None:
    """Let a model be the judge of runs."""
    content = versions.get(copydesk.db, JUDGE, 1).content.model_copy(update={"model": model})
    version = versions.save(copydesk.db, JUDGE, content, note="Another judge.", author="ada").number
    place = Place(JUDGE, "development")
    releases.release(
        copydesk.db, place, version, author="ada", reason="Tried.", seen=releases.current(copydesk.db, place)
    )


def answering(model: str, version: int = 2) -> Candidate:
    return Candidate(prompt="headlines", version=version, model=model)
