"""The command line as people, CI and scripts use it: exit codes, standard streams, JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.cli import commands
from tests.conftest import ROOT

SAMPLE = str(ROOT / "prompts" / "samples" / "local-harbour-bridge.en.txt")


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(commands, arguments, input=given)


class TestSuggest:
    def test_it_prints_a_headline_a_line(self) -> None:
        result = run("suggest", SAMPLE, "--desk", "local")
        assert (result.exit_code, len(result.stdout.splitlines())) == (0, 10)

    def test_status_and_trace_go_to_standard_error(self) -> None:
        assert (
            "valid: 10 of 10 · headlines 2 · offline/lede · trace " in run("suggest", SAMPLE, "--desk", "local").stderr
        )

    def test_it_reads_standard_input(self) -> None:
        result = run("suggest", "-", "--desk", "local", given=Path(SAMPLE).read_text())
        assert len(result.stdout.splitlines()) == 10

    def test_json_is_one_object(self) -> None:
        answer = json.loads(
            run("suggest", SAMPLE, "--desk", "local", "--channel", "search", "--count", "4", "--json").stdout
        )
        assert (answer["status"], len(answer["headlines"]), answer["limit"]) == ("valid", 4, 60)

    def test_another_version_can_be_asked(self) -> None:
        answer = json.loads(run("suggest", SAMPLE, "--desk", "local", "--version", "1", "--json").stdout)
        assert (answer["version"], answer["status"]) == (1, "repaired")


class TestExitCodes:
    def test_incomplete_is_3(self) -> None:
        assert run("suggest", "-", "--desk", "local", given="Rain fell on the town. The river rose.").exit_code == 3

    def test_failed_is_4(self, tmp_path: Path) -> None:
        (tmp_path / "models.yml").write_text(
            "model_list: [{model_name: locked, litellm_params: {model: openai/gpt-4o, api_key: os.environ/NOT_SET_KEY}}]"
        )
        result = run("suggest", SAMPLE, "--desk", "local", "--model", "locked")
        assert result.exit_code == 4
        assert "set NOT_SET_KEY" in result.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ["suggest", SAMPLE],
            ["suggest", SAMPLE, "--desk", "gardening"],
            ["suggest", SAMPLE, "--desk", "local", "--version", "99"],
            ["suggest", SAMPLE, "--desk", "local", "--count", "many"],
            ["suggest", "not-there.txt", "--desk", "local"],
        ],
    )
    def test_bad_input_is_2(self, arguments: list[str]) -> None:
        assert run(*arguments).exit_code == 2


class TestTraces:
    def test_show_prints_the_whole_story(self) -> None:
        trace = json.loads(run("suggest", SAMPLE, "--desk", "local", "--json").stdout)["trace"]
        told = run("traces", "show", trace).stdout
        assert all(part in told for part in ("valid", "headlines 2", "--- system", "--- attempt 1: ask, offline/lede"))

    def test_show_as_json_holds_the_raw_answer(self) -> None:
        trace = json.loads(run("suggest", SAMPLE, "--desk", "local", "--json").stdout)["trace"]
        record = json.loads(run("traces", "show", trace, "--json").stdout)
        assert json.loads(record["attempts"][0]["answer"])["headlines"]


class TestAsAProgram:
    """`python -m core`, in a process of its own."""

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "core", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    def test_a_trace_that_is_not_there_is_a_sentence_and_2(self) -> None:
        result = self.call("traces", "show", "0" * 32)
        assert (result.returncode, result.stderr.strip()) == (2, f"There is no trace '{'0' * 32}'.")

    def test_a_wrong_setting_is_a_sentence_and_2(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_TIMEOUT", "soon")
        result = self.call("traces", "show", "0")
        assert result.returncode == 2
        assert result.stderr.startswith("The setting COPYDESK_TIMEOUT is wrong")
