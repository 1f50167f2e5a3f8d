"""A lead has a set judged: the scores stand beside the flags, with who gave them and what their word is worth."""

from playwright.sync_api import Page, expect

from tests.browser.test_first_headlines import finished, pasted


def on_a_trace(page: Page, app: str) -> None:
    pasted(page, app)
    page.get_by_role("button", name="Suggest headlines").click()
    finished(page)
    page.get_by_role("link", name="Trace", exact=True).first.click()
    expect(page.get_by_role("heading", name="Headlines")).to_be_visible(timeout=15_000)


def judged(page: Page) -> None:
    page.get_by_role("button", name="Ask a judge").click()
    page.get_by_role("button", name="Judge these headlines").click()
    expect(page.locator(".flag.judge").first).to_be_visible(timeout=20_000)


class TestAJudge:
    def test_is_asked_on_a_trace_and_gives_three_scores_a_headline(
        self, page: Page, app: str, errors: list[str]
    ) -> None:
        on_a_trace(page, app)
        judged(page)
        expect(page.locator(".flag.judge")).to_have_count(30)
        assert errors == []

    def test_says_why(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        judged(page)
        page.locator("summary", has_text="accuracy").first.click()
        expect(page.get_by_text("stand in the article").first).to_be_visible()

    def test_is_named_beside_the_writer_and_as_no_language_model(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        judged(page)
        expect(
            page.get_by_text("Judged by offline/judge with headline-judge 1, written by offline/lede.")
        ).to_be_visible()
        expect(page.get_by_text("offline/judge is no language model.")).to_be_visible()

    def test_has_a_trace_of_its_own_that_leads_back(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        address = page.url
        judged(page)
        page.get_by_role("link", name="Its trace").click()
        expect(page.get_by_role("heading", name="What was judged")).to_be_visible(timeout=15_000)
        page.get_by_role("link", name="The headlines").click()
        expect(page).to_have_url(address)
