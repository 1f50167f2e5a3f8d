"""What only a browser can lose in the playground: text on its way to the server."""

from playwright.sync_api import Page, expect

from tests.browser.test_first_headlines import ARTICLE, article


class TestAPlayground:
    def test_loses_nothing_to_whoever_pastes_and_goes_to_another_screen_at_once(self, page: Page, app: str) -> None:
        page.goto(app)
        article(page).click()
        page.evaluate("text => navigator.clipboard.writeText(text)", ARTICLE)
        page.keyboard.press("Control+V")
        page.get_by_role("link", name="Traces", exact=True).click()
        expect(page.get_by_text("Every call will stand here")).to_be_visible()
        page.get_by_role("link", name="Playground", exact=True).click()
        expect(article(page)).to_have_value(ARTICLE)
