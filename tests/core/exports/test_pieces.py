"""An export holds exactly what the search finds, in each form, and a file is there whole or not at all."""

import csv
import io
import json
from pathlib import Path

import pytest

from core import exports
from core.db import Database
from core.errors import BadInput
from core.exports import FORMS, Form
from core.exports.parquet import parquet
from core.exports.rows import COLUMNS
from core.feedback import Given, give
from core.traces.finding.find import EVERYTHING, Find
from tests.core.traces.found import Kept, put, say
from tests.records import spoil

SPORT = Find(desk=("sport",))


def exported(db: Database, form: Form, find: Find = SPORT, limit: int | None = None) -> bytes:
    return b"".join(piece.data for piece in exports.pieces(db, find, form, limit=limit))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def table(data: bytes) -> list[dict[str, object]]:
    return parquet.read_table(io.BytesIO(data)).to_pylist()


def ids(db: Database, form: Form, find: Find = SPORT, limit: int | None = None) -> list[object]:
    data = exported(db, form, find, limit)
    if form == "jsonl":
        return [json.loads(line)["line"]["id"] for line in data.decode().splitlines()]
    return [row["trace"] for row in (rows(data) if form == "csv" else table(data))]


@pytest.mark.parametrize("form", FORMS)
class TestEveryForm:
    def test_holds_what_is_found_the_newest_first(self, db: Database, form: Form) -> None:
        found = put(db, *[Kept()] * 3, Kept(desk="local"), Kept(status="open"))
        assert ids(db, form) == [found[4], *found[2::-1]]
        assert ids(db, form, limit=2) == [found[4], found[2]]

    def test_holds_every_page_once(self, db: Database, form: Form) -> None:
        found = put(db, *[Kept()] * 450)
        assert ids(db, form) == found[::-1]
        assert [piece.traces for piece in exports.pieces(db, SPORT, form) if piece.data][-1] == 450

    def test_of_nothing_is_a_file_all_the_same(self, db: Database, form: Form) -> None:
        assert ids(db, form) == []


class TestCsv:
    def test_tells_each_trace_in_a_row(self, db: Database) -> None:
        put(db, Kept(headlines=["Rain", "More rain"], cost=0.25, version=2, said=[("picked", None), ("thumb", -1)]))
        (row,) = rows(exported(db, "csv"))
        assert tuple(row) == COLUMNS
        assert (row["headlines"], row["feedback"]) == ("Rain\nMore rain", "picked headline 1\nthumb -1 headline 1")
        assert (row["cost_usd"], row["version"], row["asked_at"]) == ("0.25", "2", "2026-09-21T14:13:20.000+00:00")

    def test_counts_headlines_from_1_as_the_screens_do_and_tells_the_value_from_the_place(self, db: Database) -> None:
        (one,) = put(db, Kept(headlines=["Rain", "More rain"]))
        for given in (Given(one, "thumb", "ada", "api", value=-1), Given(one, "edited", "ada", "api", 1, text="Wet")):
            give(db, given)
        (row,) = rows(exported(db, "csv", EVERYTHING))
        assert row["feedback"].split("\n") == ["thumb -1", "edited headline 2: Wet"]

    def test_has_no_formula_in_it(self, db: Database) -> None:
        put(db, Kept(headlines=["=HYPERLINK(1)"], error="@SUM(1)", person="+49 30"))
        (row,) = rows(exported(db, "csv"))
        assert (row["headlines"], row["error"], row["person"]) == ("'=HYPERLINK(1)", "'@SUM(1)", "'+49 30")


class TestJsonl:
    def test_has_the_full_record_with_its_feedback(self, db: Database) -> None:
        put(db, Kept(article="Zürich 東京", headlines=["Rain"], said=[("comment", "Wet")]))
        full = json.loads(exported(db, "jsonl"))
        assert (full["article"], full["headlines"][0]["text"]) == ("Zürich 東京", "Rain")
        assert [each["text"] for each in full["feedback"]] == ["Wet"]
        assert len(full["attempts"]) == 1

    def test_goes_on_past_a_trace_that_is_damaged_and_says_so_in_its_place(self, db: Database) -> None:
        found = put(db, *[Kept(headlines=["Rain"], said=[("comment", "Wet")])] * 3)
        spoil(db, found[1])
        *_, last = exports.pieces(db, SPORT, "jsonl")
        assert (last.traces, last.damaged) == (3, (found[1],))
        lines = [json.loads(line) for line in exported(db, "jsonl").splitlines()]
        assert ["damaged" in line for line in lines] == [False, True, False]
        left = lines[1]
        assert left["damaged"].startswith("A text on record is damaged")
        assert (left["line"]["id"], left["headlines"][0]["text"], left["feedback"][0]["text"]) == (
            found[1],
            "Rain",
            "Wet",
        )


class TestParquet:
    def test_has_types_whatever_is_known(self, db: Database) -> None:
        put(db, Kept(headlines=["=Rain", "More"], cost=None), Kept(cost=0.5, version=2))
        schema = parquet.read_schema(io.BytesIO(exported(db, "parquet")))
        assert tuple(schema.names) == COLUMNS
        assert {name: str(schema.field(name).type) for name in ("asked_at", "version", "cost_usd", "headlines")} == {
            "asked_at": "timestamp[ms, tz=UTC]",
            "version": "int64",
            "cost_usd": "double",
            "headlines": "list<element: string>",
        }
        newest, oldest = table(exported(db, "parquet"))
        assert (newest["cost_usd"], newest["version"]) == (0.5, 2)
        assert (oldest["cost_usd"], oldest["headlines"]) == (None, ["=Rain", "More"])


class TestWrite:
    def test_replaces_a_file_once_it_is_whole(self, db: Database, tmp_path: Path) -> None:
        put(db, *[Kept()] * 3)
        path = tmp_path / "traces.csv"
        path.write_text("before")
        steps = exports.write(db, SPORT, "csv", path)
        assert next(steps).traces == 0
        assert path.read_text() == "before"
        assert [piece.traces for piece in steps] == [3]
        assert len(rows(path.read_bytes())) == 3
        assert list(tmp_path.glob("*.part")) == []

    def test_that_is_given_up_leaves_nothing_behind(self, db: Database, tmp_path: Path) -> None:
        steps = exports.write(db, EVERYTHING, "csv", tmp_path / "traces.csv")
        next(steps)
        steps.close()  # pyright: ignore[reportAttributeAccessIssue]
        assert list(tmp_path.glob("traces.csv*")) == []

    def test_into_a_folder_that_is_not_there_is_refused(self, db: Database, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="cannot be written: No such file"):
            list(exports.write(db, EVERYTHING, "csv", tmp_path / "nowhere" / "traces.csv"))

    def test_meanwhile_takes_in_what_is_said(self, db: Database, tmp_path: Path) -> None:
        (one,) = put(db, Kept())
        steps = exports.write(db, SPORT, "csv", tmp_path / "traces.csv")
        next(steps)
        say(db, one, "comment", "Wet")
        list(steps)
        assert rows((tmp_path / "traces.csv").read_bytes())[0]["feedback"] == "comment headline 1: Wet"
