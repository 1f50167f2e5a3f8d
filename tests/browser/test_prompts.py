"""A lead's afternoon: write version 3 from 2, try it, compare it, release it to sport, and roll it back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from core import settings
from core.copydesk import open_copydesk
from core.prompts import releases
from tests.browser.conftest import served
from tests.browser.test_first_headlines import choose, served_in_the_playground


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prompts")


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def prompts(page: Page, app: str, address: str = "") -> None:
    page.goto(f"{app}/prompts{address}")
    expect(page.get_by_role("radio", name="Versions")).to_be_visible(timeout=15_000)


def draft_of_2(page: Page, app: str) -> None:
    prompts(page, app, "?prompt=headlines&version=2")
    page.get_by_role("button", name="Edit a copy").click()
    expect(page.get_by_text("What it would send")).to_be_visible()
    expect(page.get_by_text("tokens to read")).to_be_visible(timeout=30_000)


def write_at_the_start(page: Page, words: str) -> None:
    field = page.get_by_label("Text of message 2")
    field.click()
    field.press("Control+Home")
    page.keyboard.type(words)


def confirm(page: Page, button: str, reason: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your name").fill("Ada")
    dialog.get_by_label(re.compile("^Reason")).fill(reason)
    dialog.get_by_label(re.compile("^Reason")).press("Tab")
    dialog.get_by_role("button", name=button).click()


class TestALead:
    def test_writes_tries_compares_releases_to_sport_and_rolls_back(
        self, page: Page, app: str, errors: list[str]
    ) -> None:
        draft_of_2(page, app)
        write_at_the_start(page, "Dear colleague, ")
        expect(page.get_by_text("Dear colleague, Write exactly 10 headlines")).to_be_visible()

        page.get_by_role("button", name="Try it").click()
        expect(page.get_by_role("link", name="Trace", exact=True)).to_have_count(2, timeout=30_000)

        page.get_by_label("What changes, and why?").fill("Politer.")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Tab")
        page.get_by_role("button", name="Save as a version").click()
        expect(page.get_by_role("heading", name="headlines 3")).to_be_visible()
        expect(page).to_have_url(re.compile(r"version=3"))

        page.get_by_role("link", name="Compare with 2").click()
        expect(page.locator("ins")).to_have_text(["Dear colleague, "])
        expect(page.get_by_text("Settings and contract are the same.")).to_be_visible()

        prompts(page, app, "?prompt=headlines&version=3")
        page.get_by_role("button", name="Release", exact=True).click()
        choose(page, "Environment", "production")
        choose(page, "For", "sport")
        expect(page.get_by_text("Production, sport desk: from 2 to 3. The other desks keep 2.")).to_be_visible()
        confirm(page, "Release 3", "Sport asked for it.")
        expect(page.get_by_text("Done: in production, the sport desk now gets version 3")).to_be_visible()

        assert served_in_the_playground(page, app, "sport") == "headlines 3"
        assert served_in_the_playground(page, app, "politics") == "headlines 2"

        prompts(page, app, "?prompt=headlines&history=production")
        page.get_by_role("button", name="Roll back").click()
        expect(page.get_by_text("Production, sport desk: from 3 to 2.")).to_be_visible()
        confirm(page, "Roll back", "Sport thought again.")
        expect(page.get_by_text("sport desk now gets what all desks have")).to_be_visible()
        assert served_in_the_playground(page, app, "sport") == "headlines 2"
        assert errors == []


class TestADraft:
    def test_survives_a_reload_without_a_click(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        write_at_the_start(page, "Nothing is lost. ")
        expect(page.get_by_text("Nothing is lost. Write exactly 10")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Text of message 2")).to_have_value(re.compile("^Nothing is lost. "), timeout=15_000)

    def test_that_is_left_while_somebody_types_asks_first(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        write_at_the_start(page, "Half a wo")
        page.reload()
        assert asked == ["beforeunload"]

    def test_in_two_windows_is_not_overwritten_by_the_second(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        other = page.context.new_page()
        other.goto(page.url)
        expect(other.get_by_text("tokens to read")).to_be_visible(timeout=15_000)
        write_at_the_start(page, "First. ")
        expect(page.get_by_text("First. Write exactly 10")).to_be_visible()
        write_at_the_start(other, "Second. ")
        expect(other.get_by_text("This draft was changed in another window")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Text of message 2")).to_have_value(re.compile("^First. Write"), timeout=15_000)

    def test_keeps_the_place_of_the_cursor_at_a_pause(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        write_at_the_start(page, "One. ")
        expect(page.get_by_text("One. Write exactly 10")).to_be_visible()
        page.keyboard.type("Two. ")
        expect(page.get_by_text("One. Two. Write exactly 10")).to_be_visible()

    def test_is_edited_as_a_file_too_and_a_fault_names_its_line(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        page.get_by_role("radio", name="File").click()
        field = page.get_by_label("The file")
        expect(field).to_have_value(re.compile("temperature: 0.4"))
        text = field.input_value()
        field.fill(text.replace("temperature: 0.4", "temperature: hot"))
        expect(page.get_by_text(re.compile(r"The draft, line \d+: .*temperature"))).to_be_visible()
        expect(page.get_by_role("button", name="Save as a version")).to_be_disabled()
        field.fill(text.replace("temperature: 0.4", "temperature: 0.9"))
        expect(page.get_by_role("button", name="Save as a version")).to_be_enabled()
        page.get_by_role("radio", name="Form").click()
        page.get_by_text("Model and settings").click()
        expect(page.get_by_label("Temperature")).to_have_value("0.90")

    def test_with_a_variable_that_nobody_gives_says_so(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        write_at_the_start(page, "{{ weather }} ")
        expect(page.get_by_text("No call fills in weather.")).to_be_visible()

    def test_with_a_broken_template_names_the_line(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        write_at_the_start(page, "{% if desk %} ")
        expect(page.get_by_text("The template breaks at line")).to_be_visible()

    def test_without_a_note_is_not_saved(self, page: Page, app: str) -> None:
        draft_of_2(page, app)
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Tab")
        page.get_by_role("button", name="Save as a version").click()
        expect(page.get_by_text("A version needs a note")).to_be_visible()


class TestTwoLeads:
    def test_the_second_is_told_what_the_first_did(self, page: Page, app: str, folder: Path) -> None:
        prompts(page, app, "?prompt=headlines&version=1&release=production&for=tech")
        expect(page.get_by_text("Production, tech desk: from")).to_be_visible()
        here = settings.load().model_copy(update={"db": folder / "copydesk.db"})
        with open_copydesk(here) as elsewhere:
            place = releases.Place("headlines", "production", "tech")
            releases.release(elsewhere.db, place, 2, author="Ben", reason="Faster.", seen=None)
        confirm(page, "Release 1", "Slower.")
        expect(page.get_by_text("Since you looked, Ben released 2 for production, tech desk")).to_be_visible()


class TestAnAddress:
    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("?prompt=headlines&version=1", "headlines 1"),
            ("?prompt=headlines&compare=1..2", "Messages"),
            ("?prompt=headlines&history=staging", "Live now"),
            ("?prompt=headlines&version=99", "headlines has no version 99"),
            ("?prompt=recipes", "There is no prompt recipes"),
            ("?prompt=headlines&draft=none", "This draft is not there any more"),
            ("?prompt=headlines&history=nowhere", "There is no environment nowhere"),
        ],
    )
    def test_opens_cold(self, page: Page, app: str, address: str, words: str) -> None:
        prompts(page, app, address)
        expect(page.get_by_text(words, exact=False).first).to_be_visible()

    def test_of_a_moment_is_answered_on_the_screen(self, page: Page, app: str) -> None:
        prompts(page, app, "?prompt=headlines&history=production")
        page.get_by_text("Which version was live at a certain time?").click()
        expect(page.get_by_text(re.compile(r"version 2 was live for politics"))).to_be_visible()


class TestNarrowScreen:
    @pytest.mark.parametrize("address", ["", "?prompt=headlines&compare=1..2", "?prompt=headlines&history=production"])
    def test_fits_a_telephone(self, page: Page, app: str, address: str) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        prompts(page, app, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
