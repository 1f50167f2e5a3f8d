"""An editor picks, edits and rejects headlines where they stand, each gesture kept once, and compares sets blind."""

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from core import settings
from core.copydesk import open_copydesk
from tests.browser.conftest import served
from tests.browser.test_first_headlines import article, pasted
from tests.browser.test_first_headlines import finished as made
from tests.pages.eval_runs import finished, put_set


@pytest.fixture
def asked(page: Page, app: str) -> Page:
    """The playground, while headlines are being made."""
    pasted(page, app)
    article(page).press("Control+Enter")
    expect(headline(page, 1)).not_to_have_class(re.compile("waiting"), timeout=30_000)
    return page


def headline(page: Page, number: int) -> Locator:
    return page.locator("ol > li").nth(number - 1)


def name_is_given(page: Page, name: str = "Ada") -> None:
    page.get_by_label("Your name").fill(name)
    page.keyboard.press("Enter")


def kept(page: Page, app: str) -> list[dict[str, Any]]:
    """The feedback on record for the trace in the page's address."""
    trace = page.url.partition("trace=")[2]
    with urllib.request.urlopen(f"{app}/api/traces/{trace}/feedback") as answer:
        return json.load(answer)


class TestWithTheMouse:
    def test_gestures_are_kept_while_the_set_grows_in_a_burst_and_over_a_reload(
        self, asked: Page, app: str, errors: list[str]
    ) -> None:
        page = asked
        page.get_by_role("button", name="Pick headline 2", exact=True).click()
        name_is_given(page)
        made(page)
        # The next set grows in the same place.
        page.get_by_role("button", name="Suggest headlines").click()
        page.get_by_role("button", name="Pick headline 1", exact=True).click()
        made(page)
        expect(page.get_by_role("button", name="Picked headline 1", exact=True)).to_be_visible()
        first = page.locator("ol .text").first.inner_text()

        # Faster than any answer can come: none may be lost, none kept twice.
        page.evaluate(
            """() => document.querySelectorAll('[data-testid=stBidiComponentIsolated], *').forEach((host) =>
                host.shadowRoot?.querySelectorAll('ol .reject').forEach((each, at) => { if (at > 2) each.click(); }))"""
        )
        page.get_by_role("button", name="Edit headline 2", exact=True).click()
        field = page.get_by_label("Headline 2, edited")
        field.fill("Bridge shut for 12 weeks")
        expect(headline(page, 2)).to_contain_text("24 of 70")
        page.reload()
        expect(field).to_have_value("Bridge shut for 12 weeks")
        field.press("Enter")
        expect(headline(page, 2).get_by_text("“12” not found in the article")).to_be_visible(timeout=15_000)
        page.get_by_role("button", name="Good set").click()
        page.get_by_label("Comment on the set").fill("Short and right.")
        page.get_by_label("Comment on the set").press("Enter")
        expect(page.get_by_text("You: Short and right.")).to_be_visible()

        page.reload()
        expect(page.get_by_role("button", name="Edited headline 2", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("^Rejected headline"))).to_have_count(7)
        expect(page.get_by_role("button", name="Good set")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("ol .text").nth(1)).to_have_text("Bridge shut for 12 weeks")
        given = kept(page, app)
        assert [(each["kind"], each["position"]) for each in given] == [
            ("picked", 0), *[("rejected", at) for at in range(3, 10)], ("edited", 1), ("thumb", None), ("comment", None),
        ]  # fmt: skip
        assert {each["person"] for each in given} == {"Ada"}
        assert given[0]["suggested"] == first

        # Whoever opens another window is known in its forms, too.
        another = page.context.new_page()
        another.goto(page.url.replace("/?", "/traces?"))
        another.get_by_role("button", name="Give feedback").click()
        expect(another.get_by_label("Your name")).to_have_value("Ada", timeout=15_000)
        assert errors == []


class TestWithTheKeyboardAlone:
    def test_pick_edit_and_reject_and_think_again(self, asked: Page, app: str) -> None:
        page = asked
        made(page)
        for _ in range(20):
            page.keyboard.press("Tab")
            if headline(page, 1).evaluate("each => each.matches(':focus')"):
                break
        page.keyboard.press("3")
        page.keyboard.press("p")
        page.keyboard.type("Ada, or the person who edits pages")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Picked headline 3", exact=True)).to_be_visible()

        page.keyboard.press("ArrowDown")
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Ferry, repaired, picks people up")
        page.keyboard.press("Escape")
        expect(page.locator("ol .text").nth(3)).not_to_have_text("Ferry, repaired, picks people up")
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Ferry, repaired, picks people up")
        page.keyboard.press("Enter")
        expect(page.locator("ol .text").nth(3)).to_have_text("Ferry, repaired, picks people up")

        page.keyboard.press("ArrowUp")
        page.keyboard.press("r")
        expect(page.get_by_role("button", name="Rejected headline 3", exact=True)).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="Rejected headline 3", exact=True)).to_be_visible()
        assert [(each["kind"], each["position"], each["stands"]) for each in kept(page, app)] == [
            ("picked", 2, False), ("edited", 3, True), ("rejected", 2, True),
        ]  # fmt: skip


class TestBlindPairs:
    def test_a_round_by_the_keyboard_alone(self, page: Page, tmp_path: Path, errors: list[str]) -> None:
        with open_copydesk(settings.load()) as copydesk:
            put_set(copydesk, many=4)
            run = finished(copydesk)
        with served(tmp_path) as app:
            page.goto(f"{app}/feedback?view=pairs&run={run.id}&one=0&other=1")
            page.get_by_label("Your name").fill("Ada")
            page.keyboard.press("Enter")
            keys = ["1", "0", "ArrowRight"]
            expect(page.get_by_text("0 of 4 compared")).to_be_visible(timeout=15_000)
            expect(page.get_by_text(re.compile("headlines [12] on"))).to_have_count(0)
            for number, key in enumerate(keys, 1):
                page.keyboard.press(key)
                expect(page.get_by_text(f"{number} of 4 compared")).to_be_visible(timeout=15_000)
            page.keyboard.press("u")
            expect(page.get_by_text("2 of 4 compared")).to_be_visible(timeout=15_000)
            page.keyboard.press("2")
            expect(page.get_by_text("3 of 4 compared")).to_be_visible(timeout=15_000)
            page.keyboard.press("1")
            expect(page.get_by_text("You have compared all 4 pairs, Ada.")).to_be_visible(timeout=15_000)
            expect(page.get_by_text(re.compile("was better in .* of 4 comparisons; ties: 1"))).to_be_visible(
                timeout=15_000
            )
        assert errors == []
