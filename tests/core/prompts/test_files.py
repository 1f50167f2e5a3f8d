"""Prompt files: both shipped ones are read, and of any other each wrong value is named with its line and nothing is run."""

import contextlib
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.prompts import files, template
from core.prompts.content import KEYS_OF_FILES, PARAMETERS_OF_FILES, Content, MessageTemplate, Parameters, Variable
from core.prompts.contract import Contract
from core.prompts.files import PromptFile

SHIPPED = sorted((Path(__file__).parents[3] / "prompts").glob("*.prompt.yml"))
WRITERS = [path for path in SHIPPED if path.name.startswith("headlines-")]

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


# In the form of GitHub's own documentation and tools: titles for names, ids with a publisher, evaluators of every kind.
WITH_A_TITLE = """\
name: News Summary, short
description: Sums up an article
model: openai/gpt-4o
modelParameters:
  temperature: 0.3
  frequencyPenalty: 0.5
messages:
  - role: system
    content: You sum up news.
  - role: user
    content: |
      Sum this up:
      <text>
      {{input}}
      </text>
testData:
  - input: |
      The bridge opened.
      Nobody fell.
    expected: A bridge opened
    date: 2026-01-05
evaluators:
  - name: Starts well
    string:
      startsWith: 'A'
  - name: Judged
    llm:
      modelId: openai/gpt-4o-mini
      prompt: 'Rate {{completion}}'
      choices:
        - choice: '1'
          score: 0.5
        - choice: good
          score: 1.0
  - name: similar
    uses: github/similarity
"""
WITH_A_SCHEMA = """\
name: person-facts
model: openai/gpt-4.1
responseFormat: json_schema
jsonSchema: |-
  {
    "name": "person",
    "strict": true,
    "schema": {"type": "object", "properties": {"age": {"type": "integer"}}}
  }
messages:
  - role: user
    content: "Facts about {{name}}, please."
testData: []
"""
ONE_LINERS = """\
messages:
- {role: system, content: Be kind.}
- {role: assistant, content: 'Yes?'}
- {role: user, content: "{{ question }}"}
model: mistral-ai/mistral-small-2503
name: Chat
"""
FROM_GITHUB_MODELS = {
    "a title": WITH_A_TITLE,
    "a schema": WITH_A_SCHEMA,
    "one-liners": ONE_LINERS,
    "plain": FROM_GITHUB,
}

# What YAML might read as something else, or not hold as it is.
ODD = [
    "", "yes", "null", "~", "true", "1e3", "+.5E-3", "0o17", "0x1F", "010", "2026-01-05", "1:30", ".5", "5.", "-.inf",
    ".nan", "1_000", "1e999", "<<", "=", "---", "...", "- a", "? a", "%YAML", "a: b", "a #b", " a", "a ", "\n", "\n\n",
    "a\nb", "a\nb\n", "a\nb\n\n", " a\nb", "a \nb", "a\n b", "a\n\tb", "\ta", "a\r\nb", "a\rb", "#a\n#b", "a\n---\nb",
    "a\x85b", "a\u2028b", "a\u2029", "\ufeffa", "a\x00b", "a\x1bb", "a\x7fb", "\xa0", "a\xa0\nb",
    "\U0001f600: \U0010ffff", "9" * 4_301,
]  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=20) | st.text(alphabet=sorted(set("".join(ODD))), max_size=20)
plain_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def others(draw: st.DrawFn) -> dict[str, Any]:
    other = draw(st.dictionaries(texts.filter(lambda key: key not in KEYS_OF_FILES), plain_data, max_size=3))
    if draw(st.booleans()):
        other["name"] = draw(st.sampled_from(["headlines", "News Summary"]) | texts.filter(lambda t: 0 < len(t) <= 200))
    if draw(st.booleans()):
        keys = texts.filter(lambda key: key not in PARAMETERS_OF_FILES)
        other["modelParameters"] = draw(st.dictionaries(keys, plain_data, min_size=1, max_size=2))
    return other


contents = st.builds(
    Content,
    description=texts,
    messages=st.lists(
        st.builds(MessageTemplate, role=st.sampled_from(["system", "user", "assistant"]), content=texts),
        min_size=1,
        max_size=3,
    ).map(tuple),
    variables=st.dictionaries(texts, st.builds(Variable, description=texts, sample=texts), max_size=2),
    model=texts.filter(bool),
    parameters=st.builds(
        Parameters,
        temperature=st.none() | st.floats(0, 2),
        top_p=st.none() | st.floats(0, 1, exclude_min=True),
        max_tokens=st.none() | st.integers(1, 2**70),
        seed=st.none() | st.integers(),
        stop=st.none() | st.lists(texts, max_size=2).map(tuple),
        reasoning_effort=st.sampled_from([None, "none", "minimal", "low", "medium", "high"]),
    ),
    fallbacks=st.lists(texts, max_size=2).map(tuple),
    contract=st.builds(
        Contract,
        count=st.integers(1, 50),
        limits=st.dictionaries(texts, st.integers(1, 2**70), min_size=1, max_size=3),
    ),
    output=st.sampled_from(["text", "json_object", "json_schema"]),
    json_schema=st.none()
    | texts.map(lambda text: json.dumps({"name": text, "schema": {}}, ensure_ascii=False, indent=2)),
    other=others(),
)
prompt_files = st.builds(
    PromptFile,
    name=st.from_regex(r"[a-z][a-z0-9-]{0,99}", fullmatch=True),
    content=contents,
    note=texts,
    parent=st.none() | st.integers(1, 2**63 - 1),
    author=texts,
    created_at=st.none() | st.integers(0, 4_000_000_000_000),
)


def with_text(text: str) -> PromptFile:
    return PromptFile("headlines", Content(messages=(MessageTemplate(role="user", content=text),), model="m"), "")


def with_other(other: dict[str, Any]) -> PromptFile:
    return PromptFile(
        "headlines", Content(messages=(MessageTemplate(role="user", content="x"),), model="m", other=other), ""
    )


def parse(text: str) -> PromptFile:
    return files.parse(text, source="headlines.prompt.yml")


def message(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        parse(text)
    return caught.value.message


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

    @pytest.mark.parametrize("text", FROM_GITHUB_MODELS.values(), ids=FROM_GITHUB_MODELS)
    def test_loses_nothing_on_its_way_out(self, text: str) -> None:
        def as_github_reads_it(text: str) -> Any:
            # Every scalar as text, for GitHub's tools know other types than Python's.
            return yaml.load(text, yaml.BaseLoader)

        came, went = as_github_reads_it(text), as_github_reads_it(files.dump(parse(text)))
        went.pop("copydesk")
        came.setdefault("responseFormat", "text")
        assert went == came

    @pytest.mark.parametrize("text", FROM_GITHUB_MODELS.values(), ids=FROM_GITHUB_MODELS)
    def test_can_be_asked(self, text: str) -> None:
        for message in parse(text).content.messages:
            template.check(message.content)

    def test_keeps_its_model(self) -> None:
        assert parse(WITH_A_TITLE).content.model == "openai/gpt-4o"

    def test_gives_its_variables_in_double_braces(self) -> None:
        assert template.variables(parse(WITH_A_TITLE).content.messages[1].content) == {"input"}

    def test_gives_its_schema(self) -> None:
        sent = parse(WITH_A_SCHEMA).content.response_format()
        assert sent
        assert sent["json_schema"]["name"] == "person"

    def test_reports_what_is_not_used(self) -> None:
        assert parse(WITH_A_TITLE).unknown == ("modelParameters.frequencyPenalty", "testData", "evaluators")

    def test_without_anything_else_reports_nothing(self) -> None:
        assert parse(ONE_LINERS).unknown == ()

    def test_keeps_further_model_parameters_where_they_were(self) -> None:
        assert "modelParameters:\n  temperature: 0.3\n  frequencyPenalty: 0.5\n" in files.dump(parse(WITH_A_TITLE))


class TestATitle:
    """GitHub Models names its prompts as people name things; a prompt here has a short name."""

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("News Summary, short", "news-summary-short"),
            ("Überschriften!", "uberschriften"),
            ("3 ideas -- fast", "ideas-fast"),
            ("Straße", "strasse"),
            ("x " * 100, "-".join("x" * 50)),
            ("Headlines", "headlines"),
        ],
    )
    def test_gives_a_name(self, title: str, name: str) -> None:
        assert parse(HEAD.replace("headlines", json.dumps(title), 1)).name == name

    def test_is_kept(self) -> None:
        assert files.dump(parse(WITH_A_TITLE)).startswith("name: News Summary, short\n")

    def test_is_not_reported_as_unknown(self) -> None:
        assert "name" not in parse(WITH_A_TITLE).unknown

    def test_can_stand_beside_a_name_of_our_own(self) -> None:
        file = parse(HEAD.replace("headlines", "見出し") + "copydesk:\n  prompt: midashi\n")
        assert (file.name, file.content.other) == ("midashi", {"name": "見出し"})

    def test_stays_when_the_prompt_goes_by_another_name(self) -> None:
        file = PromptFile("short", parse(WITH_A_TITLE).content, "")
        assert parse(files.dump(file)) == file


class TestWhatJsonHasNoTypeFor:
    @pytest.mark.parametrize("text", ["2026-01-05", "2026-99-01", "1:30", "yes", "on", "010", "1_000", ".nan", "1e999"])
    def test_stays_the_text_that_it_is(self, text: str) -> None:
        assert parse(HEAD + f"x: {text}\n").content.other == {"x": text}

    @pytest.mark.parametrize("key", ["1", "true", "2026-01-05", "null", "1.0"])
    def test_as_a_key_is_a_text(self, key: str) -> None:
        assert parse(HEAD + f"x: {{{key}: 1}}\n").content.other == {"x": {key: 1}}


class TestAPlainValue:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("7", 7),
            ("-7", -7),
            ("0x1F", 31),
            ("0o17", 15),
            ("1.5", 1.5),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("true", True),
            ("False", False),
            ("null", None),
            ("~", None),
            ("", None),
            ("{}", {}),
            ("[]", []),
        ],
    )
    def test_is_read_as_json_has_it(self, text: str, value: object) -> None:
        read = parse(HEAD + f"x: {text}\n").content.other["x"]
        assert (read, type(read)) == (value, type(value))


class TestAFileThatIsWritten:
    @settings(deadline=None, max_examples=400)
    @given(prompt_files)
    def test_is_read_as_what_was_written(self, file: PromptFile) -> None:
        read = parse(files.dump(file))
        assert read == file
        assert read.content.hash == file.content.hash

    @settings(deadline=None, max_examples=100)
    @given(prompt_files)
    def test_is_the_same_when_written_again(self, file: PromptFile) -> None:
        text = files.dump(file)
        assert files.dump(parse(text)) == text

    @settings(deadline=None, max_examples=100)
    @given(prompt_files)
    def test_is_read_alike_with_the_line_ends_of_windows(self, file: PromptFile) -> None:
        assert parse(files.dump(file).replace("\n", "\r\n")) == file

    @settings(deadline=None, max_examples=100)
    @given(prompt_files)
    def test_holds_no_line_that_a_person_could_not_see(self, file: PromptFile) -> None:
        text = files.dump(file)
        assert not any(line != line.rstrip() for line in text.split("\n"))
        assert all(
            character == "\n" or character.isprintable() or character == "\xa0" or ord(character) > 0xA0
            for character in text
        )

    @settings(deadline=None, max_examples=100)
    @given(prompt_files)
    def test_means_the_same_to_the_yaml_of_others(self, file: PromptFile) -> None:
        content = file.content
        read = yaml.safe_load(files.dump(file))
        assert [message["content"] for message in read["messages"]] == [message.content for message in content.messages]
        assert {key: read[key] for key in content.other.keys() - {"name", "modelParameters"}} == {
            key: value for key, value in content.other.items() if key not in ("name", "modelParameters")
        }

    @pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.name)
    def test_looks_like_the_shipped_ones(self, path: Path) -> None:
        without_comments = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        assert files.dump(files.read(path)).splitlines() == without_comments

    def test_has_several_lines_as_a_block(self) -> None:
        assert "    content: |-\n      One.\n\n        Two: “ü” 😀\n" in files.dump(with_text("One.\n\n  Two: “ü” 😀"))

    def test_keeps_a_line_end_at_the_end(self) -> None:
        assert "    content: |\n      One.\n      Two.\nresponse" in files.dump(with_text("One.\nTwo.\n"))

    def test_does_not_fold_long_lines(self) -> None:
        long = "word " * 1_000 + "end"
        assert f"    content: {long}\n" in files.dump(with_text(long))

    @pytest.mark.parametrize(
        "text", ["a \nb", "a\n\n", " a\nb", "\na", "a\n\tb", "a\rb", "a\x85b", "a\u2028b", "a\x07\nb"]
    )
    def test_has_in_quotes_what_a_block_would_lose_or_hide(self, text: str) -> None:
        assert '    content: "' in files.dump(with_text(text))

    def test_leaves_out_what_is_not_set(self) -> None:
        assert files.dump(with_text("x")) == (
            "name: headlines\nmodel: m\nmessages:\n  - role: user\n    content: x\nresponseFormat: text\n"
            "copydesk:\n  contract:\n    count: 10\n    limits:\n"
            "      web: 70\n      search: 60\n      social: 70\n      push: 40\n"
        )

    def test_says_where_a_version_came_from_outside_of_its_content(self) -> None:
        file = with_text("x")
        told = PromptFile(file.name, file.content, "Why.", parent=2, author="ada", created_at=1_767_600_000_123)
        assert '  parent: 2\n  author: ada\n  createdAt: "2026-01-05T08:00:00.123Z"\n  note: Why.\n' in files.dump(told)

    def test_has_no_aliases_where_the_same_stands_twice(self) -> None:
        same = ["a"]
        assert parse(files.dump(with_other({"x": same, "y": same}))).content.other == {"x": ["a"], "y": ["a"]}

    @pytest.mark.parametrize("name", ["", "Head Lines", "../x", "a/b", "x" * 101, "a\n", "con.txt"])
    def test_needs_a_name_of_a_prompt(self, name: str) -> None:
        with pytest.raises(BadInput, match="A prompt's name is made of small letters"):
            files.dump(PromptFile(name, with_text("x").content, ""))

    def test_is_refused_rather_than_unreadable_when_it_is_too_large(self) -> None:
        messages = tuple(MessageTemplate(role="user", content="\u2028\t" * 25_000) for _ in range(4))
        file = PromptFile("headlines", Content(messages=messages, model="m"), "\U0001f600\t" * 100_000)
        with pytest.raises(BadInput, match=r"headlines.prompt.yml is larger than 1,000,000 characters"):
            files.dump(file)

    def test_holds_the_deepest_that_a_content_may_hold(self) -> None:
        deep: Any = "x"
        for _ in range(files.DEEPEST - 1):
            deep = [deep]
        file = with_other({"x": deep})
        assert parse(files.dump(file)) == file


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
        "value",
        ['x: "\\ud800"', 'description: "\\ud800"', '"\\ud800": x', "? [a]\n: x", "? {a: b}\n: x", "x: \x07", "x: \x00"],
    )
    def test_a_value_that_cannot_be_kept_is_refused_with_its_line(self, value: str) -> None:
        assert message(HEAD + f"{value}\n").startswith("headlines.prompt.yml, line 6: ")

    @pytest.mark.parametrize(
        "trick", ["x: *a", "*a : x", "!!str x: 1", "! x: 1", "x: !!map {}", "x: !!seq []", "x: ! a", "<<: *a"]
    )
    def test_an_alias_or_a_tag_is_refused_wherever_it_stands(self, trick: str) -> None:
        assert "are not allowed" in message(HEAD + f"{trick}\n")

    def test_a_key_that_is_there_twice_further_in_is_refused_with_its_line(self) -> None:
        assert message(HEAD + "x:\n  - a: 1\n    a: 2\n").startswith("headlines.prompt.yml, line 8: 'a' is there twice")

    def test_a_key_of_yaml_that_merges_mappings_is_a_key_like_any_other(self) -> None:
        assert parse(HEAD + "<<: {model: other}\n").content.other == {"<<": {"model": "other"}}

    def test_a_key_is_not_repeated_at_length(self) -> None:
        long = "k" * 100_000
        assert len(message(HEAD + f"? {long}\n: 1\n? {long}\n: 2\n")) < 300

    @pytest.mark.parametrize(
        "tail",
        {
            "brackets": "x: " + "[" * 900_000,
            "braces": "x: " + "{" * 900_000,
            "questions": "? " * 400_000,
            "dashes": "- " * 400_000,
            "colons": "x: " + "a: " * 300_000,
            "quotes": 'x: "' + "a" * 900_000,
            "a list": "x: [" + "a," * 480_000 + "]",
            "a list on lines": "x:\n" + "- a\n" * 240_000,
            "keys": "".join(f"k{number}: 1\n" for number in range(80_000)),
            "anchors": "x:\n" + "".join(f"- &a{number} a\n" for number in range(70_000)),
            "digits": "x: " + "9" * 900_000,
            "directives": "%a\n" * 300_000,
        }.items(),
        ids=lambda tail: tail[0],
    )
    def test_a_full_file_of_anything_costs_seconds_and_little_memory(self, tail: tuple[str, str]) -> None:
        text = (HEAD + tail[1])[: files.LARGEST_FILE]
        start = time.perf_counter()
        with contextlib.suppress(BadInput):
            parse(text)
        # 2.5 s at most where this was written.
        assert time.perf_counter() - start < 20

    def test_the_worst_file_takes_no_more_than_some_hundred_megabytes(self) -> None:
        text = HEAD + "x: [" + "a," * 200_000 + "]"
        tracemalloc.start()
        try:
            message(text)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert most < 300_000_000

    def test_no_more_of_a_file_is_read_than_may_be_there(self) -> None:
        with pytest.raises(BadInput, match="zero is larger than 1,000,000 characters"):
            files.read(Path("/dev/zero"))

    def test_a_binary_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "picture.prompt.yml"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        with pytest.raises(BadInput, match=r"picture.prompt.yml cannot be read"):
            files.read(path)

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
