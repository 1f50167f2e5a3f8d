"""`eval`: a run from the command line, compared, and held against the gate with an exit code for CI."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from core import profiles, settings
from core.checks.profile import Profile, Rule
from core.copydesk import open_copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.gates import gated
from core.evals.running import runs
from tests.command_line import printed, refusal, run

ARTICLE = (
    "The harbour bridge closes for eleven weeks from Monday, the town council said. Traders fear for their Easter sales. "
    "A ferry carries 160 pupils to school. The mayor promised a second one by April. The bridge was built in 1931."
)
ME = ("--author", "ada")


@pytest.fixture(autouse=True)
def bridges() -> None:
    """An eval set of eight cases."""
    cases = [
        Case(id=f"case-{number}", article=f"{ARTICLE} It carries {number + 2},000 cars a day.", desk="local")
        for number in range(8)
    ]
    with open_copydesk(settings.load()) as copydesk:
        sets.save(copydesk.db, "bridges", cases, note="The first.", author="ada", seen=None, article_limit=60_000)


def gate(tmp_path: Path, *rules: str) -> None:
    folder = tmp_path / "gates"
    folder.mkdir(exist_ok=True)
    lines = "\n".join(f"  - {rule}" for rule in rules)
    (folder / "headlines.yml").write_text(
        f"prompt: headlines\nenvironments: [production]\nset: bridges\nrules:\n{lines}\n"
    )


class TestEval:
    def test_runs_the_candidates_and_says_how_they_compare(self) -> None:
        result = run("eval", "bridges", "--candidate", "headlines@2", "--baseline", "headlines@1", *ME)
        assert result.exit_code == 0, result.output
        assert "Headlines 2 may be better or worse than headlines 1" in result.stdout
        assert "16 of 16 done, 0 failed" in result.stderr

    def test_compares_by_the_measure_that_is_asked_for(self) -> None:
        asked = (
            "eval",
            "bridges",
            "--candidate",
            "headlines@2",
            "--baseline",
            "headlines@1",
            "--by",
            "flagged:passive",
        )
        assert "at passive flagged" in run(*asked, *ME).stdout

    def test_takes_what_is_live_as_the_baseline(self) -> None:
        result = run("eval", "bridges", "--candidate", "headlines@1", "--baseline", "production", *ME)
        assert "headlines 2" in result.stdout

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("bridges",), "Name a candidate, such as --candidate headlines@2."),
            (("bridges", "--candidate", "headlines"), "'headlines' is no candidate. Write it like headlines@2"),
            (("nothing", "--candidate", "headlines@2"), "There is no eval set 'nothing'"),
            (("bridges", "--candidate", "headlines@9"), "headlines has no version 9"),
            (("bridges", "--candidate", "headlines@2", "--by", "joy"), "There is no measure 'joy'. There are met_at_once,"),
            (("bridges", "--candidate", "headlines@2=nobody"), "There is no model 'nobody' on offer"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_run_with_a_sentence(self, arguments: tuple[str, ...], said: str) -> None:
        assert said in refusal("eval", *arguments, *ME)

    def test_can_be_resumed(self) -> None:
        first = run("eval", "bridges", "--candidate", "headlines@2", *ME).stderr.split()[-1]
        again = run("eval", "bridges", "--resume", first, *ME)
        assert (again.exit_code, f"8 of 8 done, 0 failed · run {first}" in again.stderr) == (0, True)


class TestGate:
    def test_that_passes_ends_with_0(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        result = run("eval", "bridges", "--candidate", "headlines@2", "--gate", *ME)
        assert result.exit_code == 0, result.output
        assert "The gate passes for all desks" in result.stdout

    def test_that_fails_ends_with_1_and_says_which_rule(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: variety, at_least: 0.999}")
        result = run("eval", "bridges", "--candidate", "headlines@2", "--gate", *ME)
        assert result.exit_code == 1, result.output
        assert "fail: variety is at least" in result.stdout

    def test_that_cannot_tell_ends_with_3(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: met_at_once, no_worse_by: 0.01}")
        result = run("eval", "bridges", "--candidate", "headlines@1", "--baseline", "production", "--gate", *ME)
        assert result.exit_code == 3, result.output

    def test_writes_what_ci_shows(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        junit, markdown = tmp_path / "gate.xml", tmp_path / "gate.md"
        wanted = ("--gate", "--junit", str(junit), "--markdown", str(markdown))
        run("eval", "bridges", "--candidate", "headlines@2", *wanted, *ME)
        assert ET.parse(junit).getroot().get("failures") == "0"
        assert markdown.read_text().startswith("## Gate: headlines 2 on bridges")

    def test_without_a_gate_file_is_a_sentence(self) -> None:
        result = run("eval", "bridges", "--candidate", "headlines@2", "--gate", *ME)
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            2, "No gate stands before production for headlines."
        )  # fmt: skip


class TestReleasingPastTheGate:
    WHY = (*ME, "--reason", "Better.")

    def test_is_refused_without_a_run(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        said = refusal("releases", "release", "headlines", "1", *self.WHY)
        assert said.startswith("Version 1 was not run beside version 2, which is live, on bridges 1.")

    def test_is_done_with_the_verdict_that_passes_it(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        run("eval", "bridges", "--candidate", "headlines@1", "--baseline", "production", *ME)
        (made,) = printed("releases", "release", "headlines", "1", *self.WHY)
        assert (made["version"], made["override"]) == (1, None)
        assert made["verdict"] is not None

    def test_says_that_its_run_is_by_older_checks(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        run("eval", "bridges", "--candidate", "headlines@1", "--baseline", "production", *ME)
        with open_copydesk(settings.load()) as copydesk:
            shorter = profiles.current(copydesk.db).with_rules([Rule(desk="sport", set=Profile(longest=50))])
            profiles.change(copydesk.db, shorter, note="Shorter.", author="ada", seen=profiles.in_use(copydesk.db))
            (ended,) = runs.listing(copydesk.db)
        result = run("eval", "bridges", "--resume", ended.id, "--gate", *ME)
        assert gated.OLDER_CHECKS in result.stderr
        result = run("releases", "release", "headlines", "1", *self.WHY)
        assert (result.exit_code, gated.OLDER_CHECKS in result.stderr) == (0, True)

    def test_is_done_against_the_gate_with_a_reason_that_stays(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        printed("releases", "release", "headlines", "1", *self.WHY, "--override", "The cup final is tonight.")
        (made,) = (each for each in printed("releases", "list", "headlines") if each["environment"] == "production")
        assert (made["version"], made["override"]) == (1, "The cup final is tonight.")

    def test_is_refused_after_the_set_changed(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        run("eval", "bridges", "--candidate", "headlines@1", "--baseline", "production", *ME)
        with open_copydesk(settings.load()) as copydesk:
            sets.remove(copydesk.db, "bridges", ["case-1"], note="Odd.", author="ada", seen=1)
        assert "on bridges 2" in refusal("releases", "release", "headlines", "1", *self.WHY)

    def test_is_free_for_what_serves_the_desk_already(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        (made,) = printed("releases", "release", "headlines", "2", "--desk", "sport", *self.WHY)
        assert (made["version"], made["verdict"]) == (2, None)

    def test_is_free_where_no_gate_stands(self, tmp_path: Path) -> None:
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        (made,) = printed("releases", "release", "headlines", "1", *self.WHY, "--environment", "staging")
        assert made["verdict"] is None

    def test_is_not_asked_of_a_rollback(self, tmp_path: Path) -> None:
        printed("releases", "release", "headlines", "1", *self.WHY)
        gate(tmp_path, "{measure: cost, at_most: 0.02}")
        (made,) = printed("releases", "rollback", "headlines", *self.WHY)
        assert made["version"] == 2

    def test_of_a_broken_gate_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "gates").mkdir()
        (tmp_path / "gates" / "headlines.yml").write_text("prompt: headlines\nrules: nonsense\n")
        assert "headlines.yml" in refusal("releases", "release", "headlines", "1", *self.WHY)
