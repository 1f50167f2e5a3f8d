"""A file is read as the prompt that it holds, and each wrong value of it is named with its line."""

import time
from pathlib import Path

import pytest

from core.errors import BadInput
from core.prompts import files, template
from core.prompts.content import Parameters
from tests.core.prompts.prompt_files import HEAD, SHIPPED, WRITERS, message, parse


class TestShippedPrompts:
    def test_there_are_two_that_write_and_two_that_judge(self) -> None:
        assert [files.read(path).name for path in SHIPPED] == [
            "headline-comparison",
            "headline-judge",
            "headlines",
            "headlines",
        ]

    @pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.name)
    def test_ask_for_ten_and_have_a_limit_for_each_channel(self, path: Path) -> None:
        contract = files.read(path).content.contract
        assert contract.count == 10
        assert contract.limits == {"web": 70, "search": 60, "social": 70, "push": 40}

    @pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
    def test_use_the_variables_that_they_describe(self, path: Path) -> None:
        content = files.read(path).content
        used = frozenset[str]().union(*(template.variables(message.content) for message in content.messages))
        assert used == content.variables.keys()

    @pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
    def test_have_a_note(self, path: Path) -> None:
        assert files.read(path).note


class TestWhatIsOurs:
    def test_is_read_from_under_one_key(self) -> None:
        ours = "copydesk:\n  note: Why.\n  seed: 7\n  stop: [END]\n  reasoningEffort: low\n  fallbacks: [other/model]\n"
        file = parse(HEAD + ours)
        assert file.note == "Why."
        assert file.content.parameters == Parameters(seed=7, stop=("END",), reasoning_effort="low")
        assert file.content.fallbacks == ("other/model",)

    def test_does_not_travel_along_as_something_unknown(self) -> None:
        assert parse(HEAD + "copydesk:\n  note: Why.\n").content.other == {}


class TestAWrongValue:
    @pytest.mark.parametrize(
        ("text", "line", "named"),
        [
            (HEAD.replace("headlines", "見出し"), 1, "copydesk: prompt"),
            (HEAD.replace("headlines", "[]"), 1, "name"),
            (HEAD.replace("headlines", "x" * 201), 1, "name"),
            ("# Without a name\n" + HEAD.replace("name: headlines\n", ""), 2, "name"),
            (HEAD.replace("offline/lede", "[]"), 2, "model"),
            (HEAD.replace("role: user", "role: robot"), 4, "messages.0.role"),
            (HEAD.replace('"{{ article }}"', "[]"), 5, "messages.0.content"),
            (HEAD + "  - role: user\n", 6, "messages.1.content"),
            (HEAD + "  - role: user\n    content: x\n    name: me\n", 8, "messages.1.name"),
            (HEAD + "responseFormat: xml\n", 6, "responseFormat"),
            (HEAD + "modelParameters:\n  temperature: warm\n", 7, "modelParameters.temperature"),
            (HEAD + "modelParameters:\n  temperature: 5\n", 7, "temperature"),
            (HEAD + "modelParameters:\n  topP: 0.5\n  maxTokens: 0\n", 8, "max"),
            (HEAD + "modelParameters:\n  temperature: .nan\n", 7, "modelParameters.temperature"),
            (HEAD + "modelParameters: 5\n", 6, "modelParameters"),
            (HEAD + 'jsonSchema: "{"\n', 6, "jsonSchema"),
            (HEAD + "jsonSchema:\n  type: object\n", 7, "jsonSchema"),
            (HEAD + "copydesk:\n  prompt: Not This\n", 7, "copydesk.prompt"),
            (HEAD + "copydesk:\n  parent: 0\n", 7, "copydesk.parent"),
            (HEAD + "copydesk:\n  createdAt: yesterday\n", 7, "copydesk.createdAt"),
            (HEAD + "copydesk:\n  createdAt: 0001-01-01T00:00:00+14:00\n", 7, "copydesk.createdAt"),
            (HEAD + "copydesk:\n  createdAt: 9999-12-31T23:59:59-14:00\n", 7, "copydesk.createdAt"),
            (HEAD + "copydesk:\n  variables:\n    article:\n      sampel: x\n", 9, "sampel"),
            (HEAD + "copydesk:\n  note: x\n  contract:\n    count: 99\n", 9, "copydesk.contract.count"),
            (HEAD + "copydesk:\n  contract:\n    limits:\n      web: long\n", 9, "copydesk.contract.limits.web"),
            (HEAD + "copydesk:\n  reasoningEffort: enormous\n", 7, "reasoning"),
            (HEAD + "copydesk:\n  colour: red\n", 7, "copydesk.colour"),
        ],
        ids=lambda value: "" if "\n" in str(value) else str(value),
    )
    def test_is_named_with_its_line(self, text: str, line: int, named: str) -> None:
        said = message(text)
        assert said.startswith(f"headlines.prompt.yml, line {line}: ")
        assert named in said

    def test_is_not_repeated_at_length(self) -> None:
        assert len(message(HEAD.replace("headlines", "X" * 100_000))) < 300


class TestAFileThatIsNoPrompt:
    @pytest.mark.parametrize("text", ["", "# nothing", "just text", "- a\n- b\n", "7", "null"])
    def test_because_it_is_no_mapping_is_refused(self, text: str) -> None:
        assert "line 1: the file is wrong" in message(text)

    def test_because_it_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"missing.prompt.yml cannot be read"):
            files.read(tmp_path / "missing.prompt.yml")

    def test_because_it_is_not_utf8_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.prompt.yml"
        path.write_bytes("name: é".encode("latin-1"))
        with pytest.raises(BadInput, match=r"latin.prompt.yml cannot be read"):
            files.read(path)

    @pytest.mark.parametrize(
        ("text", "line"),
        [("a: [1\nb: 2", 2), ("a: b: c", 1), ("\ta: b", 1), ("a: 1\n---\nb: 2", 2), ("a: 1\n  b: 2", 2)],
    )
    def test_because_it_is_no_yaml_is_refused_with_its_line(self, text: str, line: int) -> None:
        assert message(text).startswith(f"headlines.prompt.yml, line {line}: ")

    def test_because_it_is_huge_is_refused_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.prompt.yml"
        path.write_text(HEAD + "x: " + "[" * 10_000_000)
        start = time.perf_counter()
        with pytest.raises(BadInput, match=r"huge.prompt.yml is larger than 1,000,000 characters"):
            files.read(path)
        assert time.perf_counter() - start < 1

    def test_because_it_is_nested_endlessly_is_refused_at_once(self) -> None:
        start = time.perf_counter()
        message(HEAD + "x: " + "[" * 4_000)
        assert time.perf_counter() - start < 1
