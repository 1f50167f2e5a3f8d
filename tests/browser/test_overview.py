"""A lead looks at the figures, goes to the executions behind one, sets a limit, and finds it broken."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.alerts import watch
from core.db import open_database
from tests.browser.conftest import served
from tests.calls import Calls


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("overview")


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[str]:
    """A newsroom with some calls of two days, half of those of sport incomplete."""
    with closing(open_database(folder / "copydesk.db")) as db:
        calls = Calls(db, start=clock.now_ms())
        for hours in (-25, -24, -1, 0):
            for number in range(12):
                calls.open(hours=hours, desk="sport" if number % 3 == 0 else "world")
                calls.close(status="incomplete" if number % 6 == 0 else "valid")
    with served(folder) as address:
        yield address


class TestALead:
    def test_goes_from_a_figure_to_its_executions_and_is_warned_by_a_limit(
        self, page: Page, app: str, folder: Path, errors: list[str]
    ) -> None:
        self.sees_the_last_24_hours(page, app)
        self.opens_what_was_incomplete(page)
        self.opens_the_figure_of_a_desk_with_the_keyboard(page)
        self.opens_a_bar(page)
        self.sets_a_limit(page)
        self.is_warned(page, folder)
        assert errors == []

    def sees_the_last_24_hours(self, page: Page, app: str) -> None:
        page.goto(app)
        page.get_by_role("link", name="Overview").click()
        page.get_by_text("24 hours", exact=True).click()
        expect(page.get_by_role("link", name=re.compile(r"^Calls\s*24"))).to_be_visible(timeout=30_000)
        expect(page).to_have_url(re.compile("over=24h"), timeout=30_000)

    def opens_what_was_incomplete(self, page: Page) -> None:
        page.get_by_role("link", name=re.compile(r"^Incomplete\s*16.7 %")).click()
        expect(page).to_have_url(re.compile("/traces.*status=incomplete.*source=playground&source=api"), timeout=30_000)
        expect(page.get_by_text("4 found")).to_be_visible(timeout=30_000)
        page.go_back()
        expect(page.get_by_role("link", name=re.compile(r"^Calls\s*24"))).to_be_visible(timeout=30_000)

    def opens_the_figure_of_a_desk_with_the_keyboard(self, page: Page) -> None:
        sport = page.get_by_role("row", name=re.compile("^sport"))
        sport.get_by_role("link", name="50 %").first.press("Enter")
        expect(page).to_have_url(re.compile("/traces.*desk=sport.*status=valid"), timeout=30_000)
        expect(page.get_by_text("4 found")).to_be_visible(timeout=30_000)
        page.go_back()

    def opens_a_bar(self, page: Page) -> None:
        bars = page.locator(".stPlotlyChart").first.locator(".barlayer .point path")
        expect(bars).not_to_have_count(0, timeout=15_000)
        box = max((each.bounding_box() for each in bars.all()), key=lambda each: each["height"] if each else 0)
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page).to_have_url(re.compile("/traces.*since=.*until=.*status=valid&"), timeout=30_000)
        expect(page.get_by_text("10 found")).to_be_visible(timeout=30_000)
        page.go_back()
        expect(page.get_by_role("heading", name="Which desk stands out?")).to_be_visible(timeout=30_000)

    def sets_a_limit(self, page: Page) -> None:
        page.get_by_text("Set a limit").click()
        page.get_by_label("Your name").last.fill("Ada")
        page.get_by_label("Your name").last.press("Tab")
        page.get_by_role("button", name="Set limit").click()
        expect(page.get_by_text("Valid at once for all desks: not below 90 % in an hour")).to_be_visible()
        expect(page.get_by_text("broken, now 83.3 %")).to_be_visible()

    def is_warned(self, page: Page, folder: Path) -> None:
        # What the installation does by itself every minute.
        with closing(open_database(folder / "copydesk.db")) as db:
            watch.watch(db, tells=False)
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("Valid at once for all desks is 83.3 %", timeout=30_000)
        expect(page.get_by_role("link", name="Overview (1)")).to_be_visible()
        page.get_by_role("link", name="The calls").click()
        expect(page).to_have_url(re.compile("/traces.*status=repaired&status=incomplete"), timeout=30_000)
        expect(page.get_by_text("4 found")).to_be_visible(timeout=30_000)
