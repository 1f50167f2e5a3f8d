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


class TestPeople:
    def test_score_headline_by_headline_and_the_judge_is_measured_by_it(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        judged(page)
        expect(
            page.get_by_text("Not calibrated: it takes 30 headlines that people scored too, and there are 0.")
        ).to_be_visible()
        page.get_by_role("button", name="Score them yourself").click()
        page.get_by_label("Your name").fill("Ada")
        for number in (1, 2):
            expect(page.get_by_text(f"{number} of 10")).to_be_visible(timeout=15_000)
            page.get_by_role("radio", name="4", exact=True).first.click()
            page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_text("3 of 10")).to_be_visible(timeout=15_000)
        page.keyboard.press("Escape")
        expect(page.get_by_text("People scored 2 of the 10 headlines.")).to_be_visible(timeout=15_000)
        expect(
            page.get_by_text("accuracy: not calibrated: it takes 30 headlines that people scored too, and there are 2")
        ).to_be_visible()

    def test_can_score_without_seeing_what_the_judge_said(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        judged(page)
        page.get_by_role("button", name="Score them yourself").click()
        page.get_by_text("Hide what the judge said").click()
        expect(page.locator(".flag.judge")).to_have_count(0, timeout=15_000)

    def test_who_give_no_name_are_asked_for_it(self, page: Page, app: str) -> None:
        on_a_trace(page, app)
        page.get_by_role("button", name="Score them yourself").click()
        page.get_by_role("radio", name="4", exact=True).first.click()
        page.get_by_label("Your name").fill("")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_text("Feedback needs a name: whose is it?")).to_be_visible(timeout=15_000)
