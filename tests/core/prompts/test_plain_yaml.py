"""YAML is read as plain data and nothing else, whatever a hostile file tries."""

import contextlib
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.prompts import files
from core.prompts.plain_yaml import LARGEST_FILE
from tests.core.prompts.prompt_files import HEAD, message, parse


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
        text = (HEAD + tail[1])[:LARGEST_FILE]
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
