"""The rules of the queue: version by version, changed with a name and a note, never behind somebody's back."""

import pytest

from core import audit
from core.db import Database
from core.errors import BadInput, Conflict
from core.review import rules
from core.review.rules import Rules, Thresholds


def change(db: Database, chosen: Rules, note: str = "Because.", author: str = "lead") -> rules.Version:
    return rules.change(db, chosen, note=note, author=author, seen=rules.in_force(db))


class TestRules:
    def test_are_there_from_the_start_and_as_the_code_says(self, db: Database) -> None:
        first = rules.in_force(db)
        assert (first.number, first.author, first.rules) == (1, "copydesk", Rules())

    def test_are_changed_by_a_new_version_in_the_log(self, db: Database) -> None:
        changed = Rules(everywhere=Thresholds(random_share=0.5), labels=("good", "bad"))
        assert change(db, changed).number == 2
        assert [each.number for each in rules.versions(db)] == [2, 1]
        assert rules.in_force(db).rules == changed
        (entry,) = audit.newest(db)
        assert (entry.author, entry.action, entry.reason) == ("lead", "review rules changed", "Because.")
        assert audit.verify(db).fault is None

    def test_that_are_the_same_change_nothing(self, db: Database) -> None:
        assert change(db, Rules()).number == 1
        assert audit.newest(db) == []

    def test_are_not_changed_behind_somebodys_back(self, db: Database) -> None:
        seen = rules.in_force(db)
        change(db, Rules(second_share=0.5), "For the audit.")
        with pytest.raises(Conflict, match=r"lead changed the rules: For the audit\. Look again"):
            rules.change(db, Rules(second_share=0.2), note="Less.", author="ben", seen=seen)

    @pytest.mark.parametrize(("note", "author", "said"), [(" ", "lead", "need a note"), ("So.", " ", "needs a name")])
    def test_need_a_note_and_a_name(self, db: Database, note: str, author: str, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            change(db, Rules(second_share=0.5), note, author)


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"labels": ["good", "Good"]}, "labels: two of them are the same"),
            ({"labels": ["good"]}, "labels: "),
            ({"labels": ["good", ""]}, "labels 1: "),
            ({"labels": list("abcdefghij")}, "labels: "),
            ({"second_share": 2}, "second share: "),
            ({"everywhere": {"heavy_edits": 0}}, "everywhere heavy edits: "),
            ({"desks": {"sport": {"failed_checks": 0}}}, "desks sport failed checks: "),
        ],
    )
    def test_is_refused_by_its_name(self, fields: dict[str, object], said: str) -> None:
        with pytest.raises(BadInput, match=f"These rules cannot be: {said}"):
            rules.make(fields)

    def test_of_a_desk_stands_over_that_of_everywhere(self) -> None:
        made = rules.make({"desks": {"sport": {"thumbs_down": False}}})
        assert (made.of("sport").thumbs_down, made.of("world").thumbs_down) == (False, True)
