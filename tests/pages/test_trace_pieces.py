"""What the pieces of a trace's page are told to show."""

import itertools

from core.feedback import Feedback
from core.llm.attempt import Attempt
from core.traces import timeline
from pages.components.traces.attempt_timeline import timeline_data
from pages.components.traces.feedback_history import sections

NUMBERS = itertools.count(1)


def given(kind: str, **more: object) -> Feedback:
    usual = {
        "id": next(NUMBERS), "trace": "t", "position": None, "kind": kind, "criterion": None, "value": None, "text": None,
        "person": "Ada", "source": "app", "given_at": 0, "received_at": 0, "key": None, "suggested": None, "stands": True,
    }  # fmt: skip
    return Feedback(**(usual | more))  # pyright: ignore[reportArgumentType]


class TestTheTimeLine:
    def test_places_attempts_by_their_share_of_the_whole(self) -> None:
        attempts = [
            Attempt("ask", "gpt", [], 1_000, 500.0, error="Down."),
            Attempt("retry", "gpt", [], 2_500, 500.0, first_token_ms=250.0),
        ]
        data = timeline_data(timeline.spans(attempts, asked_at=1_000), [0, 10], took=2_000.0)
        first, second = data["attempts"]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        assert (first["start"], first["width"], first["outcome"]) == (0.0, 25.0, "error")
        assert (second["start"], second["width"], second["written"], second["outcome"]) == (75.0, 25.0, 50.0, "kept")
        assert second["words"] == "waited 1.0 s, took 500 ms, 10 kept"
        assert data["scale"] == ["0 ms", "1.0 s", "2.0 s"]

    def test_of_a_call_that_took_no_time_is_no_division_by_nothing(self) -> None:
        spans = timeline.spans([Attempt("ask", "gpt", [], 1_000, 0.0, first_token_ms=0.0)], asked_at=1_000)
        assert timeline_data(spans, [None], took=0.0)["scale"] == ["0 ms", "0 ms", "1 ms"]


class TestWhatPeopleDid:
    def test_stands_under_the_set_first_and_then_under_each_headline(self) -> None:
        made = sections(
            [given("picked", position=1), given("thumb", value=1), given("rejected", position=0)], ["A", "B"]
        )
        assert [each["title"] for each in made] == ["The whole set", "1. A", "2. B"]

    def test_shows_what_an_editor_changed_and_how_much(self) -> None:
        edited = given("edited", position=0, text="Bridge shuts today", suggested="Bridge closes today")
        (entry,) = sections([edited], ["Bridge closes today"])[0]["entries"]
        assert entry["pieces"] == [["Bridge ", "same"], ["closes", "removed"], ["shuts", "added"], [" today", "same"]]
        assert entry["note"] == "1 word changed of 3, HTER 0.33"

    def test_says_what_no_longer_stands(self) -> None:
        (entry,) = sections([given("rating", value=2, stands=False, source="api")], [])[0]["entries"]
        assert (entry["did"], entry["note"]) == ("rated it 2 of 5", "through the API · superseded")

    def test_says_what_was_taken_back_and_strikes_only_what_that_was(self) -> None:
        (of_set, of_one) = sections(
            [
                given("picked", position=0, stands=False),
                given("taken_back", position=0, stands=False),
                given("rejected", position=0, stands=False),
                given("thumb", value=1, stands=False),
                given("taken_back", stands=False),
                given("thumb", value=0, stands=False),
            ],
            ["A"],
        )
        assert [(entry["did"], entry["past"]) for entry in of_one["entries"]] == [
            ("picked it", True), ("took that back", False), ("rejected it", True)
        ]  # fmt: skip
        assert [entry["did"] for entry in of_set["entries"]] == [
            "thumb up", "took all decisions back", "took the thumb back"
        ]  # fmt: skip

    def test_says_of_what_was_taken_back_in_vain_that_nothing_stood(self) -> None:
        (of_set, of_one) = sections(
            [
                given("thumb", value=-1),
                given("taken_back", stands=False),
                given("taken_back", position=0, stands=False),
                given("thumb", value=0, position=0, stands=False),
            ],
            ["A"],
        )
        assert [entry["did"] for entry in of_set["entries"]] == [
            "thumb down", "wanted to take all decisions back; none stood"
        ]  # fmt: skip
        assert [entry["did"] for entry in of_one["entries"]] == [
            "wanted to take a decision back; none stood", "wanted to take a thumb back; none stood"
        ]  # fmt: skip

    def test_is_shown_though_the_headlines_are_not_there_yet(self) -> None:
        assert sections([given("picked", position=4)], [])[0]["title"] == "5. …"
