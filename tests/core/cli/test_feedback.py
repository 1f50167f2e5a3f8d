"""`feedback`: the editorial review record leaves through the command line, and feedback comes in by it."""

import csv
import io
import json

import pytest

from core import clock
from tests.command_line import SAMPLE, call, printed, refusal, run, said
from tests.conftest import HeldClock

DAY = 86_400_000


@pytest.fixture
def trace() -> str:
    """The id of a trace that is there."""
    return printed("suggest", SAMPLE, "--desk", "local")[0]["trace"]


def exported(*arguments: str) -> list[dict[str, object]]:
    result = run("feedback", "export", "--format", "jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestGive:
    def test_keeps_what_a_person_did(self, trace: str) -> None:
        result = run("feedback", "give", trace, "edited", "--position", "0", "--text", "Bridge shut", "--author", "ada")
        assert (result.exit_code, result.stdout) == (0, f"     1  edited: headline 0 of {trace}, by ada\n")
        (row,) = exported()
        assert (row["accepted"], row["person"], row["source"], row["desk"]) == ("Bridge shut", "ada", "cli", "local")

    def test_as_json_holds_the_whole_row(self, trace: str) -> None:
        (kept,) = printed("feedback", "give", trace, "score", "--position", "0", "--criterion", "tone", "--value", "4")
        assert (kept["criterion"], kept["value"], kept["stands"]) == ("tone", 4, True)

    def test_with_a_key_is_kept_once(self, trace: str) -> None:
        arguments = ("feedback", "give", trace, "all_rejected", "--key", "k", "--author", "ada")
        assert run(*arguments).stdout == run(*arguments).stdout
        assert len(exported()) == 1

    def test_of_what_cannot_be_is_a_sentence_and_2(self, trace: str) -> None:
        told = refusal("feedback", "give", trace, "picked", "--position", "99", "--author", "ada")
        assert told == "This trace has 10 headlines; their positions are 0 to 9, not 99."

    def test_on_a_trace_that_is_not_there_is_a_sentence_and_2(self) -> None:
        assert refusal("feedback", "give", "0", "all_rejected", "--author", "ada") == "There is no trace '0'."


class TestExport:
    def test_is_a_spreadsheet_without_formulas_unless_it_is_told_otherwise(self, trace: str) -> None:
        run("feedback", "give", trace, "edited", "--position", "0", "--text", "=1+1", "--author", "@da")
        (row,) = csv.DictReader(io.StringIO(run("feedback", "export").stdout))
        assert (row["accepted"], row["person"]) == ("'=1+1", "'@da")

    def test_of_nothing_is_a_header_or_nothing(self) -> None:
        assert run("feedback", "export").stdout.count("\n") == 1
        assert exported() == []

    def test_goes_from_a_moment_on_and_before_another(self, held: HeldClock, trace: str) -> None:
        held.now = held.now // 1_000 * 1_000
        moment = clock.as_datetime(held.now).isoformat()
        run("feedback", "give", trace, "picked", "--position", "0", "--author", "ada")
        assert [len(exported("--since", moment)), len(exported("--until", moment))] == [1, 0]
        held.now += DAY
        assert len(exported("--until", clock.as_datetime(held.now).isoformat())) == 1

    def test_is_of_one_desk_where_that_is_asked_for(self, trace: str) -> None:
        run("feedback", "give", trace, "picked", "--position", "0", "--author", "ada")
        desk = str(exported()[0]["desk"])
        other = "sport" if desk != "sport" else "local"
        assert [len(exported("--desk", desk)), len(exported("--desk", other))] == [1, 0]
        assert "There is no desk 'nowhere'" in refusal("feedback", "export", "--desk", "nowhere")

    @pytest.mark.parametrize("option", ["--since", "--until"])
    def test_of_a_time_that_is_none_is_a_sentence_and_2(self, option: str) -> None:
        assert refusal("feedback", "export", option, "soon") == "'soon' is no time. Write it like 2026-11-17 14:00."


class TestAsAProgram:
    def test_prints_every_letter(self, trace: str) -> None:
        arguments = ("feedback", "give", trace, "edited", "--position", "0", "--text", "„Größe“ 🌉", "--author", "Zoë")
        assert said(call(*arguments))[0] == 0
        code, out, err = said(call("feedback", "export", "--format", "jsonl"))
        assert (code, err) == (0, "")
        assert '"accepted": "„Größe“ 🌉"' in out
