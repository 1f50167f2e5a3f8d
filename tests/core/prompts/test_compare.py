"""What differs between two versions of a prompt is told completely and truly."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.prompts import compare
from core.prompts.compare import Change
from core.prompts.content import Content, MessageTemplate, Parameters, Variable
from core.prompts.contract import Contract
from tests.core.prompts.texts import TEXTS, properties, told

PLAIN = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from(["", "a", "a, b", "1", "true", " a", "[]"])
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "b", "a.b"]), inner, max_size=2),
    max_leaves=5,
)


def content(*texts: str, **more: Any) -> Content:
    messages = [MessageTemplate(role="user", content=text) for text in texts or ("Write.",)]
    return Content(**{"messages": messages, "model": "offline/lede", **more})


CONTENTS = st.builds(
    content,
    TEXTS,
    description=st.sampled_from(["", "a", " "]),
    variables=st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([Variable(), Variable(sample="x")])),
    fallbacks=st.sampled_from([(), ("a", "b"), ("a, b",), ("b", "a")]),
    parameters=st.sampled_from(
        [Parameters(), Parameters(stop=()), Parameters(stop=("\n",)), Parameters(temperature=0)]
    ),
    other=st.dictionaries(st.sampled_from(["a", "b", "a.b"]), PLAIN, max_size=2),
)


def changed(before: Content, after: Content) -> list[tuple[str, str | None, str | None]]:
    return [(change.name, change.before, change.after) for change in compare.settings(before, after)]


class TestMessages:
    def test_stand_beside_each_other_by_position(self) -> None:
        found = compare.compare(content("One.", "Two."), content("One.", "Three."))
        assert [message.changed for message in found.messages] == [False, True]

    def test_are_titled_by_their_role(self) -> None:
        assert [message.title for message in compare.compare(content("a"), content("b")).messages] == ["user"]

    def test_that_were_added_say_so_and_have_no_old_side(self) -> None:
        added = compare.compare(content("One."), content("One.", "Two.\nThree.")).messages[1]
        assert (added.title, added.changed, told(added.rows)) == ("user (added)", True, ["|{+Two.+}", "|{+Three.+}"])

    def test_that_were_removed_say_so_and_have_no_new_side(self) -> None:
        removed = compare.compare(content("One.", "Two."), content("One.")).messages[1]
        assert (removed.title, removed.changed, told(removed.rows)) == ("user (removed)", True, ["[-Two.-]|"])

    def test_that_were_added_empty_are_a_change_too(self) -> None:
        found = compare.compare(content("One."), content("One.", ""))
        assert (found.messages[1].changed, found.same) == (True, False)

    def test_with_another_role_name_both_and_are_changed(self) -> None:
        other = content(messages=[MessageTemplate(role="system", content="Write.")])
        found = compare.compare(content("Write."), other)
        assert (found.messages[0].title, found.messages[0].changed, found.same) == ("user → system", True, False)

    def test_with_another_role_have_the_same_words(self) -> None:
        other = content(messages=[MessageTemplate(role="system", content="Write.")])
        assert told(compare.compare(content("Write."), other).messages[0].rows) == ["Write.|Write."]


class TestSettings:
    def test_of_the_same_are_none(self) -> None:
        assert changed(content(), content()) == []

    def test_name_the_model_before_and_after(self) -> None:
        assert changed(content(), content(model="gpt")) == [("model", "offline/lede", "gpt")]

    def test_that_were_not_set_are_none_before(self) -> None:
        given = content(parameters=Parameters(temperature=0.2))
        assert changed(content(), given) == [("parameters.temperature", None, "0.2")]

    def test_that_are_not_set_any_more_are_none_after(self) -> None:
        given = content(parameters=Parameters(temperature=0.2))
        assert changed(given, content()) == [("parameters.temperature", "0.2", None)]

    def test_of_zero_are_set(self) -> None:
        assert changed(content(), content(parameters=Parameters(temperature=0))) == [
            ("parameters.temperature", None, "0.0")
        ]

    def test_of_the_contract_are_told_by_channel(self) -> None:
        before, after = (
            content(contract=Contract(count=count, limits={"web": web})) for count, web in ((10, 70), (5, 60))
        )
        assert changed(before, after) == [("contract.count", "10", "5"), ("contract.limits.web", "70", "60")]

    def test_tell_a_channel_that_came_and_one_that_went(self) -> None:
        before, after = (content(contract=Contract(limits=limits)) for limits in ({"web": 70}, {"push": 40}))
        assert changed(before, after) == [("contract.limits.web", "70", None), ("contract.limits.push", None, "40")]

    def test_list_what_is_several(self) -> None:
        before, after = (content(fallbacks=fallbacks) for fallbacks in (("a",), ("a", "b")))
        assert changed(before, after) == [("fallbacks", "a", "a, b")]

    def test_see_another_order_of_fallbacks(self) -> None:
        before, after = (content(fallbacks=fallbacks) for fallbacks in (("b", "a"), ("a", "b")))
        assert changed(before, after) == [("fallbacks", "b, a", "a, b")]

    def test_quote_what_one_could_not_see_in_a_list(self) -> None:
        stops = (Parameters(stop=stop) for stop in (("\n",), ("a, b", " c")))
        before, after = (content(parameters=parameters) for parameters in stops)
        assert changed(before, after) == [("parameters.stop", '"\\n"', '"a, b", " c"')]

    def test_tell_an_empty_list_from_none(self) -> None:
        given = content(parameters=Parameters(stop=()))
        assert changed(content(), given) == [("parameters.stop", None, "[]")]

    def test_reach_into_what_a_file_holds_besides(self) -> None:
        before = content(other={"modelParameters": {"frequencyPenalty": 0.1}, "evaluators": [{"name": "length"}]})
        after = content(other={"modelParameters": {"frequencyPenalty": 0.2}, "evaluators": []})
        assert changed(before, after) == [
            ("other.modelParameters.frequencyPenalty", "0.1", "0.2"),
            ("other.evaluators", '{"name": "length"}', "[]"),
        ]

    def test_write_yes_and_no_as_files_do(self) -> None:
        assert changed(content(other={"strict": True}), content(other={"strict": False})) == [
            ("other.strict", "true", "false")
        ]

    def test_see_a_variable_that_is_described_by_nothing(self) -> None:
        assert changed(content(), content(variables={"desk": Variable()})) == [("variables.desk", None, "{}")]

    def test_see_the_description_of_a_variable(self) -> None:
        before, after = (content(variables={"desk": Variable(description=text)}) for text in ("The desk", "Who asks"))
        assert changed(before, after) == [("variables.desk.description", "The desk", "Who asks")]

    def test_see_the_schema(self) -> None:
        schema = '{"name": "a", "schema": {}}'
        given = content(output="json_schema", json_schema=schema)
        assert changed(content(), given) == [("output", "text", "json_schema"), ("json_schema", None, schema)]

    def test_of_one_side_are_all_that_is_set(self) -> None:
        assert compare.flat(content(contract=Contract(limits={"web": 70}))) == {
            "model": "offline/lede",
            "contract.count": "10",
            "contract.limits.web": "70",
            "output": "text",
        }

    @properties
    @given(CONTENTS, CONTENTS)
    def test_are_mirrored_the_other_way_round(self, before: Content, after: Content) -> None:
        mirrored = {Change(change.name, change.after, change.before) for change in compare.settings(before, after)}
        assert set(compare.settings(after, before)) == mirrored


class TestSame:
    @properties
    @given(CONTENTS)
    def test_is_a_content_and_itself(self, one: Content) -> None:
        assert compare.compare(one, one.model_copy(deep=True)).same

    @properties
    @given(CONTENTS, CONTENTS)
    def test_are_contents_with_the_same_hash_and_no_others(self, before: Content, after: Content) -> None:
        assert compare.compare(before, after).same == (before.hash == after.hash)

    def test_is_not_what_differs_in_a_setting_alone(self) -> None:
        assert not compare.compare(content(), content(model="gpt")).same
