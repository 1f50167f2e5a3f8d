"""What only a browser can lose in the playground: text on its way to the server, the focus, and the place on the page."""

from playwright.sync_api import Page, expect

from tests.browser.test_first_headlines import ARTICLE, article, finished


def headline(page: Page, number: int):
    return page.locator("li", has=page.get_by_role("button", name=f"Copy headline {number}", exact=True))


class TestAPlayground:
    def test_loses_nothing_to_whoever_pastes_and_goes_to_another_screen_at_once(self, page: Page, app: str) -> None:
        page.goto(app)
        article(page).click()
        page.evaluate("text => navigator.clipboard.writeText(text)", ARTICLE)
        page.keyboard.press("Control+V")
        page.get_by_role("link", name="Traces", exact=True).click()
        expect(page).to_have_url(f"{app}/traces")
        page.get_by_role("link", name="Playground", exact=True).click()
        expect(article(page)).to_have_value(ARTICLE)
        self.goes_on_by_keyboard_on_a_telephone(page)

    def goes_on_by_keyboard_on_a_telephone(self, page: Page) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        article(page).press("Control+Enter")
        finished(page)
        expect(headline(page, 1)).to_be_focused()
        expect(headline(page, 1)).to_be_in_viewport(ratio=1)
        article(page).focus()
        page.keyboard.press("Escape")
        page.keyboard.press("7")
        expect(headline(page, 7)).to_be_focused()
        expect(article(page)).to_have_value(ARTICLE)
