"""What is written to a file is read back the same, looks as a person would write it, and means the same to others."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.prompts import files
from core.prompts.content import (
    DEEPEST,
    KEYS_OF_FILES,
    PARAMETERS_OF_FILES,
    Content,
    MessageTemplate,
    Parameters,
    Variable,
)
from core.prompts.contract import Contract
from core.prompts.files import PromptFile
from tests.core.prompts.prompt_files import WRITERS, parse

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


class TestAFileThatIsWritten:
    @settings(deadline=None, max_examples=200)
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
        for _ in range(DEEPEST - 1):
            deep = [deep]
        file = with_other({"x": deep})
        assert parse(files.dump(file)) == file
