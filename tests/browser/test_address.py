"""The address in the browser says what is on the screen, whichever way somebody came there."""

import re

from playwright.sync_api import Page, expect


class TestALinkWithinAScreen:
    def test_stands_in_the_address_and_can_be_gone_back_from(self, page: Page, app: str) -> None:
        page.goto(f"{app}/feedback?view=pairs&results=all")
        page.get_by_role("link", name="Compare", exact=True).click()
        expect(page).to_have_url(re.compile(r"/feedback\?view=pairs$"))
        page.reload()
        page.get_by_role("link", name="What came of it so far").click()
        expect(page).to_have_url(re.compile("results=all"))
        page.go_back()
        expect(page.get_by_role("link", name="What came of it so far")).to_be_visible()
        expect(page).to_have_url(re.compile(r"/feedback\?view=pairs$"))

    def test_that_names_nothing_leaves_nothing_in_the_address(self, page: Page, app: str) -> None:
        page.goto(f"{app}/evals?view=start")
        page.get_by_role("link", name="All runs").click()
        expect(page).to_have_url(re.compile("/evals$"))
        page.go_back()
        expect(page).to_have_url(re.compile(r"/evals\?view=start$"))
        expect(page.get_by_role("link", name="All runs")).to_be_visible()
