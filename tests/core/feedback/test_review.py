"""The editorial review record: who accepted which text and when, as a spreadsheet and as data."""

import csv
import io
import json
import time
from typing import Any

import pytest

from core import clock
from core.db import Database
from core.feedback import Review, review_record
from core.feedback.review import csv_lines, json_lines
from tests.conftest import HeldClock
from tests.core.feedback.conftest import HEADLINES, Giving, Traces


def as_json(db: Database) -> list[dict[str, Any]]:
    return [json.loads(line) for line in json_lines(review_record(db))]


def as_csv(db: Database) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(review_record(db))))))


class TestTheRecord:
    def test_has_decisions_and_nothing_that_was_only_said(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("thumb", 0, value=1)
        given("comment", 0, text="Good.")
        given("rejected", 1)
        given("edited", 2, text="Traders fear")
        given("all_rejected")
        kinds = [review.decision.kind for review in review_record(db)]
        assert kinds == ["picked", "rejected", "edited", "all_rejected"]

    def test_has_the_text_that_was_accepted(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("edited", 1, text="Ferry takes 160 pupils")
        given("rejected", 2)
        assert [review.accepted for review in review_record(db)] == [HEADLINES[0], "Ferry takes 160 pupils", None]

    def test_keeps_what_was_superseded_and_says_so(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("rejected", 0)
        assert [review.decision.stands for review in review_record(db)] == [False, True]

    def test_says_what_it_was_about(self, db: Database, traces: Traces) -> None:
        Giving(db, traces.closed(desk="politics"))("picked", 0)
        (review,) = review_record(db)
        about = (review.desk, review.channel, review.language, review.environment, review.prompt, review.model)
        assert about == ("politics", "web", "en", "production", "headlines", "gpt-2")

    def test_goes_by_when_it_was_given_from_a_moment_on_and_before_another(
        self, held: HeldClock, db: Database, given: Giving
    ) -> None:
        for position, late in ((0, 30), (1, 10), (2, 20)):
            given("picked", position, given_at=held.now + late)

        def found(**when: Any) -> list[int | None]:
            return [review.decision.position for review in review_record(db, **when)]

        assert found() == [1, 2, 0]
        assert found(since=held.now + 20) == [2, 0]
        assert found(until=held.now + 20) == [1]
        assert found(since=held.now + 10, until=held.now + 30) == [1, 2]

    def test_is_of_one_desk_where_that_is_asked_for(self, db: Database, traces: Traces) -> None:
        for desk in ("sport", "local"):
            Giving(db, traces.closed(desk=desk))("picked", 0)
        assert [review.desk for review in review_record(db, desk="local")] == ["local"]

    def test_lets_others_write_while_it_is_read(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        given("picked", 1)
        record = review_record(db)
        next(record)
        given("picked", 2)
        assert len([next(record), *record]) == 1


class TestAFile:
    def test_has_the_same_columns_as_data_and_as_a_spreadsheet(self, db: Database, given: Giving) -> None:
        given("picked", 0)
        assert list(as_json(db)[0]) == list(as_csv(db)[0])

    def test_tells_who_accepted_which_text_and_when(self, held: HeldClock, db: Database, given: Giving) -> None:
        given("edited", 0, text="Bridge closes for 12 weeks", given_at=held.now + 1)
        (row,) = as_json(db)
        assert (row["person"], row["decision"], row["accepted"], row["suggested"]) == (
            "ada", "edited", "Bridge closes for 12 weeks", HEADLINES[0]
        )  # fmt: skip
        assert (row["given_at"], row["received_at"]) == (
            "2023-11-14T22:13:20.001+00:00",
            "2023-11-14T22:13:20.000+00:00",
        )
        assert (row["word_edits"], row["words"], row["hter"], row["stands"]) == (1, 5, 0.2, True)
        assert (row["trace"], row["position"], row["headline"]) == (given.trace, 0, 1)

    def test_leaves_empty_what_there_is_not(self, db: Database, given: Giving) -> None:
        given("all_rejected")
        (row,) = as_csv(db)
        assert (row["accepted"], row["position"], row["headline"], row["hter"]) == ("", "", "", "")
        assert row["version"] == ""

    def test_says_nought_for_an_edit_that_changed_nothing(self, db: Database, given: Giving) -> None:
        given("edited", 0, text=HEADLINES[0])
        assert (as_json(db)[0]["hter"], as_csv(db)[0]["word_edits"]) == (0, "0")

    @pytest.mark.parametrize("text", ["=1+1", "+1 goal", "-1 degree", "@home", '=HYPERLINK("http://x","y")'])
    def test_that_is_a_spreadsheet_holds_no_formula(self, db: Database, given: Giving, text: str) -> None:
        given("edited", 0, text=text, person=text)
        (row,) = as_csv(db)
        assert (row["accepted"], row["person"]) == (f"'{text}", f"'{text}")
        assert as_json(db)[0]["accepted"] == text

    @pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_that_is_a_spreadsheet_neutralises_a_suggestion_too(
        self, db: Database, traces: Traces, beginning: str
    ) -> None:
        Giving(db, traces.closed([f"{beginning}Rain"]))("picked", 0)
        line = list(csv_lines(review_record(db)))[1]
        assert f"'{beginning}Rain" in line

    def test_keeps_a_text_with_commas_quotes_and_lines_in_its_cell(self, db: Database, given: Giving) -> None:
        text = 'Rain, "wind"\nand „Größe“ 🌉'
        given("edited", 0, text=text)
        assert as_csv(db)[0]["accepted"] == text
        assert as_json(db)[0]["accepted"] == text

    def test_has_its_header_even_if_there_is_nothing_else(self) -> None:
        nothing: list[Review] = []
        assert "".join(csv_lines(nothing)).startswith("given_at,person,decision,accepted,stands,")


class TestManyDecisions:
    def test_on_one_headline_are_read_in_time(self, db: Database, given: Giving) -> None:
        now = clock.now_ms()
        statement = (
            "insert into feedback (trace, position, kind, person, source, given_at, received_at) "
            "values (?, 0, 'picked', 'ada', 'api', ?, ?)"
        )
        rows = [(given.trace, now + number, now) for number in range(20_000)]
        db.write(lambda connection: connection.executemany(statement, rows))
        start = time.perf_counter()
        assert sum(review.decision.stands for review in review_record(db)) == 1
        assert time.perf_counter() - start < 5
