"""A lead changes what sport is flagged for, sees it at the next headlines, and goes back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core import profiles, settings
from core.checks.profile_files import parse
from core.copydesk import open_copydesk
from tests.browser.conftest import served
from tests.browser.test_first_headlines import choose, finished, pasted

# In French a space stands before the mark, so that it is no part of a word, as it is of Yahoo!; in the middle of a
# sentence the offline model keeps it.
EXCLAIMS = (
    "La ville a crié hourra ! et fêté ses joueurs jusqu'au matin.\n\n"
    "Le maire promet une parade lundi, et quelle parade ! devant la mairie.\n\n"
    "L'équipe a gagné ! après prolongation, samedi soir, au stade municipal.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def checks(page: Page, app: str, address: str = "") -> None:
    page.goto(f"{app}/checks{address}")
    expect(page.get_by_role("radio", name="Who gets what")).to_be_visible(timeout=30_000)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("cell", name=name, exact=True))


def still(page: Page) -> None:
    """Wait until the screen is drawn to its end, so that no field of the part before is left."""
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=15_000)


def edit_sport(page: Page, app: str) -> None:
    checks(page, app, "?view=edit")
    choose(page, "Change", re.compile("^Rule .*: sport$"))
    expect(page.get_by_label("Desk", exact=True)).to_have_value("sport")
    still(page)


def banned(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Banned words")


def sign(page: Page, field: str, words: str) -> None:
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label(field).fill(words)
    page.get_by_label(field).press("Tab")


def flags_of_sport(page: Page, app: str, severity: str) -> Locator:
    """Ask for headlines of an article that exclaims; the flags of this severity about it."""
    pasted(page, app, EXCLAIMS, language="French")
    choose(page, "Desk", "sport")
    still(page)
    page.get_by_role("button", name="Suggest headlines").click()
    expect(page.get_by_role("link", name="Trace", exact=True)).to_be_visible(timeout=30_000)
    return page.get_by_label(f"{severity}: has an exclamation mark")


def used_elsewhere(folder: Path, content: str) -> None:
    here = settings.load().model_copy(update={"db": folder / "copydesk.db"})
    with open_copydesk(here) as elsewhere:
        seen = profiles.in_use(elsewhere.db)
        profiles.change(elsewhere.db, parse(content, source="Ours"), note="Ben's.", author="Ben", seen=seen)


class TestALead:
    def test_makes_sport_stricter_sees_it_at_the_next_headlines_and_goes_back(
        self, page: Page, app: str, errors: list[str]
    ) -> None:
        expect(flags_of_sport(page, app, "hint").first).to_be_visible()

        edit_sport(page, app)
        choose(page, "Exclamation", "fail")
        expect(row(page, "exclamation")).to_contain_text("sportexclamationhintfail")
        sign(page, "What changes, and why?", "Sport exclaims too much.")
        page.get_by_role("button", name="Save and use").click()
        expect(page.get_by_text("Version 2 is in use: every headline from now on is checked by it.")).to_be_visible()
        expect(page.get_by_role("heading", name="Version 2")).to_be_visible()

        expect(flags_of_sport(page, app, "fail").first).to_be_visible()

        checks(page, app, "?view=versions&version=1")
        page.get_by_role("button", name="Use this version").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Your name").fill("Ada")
        dialog.get_by_label("Reason").fill("Too strict after all.")
        dialog.get_by_label("Reason").press("Tab")
        dialog.get_by_role("button", name="Use version 1").click()
        expect(page.get_by_text("Version 1 is in use: every headline")).to_be_visible()

        expect(flags_of_sport(page, app, "hint").first).to_be_visible()
        assert errors == []


class TestAnEditor:
    def test_reads_what_applies_and_who_said_so(self, page: Page, app: str) -> None:
        checks(page, app, "?view=profiles&for_desk=sport&in_language=French")
        expect(row(page, "exclamation")).to_contain_text("hintsport")
        expect(row(page, "At most")).to_contain_text("95 charactersweb · French")
        choose(page, "Desk", "world")
        expect(row(page, "exclamation")).to_contain_text("warnthe check")
        expect(page).to_have_url(re.compile("for_desk=world"))


class TestADraft:
    def test_survives_another_part_another_view_and_another_screen(self, page: Page, app: str) -> None:
        edit_sport(page, app)
        banned(page).fill("minnow\nthrash*")
        banned(page).press("Tab")
        expect(row(page, "banned words, added")).to_contain_text("minnow, thrash*")
        choose(page, "Change", "What is asked of everybody")
        still(page)
        expect(banned(page)).to_have_value("")
        page.get_by_role("radio", name="Versions").click()
        expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
        page.get_by_role("link", name="Prompts").click()
        expect(page.get_by_role("radio", name="Compare")).to_be_visible()
        page.get_by_role("link", name="Checks").click()
        page.get_by_role("radio", name="Edit").click()
        expect(row(page, "banned words, added")).to_contain_text("minnow, thrash*")
        choose(page, "Change", re.compile("^Rule .*: sport$"))
        still(page)
        expect(banned(page)).to_have_value("minnow\nthrash*")

    def test_that_is_refused_keeps_what_was_typed(self, page: Page, app: str) -> None:
        edit_sport(page, app)
        banned(page).fill("x" * 101)
        banned(page).press("Tab")
        expect(page.get_by_text(re.compile("Rule 10, banned, number 1: a word or name has 1 to 100"))).to_be_visible()
        expect(page.get_by_role("button", name="Save and use")).to_be_disabled()
        expect(banned(page)).to_have_value("x" * 101)

    def test_without_a_note_is_not_saved(self, page: Page, app: str) -> None:
        edit_sport(page, app)
        choose(page, "Question", "off")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Tab")
        page.get_by_role("button", name="Save and use").click()
        expect(page.get_by_text("A version needs a note")).to_be_visible()
        expect(row(page, "question")).to_contain_text("off")

    def test_adds_moves_and_removes_rules(self, page: Page, app: str) -> None:
        checks(page, app, "?view=edit")
        page.get_by_role("button", name="Add a rule").click()
        still(page)
        expect(page.get_by_label("Change", exact=True)).to_have_value("Rule 11: every headline")
        choose(page, "Desk", "tech")
        still(page)
        expect(page.get_by_label("Change", exact=True)).to_have_value("Rule 11: tech")
        page.get_by_label("At most").fill("64")
        page.get_by_label("At most").press("Tab")
        expect(row(page, "at most")).to_contain_text("tech")
        expect(row(page, "at most")).to_contain_text("64 characters")
        page.get_by_role("button", name="Move up").click()
        still(page)
        expect(page.get_by_label("Change", exact=True)).to_have_value("Rule 10: tech")
        expect(page.get_by_label("At most")).to_have_value("64")
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Nothing yet.")).to_be_visible()

    def test_that_somebody_overtook_is_told_and_compared_anew(self, page: Page, app: str, folder: Path) -> None:
        edit_sport(page, app)
        choose(page, "Question", "off")
        expect(row(page, "question")).to_contain_text("off")
        used_elsewhere(folder, "everybody: {longest: 61}")
        sign(page, "What changes, and why?", "Sport may ask.")
        page.get_by_role("button", name="Save and use").click()
        expect(page.get_by_text("Since you looked, Ben put version 2 in use, because: Ben's.")).to_be_visible(
            timeout=20_000
        )
        expect(row(page, "at most").first).to_contain_text("61 characters")
        expect(page.get_by_label("What changes, and why?")).to_have_value("Sport may ask.")

    def test_that_holds_nothing_yet_follows_what_is_in_use(self, page: Page, app: str, folder: Path) -> None:
        checks(page, app, "?view=edit")
        expect(page.get_by_label("At most")).to_have_value("")
        used_elsewhere(folder, "everybody: {longest: 61}")
        page.get_by_role("radio", name="Versions").click()
        expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
        page.get_by_role("radio", name="Edit").click()
        expect(page.get_by_label("At most")).to_have_value("61")


class TestAnAddress:
    def test_opens_cold_or_says_what_is_wrong(self, page: Page, app: str, folder: Path) -> None:
        for address, words in (
            ("?view=versions&version=1", "In use since"),
            ("?view=versions&version=9", "There is no version 9 of the profiles; the newest is 1."),
            ("?view=versions&hash=abc", "No version of the profiles has the hash"),
            ("?view=nowhere", "There is no view nowhere."),
            ("?view=profiles&for_desk=nowhere", "Who gets what"),
        ):
            checks(page, app, address)
            expect(page.get_by_text(words).first).to_be_visible()


class TestNarrowScreen:
    @pytest.mark.parametrize("view", ["profiles", "edit", "versions"])
    def test_fits_a_telephone(self, page: Page, app: str, view: str) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        checks(page, app, f"?view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


class TestHowGoodIsIt:
    def test_shows_how_often_each_check_fires_and_how_often_it_is_right(self, page: Page, app: str) -> None:
        pasted(page, app)
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        page.goto(f"{app}/checks?view=quality")
        row = page.get_by_role("row", name=re.compile("^quotation not verbatim"))
        expect(row).to_contain_text(re.compile(r"of \d+\)"), timeout=20_000)
        expect(page.get_by_text("labelled headlines in four languages")).to_be_visible()

    def test_tells_a_desk_without_headlines_so(self, page: Page, app: str) -> None:
        page.goto(f"{app}/checks?view=quality")
        choose(page, "Desk", "opinion")
        expect(page.get_by_text("No headlines were checked in this time.")).to_be_visible(timeout=20_000)

    def test_judges_are_told_where_they_come_from(self, page: Page, app: str) -> None:
        page.goto(f"{app}/checks?view=judges")
        expect(page.get_by_text("No judge has scored anything yet.")).to_be_visible(timeout=20_000)
