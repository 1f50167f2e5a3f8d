"""`traces`: the record of a call, for people and for programs."""

import json
from contextlib import closing
from pathlib import Path

from core import settings
from core.copydesk import Copydesk
from core.db import open_database
from core.headlines import Request
from core.prompts import versions
from tests import records
from tests.command_line import SAMPLE, call, printed, refusal, run, said
from tests.records import spoil


def asked() -> str:
    """The id of a trace that is there."""
    return printed("suggest", SAMPLE, "--desk", "local")[0]["trace"]


class TestShow:
    def test_prints_the_whole_story(self) -> None:
        told = run("traces", "show", asked()).stdout
        assert all(part in told for part in ("valid", "headlines 2", "--- system", "--- attempt 1: ask, offline/lede"))

    def test_as_json_holds_the_raw_answer(self) -> None:
        record = json.loads(run("traces", "show", asked(), "--json").stdout)
        assert json.loads(record["attempts"][0]["answer"])["headlines"]

    def test_prints_what_was_not_taken_and_why(self) -> None:
        trace = printed("suggest", SAMPLE, "--desk", "local", "--version", "1")[0]["trace"]
        assert "not taken (too_long): " in run("traces", "show", trace).stdout

    def test_tells_why_a_request_was_refused(self) -> None:
        trace = run("suggest", SAMPLE, "--desk", "gardening").stderr.split()[-1]
        assert "status    refused: There is no desk 'gardening'; there are " in run("traces", "show", trace).stdout

    def test_calls_a_draft_a_draft(self, copydesk: Copydesk) -> None:
        draft = versions.get(copydesk.db, "headlines", 2).content
        trace = copydesk.suggest(
            Request(article="Rain fell on the town. The river rose.", desk="local", draft=draft)
        ).trace
        assert "prompt    headlines draft in production" in run("traces", "show", trace.id).stdout

    def test_of_an_odd_id_is_a_sentence(self) -> None:
        assert refusal("traces", "show", "1' or 1=1 --") == 'There is no trace "1\' or 1=1 --".'

    def test_prints_what_is_in_the_article_as_it_stands(self) -> None:
        article = "„Größe“ zählt: Die Brücke 🌉 bleibt zu, sagt die Stadt.\nHändler fürchten um ihr Geschäft.\n"
        result = run("suggest", "-", "--desk", "local", "--json", given=article)
        assert "„Größe“ zählt: Die Brücke 🌉" in run("traces", "show", json.loads(result.stdout)["trace"]).stdout


class TestReplay:
    def test_prints_headlines_as_suggest_does_and_says_what_it_replays(self) -> None:
        original = asked()
        again = printed("traces", "replay", original, "--version", "1")[0]
        assert (again["version"], len(again["headlines"])) == (1, 10)
        assert f"replays   {original}" in run("traces", "show", again["trace"]).stdout

    def test_of_what_was_refused_ends_as_that_did(self) -> None:
        trace = run("suggest", SAMPLE, "--desk", "gardening").stderr.split()[-1]
        result = run("traces", "replay", trace)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "There is no desk 'gardening'" in result.stderr

    def test_of_a_version_or_trace_that_is_not_there_is_a_sentence(self) -> None:
        assert "headlines has no version 99" in run("traces", "replay", asked(), "--version", "99").stderr
        assert refusal("traces", "replay", "0" * 32) == f"There is no trace '{'0' * 32}'."


class TestFind:
    def test_prints_what_has_all_of_this_page_by_page(self) -> None:
        first, second = asked(), asked()
        filters = ("--desk", "local", "--desk", "world", "--source", "cli", "--text", "bridge", "--status", "valid")
        lines = run("traces", "find", *filters).stdout.splitlines()
        assert [line.split()[0] for line in lines] == [second, first]
        page = run("traces", "find", *filters, "--limit", "1")
        assert page.stderr == f"There are more: --after {second}\n"
        assert [each["id"] for each in printed("traces", "find", *filters, "--after", second)] == [first]

    def test_leaves_out_what_machines_asked_as_the_screen_does_and_says_so(self, copydesk: Copydesk) -> None:
        own, evaluated = asked(), records.put(copydesk.db, "Ferry sails", source="eval")
        result = run("traces", "find")
        assert [line.split()[0] for line in result.stdout.splitlines()] == [own]
        assert result.stderr == "Without the calls of judges, evals and trials; --source any finds them, too.\n"
        everything = run("traces", "find", "--source", "any")
        assert {line.split()[0] for line in everything.stdout.splitlines()} == {own, evaluated}
        assert everything.stderr == ""

    def test_tells_what_it_cannot_read(self) -> None:
        assert refusal("traces", "find", "--period", "2w") == "There is no period '2w'; there is 24h, 7d, 30d."


class TestExport:
    def test_writes_what_is_found_in_the_form_of_the_name(self, tmp_path: Path) -> None:
        trace = asked()
        for form in ("csv", "jsonl", "parquet"):
            result = run("traces", "export", str(tmp_path / f"found.{form}"), "--desk", "local", "--source", "cli")
            assert result.stderr == f"1 trace is in {tmp_path / f'found.{form}'}.\n"
        assert trace in (tmp_path / "found.csv").read_text()
        assert json.loads((tmp_path / "found.jsonl").read_text())["line"]["id"] == trace

    def test_names_what_is_damaged_and_ends_with_1(self, tmp_path: Path) -> None:
        asked()
        trace = asked()
        with closing(open_database(settings.load().db)) as db:
            spoil(db, trace)
        result = run("traces", "export", str(tmp_path / "found.jsonl"), "--source", "any")
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            f"2 traces are in {tmp_path / 'found.jsonl'}.",
            f"The texts of trace {trace} are damaged and cannot be read. The file has what is left of it.",
            "1 of them are damaged.",
        ]
        assert len((tmp_path / "found.jsonl").read_text().splitlines()) == 2

    def test_asks_what_a_file_is_to_be(self, tmp_path: Path) -> None:
        assert "Name it .csv, .jsonl or .parquet" in refusal("traces", "export", str(tmp_path / "found"))


class TestAsAProgram:
    def test_a_trace_that_is_not_there_is_a_sentence_and_2(self) -> None:
        assert said(call("traces", "show", "0" * 32)) == (2, "", f"There is no trace '{'0' * 32}'.\n")

    def test_a_wrong_setting_is_a_sentence_and_2(self) -> None:
        code, _, told = said(call("traces", "show", "0", COPYDESK_TIMEOUT="soon"))
        assert code == 2
        assert told.startswith("The setting COPYDESK_TIMEOUT is wrong")
