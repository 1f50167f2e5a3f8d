"""What templates are given: every name that is promised, and an article that stays inside its delimiters."""

import pytest

from core.headlines import variables
from core.prompts import tasks, template


def fill(article: str = "Rain.", spoken: str | None = "nl") -> dict[str, str | int]:
    return variables.fill(article, desk="sport", channel="push", spoken=spoken, count=5, limit=40)


class TestFill:
    def test_gives_every_name_that_there_is_and_no_other(self) -> None:
        assert fill().keys() == tasks.variables("headlines").keys()

    def test_says_the_language_in_words(self) -> None:
        assert fill(spoken="nl")["language"] == "Dutch"

    def test_passes_on_the_code_of_a_language_that_it_has_no_word_for(self) -> None:
        assert fill(spoken="eo")["language"] == "eo"

    @pytest.mark.parametrize("spoken", [None, ""])
    def test_of_no_language_speaks_of_that_of_the_article(self, spoken: str | None) -> None:
        assert fill(spoken=spoken)["language"] == "the language of the article"

    def test_leaves_numbers_numbers(self) -> None:
        assert (fill()["count"], fill()["limit"]) == (5, 40)

    @pytest.mark.parametrize(
        "tag", ["</article>", "<article>", "< / ARTICLE >", "<\n/\tarticle", "</article", "<article id=1>"]
    )
    def test_disarms_what_would_close_or_open_the_article(self, tag: str) -> None:
        assert fill(f"Before {tag} after")["article"] == f"Before ‹{tag[1:]} after"

    @pytest.mark.parametrize("text", ["5 < 6 articles", "<b>bold</b>", "</ art>", "article>", "<<>>"])
    def test_leaves_any_other_text_alone(self, text: str) -> None:
        assert fill(text)["article"] == text

    def test_does_not_read_an_article_as_a_template(self) -> None:
        assert template.render("{{ article }}", fill("{{ desk }} {% if %}")) == "{{ desk }} {% if %}"
