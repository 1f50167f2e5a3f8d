"""`profiles`: what headlines are checked for, and rules added to it from a file."""

from pathlib import Path

from core import profiles
from core.checks import profile_files
from core.copydesk import open_copydesk
from core.settings import load
from tests.command_line import printed, refusal, run
from tests.conftest import ROOT

EXAMPLE = str(ROOT / "prompts" / "examples" / "desk-rules.yml")
ADDED = ("profiles", "add", EXAMPLE, "--note", "What two desks mind.", "--author", "ada")


class TestAdd:
    def test_puts_the_rules_in_use_at_once(self) -> None:
        assert run(*ADDED).stdout == "profiles 2 is in use, from the next headline on.\n"
        with open_copydesk(load()) as copydesk:
            now = profiles.current(copydesk.db)
        assert now.of(desk="sport", channel="web", language="en").longest == 50
        assert now.of(desk="politics", channel="web", language="en").severity("exclamation", "warn") == "fail"
        assert now.of(desk="sport", channel="push", language="en").longest == 40
        assert now.of(desk="world", channel="web", language="en").longest == 70

    def test_a_second_time_changes_nothing_and_says_so(self) -> None:
        run(*ADDED)
        assert refusal(*ADDED) == "Version 2 is in use already."

    def test_refuses_a_file_that_speaks_for_everybody(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yml").write_text("everybody: {shortest: 5}\n")
        said = refusal("profiles", "add", str(tmp_path / "mine.yml"), "--note", "Mine.", "--author", "ada")
        assert said == "mine.yml says something for everybody, and only rules are added. Take `everybody` out of it."

    def test_names_the_place_of_a_mistake(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yml").write_text("rules: [{desk: sport, set: {checks: {loud: fail}}}]\n")
        said = refusal("profiles", "add", str(tmp_path / "mine.yml"), "--note", "Mine.", "--author", "ada")
        assert said.startswith("mine.yml, rule 1")
        assert "there is no check 'loud'" in said


class TestList:
    def test_tells_which_is_in_use_and_why(self) -> None:
        run(*ADDED)
        newest, shipped = run("profiles", "list").stdout.splitlines()
        assert newest.endswith("ada: What two desks mind.  [in use]")
        assert shipped.endswith("copydesk: From newsroom.yml.")

    def test_as_json_is_one_object_a_version(self) -> None:
        run(*ADDED)
        assert [(each["number"], each["in_use"]) for each in printed("profiles", "list")] == [(2, True), (1, False)]


class TestShow:
    def test_prints_a_file_that_reads_back_equal(self) -> None:
        shipped = profile_files.read(ROOT / "prompts" / "profiles" / "newsroom.yml")
        assert profile_files.parse(run("profiles", "show").stdout, source="show") == shipped

    def test_of_a_version_that_is_not_there_names_the_newest(self) -> None:
        assert refusal("profiles", "show", "7") == "There is no version 7 of the profiles; the newest is 1."
