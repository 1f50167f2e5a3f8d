"""`judge` and `compare`: a model's opinion of headlines on record, for people and for programs."""

import json
from contextlib import closing

from core import settings
from core.db import open_database
from core.keeping import erasing
from tests.command_line import SAMPLE, printed, refusal, run
from tests.records import put, spoil


def asked() -> str:
    """The id of a trace that is there."""
    return printed("suggest", SAMPLE, "--desk", "local")[0]["trace"]


class TestJudge:
    def test_prints_the_scores_and_who_gave_them(self) -> None:
        trace = asked()
        lines = run("judge", trace).stdout.splitlines()
        assert lines[0].startswith(f"{trace} judged by offline/judge · headline-judge 1 · trace ")
        assert lines[1].startswith("  accuracy ")
        assert sum(line.startswith("  accuracy ") for line in lines) == 10

    def test_as_json_has_a_reason_for_every_score(self) -> None:
        (judged,) = printed("judge", asked())
        assert all(verdict["tone"]["reason"] for verdict in judged["verdicts"])
        assert len(judged["verdicts"]) == 10

    def test_finds_what_no_judge_has_scored(self) -> None:
        first, second = asked(), asked()
        run("judge", first)
        assert [each["judged"] for each in printed("judge", "--missing")] == [second]
        assert printed("judge", "--missing") == []

    def test_passes_over_what_is_gone_and_goes_on_past_what_is_damaged(self) -> None:
        with closing(open_database(settings.load().db)) as db:
            whole, damaged, gone = (put(db, f"Bridge closes {number}") for number in range(3))
            spoil(db, damaged)
            erasing.trace(db, gone, author="ada", reason="The source withdrew.")
        result = run("judge", "--missing", "--json")
        assert result.exit_code == 4
        assert [json.loads(line)["judged"] for line in result.stdout.splitlines()] == [whole]
        assert result.stderr == f"The texts of trace {damaged} are damaged and cannot be read. It was not judged.\n"

    def test_does_not_go_beyond_the_most_that_is_wanted(self) -> None:
        for _ in range(2):
            asked()
        assert len(printed("judge", "--missing", "--most", "1")) == 1

    def test_that_fails_says_why_and_ends_with_4(self) -> None:
        result = run("judge", asked(), "--model", "nobody")
        assert result.exit_code == 4
        assert "There is no model 'nobody' on offer" in result.stderr

    def test_of_nothing_is_refused(self) -> None:
        assert refusal("judge") == "Name traces to judge, or say --missing."

    def test_of_an_unknown_trace_is_refused(self) -> None:
        assert "There is no trace" in refusal("judge", "f" * 32)


class TestCompare:
    def test_asks_twice_and_says_what_both_orders_agree_on(self) -> None:
        result = run("compare", asked(), asked())
        assert result.exit_code == 0
        assert result.stdout.splitlines()[0] == "Neither set is better, in both orders."
        assert result.stdout.count("offline/judge · trace ") == 2

    def test_as_json_has_both_orders(self) -> None:
        (compared,) = printed("compare", asked(), asked())
        assert (compared["better"], len(compared["orders"])) == ("tie", 2)

    def test_that_fails_ends_with_4(self) -> None:
        assert run("compare", asked(), asked(), "--model", "nobody").exit_code == 4
