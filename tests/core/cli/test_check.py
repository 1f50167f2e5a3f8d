"""`check`: headlines from anywhere, a line in and a line out."""

import json
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from click.testing import CliRunner, Result

from core import profiles, settings
from core.checks.profile_files import parse
from core.cli import commands
from core.copydesk import open_copydesk

ROOT = Path(__file__).parents[3]
ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said."


def run(*lines: str, options: Sequence[str] = ()) -> Result:
    return CliRunner().invoke(commands, ["check", *options], input="\n".join(lines))


def line(headline: str, **more: str) -> str:
    return json.dumps({"article": ARTICLE, "headline": headline, "lang": "en", **more})


def found(result: Result) -> list[list[str]]:
    return [[each["check"] for each in json.loads(text)["findings"]] for text in result.stdout.splitlines()]


class TestCheck:
    def test_prints_a_line_for_each(self) -> None:
        result = run(line("Harbour bridge closes for eleven weeks"), line("Bridge closes for 12 weeks"))
        assert result.exit_code == 0
        assert [json.loads(text)["headline"] for text in result.stdout.splitlines()] == [
            "Harbour bridge closes for eleven weeks",
            "Bridge closes for 12 weeks",
        ]

    def test_names_what_it_found(self) -> None:
        clean, wrong = found(run(line("Harbour bridge closes for eleven weeks"), line("Bridge closes for 12 weeks.")))
        assert clean == []
        assert {"unsupported_number", "trailing_period"} <= set(wrong)

    def test_takes_empty_lines(self) -> None:
        assert len(found(run("", line("Bridge closes for eleven weeks"), ""))) == 1

    def test_a_line_that_is_no_json_is_named(self) -> None:
        result = run(line("Bridge closes for eleven weeks"), "no json")
        assert result.exit_code == 2
        assert "Line 2 is wrong" in result.stderr

    def test_a_missing_field_is_named(self) -> None:
        result = run('{"article": "x"}')
        assert (result.exit_code, result.stderr) == (2, "Line 1 is wrong: headline: Field required.\n")

    def test_text_that_is_not_utf_8_is_named(self) -> None:
        text = line("Bridge closes for eleven weeks").encode() + b"\n\xff\n"
        result = CliRunner().invoke(commands, ["check"], input=text)
        assert (result.exit_code, result.stderr) == (2, "Line 1 is not UTF-8 text.\n")

    def test_about_the_same_article_finds_what_it_finds_about_another(self) -> None:
        headline = "Bridge closes for 12 weeks"
        alone = found(run(line(headline)))
        among_others = found(run(line(headline, article="It rains."), line(headline), line(headline), line(headline)))
        assert among_others[1:] == alone * 3

    def test_asks_what_is_in_use(self) -> None:
        with open_copydesk(settings.load()) as copydesk:
            seen = profiles.in_use(copydesk.db)
            strict = parse("everybody: {longest: 20}", source="Ours")
            profiles.change(copydesk.db, strict, note="Shorter.", author="ada", seen=seen)
        assert found(run(line("Harbour bridge closes for eleven weeks"))) == [["too_long"]]

    @pytest.mark.usefixtures("never_started")
    def test_asks_what_a_file_says_instead_and_needs_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "strict.yml").write_text("everybody: {longest: 20}")
        result = run(
            line("Harbour bridge closes for eleven weeks"), options=["--profiles", str(tmp_path / "strict.yml")]
        )
        assert found(result) == [["too_long"]]
        assert not settings.load().db.exists()

    def test_names_what_is_wrong_in_a_file_of_profiles(self, tmp_path: Path) -> None:
        (tmp_path / "wrong.yml").write_text("everybody: {longest: 0}")
        result = run(line("Bridge closes"), options=["--profiles", str(tmp_path / "wrong.yml")])
        assert (result.exit_code, result.stderr) == (2, "wrong.yml, everybody, longest must be more than 0.\n")


class TestSeveralProcesses:
    LINES = tuple(
        line(f"Bridge closes for {number} weeks", article=f"{ARTICLE} {number % 7}.") for number in range(900)
    )

    def test_print_what_one_prints(self) -> None:
        assert run(*self.LINES, options=["--processes", "2"]).stdout == run(*self.LINES).stdout

    def test_name_a_wrong_line_and_answer_all_before_it(self) -> None:
        result = run(*self.LINES[:450], "no json", *self.LINES, options=["--processes", "2"])
        assert result.exit_code == 2
        assert "Line 451 is wrong" in result.stderr
        assert len(result.stdout.splitlines()) == 450

    def test_end_at_ctrl_c_without_a_trace(self, tmp_path: Path) -> None:
        path = tmp_path / "headlines.jsonl"
        path.write_text("\n".join(self.LINES * 5), encoding="utf-8")
        command = [sys.executable, "-m", "core", "check", "--processes", "2", str(path)]
        # Whoever runs the tests in the background of a shell passes on that Ctrl+C is to be ignored.
        heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        process = Popen(command, cwd=ROOT, stdout=PIPE, stderr=PIPE, start_new_session=True, preexec_fn=heard)
        assert process.stdout is not None
        process.stdout.readline()
        # As a terminal does it: to the command and to all that it started.
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (1, b"\nAborted!\n")
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
