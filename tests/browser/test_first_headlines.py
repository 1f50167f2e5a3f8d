"""A journalist's first minutes: paste an article, get ten headlines, copy one, see how they were made."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import served
from tests.conftest import ROOT
from tests.provider import Provider

ARTICLE = (ROOT / "prompts" / "samples" / "local-harbour-bridge.en.txt").read_text().partition("\n\n")[2]


def article(page: Page):
    return page.get_by_label("Article", exact=True)


def headlines(page: Page):
    return page.locator("li .text")


def pasted(page: Page, app: str, text: str = ARTICLE, *, language: str = "English") -> None:
    page.goto(app)
    article(page).fill(text)
    article(page).blur()
    expect(page.get_by_label("Language", exact=True)).to_have_value(language, timeout=15_000)


def finished(page: Page) -> None:
    expect(page.get_by_role("link", name="Trace", exact=True).first).to_be_visible(timeout=30_000)


def unfold(page: Page) -> None:
    page.get_by_text("Prompt and model").click()
    page.get_by_role("button", name="Suggest headlines").hover()


def choose(page: Page, label: str, words: str | re.Pattern[str]) -> None:
    option = page.get_by_role("option", name=words)
    for _ in range(5):
        page.get_by_label(label, exact=True).first.click()
        try:
            option.click(timeout=3_000)
        except TimeoutError:
            continue  # Streamlit closes a list of options when the page moves beneath it; a person opens it again
        return
    option.click()


def served_in_the_playground(page: Page, app: str, desk: str) -> str:
    """The prompt and version that a journalist of the desk gets headlines from."""
    pasted(page, app)
    choose(page, "Desk", desk)
    article(page).press("Control+Enter")
    line = page.get_by_text(re.compile(r"^headlines \d · offline/lede"))
    expect(line).to_be_visible(timeout=30_000)
    return line.inner_text().partition(" · ")[0]


def side_by_side(page: Page) -> None:
    """Ask what is live and the naive version 1."""
    unfold(page)
    page.get_by_role("radio", name="2", exact=True).click()
    expect(page.get_by_label("Version", exact=True)).to_have_count(2)
    page.get_by_role("button", name="Suggest headlines").hover()
    page.get_by_label("Version", exact=True).nth(1).click()
    page.get_by_role("option", name=re.compile("^1: ")).click()
    page.get_by_role("button", name="Suggest headlines").click()
    expect(page.get_by_role("link", name="Trace", exact=True)).to_have_count(2, timeout=30_000)
    expect(headlines(page)).to_have_count(20)


class TestTenHeadlines:
    def test_by_the_button(self, page: Page, app: str, errors: list[str]) -> None:
        pasted(page, app)
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        expect(headlines(page)).to_have_count(10)
        assert errors == []

    def test_by_ctrl_enter_while_typing(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        expect(headlines(page)).to_have_count(10)
        expect(page.get_by_text(re.compile("valid$")).first).to_be_visible()

    def test_they_appear_one_by_one_and_nothing_jumps(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        expect(page.locator("li.waiting").first).to_be_visible()
        expect(page.locator("li:not(.waiting)").first).to_be_visible()
        expect(page.locator("li")).to_have_count(10)
        first = page.locator("li").first.bounding_box()
        assert page.locator("li.waiting").count() > 0
        finished(page)
        assert page.locator("li").first.bounding_box() == first

    def test_a_sample_is_one_click_away(self, page: Page, app: str) -> None:
        page.goto(app)
        choose(page, "Sample article", re.compile("culture: .*French"))
        expect(article(page)).not_to_be_empty()
        expect(page.get_by_label("Language", exact=True)).to_have_value("French")

    def test_who_knows_the_language_better_says_so(self, page: Page, app: str) -> None:
        pasted(page, app)
        choose(page, "Language", "Danish")
        expect(page.get_by_label("Language", exact=True)).to_have_value("Danish")
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        page.get_by_role("link", name="Trace", exact=True).click()
        page.get_by_text("system", exact=True).first.click()
        expect(page.get_by_text("You write in Danish.")).to_be_visible()

    def test_each_shows_its_length_and_is_copied_in_one_click(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        text = headlines(page).nth(2).inner_text()
        expect(page.locator("li .length").nth(2)).to_have_text(f"{len(text)} of 70")
        page.get_by_role("button", name="Copy headline 3").click()
        expect(page.get_by_role("button", name="Copy headline 3")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == text

    def test_a_reload_shows_the_same_headlines_and_what_they_were_asked_about(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        before = headlines(page).all_inner_texts()
        page.reload()
        expect(headlines(page)).to_have_text(before)
        expect(article(page)).to_have_value(ARTICLE)
        expect(page.get_by_label("Language", exact=True)).to_have_value("English")


class TestSideBySide:
    def test_the_naive_and_the_structured_prompt_on_one_article(self, page: Page, app: str) -> None:
        pasted(page, app)
        side_by_side(page)
        expect(page.get_by_text(re.compile("valid$")).first).to_be_visible()
        expect(page.get_by_text(re.compile("repaired$")).first).to_be_visible()


class TestTrace:
    def test_the_record_is_one_click_away_and_has_an_address(self, page: Page, app: str, errors: list[str]) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        page.get_by_role("link", name="Trace", exact=True).click()
        expect(page.get_by_text("What was asked")).to_be_visible()
        expect(page).to_have_url(re.compile(r"/traces\?trace=[0-9a-f]{32}$"))
        expect(page.get_by_text("Write exactly 10 headlines")).to_be_visible()
        assert errors == []

    def test_a_cold_address_opens_it(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        trace = page.url.partition("trace=")[2]
        page.goto(f"{app}/traces?trace={trace}")
        expect(headlines(page)).to_have_count(10)

    def test_a_row_of_the_list_opens_it_and_back_returns(self, page: Page, app: str) -> None:
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        page.get_by_role("link", name="Traces", exact=True).click()
        page.get_by_role("link", name="headlines 2", exact=True).first.click()
        expect(page.get_by_text("What was asked")).to_be_visible()
        page.get_by_role("button", name="The search", exact=True).click()
        expect(page.get_by_role("link", name="headlines 2", exact=True).first).to_be_visible(timeout=20_000)


class TestFlags:
    def test_stand_below_a_headline_and_open_to_the_passage(self, page: Page, faulty_app: str) -> None:
        pasted(page, faulty_app)
        unfold(page)
        choose(page, "Model", "ok")
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        flag = page.locator("summary", has_text=re.compile(r"“\d\.1” not found in the article"))
        flag.click()
        expect(page.locator(".flag[open] p")).to_have_text(re.compile("^The article: "))

    def test_can_put_the_cleanest_headline_first(self, page: Page, faulty_app: str) -> None:
        pasted(page, faulty_app, f"{ARTICLE}\n\nIt sank by 0.5, 1.5, 2.5 and 3.5 centimetres.")
        unfold(page)
        choose(page, "Model", "ok")
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        # The article holds the number of the sixth, and of hardly another one.
        page.get_by_label("Fewest flags first").check()
        expect(page.locator("li").nth(5)).to_have_css("order", re.compile("^[01]$"))


FAULTS = {"401": "refused our key", "refused": "could not be reached", "refusal": "declined to write"}


@pytest.fixture(scope="module")
def faulty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Copydesk whose models fail, each in its own way."""
    folder = tmp_path_factory.mktemp("faulty")
    with Provider() as provider:
        provider.write_models(folder / "models.yml", "ok", *FAULTS)
        with served(folder, COPYDESK_RETRIES="1") as address:
            yield address


class TestTrouble:
    @pytest.mark.parametrize(("fault", "sentence"), FAULTS.items())
    def test_a_failure_keeps_the_text_and_says_what_to_do(
        self, page: Page, faulty_app: str, fault: str, sentence: str
    ) -> None:
        pasted(page, faulty_app)
        unfold(page)
        choose(page, "Model", fault)
        page.get_by_role("button", name="Suggest headlines").click()
        expect(page.get_by_text(sentence)).to_be_visible(timeout=30_000)
        expect(article(page)).to_have_value(ARTICLE)

    def test_an_empty_article_is_told(self, page: Page, app: str) -> None:
        page.goto(app)
        expect(article(page)).to_be_visible()
        page.get_by_role("button", name="Suggest headlines").click()
        expect(page.get_by_text("There is no article")).to_be_visible()

    def test_markup_in_an_article_stays_text(self, page: Page, app: str) -> None:
        hostile = (
            "<img src=x onerror=\"document.title='hacked'\"> **Council** approves the new harbour bridge on Tuesday. "
            * 3
        )
        pasted(page, app, hostile + ARTICLE)
        article(page).press("Control+Enter")
        finished(page)
        assert page.title() != "hacked"
        assert page.locator("li img").count() == 0

    def test_a_database_of_another_program_is_told_on_the_screen(self, page: Page, tmp_path: Path) -> None:
        (tmp_path / "copydesk.db").write_text("This is a diary and no database. " * 40)
        with served(tmp_path) as app:
            page.goto(app)
            expect(page.get_by_text("is not a database")).to_be_visible()


class TestNarrowScreen:
    def test_a_telephone_can_do_it_too(self, page: Page, app: str) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        pasted(page, app)
        article(page).press("Control+Enter")
        finished(page)
        expect(headlines(page)).to_have_count(10)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
