"""A file of cases on the Evals screen: read as it is, mapped by its headers, saved whole or not at all."""

import json

from streamlit.testing.v1 import AppTest

from core.copydesk import shared
from core.evals import sets
from tests.pages.eval_runs import put_set
from tests.pages.test_screens import screen, sentences

SHEET = "Stueck;Ressort;Zeile\nDie Brücke ist zu.;local;Brücke zu\nDer Pokal ist weg.;sport;Pokal weg\n"


def imported(content: str, source: str, **address: str) -> AppTest:
    """The screen with a file put onto it."""
    at = screen("evals.py", **(address or {"view": "sets", "import": "1"}))
    at.file_uploader[0].set_value((source, content.encode(), "text/plain")).run()
    return at


def lines(*ids: str, desk: str = "sport") -> str:
    return "".join(json.dumps({"id": each, "article": f"The cup, {each}.", "desk": desk}) + "\n" for each in ids)


def save(at: AppTest, name: str | None = None) -> AppTest:
    if name is not None:
        next(box for box in at.text_input if box.label == "Name of the set").set_value(name)
    next(box for box in at.text_input if box.label == "Your name").set_value("Ada")
    return next(button for button in at.button if button.label == "Save as a new version").click().run()


class TestAFile:
    def test_becomes_a_new_set(self) -> None:
        at = imported(lines("a", "b"), "cup.jsonl")
        assert "2 cases: sport 2" in at.success[0].value.replace("\\", "")
        save(at, "cup")
        assert not at.exception
        assert [case.id for case in sets.get(shared().db, "cup").cases] == ["a", "b"]
        assert sets.newest(shared().db, "cup").note == "From cup.jsonl"  # pyright: ignore[reportOptionalMemberAccess]

    def test_with_a_fault_names_the_line_and_saves_nothing(self) -> None:
        at = imported(lines("a") + "nonsense\n" + lines("b", desk="nowhere"), "cup.jsonl")
        said = at.error[0].value.replace("\\", "")
        assert "nothing was taken from it" in said
        assert "Line 2: It is not JSON" in said
        assert "Line 3: There is no desk 'nowhere'" in said
        assert not [button for button in at.button if button.label == "Save as a new version"]

    def test_of_a_spreadsheet_is_mapped_header_by_header(self) -> None:
        at = imported(SHEET, "cup.csv")
        assert at.selectbox(key="map-cup.csv-desk").value == "Ressort"
        assert "Say which header holds the article." in sentences(at)
        at.selectbox(key="map-cup.csv-article").set_value("Stueck")
        at.selectbox(key="map-cup.csv-reference").set_value("Zeile").run()
        save(at, "cup")
        found = sets.get(shared().db, "cup").cases
        assert [(each.article, each.desk, each.reference) for each in found] == [
            ("Die Brücke ist zu.", "local", "Brücke zu"),
            ("Der Pokal ist weg.", "sport", "Pokal weg"),
        ]

    def test_without_desks_gets_the_one_that_is_chosen(self) -> None:
        at = imported('{"article": "The cup."}\n', "cup.jsonl")
        assert "desk is missing" in at.error[0].value
        at.selectbox(key="desk-cup.jsonl").set_value("sport").run()
        assert "1 case: sport 1" in at.success[0].value.replace("\\", "")

    def test_says_what_it_has_no_use_for(self) -> None:
        at = imported('{"vars": {"article": "The cup.", "colour": "red"}, "metadata": {"desk": "sport"}}\n', "a.jsonl")
        assert "Variable 'colour'" in at.warning[0].value.replace("\\", "")


class TestIntoASet:
    def test_takes_the_place_of_what_is_there(self) -> None:
        put_set(shared())
        save(imported(lines("a"), "cup.jsonl", set="eight", **{"import": "1"}))
        assert [case.id for case in sets.get(shared().db, "eight", 2).cases] == ["a"]

    def test_or_is_added_to_it(self) -> None:
        put_set(shared(), many=2)
        at = imported(lines("a"), "cup.jsonl", set="eight", **{"import": "1"})
        at.radio[0].set_value("Add to the cases it has")
        save(at)
        assert [case.id for case in sets.get(shared().db, "eight").cases] == ["case-0", "case-1", "a"]

    def test_never_overwrites_what_nobody_here_saw(self) -> None:
        put_set(shared(), many=2)
        at = imported(lines("a"), "cup.jsonl", set="eight", **{"import": "1"})
        sets.remove(shared().db, "eight", ["case-1"], note="Ben's.", author="Ben", seen=1)
        save(at)
        assert "Since you looked, Ben saved eight 2" in at.error[0].value.replace("\\", "")
        save(at)
        assert not at.error
        assert sets.get(shared().db, "eight").number == 3
