"""The content of a version: equal content has one hash, for ever and everywhere, and different content another one."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.prompts.content import DEEPEST, Content, MessageTemplate, Parameters, Variable
from core.prompts.contract import Contract

MESSAGES = (
    MessageTemplate(role="system", content="Du schreibst Überschriften."),
    MessageTemplate(role="user", content="{{ article }}"),
)
SCHEMA = '{"name": "list", "schema": {"type": "object"}}'
FULL = Content(
    description="Headlines",
    messages=MESSAGES,
    variables={"article": Variable(description="The text.", sample="…")},
    model="offline/lede",
    parameters=Parameters(temperature=0.4, seed=7, stop=("END",)),
    fallbacks=("other/model",),
    contract=Contract(count=10, limits={"web": 70, "push": 40}),
    output="json_schema",
    json_schema=SCHEMA,
    other={"testData": [{"article": "A"}]},
)
# Written by hand. Whoever changes the canonical form makes every stored version a different one: do not update this, undo that.
CANONICAL = (
    '{"contract":{"count":10,"limits":{"push":40,"web":70}},"description":"Headlines","fallbacks":["other/model"],'
    '"json_schema":"{\\"name\\": \\"list\\", \\"schema\\": {\\"type\\": \\"object\\"}}",'
    '"messages":[{"content":"Du schreibst Überschriften.","role":"system"},{"content":"{{ article }}","role":"user"}],'
    '"model":"offline/lede","other":{"testData":[{"article":"A"}]},"output":"json_schema",'
    '"parameters":{"seed":7,"stop":["END"],"temperature":0.4},'
    '"variables":{"article":{"description":"The text.","sample":"…"}}}'
)
CHANGES: dict[str, Any] = {
    "description": "Other headlines",
    "messages": MESSAGES[:1],
    "variables": {},
    "model": "other/model",
    "parameters": Parameters(temperature=0.5, seed=7, stop=("END",)),
    "fallbacks": (),
    "contract": Contract(count=9, limits={"web": 70, "push": 40}),
    "output": "json_object",
    "json_schema": None,
    "other": {},
}

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class TestHash:
    def test_the_canonical_form_is_what_it_always_was(self) -> None:
        assert FULL.canonical() == CANONICAL

    def test_is_that_of_the_canonical_form(self) -> None:
        assert FULL.hash == hashlib.sha256(CANONICAL.encode()).hexdigest()

    def test_is_what_it_always_was(self) -> None:
        assert FULL.hash == "28e2f539c1d130f85592e792863ed94054b6965cb72ec4fe546c6ee8ca7e6db2"

    def test_every_field_is_tried_below(self) -> None:
        assert CHANGES.keys() == Content.model_fields.keys()

    @pytest.mark.parametrize("field", CHANGES)
    def test_differs_when_a_field_does(self, field: str) -> None:
        assert FULL.model_copy(update={field: CHANGES[field]}).hash != FULL.hash

    def test_differs_when_the_order_of_the_messages_does(self) -> None:
        assert FULL.model_copy(update={"messages": MESSAGES[::-1]}).hash != FULL.hash

    def test_does_not_depend_on_the_order_of_keys(self) -> None:
        turned = Contract(count=10, limits={"push": 40, "web": 70})
        assert FULL.model_copy(update={"contract": turned}).hash == FULL.hash

    def test_does_not_depend_on_whether_a_default_was_written_out(self) -> None:
        brief = Content(messages=MESSAGES, model="offline/lede")
        long = Content(messages=MESSAGES, model="offline/lede", output="text", fallbacks=(), parameters=Parameters())
        assert brief.hash == long.hash

    def test_does_not_depend_on_whether_a_number_was_written_as_a_whole_one(self) -> None:
        whole, decimal = Parameters.model_validate({"temperature": 1}), Parameters.model_validate({"temperature": 1.0})
        assert (
            FULL.model_copy(update={"parameters": whole}).hash == FULL.model_copy(update={"parameters": decimal}).hash
        )

    @settings(deadline=None, max_examples=100)
    @given(st.text(max_size=50), st.dictionaries(st.text(max_size=5).map(lambda key: f"x{key}"), plain, max_size=3))
    def test_survives_being_stored(self, text: str, other: dict[str, Any]) -> None:
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="m", other=other)
        assert Content.model_validate_json(content.canonical()).hash == content.hash

    @settings(deadline=None, max_examples=100)
    @given(st.text(max_size=50), st.text(max_size=50))
    def test_is_equal_for_equal_texts_only(self, one: str, other: str) -> None:
        hashes = {
            Content(messages=(MessageTemplate(role="user", content=text),), model="m").hash for text in (one, other)
        }
        assert len(hashes) == len({one, other})


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "schema",
        ["", "no json", "[]", "7", '{"name": "x"}', '{"schema": {}}', '{"name": "x", "schema": {}', "[" * 100_000],
        ids=lambda schema: schema[:12] or "empty",
    )
    def test_a_schema_that_is_none(self, schema: str) -> None:
        with pytest.raises(ValidationError):
            Content(messages=MESSAGES, model="m", json_schema=schema)

    @pytest.mark.parametrize(
        "changed",
        [
            {"messages": []},
            {"model": ""},
            {"output": "xml"},
            {"unknown": 1},
            {"messages": [{"role": "robot", "content": "x"}]},
            {"messages": [{"role": "user", "content": "x" * 50_001}]},
            {"messages": [{"role": "user", "content": "\ud800"}]},
        ],
        ids=str,
    )
    def test_a_content_that_cannot_be_asked(self, changed: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Content.model_validate({"messages": MESSAGES, "model": "m", **changed})

    @pytest.mark.parametrize(
        "other",
        [
            {"x": float("nan")},
            {"x": float("inf")},
            {"x": "\ud800"},
            {"\ud800": 1},
            {"x": {1: 2}},
            {"x": (1, 2)},
            {"x": date(2026, 1, 5)},
            {"x": 10**5_000},
            {"model": "m"},
            {"messages": []},
            {"copydesk": {}},
            {"name": 7},
            {"name": ""},
            {"name": "x" * 201},
            {"modelParameters": {}},
            {"modelParameters": [1]},
            {"modelParameters": {"topP": 1}},
        ],
        ids=lambda other: "-".join(map(ascii, other)),
    )
    def test_other_keys_that_a_file_could_not_hold(self, other: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Content(messages=MESSAGES, model="m", other=other)

    def test_other_keys_that_are_nested_too_deeply(self) -> None:
        deep: Any = "x"
        for _ in range(DEEPEST):
            deep = [deep]
        with pytest.raises(ValidationError, match="nested too deeply"):
            Content(messages=MESSAGES, model="m", other={"x": deep})

    def test_more_text_than_a_file_could_hold(self) -> None:
        messages = (MessageTemplate(role="user", content="x" * 50_000),) * 10
        with pytest.raises(ValidationError, match="at most 500,000 characters"):
            Content(messages=messages, model="m")

    @pytest.mark.parametrize(
        "parameters",
        [
            {"temperature": 2.1},
            {"temperature": -0.1},
            {"temperature": float("nan")},
            {"top_p": 0},
            {"top_p": 1.1},
            {"max_tokens": 0},
            {"reasoning_effort": "enormous"},
            {"api_key": "x"},
        ],
        ids=str,
    )
    def test_a_parameter_that_no_model_takes(self, parameters: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Parameters.model_validate(parameters)

    def test_a_change(self) -> None:
        with pytest.raises(ValidationError):
            FULL.model = "other"  # pyright: ignore[reportAttributeAccessIssue]


class TestWhatIsSent:
    def test_a_parameter_that_is_not_set_is_not(self) -> None:
        assert Parameters(temperature=0, seed=1).sent() == {"temperature": 0, "seed": 1}

    def test_text_has_no_response_format(self) -> None:
        assert Content(messages=MESSAGES, model="m").response_format() is None

    def test_json_asks_for_an_object(self) -> None:
        assert Content(messages=MESSAGES, model="m", output="json_object").response_format() == {"type": "json_object"}

    def test_a_schema_of_ones_own_goes_out_as_it_is(self) -> None:
        assert FULL.response_format() == {"type": "json_schema", "json_schema": json.loads(SCHEMA)}

    def test_without_one_it_is_that_of_a_list_of_headlines(self) -> None:
        sent = Content(messages=MESSAGES, model="m", output="json_schema").response_format()
        assert sent
        assert sent["json_schema"]["schema"]["required"] == ["headlines"]
