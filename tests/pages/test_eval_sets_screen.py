"""Eval sets on their screen: read in any version, changed only in the newest, and nobody overwritten."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.copydesk import shared
from core.evals import sets
from tests.pages.eval_runs import cases, put_set, ship_no_sets
from tests.pages.test_screens import screen, sentences

HOSTILE = "**bold** [link](http://evil.example) <b> $x$ :red[x]"


def edited(reference: str, *, note: str = "Sharper.", author: str = "Ada") -> AppTest:
    """The screen of case-3, with another reference typed and sent."""
    at = screen("evals.py", set="eight", case="case-3")
    return send(at, reference, note=note, author=author)


def send(at: AppTest, reference: str, *, note: str = "Sharper.", author: str = "Ada") -> AppTest:
    at.text_input(key="case-eight-case-3-reference").set_value(reference)
    at.text_input(key="case-eight-case-3-note").set_value(note)
    at.text_input(key="case-eight-case-3-author").set_value(author)
    return press(at, "Save as a new version")


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def saved_elsewhere(reference: str) -> None:
    """Somebody else changes the same case."""
    other = cases()[3].model_copy(update={"reference": reference})
    sets.replace(shared().db, "eight", other, note="Ben's.", author="Ben", seen=1, article_limit=60_000)


class TestSets:
    def test_of_which_there_are_none_say_what_will_be_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ship_no_sets(tmp_path / "prompts", monkeypatch)
        assert "Sets of articles will stand here" in sentences(screen("evals.py", view="sets"))

    def test_begin_with_a_name_and_a_case(self) -> None:
        at = screen("evals.py", view="sets", new="1")
        at.text_input(key="new-case--set").set_value("finals")
        at.text_input(key="new-case--id").set_value("final-1")
        at.text_area(key="new-case--article").set_value("The cup final was played on Sunday.")
        at.text_input(key="new-case--note").set_value("The first.")
        at.text_input(key="new-case--author").set_value("Ada")
        press(at, "Save as a new version")
        assert not at.exception
        assert "Saved as finals 1." in at.success[0].value.replace("\\", "")
        assert [case.id for case in sets.get(shared().db, "finals").cases] == ["final-1"]

    def test_have_cases_with_limits_of_their_own(self) -> None:
        put_set(shared())
        at = screen("evals.py", set="eight", case="case-3")
        at.number_input(key="case-eight-case-3-most_characters").set_value(40)
        send(at, "Sharper")
        assert not at.exception
        assert sets.case(shared().db, "eight", 2, "case-3").most_characters == 40
        assert screen("evals.py", set="eight", case="case-3").number_input[1].value == 40

    def test_that_are_not_there_are_told(self) -> None:
        assert "There is no eval set" in screen("evals.py", set=HOSTILE).error[0].value

    def test_of_an_earlier_version_say_so(self) -> None:
        put_set(shared())
        saved_elsewhere("Another.")
        assert "the newest is 2" in screen("evals.py", set="eight", version="1").warning[0].value

    def test_show_foreign_text_as_text(self) -> None:
        named = cases(1)[0].model_copy(update={"reference": HOSTILE, "tags": (HOSTILE[:40],)})
        sets.save(shared().db, "s", [named], note=HOSTILE, author=HOSTILE, seen=None, article_limit=None)
        for address in ({"set": "s"}, {"set": "s", "history": "1"}, {"set": "s", "case": "case-0"}):
            at = screen("evals.py", **address)
            assert not at.exception
            assert "**bold**" not in sentences(at)

    def test_show_the_name_of_a_desk_as_text(self) -> None:
        named = cases(1)[0].model_copy(update={"desk": HOSTILE})
        sets.save(shared().db, "s", [named], note="x", author="x", seen=None, article_limit=None)
        at = screen("evals.py", set="s")
        assert "**bold**" not in str(at.button_group(key="set_desk").options)


class TestACase:
    def test_is_saved_as_a_new_version(self) -> None:
        put_set(shared())
        at = edited("A sharper headline")
        assert "Saved as eight 2." in at.success[0].value.replace("\\", "")
        assert sets.case(shared().db, "eight", 2, "case-3").reference == "A sharper headline"
        assert sets.case(shared().db, "eight", 1, "case-3").reference is None

    def test_without_a_note_is_not_saved_and_what_was_typed_stays(self) -> None:
        put_set(shared())
        at = edited("A sharper headline", note="")
        assert "A version needs a note" in at.error[0].value
        assert at.text_input(key="case-eight-case-3-reference").value == "A sharper headline"

    def test_that_does_not_differ_makes_no_version(self) -> None:
        put_set(shared())
        assert "Nothing differs from eight 1." in edited("").success[0].value.replace("\\", "")

    def test_that_somebody_else_changed_is_kept_until_saved_again(self) -> None:
        put_set(shared())
        at = screen("evals.py", set="eight", case="case-3")
        saved_elsewhere("Ben's headline")
        send(at, "Ada's headline")
        assert "Ben saved eight 2" in at.error[0].value.replace("\\", "")
        assert "reference headline" in str(at.table[0].value)
        assert at.text_input(key="case-eight-case-3-reference").value == "Ada's headline"
        send(at, "Ada's headline")
        assert sets.case(shared().db, "eight", 3, "case-3").reference == "Ada's headline"

    def test_is_removed(self) -> None:
        put_set(shared())
        at = screen("evals.py", set="eight", case="case-3")
        at.text_input(key="case-eight-case-3-why").set_value("Never ran.")
        at.text_input(key="case-eight-case-3-remover").set_value("Ada")
        press(at, "Remove it")
        assert "case-3 is removed in eight 2." in at.success[0].value.replace("\\", "")
        assert "case-3" not in [line.id for line in sets.lines(shared().db, "eight")]

    def test_is_added_at_the_end(self) -> None:
        put_set(shared())
        at = screen("evals.py", set="eight", add="1")
        at.text_input(key="new-case-eight-id").set_value("case-9")
        at.text_area(key="new-case-eight-article").set_value("The cup final was played on Sunday.")
        at.text_input(key="new-case-eight-note").set_value("One more.")
        at.text_input(key="new-case-eight-author").set_value("Ada")
        press(at, "Save as a new version")
        assert [line.id for line in sets.lines(shared().db, "eight")][-1] == "case-9"

    def test_of_an_earlier_version_can_only_be_read(self) -> None:
        put_set(shared())
        saved_elsewhere("Ben's headline")
        at = screen("evals.py", set="eight", version="1", case="case-3")
        assert not at.text_area
        assert "which stays as it was" in sentences(at)

    def test_that_is_not_there_is_told(self) -> None:
        put_set(shared())
        assert "has no case" in screen("evals.py", set="eight", case="none").error[0].value


class TestTheVersions:
    def test_tell_what_changed(self) -> None:
        put_set(shared())
        saved_elsewhere("Ben's headline")
        at = screen("evals.py", set="eight", history="1")
        assert "What changed from 1 to 2" in sentences(at)
        assert "changed: reference headline" in str(at.table[0].value)

    def test_that_are_not_there_are_told(self) -> None:
        put_set(shared())
        assert "has no such versions" in screen("evals.py", set="eight", history="1", changes="7..9").error[0].value
