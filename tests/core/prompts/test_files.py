"""Prompt files: both shipped ones are read, and of any other each wrong value is named with its line and nothing is run."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.prompts import files, template
from core.prompts.content import Parameters

SHIPPED = sorted((Path(__file__).parents[3] / "prompts").glob("*.prompt.yml"))

HEAD = """\
name: headlines
model: offline/lede
messages:
  - role: user
    content: "{{ article }}"
"""

FROM_GITHUB = """\
name: headlines
description: From the GitHub Models editor.
model: openai/gpt-4o-mini
modelParameters:
  temperature: 0.5
  topP: 0.9
  maxTokens: 300
messages:
  - role: system
    content: You write headlines.
  - role: user
    content: "{{ article }}"
testData:
  - article: A town built a bridge.
    expected: Bridge
evaluators:
  - name: Mentions the bridge
    string:
      contains: bridge
"""


def parse(text: str) -> files.PromptFile:
    return files.parse(text, source="headlines.prompt.yml")


def message(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        parse(text)
    return caught.value.message


class TestShippedPrompts:
    def test_there_are_two(self) -> None:
        assert [path.name for path in SHIPPED] == ["headlines-1.prompt.yml", "headlines-2.prompt.yml"]

    @pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
    def test_are_versions_of_the_headlines_prompt(self, path: Path) -> None:
        assert files.read(path).name == "headlines"

    @pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
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


class TestAFileFromGitHub:
    def test_keeps_what_we_do_not_use(self) -> None:
        assert parse(FROM_GITHUB).content.other == {
            "testData": [{"article": "A town built a bridge.", "expected": "Bridge"}],
            "evaluators": [{"name": "Mentions the bridge", "string": {"contains": "bridge"}}],
        }

    def test_gives_its_parameters(self) -> None:
        assert parse(FROM_GITHUB).content.parameters == Parameters(temperature=0.5, top_p=0.9, max_tokens=300)

    def test_gives_its_messages_in_order(self) -> None:
        roles = [(message.role, message.content) for message in parse(FROM_GITHUB).content.messages]
        assert roles == [("system", "You write headlines."), ("user", "{{ article }}")]

    def test_has_no_note(self) -> None:
        assert parse(FROM_GITHUB).note == ""

    def test_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "headlines.prompt.yml"
        path.write_bytes(b"\xef\xbb\xbf" + FROM_GITHUB.encode())
        assert files.read(path) == parse(FROM_GITHUB)

    def test_may_have_the_line_ends_of_windows(self, tmp_path: Path) -> None:
        path = tmp_path / "headlines.prompt.yml"
        path.write_bytes(FROM_GITHUB.replace("\n", "\r\n").encode())
        assert files.read(path) == parse(FROM_GITHUB)


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
            (HEAD.replace("headlines", "Head Lines"), 1, "name"),
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
            (HEAD + "modelParameters:\n  topK: 5\n", 7, "modelParameters.topK"),
            (HEAD + 'jsonSchema: "{"\n', 6, "json"),
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
        # PyYAML looks 1,024 characters ahead, and takes about half a second for as many brackets.
        assert time.perf_counter() - start < 5


class TestHostileYaml:
    def test_an_alias_is_refused_with_its_line(self) -> None:
        assert message(HEAD + "a: &a [x, x]\nb: [*a, *a]\n") == (
            "headlines.prompt.yml, line 7: YAML aliases are not allowed."
        )

    def test_a_billion_laughs_are_refused_at_once(self) -> None:
        laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
        start = time.perf_counter()
        assert "aliases are not allowed" in message(HEAD + "a0: &a0 ha\n" + laughs)
        assert time.perf_counter() - start < 1

    def test_a_tag_of_python_runs_nothing(self, tmp_path: Path) -> None:
        assert "line 6" in message(HEAD + f"x: !!python/object/apply:os.mkdir [{tmp_path}/made]\n")
        assert not (tmp_path / "made").exists()

    @pytest.mark.parametrize(
        "value",
        [
            "!!python/name:os.system",
            "!!python/tuple [1]",
            "!mine 1",
            "!!set {a, b}",
            "!!binary aGVsbG8=",
            "!!binary //79",
            "!!omap [a: 1]",
            "!!timestamp 5",
            "!!bool perhaps",
            "!!int abc",
        ],
    )
    def test_a_tag_is_refused_with_its_line(self, value: str) -> None:
        assert message(HEAD + f"x: {value}\n").startswith("headlines.prompt.yml, line 6: ")

    def test_a_key_that_is_there_twice_is_refused_with_its_line(self) -> None:
        assert message(HEAD + "model: other/model\n").startswith("headlines.prompt.yml, line 6: ")

    @pytest.mark.parametrize(
        "value", ["x: 2026-99-01", 'x: "\\ud800"', 'description: "\\ud800"', "x: " + "9" * 5_000, "1: x"]
    )
    def test_a_value_that_cannot_be_kept_is_refused(self, value: str) -> None:
        message(HEAD + f"{value}\n")

    @pytest.mark.parametrize("depth", [20, 100, 260])
    def test_what_is_read_can_be_stored_or_is_refused(self, depth: int) -> None:
        try:
            file = parse(HEAD + "x: " + "[" * depth + "]" * depth + "\n")
        except BadInput:
            return
        assert file.content.hash

    @settings(deadline=None, max_examples=200)
    @given(st.text(alphabet=" \n:-[]{}&*!|>'\"#%@ax1\t,?<=.", max_size=40))
    def test_any_text_is_read_and_can_be_stored_or_is_refused(self, text: str) -> None:
        try:
            file = parse(HEAD + text)
        except BadInput:
            return
        assert file.content.hash
