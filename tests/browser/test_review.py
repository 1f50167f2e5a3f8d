"""A reviewer works through complaints with the keyboard alone, and a second one finds what is left."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from core.db import open_database
from core.feedback import Given, give
from core.review import rules
from core.review.rules import Rules, Thresholds
from tests.browser.conftest import served
from tests.records import put

HEADLINES = ("Bridge closes for eleven weeks", "Ferry carries 3 pupils", "Traders fear for Easter")


@pytest.fixture
def traces() -> list[str]:
    """The five sets that somebody complained about, the oldest first."""
    return []


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory, traces: list[str]) -> Iterator[str]:
    """A Copydesk with five complaints, where nothing is left to chance."""
    folder = tmp_path_factory.mktemp("review")
    with closing(open_database(folder / "copydesk.db")) as db:
        certain = Rules(everywhere=Thresholds(random_share=0, failed_checks=None), second_share=0)
        rules.change(db, certain, note="For this test.", author="lead", seen=rules.in_force(db))
        for _ in range(5):
            traces.append(put(db, *HEADLINES))
            give(db, Given(traces[-1], "thumb", "Editor", "api", position=1, value=-1))
    with served(folder) as address:
        yield address


def said_on(app: str, trace: str) -> list[tuple[str, str, int | None]]:
    """What the reviewer said on a trace: the kind, the text, the headline."""
    with urllib.request.urlopen(f"{app}/api/traces/{trace}/feedback") as answer:
        return [(each["kind"], each["text"], each["position"]) for each in json.load(answer) if each["person"] == "Ada"]


def on_item(page: Page, number: int) -> None:
    """Wait until an item stands there, and nothing of the one before."""
    expect(page.get_by_text(f"Item {number} is yours until")).to_be_visible(timeout=15_000)
    # litellm is loaded in the background by now, which takes its time on a busy machine.
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=20_000)


def labelled(page: Page, digit: str, label: str) -> None:
    page.keyboard.press(digit)
    chosen = page.get_by_role("button", name=label).filter(has_text="radio_button_checked")
    expect(chosen).to_be_visible(timeout=15_000)


class TestAReviewer:
    def test_works_through_five_complaints_with_the_keyboard(
        self, page: Page, app: str, traces: list[str], errors: list[str]
    ) -> None:
        page.goto(f"{app}/feedback")
        expect(page.get_by_role("button", name="Review next")).to_be_visible(timeout=30_000)
        name = page.get_by_label("Your name").first
        name.focus()
        page.keyboard.type("Ada")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("n")
        on_item(page, 1)
        expect(page.get_by_text("Thumb down on headline 2 by Editor")).to_be_visible(timeout=15_000)

        # The digits are letters like all others while somebody writes.
        page.keyboard.press("m")
        page.keyboard.type("Not 3 but 11 weeks")
        page.keyboard.press("Escape")
        labelled(page, "1", "factual error")

        # Out of a field is not away from the item.
        page.keyboard.press("Tab")
        expect(page.get_by_label("Corrected headline")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.get_by_role("combobox", name="What it is about")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        expect(page.get_by_role("combobox", name="Set")).to_be_focused()
        page.keyboard.type("regr")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Add the case").click()
        expect(page.get_by_text("Added as a case of regressions")).to_be_visible(timeout=15_000)
        expect(page.get_by_role("button", name="Add the case")).to_have_count(0)

        page.keyboard.press("h")
        page.keyboard.type("Bridge to close for 11 weeks")
        page.keyboard.press("Control+Enter")
        on_item(page, 2)
        assert said_on(app, traces[0]) == [("comment", "Not 3 but 11 weeks", 1), ("label", "factual error", 1)]

        # What is skipped comes back at the end.
        page.keyboard.press("s")
        for number, digit, label in ((3, "3", "off tone"), (4, "4", "clickbait"), (5, "7", "good after all")):
            on_item(page, number)
            labelled(page, digit, label)
            page.keyboard.press("Control+Enter")
        expect(page.get_by_text("What is left you skipped, or others have it.")).to_be_visible(timeout=15_000)
        page.get_by_role("button", name="Take up the 1 that you skipped").press("Enter")
        expect(page.get_by_role("button", name="Take up the 1")).to_have_count(0, timeout=15_000)
        page.keyboard.press("n")
        on_item(page, 2)
        labelled(page, "2", "misleading")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Nothing more is waiting here.")).to_be_visible(timeout=15_000)
        said = [said_on(app, trace)[-1][1] for trace in traces[1:]]
        assert said == ["misleading", "off tone", "clickbait", "good after all"]
        assert errors == []
