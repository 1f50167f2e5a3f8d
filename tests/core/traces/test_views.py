"""A person's saved searches are theirs, and each has a name of its own."""

from urllib.parse import parse_qs

import pytest

from core.checks.run import VERSIONS
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.traces.finding import views
from core.traces.finding.find import ORDERS, parse
from core.traces.finding.views import BUILT_IN, View


class TestSavedViews:
    def test_are_their_persons_own(self, db: Database) -> None:
        views.save(db, " ada ", View("  Sport,  failed ", "desk=sport&status=failed"))
        views.save(db, "ben", View("Mine", "desk=local"))
        assert views.of_person(db, "ada") == [View("Sport, failed", "desk=sport&status=failed")]

    def test_are_replaced_renamed_and_deleted(self, db: Database) -> None:
        views.save(db, "ada", View("Sport", "desk=sport"))
        views.save(db, "ada", View("Sport", "desk=sport&period=7d"))
        views.rename(db, "ada", "Sport", "The week in sport")
        assert views.of_person(db, "ada") == [View("The week in sport", "desk=sport&period=7d")]
        views.delete(db, "ada", "The week in sport")
        assert views.of_person(db, "ada") == []

    def test_do_not_take_each_others_name(self, db: Database) -> None:
        for name in ("One", "Two"):
            views.save(db, "ada", View(name, "desk=sport"))
        with pytest.raises(Conflict, match="called 'Two' already"):
            views.rename(db, "ada", "One", "Two")
        with pytest.raises(BadInput, match="everybody has"):
            views.rename(db, "ada", "One", "Thumbs down")

    def test_that_are_not_there_are_told(self, db: Database) -> None:
        for act in (lambda: views.rename(db, "ada", "x", "y"), lambda: views.delete(db, "ada", "x")):
            with pytest.raises(NotFound, match="no view called 'x'"):
                act()

    @pytest.mark.parametrize(
        ("person", "view", "said"),
        [
            (" ", View("One", ""), "write your name"),
            ("ada", View(" ", ""), "1 to 60 characters"),
            ("ada", View("x" * 61, ""), "1 to 60 characters"),
            ("ada", View("One", "x" * 4_001), "Choose fewer filters"),
        ],
    )
    def test_are_refused_with_a_sentence(self, db: Database, person: str, view: View, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            views.save(db, person, view)

    def test_are_a_hundred_at_most(self, db: Database) -> None:
        for number in range(views.MOST):
            views.save(db, "ada", View(f"View {number}", ""))
        views.save(db, "ada", View("View 0", "desk=sport"))
        with pytest.raises(BadInput, match="Delete one first"):
            views.save(db, "ada", View("One more", ""))


class TestBuiltInViews:
    @pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
    def test_can_be_searched_for(self, view: View) -> None:
        address = parse_qs(view.address)
        assert set(parse(address).check) <= VERSIONS.keys()
        assert address.get("order", ["newest"])[0] in ORDERS
