"""A release past a gate: by a verdict for exactly this version, set and place, or by a reason that stays."""

from pathlib import Path

import pytest

from core import audit, profiles
from core.checks.profile import Profile, Rule
from core.copydesk import Copydesk
from core.errors import BadInput, GateClosed, NotFound
from core.evals import sets
from core.evals.case import Case
from core.evals.gates import gated
from core.evals.results import Result
from core.evals.running import entries, runs
from core.evals.running.entries import Entry
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as units_of
from core.prompts import releases
from core.prompts.releases import Place, Release

DESKS = ("sport", "politics")
EVERYBODY = Place("headlines", "production")
SPORT = Place("headlines", "production", "sport")
CASES = [
    Case(id=f"{desk}-{number}", article=f"{desk} {number} went on all day.", desk=desk)
    for desk in DESKS
    for number in range(12)
]
RULE = "{measure: without_fail, no_worse_by: 0.1, on: each desk}"


@pytest.fixture
def gates(tmp_path: Path, copydesk: Copydesk) -> Path:
    """A gate with one rule about each desk, on a set of two desks."""
    folder = tmp_path / "gates"
    folder.mkdir()
    (folder / "headlines.yml").write_text(
        f"prompt: headlines\nenvironments: [production]\nset: desks\nrules:\n  - {RULE}\n"
    )
    sets.save(copydesk.db, "desks", CASES, note="The first.", author="ada", seen=None, article_limit=60_000)
    return folder


def ran(
    copydesk: Copydesk, *, worse_on: str = "", model: str | None = None, done: bool = True, profile: str = ""
) -> str:
    """A run of versions 2 and 1, in which 1 is far worse on one desk."""
    two = (Candidate(prompt="headlines", version=2), Candidate(prompt="headlines", version=1, model=model))
    plan = Plan(set_name="desks", set_number=1, candidates=two, profile=profile)
    process = copydesk.db.liveness.process
    run = runs.create(copydesk.db, plan, units=units_of(plan, CASES), note="", author="ada")
    runs.claim(copydesk.db, run.id, process=process)
    for case in CASES:
        for candidate in range(2):
            share = 0.2 if candidate == 1 and case.desk == worse_on else 1.0
            value = share - int(case.id[-1]) / 100
            result = Result(candidate, case.id, case.id, case.desk, "en", (), 0, "done", None, {"without_fail": value})
            copydesk.db.write(entries.keep(Entry(result, 1, "same", None), run.id))
    if done:
        copydesk.db.write(runs.finishing(run.id, "done", process=process))
    return run.id


def released(copydesk: Copydesk, gates: Path, place: Place, *, override: str = "") -> Release:
    seen = releases.current(copydesk.db, place)
    return gated.release(copydesk.db, gates, place, 1, author="ada", reason="Shorter.", seen=seen, override=override)


class TestAVerdict:
    def test_that_passes_lets_the_version_through_and_stays_on_the_release(
        self, copydesk: Copydesk, gates: Path
    ) -> None:
        run = ran(copydesk)
        made = released(copydesk, gates, EVERYBODY)
        assert made.verdict is not None
        kept = gated.kept(copydesk.db, made.verdict)
        assert (kept.outcome, kept.run, kept.baseline, kept.set_number) == ("pass", run, 2, 1)
        assert kept.rules[0]["outcome"] == "pass"
        assert made.override is None

    def test_is_for_a_place_harm_on_one_desk_closes_all_and_leaves_another_open(
        self, copydesk: Copydesk, gates: Path
    ) -> None:
        ran(copydesk, worse_on="politics")
        with pytest.raises(GateClosed, match=r"The gate fails for all desks.* Not on politics\. .* mend it\."):
            released(copydesk, gates, EVERYBODY)
        assert released(copydesk, gates, SPORT).version == 1

    def test_is_drawn_from_a_run_of_exactly_this_version_on_its_own_model(
        self, copydesk: Copydesk, gates: Path
    ) -> None:
        ran(copydesk, model="another")
        with pytest.raises(GateClosed, match="was not run"):
            released(copydesk, gates, EVERYBODY)

    def test_is_not_drawn_from_a_run_that_is_not_done(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk, done=False)
        with pytest.raises(GateClosed, match="was not run"):
            released(copydesk, gates, EVERYBODY)

    def test_is_of_the_newest_run(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk, worse_on="politics")
        newest = ran(copydesk)
        made = released(copydesk, gates, EVERYBODY)
        assert made.verdict is not None
        assert gated.kept(copydesk.db, made.verdict).run == newest

    def test_of_no_number_is_not_found(self, copydesk: Copydesk) -> None:
        with pytest.raises(NotFound):
            gated.kept(copydesk.db, 7)


class TestARunByOtherChecks:
    def test_is_told_from_one_by_the_checks_in_use(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk, profile=profiles.current(copydesk.db).version)
        before = gated.standing(copydesk.db, gates, EVERYBODY, 1)
        rule = Rule(desk="sport", set=Profile(longest=50))
        changed = profiles.current(copydesk.db).with_rules([rule])
        profiles.change(copydesk.db, changed, note="Shorter.", author="ada", seen=profiles.in_use(copydesk.db))
        after = gated.standing(copydesk.db, gates, EVERYBODY, 1)
        assert before is not None
        assert after is not None
        assert (before.checks_changed, after.checks_changed) == (False, True)


class TestARunThatWasBegun:
    def test_is_found_until_it_is_done(self, copydesk: Copydesk, gates: Path) -> None:
        before = gated.standing(copydesk.db, gates, EVERYBODY, 1)
        assert before is not None
        assert gated.begun(copydesk.db, before) is None
        run = ran(copydesk, done=False)
        found = gated.begun(copydesk.db, before)
        assert found is not None
        assert found.id == run
        copydesk.db.write(runs.finishing(run, "done", process=copydesk.db.liveness.process))
        assert gated.begun(copydesk.db, before) is None

    def test_of_another_version_is_none_of_it(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk, model="another", done=False)
        stands = gated.standing(copydesk.db, gates, EVERYBODY, 1)
        assert stands is not None
        assert gated.begun(copydesk.db, stands) is None


class TestAnOverride:
    def test_stays_on_the_release_and_in_the_log(self, copydesk: Copydesk, gates: Path) -> None:
        made = released(copydesk, gates, EVERYBODY, override="The final is tonight.")
        assert made.override == "The final is tonight."
        assert "The final is tonight." in (audit.newest(copydesk.db, limit=1)[0].after or "")

    def test_keeps_what_the_gate_said(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk, worse_on="politics")
        made = released(copydesk, gates, EVERYBODY, override="The final is tonight.")
        assert made.verdict is not None
        assert gated.kept(copydesk.db, made.verdict).outcome == "fail"

    def test_of_nothing_but_space_is_none(self, copydesk: Copydesk, gates: Path) -> None:
        with pytest.raises(GateClosed):
            released(copydesk, gates, EVERYBODY, override="  ")

    def test_is_not_kept_where_the_gate_passes_anyway(self, copydesk: Copydesk, gates: Path) -> None:
        ran(copydesk)
        assert released(copydesk, gates, EVERYBODY, override="Never mind.").override is None


class TestAGateFile:
    def test_that_names_a_set_that_is_not_there_opens_nothing(self, copydesk: Copydesk, gates: Path) -> None:
        path = gates / "headlines.yml"
        path.write_text(path.read_text().replace("set: desks", "set: nothing"))
        with pytest.raises(BadInput, match="the eval set 'nothing', which there is not"):
            released(copydesk, gates, EVERYBODY)

    def test_that_is_not_there_asks_nothing(self, copydesk: Copydesk, tmp_path: Path) -> None:
        assert released(copydesk, tmp_path / "none", EVERYBODY).verdict is None
