"""Runs as the tests of screens need them: small, of the offline model, finished or under way."""

import shutil
from pathlib import Path

import pytest

from core.copydesk import Copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runs import Run
from core.headlines import samples
from tests.conftest import ROOT

BOTH = (Candidate(prompt="headlines", version=1), Candidate(prompt="headlines", version=2))


def cases(many: int = 8) -> list[Case]:
    """Cases made of the samples, whose desks and languages differ."""
    texts = samples.listing(ROOT / "prompts" / "samples")
    return [
        Case(
            id=f"case-{number}",
            article=f"{texts[number % len(texts)].text} ({number})",
            desk=texts[number % len(texts)].desk,
            language=texts[number % len(texts)].language,
        )
        for number in range(many)
    ]


def put_set(copydesk: Copydesk, name: str = "eight", many: int = 8) -> None:
    sets.save(copydesk.db, name, cases(many), note="The first.", author="ada", seen=None, article_limit=None)


def finished(copydesk: Copydesk, name: str = "eight", **more: object) -> Run:
    """A run of both shipped versions, done."""
    plan = Plan.model_validate({"set_name": name, "set_number": 1, "candidates": BOTH} | more)
    run = copydesk.runs.start(plan, note="Which is better?", author="ada")
    future = copydesk.runs.get(run.id)
    if future is not None:
        future.result(timeout=60)
    return runs.get(copydesk.db, run.id)


def ship_no_sets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an installation that comes without eval sets, and was never started."""
    shutil.copytree(ROOT / "prompts", folder, ignore=shutil.ignore_patterns("evals"))
    monkeypatch.setenv("COPYDESK_PROMPTS", str(folder))
    monkeypatch.setenv("COPYDESK_DB", str(folder / "copydesk.db"))
