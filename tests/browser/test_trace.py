"""A lead looks at a set that had to be repaired: why it was, what another version makes of it, and what follows."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served
from tests.browser.test_first_headlines import article, choose, finished, headlines, pasted, unfold

SOON = 20_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("app")) as address:
        yield address


def on_a_repaired_trace(page: Page, app: str) -> str:
    """The naive version, asked in the playground; the address of its trace."""
    pasted(page, app)
    unfold(page)
    choose(page, "Version", re.compile("^1: "))
    page.get_by_role("button", name="Suggest headlines").click()
    finished(page)
    page.get_by_role("link", name="Trace", exact=True).first.click()
    expect(page.get_by_text(re.compile("repaired$")).first).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="Attempts")).to_be_visible(timeout=SOON)
    return page.url


class TestALead:
    def test_reads_why_it_was_repaired_and_tries_it_another_way(self, page: Page, app: str, errors: list[str]) -> None:
        address = on_a_repaired_trace(page, app)
        # What was asked, and what each attempt made of it.
        expect(page.get_by_text("Version 1 was asked for by its number.")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="2. repair")).to_be_visible()
        page.locator("summary").filter(has_text="2. repair").click()
        expect(page.get_by_text("Added to the messages")).to_be_visible(timeout=SOON)
        expect(page.get_by_role("button", name="Copy the answer of attempt 2")).to_be_visible()
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == address
        # The same article and variables, asked of the version that is live.
        page.get_by_role("button", name="Replay").click()
        choose(page, "Version", re.compile("^2, live "))
        page.get_by_role("button", name="Ask again").click()
        expect(page.get_by_text(re.compile("headlines are in both"))).to_be_visible(timeout=SOON)
        expect(page.locator(".pairs .row").first).to_be_visible()
        expect(page.locator("ins").first).to_be_visible()
        page.get_by_role("link", name="The first call").click()
        expect(page.get_by_role("link", name="a replay of this")).to_be_visible(timeout=SOON)
        assert errors == []

    def test_edits_a_headline_makes_a_case_of_it_and_opens_the_playground(self, page: Page, app: str) -> None:
        on_a_repaired_trace(page, app)
        shown = headlines(page).all_inner_texts()
        page.get_by_role("button", name="Edit").first.click()
        page.keyboard.press("Control+A")
        page.keyboard.type("Bridge shut for eleven weeks")
        page.keyboard.press("Enter")
        name = page.get_by_label("Your name").first
        if name.is_visible():
            name.fill("Ada")
            name.press("Enter")
        expect(page.get_by_text(re.compile(r"words? changed of 5, HTER"))).to_be_visible(timeout=SOON)
        page.get_by_role("button", name="Add to an eval set").click()
        expect(page.get_by_role("textbox", name="Reference headline")).to_have_value(
            "Bridge shut for eleven weeks", timeout=SOON
        )
        choose(page, "Set", "regressions")
        page.get_by_label("Why?").fill("A complaint of the desk.")
        page.get_by_role("button", name="Add the case").click()
        expect(page.get_by_role("link", name="Open regressions")).to_be_visible(timeout=SOON)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Open in the playground").click()
        expect(article(page)).to_have_value(re.compile("Customs Bridge"), timeout=SOON)
        expect(page.get_by_label("Desk", exact=True)).to_have_value("politics")
        expect(headlines(page)).to_have_text(["Bridge shut for eleven weeks", *shown[1:]])

    def test_erases_all_about_an_article_and_reads_who_did(self, page: Page, app: str, errors: list[str]) -> None:
        on_a_repaired_trace(page, app)
        page.get_by_role("button", name="Erase").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("Everything about its article").click()
        dialog.get_by_role("button", name="Erase").click()
        expect(dialog.get_by_text("To erase takes a name and a reason.")).to_be_visible(timeout=SOON)
        dialog.get_by_role("textbox", name="Your name").fill("ada")
        dialog.get_by_role("textbox", name="Reason").fill("The source withdrew")
        dialog.get_by_role("textbox", name="Reason").press("Tab")
        dialog.get_by_role("button", name="Erase").click()
        expect(
            page.get_by_text(re.compile("Erased by ada on .*: The source withdrew. The figures stay."))
        ).to_be_visible(timeout=SOON)
        expect(page.get_by_role("button", name="Erase")).to_have_count(0)
        assert errors == []
