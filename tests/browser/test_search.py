"""A lead finds what readers complained of: filters, pages, opens, goes on to the next, keeps the search, and takes it away."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.db import open_database
from tests.browser.conftest import served
from tests.browser.test_first_headlines import choose
from tests.core.traces.found import Kept, put

SOON = 20_000
FERRIES = [
    Kept(
        at=number * 60_000,
        article=f"Nobody crosses. The bridge closed on day {number}.",
        headlines=[f"Ferry {number} sails"],
    )
    for number in range(60, 0, -1)
]
OTHERS = [Kept(desk="local"), Kept(source="judge", desk="local"), Kept(article="Rain.", status="failed", headlines=[])]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("search")
    with closing(open_database(folder / "copydesk.db")) as db:
        put(db, *FERRIES, *OTHERS)
    with served(folder) as address:
        yield address


def row(page: Page, number: int) -> Locator:
    return page.locator("tbody tr").nth(number)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def chip(page: Page, label: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{re.escape(label)}"))


class TestALead:
    def test_filters_pages_opens_goes_on_keeps_the_search_and_takes_it_away(
        self, page: Page, app: str, errors: list[str], tmp_path: Path
    ) -> None:
        page.goto(f"{app}/traces")
        expect(page.get_by_text("62 found", exact=True)).to_be_visible(timeout=30_000)
        expect(chip(page, "without judges, evals and trials")).to_be_visible()

        page.get_by_label("Search", exact=True).fill("férry bridge")
        page.get_by_label("Search", exact=True).press("Enter")
        expect(page.get_by_text("60 found", exact=True)).to_be_visible(timeout=SOON)
        page.get_by_text("More filters").click()
        choose(page, "Desk", "sport")
        page.keyboard.press("Escape")
        expect(chip(page, "Desk sport")).to_be_visible(timeout=SOON)
        expect(page).to_have_url(re.compile("desk=sport"))
        page.get_by_text("More filters").click()

        newest = row(page, 0).get_by_role("link").first.inner_text()
        button(page, "Next page").click()
        expect(page.locator("tbody tr")).to_have_count(10, timeout=SOON)
        button(page, "Previous page").click()
        expect(page.locator("tbody tr")).to_have_count(50, timeout=SOON)
        assert row(page, 0).get_by_role("link").first.inner_text() == newest

        row(page, 1).get_by_role("link").first.click()
        expect(page.get_by_text("Ferry 2 sails").first).to_be_visible(timeout=SOON)
        button(page, "Next").click()
        expect(page.get_by_text("Ferry 3 sails").first).to_be_visible(timeout=SOON)
        button(page, "Previous").click()
        expect(page.get_by_text("Ferry 2 sails").first).to_be_visible(timeout=SOON)
        page.go_back()
        expect(page.get_by_text("Ferry 3 sails").first).to_be_visible(timeout=SOON)
        button(page, "The search").click()
        expect(page.get_by_text("60 found", exact=True)).to_be_visible(timeout=SOON)
        expect(chip(page, "“férry bridge”")).to_be_visible()

        page.get_by_role("button", name="Views").click()
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Enter")
        page.get_by_label("Save this search as").fill("Ferries")
        page.get_by_label("Save this search as").press("Enter")
        expect(page.get_by_text("Saved as Ferries.")).to_be_visible(timeout=SOON)
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Export").click()
        page.get_by_role("button", name="Make the file").click()
        with page.expect_download(timeout=SOON) as download:
            page.get_by_role("button", name="Save it").click()
        download.value.save_as(tmp_path / "traces.csv")
        with (tmp_path / "traces.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [each["desk"] for each in csv.DictReader(file)] == ["sport"] * 60
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Clear all").click()
        expect(page.get_by_text("62 found", exact=True)).to_be_visible(timeout=SOON)
        page.get_by_role("button", name="Views").click()
        button(page, "Ferries").click()
        expect(page.get_by_text("60 found", exact=True)).to_be_visible(timeout=SOON)
        assert errors == []

    def test_collects_what_was_found_into_a_set(self, page: Page, app: str) -> None:
        page.goto(f"{app}/traces?text=ferry&source=any")
        expect(page.get_by_text("60 found", exact=True)).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Add to eval set").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("combobox", name="Set").click()
        page.get_by_role("option", name="A new set").click()
        dialog.get_by_label("Name of the new set").fill("ferries")
        dialog.get_by_label("Name of the new set").press("Enter")
        expect(dialog.get_by_text("60 cases for the new set ferries.")).to_be_visible(timeout=SOON)
        dialog.get_by_label("Why?").fill("They were late.")
        dialog.get_by_label("Your name").fill("Ada")
        dialog.get_by_label("Your name").press("Tab")
        dialog.get_by_role("button", name="Make the set and add 60 cases").click()
        expect(page.get_by_text("60 cases added: ferries is at version 1 now.")).to_be_visible(timeout=SOON)
