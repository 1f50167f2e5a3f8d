"""The releases of an environment: what can be put back is offered, and where nothing can, what can be done instead."""

from core.copydesk import shared
from core.prompts import releases
from core.prompts.releases import Place
from tests.pages.test_screens import screen, sentences

DEVELOPMENT = Place("headlines", "development")


def test_where_nothing_was_live_before_no_rollback_is_offered_and_an_older_version_is() -> None:
    at = screen("prompts.py", prompt="headlines", history="development")
    assert "Roll back" not in [button.label for button in at.button]
    assert "version 2 was the first that all desks had in development" in sentences(at)
    next(button for button in at.button if button.label == "Release 1 instead").click().run()
    assert not at.exception
    assert [box.value for box in at.selectbox if box.label in ("Environment", "For")] == ["development", "all desks"]
    assert "Release 1 to development, all desks" in [button.label for button in at.button]


def test_a_version_that_was_rolled_back_is_named_where_nothing_is_left_to_roll_back() -> None:
    db = shared().db
    there = releases.current(db, DEVELOPMENT)
    there = releases.release(db, DEVELOPMENT, 1, author="ada", reason="", seen=there)
    offered = [button.label for button in screen("prompts.py", prompt="headlines", history="development").button]
    releases.rollback(db, DEVELOPMENT, author="ada", reason="", seen=there)
    at = screen("prompts.py", prompt="headlines", history="development")
    assert "Roll back" in offered
    assert "Roll back" not in [button.label for button in at.button]
    assert "Version 1 came after it and was rolled back" in sentences(at)
    assert "Put 1 back" in [button.label for button in at.button]
