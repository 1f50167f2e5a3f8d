"""`suggest` as people, CI and scripts use it: exit codes, standard streams, JSON."""

import json
from pathlib import Path

import pytest

from core import settings
from core.copydesk import open_copydesk
from core.traces.finding import search
from core.traces.model import TraceLine
from tests.command_line import SAMPLE, call, printed, run, said
from tests.conftest import ROOT


def newest() -> TraceLine:
    with open_copydesk(settings.load()) as copydesk:
        return search.page(copydesk.db).lines[0]


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


class TestOptions:
    def test_the_environment_is_that_of_the_installation(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_ENVIRONMENT", "staging")
        run("suggest", SAMPLE, "--desk", "local")
        assert newest().environment == "staging"

    def test_another_environment_can_be_asked(self) -> None:
        run("suggest", SAMPLE, "--desk", "local", "--environment", "development")
        assert newest().environment == "development"

    def test_an_environment_that_there_is_not_is_2(self) -> None:
        assert run("suggest", SAMPLE, "--desk", "local", "--environment", "moon").exit_code == 2

    def test_the_language_can_be_told(self) -> None:
        run("suggest", SAMPLE, "--desk", "local", "--language", "nl")
        assert newest().language == "nl"

    def test_a_repeated_request_id_gets_the_same_answer(self) -> None:
        first, second = (printed("suggest", SAMPLE, "--desk", "local", "--request-id", "ci 1/ü") for _ in range(2))
        assert first == second

    def test_a_request_id_for_something_else_is_a_sentence_and_2(self) -> None:
        run("suggest", SAMPLE, "--desk", "local", "--request-id", "ci-1")
        result = run("suggest", SAMPLE, "--desk", "sport", "--request-id", "ci-1")
        assert (result.exit_code, result.stderr) == (
            2,
            "The request id 'ci-1' was used for another request. Send a new one.\n",
        )

    @pytest.mark.parametrize("option", ["--count", "--version"])
    @pytest.mark.parametrize("number", ["-1", "0", "9223372036854775808", "1" * 40, f"-{'1' * 40}"])
    def test_a_number_that_cannot_be_is_a_sentence_and_2(self, option: str, number: str) -> None:
        result = run("suggest", SAMPLE, "--desk", "local", option, number)
        assert result.exit_code == 2
        assert str(int(number)) in result.stderr.splitlines()[0]

    def test_a_prompt_that_there_is_not_is_2(self) -> None:
        result = run("suggest", SAMPLE, "--desk", "local", "--prompt", "poems")
        assert result.exit_code == 2
        assert result.stderr.startswith("No version of 'poems' is released to production.")

    def test_an_article_with_an_odd_name_is_read(self, tmp_path: Path) -> None:
        odd = tmp_path / "-- Größe 🌉 'x\" $HOME.txt"
        odd.write_bytes(Path(SAMPLE).read_bytes())
        assert len(run("suggest", str(odd), "--desk", "local").stdout.splitlines()) == 10


class TestAsAProgram:
    """`python -m core`, in a process of its own."""

    def test_it_reads_a_pipe_and_writes_json(self) -> None:
        code, out, _ = said(call("suggest", "--desk", "local", "--json", given=Path(SAMPLE).read_bytes()))
        assert (code, json.loads(out)["status"]) == (0, "valid")

    @pytest.mark.parametrize("article", [b"\xff\xfe", "Größe".encode("latin-1")])
    def test_an_article_that_is_not_utf8_is_a_sentence_and_2(self, article: bytes) -> None:
        assert said(call("suggest", "-", "--desk", "local", given=article)) == (
            2,
            "",
            "The article is not UTF-8 text.\n",
        )

    def test_an_argument_that_is_not_utf8_is_a_sentence_and_2(self) -> None:
        assert said(call("suggest", SAMPLE, "--desk", b"\xff")) == (2, "", "'\\udcff' is not UTF-8 text.\n")

    def test_headlines_are_utf8_where_the_machine_would_write_something_else(self) -> None:
        article = (ROOT / "prompts" / "samples" / "sport-shield-final.en.txt").read_text() + "\nÉté à Zürich – 漢字."
        code, out, err = said(call("suggest", "--desk", "sport", given=article.encode(), PYTHONIOENCODING="ascii"))
        assert (code, len(out.splitlines())) == (0, 10)
        assert " · offline/lede · " in err
