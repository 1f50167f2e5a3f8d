"""`review`: what waits, the rules and the agreement, for leads and for programs."""

import pytest

from core.copydesk import shared
from core.review import work
from tests.command_line import SAMPLE, printed, refusal, run


@pytest.fixture
def trace() -> str:
    """A trace that somebody rejected as a whole."""
    trace = printed("suggest", SAMPLE, "--desk", "local", "--count", "3")[0]["trace"]
    run("feedback", "give", trace, "all_rejected", "--author", "ada")
    return trace


class TestList:
    def test_brings_in_and_prints_what_waits(self, trace: str) -> None:
        (line,) = run("review", "list").stdout.splitlines()
        assert trace in line
        assert "all_rejected: " in line

    def test_as_json_says_why_and_since_when(self, trace: str) -> None:
        (item,) = printed("review", "list", "--desk", "local", "--reason", "all_rejected")
        assert (item["trace"], item["state"], item["reader"]) == (trace, "waiting", None)
        assert "all_rejected" in [reason["kind"] for reason in item["reasons"]]
        assert printed("review", "list", "--desk", "sport") == []

    def test_of_what_is_done_says_what_was_found(self, trace: str) -> None:
        (item,) = printed("review", "list")
        for person in ("ben", "cleo")[: 2 if _wants_two(item["item"]) else 1]:
            work.label(shared().db, item["item"], "misleading", person=person)
            work.resolve(shared().db, item["item"], person=person)
        assert printed("review", "list") == []
        (done,) = printed("review", "list", "--done")
        assert done["label"] == "misleading"

    def test_of_no_desk_is_refused(self) -> None:
        assert refusal("review", "list", "--desk", "nowhere").startswith("There is no desk 'nowhere'")


def _wants_two(item_id: int) -> bool:
    return work.claim(shared().db, item_id, "ben").wanted == 2


class TestAdd:
    def test_puts_a_trace_into_the_queue(self, trace: str) -> None:
        assert trace in run("review", "add", trace, "--why", "A nice example.").stdout
        (item,) = printed("review", "list", "--reason", "by_hand")
        assert item["trace"] == trace

    def test_of_no_trace_is_refused(self) -> None:
        assert "There is no trace" in refusal("review", "add", "0" * 32, "--why", "Look.")


class TestRules:
    def test_are_printed_for_people_and_programs(self) -> None:
        lines = run("review", "rules").stdout.splitlines()
        assert lines[0].startswith("version 1 by copydesk, ")
        assert (
            "all desks: thumbs down on, all rejected on, heavy edits 0.5, failed checks 3, random share 0.02" in lines
        )
        (said,) = printed("review", "rules")
        assert said["rules"]["second_share"] == 0.1


class TestAgreement:
    def test_of_too_few_says_so(self) -> None:
        assert run("review", "agreement").stdout.startswith("Not enough to tell: it takes 30 items")
        assert printed("review", "agreement", "--desk", "sport") == [
            {"items": 0, "same": 0, "kappa": None, "mixed_up": []}
        ]
