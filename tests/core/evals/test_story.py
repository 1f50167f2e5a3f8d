"""The story of the README: a punchier prompt is better for sport and worse for politics, and the gate can tell.

Everything is asked for real, of the offline model, on all 64 articles of `newsroom`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import profiles, settings
from core.checks import profile_files
from core.copydesk import Copydesk, open_copydesk
from core.errors import GateClosed
from core.evals import sets
from core.evals.comparing import comparison, wording
from core.evals.comparing.comparison import Compared, Question
from core.evals.gates import gated
from core.evals.results import Result, measure
from core.evals.running import entries, runs
from core.evals.running.plan import Candidate, Plan
from core.prompts import files, releases, versions
from core.prompts.releases import Place
from tests.conftest import ROOT

EXAMPLES = ROOT / "prompts" / "examples"
EVERYBODY = Place("headlines", "production")
SPORT = Place("headlines", "production", "sport")
NAIVE, STRUCTURED, PUNCHY = range(3)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copydesk]:
    """A newsroom whose desks have said what they mind, and that has run all three versions."""
    folder = tmp_path_factory.mktemp("story")
    with open_copydesk(
        settings.load().model_copy(update={"db": folder / "copydesk.db", "models": folder / "models.yml"})
    ) as copydesk:
        db = copydesk.db
        more = profile_files.read(EXAMPLES / "desk-rules.yml")
        now = profiles.current(db).with_rules(more.rules)
        profiles.change(db, now, note="What two desks mind.", author="Ada", seen=profiles.in_use(db))
        file = files.read(EXAMPLES / "headlines-punchy.prompt.yml")
        assert versions.save(db, file.name, file.content, note=file.note or "", author="Ada").number == 3
        three = tuple(Candidate(prompt="headlines", version=number) for number in (1, 2, 3))
        plan = Plan(set_name="newsroom", set_number=sets.get(db, "newsroom").number, candidates=three, baseline=1)
        run = copydesk.runs.start(plan, note="The story", author="Ada")
        future = copydesk.runs.get(run.id)
        if future is not None:
            future.result(timeout=300)
        assert runs.get(db, run.id).status == "done"
        yield copydesk


@pytest.fixture(scope="module")
def results(newsroom: Copydesk) -> list[Result]:
    (run,) = runs.listing(newsroom.db)
    return entries.results(newsroom.db, run.id)


def compared(results: list[Result], of: str, *, candidate: int, baseline: int = STRUCTURED) -> Compared:
    return comparison.compare(results, Question(baseline, candidate, measure(of), comparison.margin(measure(of))))


def on(found: Compared, desk: str) -> str:
    return next(each.comparison.verdict for each in found.by_desk if each.group == desk)


class TestTheComparison:
    def test_finds_the_structured_version_far_better_than_the_naive_one(self, results: list[Result]) -> None:
        found = compared(results, "met_at_once", baseline=NAIVE, candidate=STRUCTURED)
        assert found.overall.verdict == "better"
        assert {each.comparison.verdict for each in found.by_desk} == {"better"}

    def test_finds_the_punchy_version_better_for_sport_and_worse_for_politics(self, results: list[Result]) -> None:
        found = compared(results, "without_fail", candidate=PUNCHY)
        assert (on(found, "sport"), on(found, "politics")) == ("better", "worse")
        told = wording.sentence(found, baseline="version 2", candidate="version 3")
        assert "It is worse on politics: 41 of 100 fewer headlines" in told
        assert "It is better on sport: 28 of 100 more headlines" in told

    def test_finds_that_it_shouts_on_every_desk(self, results: list[Result]) -> None:
        found = compared(results, "flagged:exclamation", candidate=PUNCHY)
        assert {each.comparison.verdict for each in found.by_desk} == {"worse"}


class TestTheGate:
    def test_refuses_it_for_all_desks_because_of_politics_alone(self, newsroom: Copydesk) -> None:
        stands = gated.standing(newsroom.db, ROOT / "prompts" / "gates", EVERYBODY, 3)
        assert stands is not None
        assert stands.verdict is not None
        assert stands.verdict.outcome == "fail"
        failed = [rule for rule in stands.verdict.rules if rule.outcome == "fail"]
        assert [(rule.rule.measure.name, rule.place) for rule in failed] == [("without_fail", "politics")]
        assert failed[0].sentence.startswith("Not on politics.")

    def test_passes_the_structured_version_against_the_naive_one(self, newsroom: Copydesk) -> None:
        culture = Place("headlines", "production", "culture")
        releases.release(newsroom.db, culture, 1, author="Ada", reason="The old one.", seen=None)
        stands = gated.standing(newsroom.db, ROOT / "prompts" / "gates", culture, 2)
        assert stands is not None
        assert stands.passes

    def test_lets_it_through_for_sport_and_politics_keeps_what_it_had(self, newsroom: Copydesk) -> None:
        db, gates = newsroom.db, ROOT / "prompts" / "gates"
        with pytest.raises(GateClosed, match="The gate fails for all desks"):
            released(newsroom, gates, EVERYBODY)
        made = released(newsroom, gates, SPORT)
        assert made.verdict is not None
        assert gated.kept(db, made.verdict).outcome == "pass"
        live = {desk: releases.live_at(db, "headlines", "production", desk, None) for desk in ("sport", "politics")}
        assert {desk: found and found.version for desk, found in live.items()} == {"sport": 3, "politics": 2}


def released(copydesk: Copydesk, gates: Path, place: Place) -> releases.Release:
    seen = releases.current(copydesk.db, place)
    return gated.release(copydesk.db, gates, place, 3, author="Ada", reason="Sport asked for it.", seen=seen)
