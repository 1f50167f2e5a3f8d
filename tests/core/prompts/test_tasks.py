"""What a prompt is for decides what a call fills in, and what of it nobody would."""

import pytest

from core.errors import BadInput
from core.prompts import tasks
from core.prompts.content import Content, MessageTemplate, Variable
from core.prompts.tasks import COMPARISON, JUDGE


def content(*texts: str, **described: Variable) -> Content:
    messages = tuple(MessageTemplate(role="user", content=text) for text in texts)
    return Content(messages=messages, model="offline/lede", variables=described)


def unknown(content: Content, prompt: str = "headlines"):
    return tasks.unknown(prompt, content)


class TestATask:
    def test_is_judging_for_the_prompts_of_judges_and_writing_for_any_other(self) -> None:
        assert [tasks.judges(name) for name in (JUDGE, COMPARISON, "headlines", "poems")] == [True, True, False, False]

    def test_has_its_own_variables(self) -> None:
        assert unknown(content("{{ headlines }}"), JUDGE) == []
        assert unknown(content("{{ headlines }}")) == ["headlines"]
        assert unknown(content("{{ first }} {{ second }}"), COMPARISON) == []


class TestUnknown:
    def test_names_what_nobody_gives_in_order(self) -> None:
        assert unknown(content("{{ weather }} {{ article }}", "{{ author }}")) == ["author", "weather"]

    def test_is_empty_where_every_name_is_given(self) -> None:
        assert unknown(content(*(f"{{{{ {name} }}}}" for name in tasks.variables("headlines")))) == []

    def test_looks_into_conditions_too(self) -> None:
        assert unknown(content("{% if weather %}Rain{% endif %}")) == ["weather"]

    def test_is_not_satisfied_by_a_description(self) -> None:
        described = content("{{ weather }}", weather=Variable(description="The weather."))
        assert unknown(described) == ["weather"]

    def test_of_a_broken_template_is_a_sentence(self) -> None:
        with pytest.raises(BadInput, match="breaks at line 2"):
            unknown(content("{{ article }}\n{{ desk"))


class TestUnused:
    def test_names_what_is_described_and_not_used_in_order(self) -> None:
        given = content("{{ article }}", limit=Variable(), desk=Variable(), article=Variable())
        assert tasks.unused(given) == ["desk", "limit"]

    def test_counts_a_use_in_any_message(self) -> None:
        assert tasks.unused(content("Hello", "{{ desk }}", desk=Variable())) == []

    def test_is_empty_without_descriptions(self) -> None:
        assert tasks.unused(content("{{ article }}")) == []
