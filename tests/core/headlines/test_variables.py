"""What templates are given: every name that is promised, and an article that stays inside its delimiters."""

import pytest

from core.errors import BadInput
from core.headlines import variables
from core.prompts import template
from core.prompts.content import Content, MessageTemplate, Variable


def fill(article: str = "Rain.", spoken: str | None = "nl") -> dict[str, str | int]:
    return variables.fill(article, desk="sport", channel="push", spoken=spoken, count=5, limit=40)


def content(*texts: str, **described: Variable) -> Content:
    messages = tuple(MessageTemplate(role="user", content=text) for text in texts)
    return Content(messages=messages, model="offline/lede", variables=described)


class TestFill:
    def test_gives_every_name_that_there_is_and_no_other(self) -> None:
        assert fill().keys() == variables.NAMES.keys()

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


class TestUnknown:
    def test_names_what_nobody_gives_in_order(self) -> None:
        assert variables.unknown(content("{{ weather }} {{ article }}", "{{ author }}")) == ["author", "weather"]

    def test_is_empty_where_every_name_is_given(self) -> None:
        assert variables.unknown(content(*(f"{{{{ {name} }}}}" for name in variables.NAMES))) == []

    def test_looks_into_conditions_too(self) -> None:
        assert variables.unknown(content("{% if weather %}Rain{% endif %}")) == ["weather"]

    def test_is_not_satisfied_by_a_description(self) -> None:
        described = content("{{ weather }}", weather=Variable(description="The weather."))
        assert variables.unknown(described) == ["weather"]

    def test_of_a_broken_template_is_a_sentence(self) -> None:
        with pytest.raises(BadInput, match="breaks at line 2"):
            variables.unknown(content("{{ article }}\n{{ desk"))


class TestUnused:
    def test_names_what_is_described_and_not_used_in_order(self) -> None:
        given = content("{{ article }}", limit=Variable(), desk=Variable(), article=Variable())
        assert variables.unused(given) == ["desk", "limit"]

    def test_counts_a_use_in_any_message(self) -> None:
        assert variables.unused(content("Hello", "{{ desk }}", desk=Variable())) == []

    def test_is_empty_without_descriptions(self) -> None:
        assert variables.unused(content("{{ article }}")) == []
