"""Profiles as files and as a form sends them: read strictly, refused in plain words, written so that they read back equal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks.profile import LONGEST_WORD, Profiles
from core.checks.profile_files import accept, dump, parse, read
from core.checks.run import VERSIONS
from core.errors import BadInput
from tests.conftest import ROOT

SHIPPED = ROOT / "prompts" / "profiles" / "newsroom.yml"


def profiles(tmp_path: Path, content: str) -> Profiles:
    path = tmp_path / "newsroom.yml"
    path.write_text(content, encoding="utf-8")
    return read(path)


class TestAFile:
    def test_that_is_missing_or_empty_asks_for_the_usual(self, tmp_path: Path) -> None:
        assert read(tmp_path / "none.yml") == profiles(tmp_path, "") == Profiles()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("everybody: {longst: 70}", ", everybody: there is no 'longst'; there are checks, shortest, longest,"),
            ("everybody: {longest: long}", ", everybody, longest must be a whole number."),
            ("everybody: {longest: 0}", ", everybody, longest must be more than 0."),
            ("everybody: {longest: 20000}", ", everybody, longest must be at most 10,000."),
            (
                "everybody: {checks: {question: maybe}}",
                ", everybody, checks, question must be fail, warn, hint or off.",
            ),
            ("everybody: {checks: {qestion: off}}", ", everybody: there is no check 'qestion'; there are banned_word,"),
            ("everybody: {checks: 3}", ", everybody, checks must be a list of checks, each with its severity."),
            (
                "everybody: {banned: [3]}",
                ", everybody, banned, number 1 must be a text; put quotation marks around it.",
            ),
            ("everybody: {banned: dub}", ", everybody, banned must be a list."),
            ("everybody: {banned: ['']}", ", everybody, banned, number 1: a word or name has 1 to 100 characters"),
            ('everybody: {banned: ["a\\nb"]}', "holds a line break, or a character that nobody can see"),
            ("rules: [{desc: sport}]", ", rule 1: there is no 'desc'; there are desk, channel, language, why, set."),
            ("rules: [{desk: sport, set: {longst: 70}}]", ", rule 1: there is no 'longst'; there are checks,"),
            ("rules: [{}, {desk: sport, set: {shortest: -1}}]", ", rule 2, shortest must be at least 0."),
            ("rules: [{desk: sport, set: {checks: {x: off}}}]", ", rule 1: there is no check 'x'; there are"),
            ("rules: 3", ", rules must be a list."),
            ("[1]", ", at its top must hold everybody, rules."),
            ("everybody:\n  {longest: 70", ", line 2 cannot be read. Look at the brackets"),
            ("everybody: &a [*a]", ", line 1 cannot be read."),
            ("everybody: \x00", " cannot be read: it holds what no such file can hold."),
            ("#" * 1_000_001, " is too large: 1,000,000 characters are read at most."),
        ],
    )
    def test_that_is_wrong_is_refused_with_the_place(self, tmp_path: Path, content: str, said: str) -> None:
        with pytest.raises(BadInput) as refused:
            profiles(tmp_path, content)
        assert refused.value.message.startswith("newsroom.yml")
        assert said in refused.value.message

    def test_that_is_no_utf8_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "newsroom.yml"
        path.write_bytes(b"everybody: {banned: [caf\xe9]}")
        with pytest.raises(BadInput, match="cannot be read"):
            read(path)

    def test_may_say_off_without_quotation_marks(self, tmp_path: Path) -> None:
        read_ = profiles(tmp_path, "everybody: {checks: {question: off}, banned: [no, yes, 2026-01-01]}")
        assert read_.everybody.checks == {"question": "off"}
        assert read_.everybody.banned == ("no", "yes", "2026-01-01")


class TestAForm:
    def test_is_refused_without_the_name_of_a_file(self) -> None:
        with pytest.raises(BadInput) as refused:
            accept({"rules": [{"set": {"shortest": -1}}]})
        assert refused.value.message == "Rule 1, shortest must be at least 0."

    def test_that_names_no_check_is_refused(self) -> None:
        with pytest.raises(BadInput, match=r"^Everybody: there is no check 'x'"):
            accept({"everybody": {"checks": {"x": "off"}}})


# Everything that one can type into a line, and what YAML likes to take for something else.
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=LONGEST_WORD)
WORDS = WORDS.filter(str.strip) | st.sampled_from(
    ["off", "no", "null", "~", "1", "1e3", "12:30", "<<", "=", "- a", "#"]
)
LISTS = st.lists(WORDS, max_size=4)
LIMITS = st.integers(1, 10_000)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "checks": st.dictionaries(st.sampled_from(sorted(VERSIONS)), st.sampled_from(["fail", "warn", "hint", "off"])),
        "shortest": st.integers(0, 10_000),
        "longest": LIMITS | st.none(),
        "keyword_within": LIMITS,
        "acronyms": LISTS,
        "banned": LISTS,
        "discouraged": LISTS,
    },
)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "desk": WORDS | st.sampled_from(["a", "sport"]),
        "channel": WORDS | st.just("web"),
        "language": WORDS,
        "why": WORDS,
        "set": PARTS,
    },
)
CONTENTS = st.fixed_dictionaries({}, optional={"everybody": PARTS, "rules": st.lists(RULES, max_size=4)})


class TestWhatIsWritten:
    @given(CONTENTS)
    def test_reads_back_equal(self, content: dict[str, object]) -> None:
        before = accept(content)
        back = parse(dump(before), source="The file")
        assert back == before
        assert back.version == before.version

    @given(CONTENTS)
    def test_is_equal_after_it_was_stored(self, content: dict[str, object]) -> None:
        before = accept(content)
        assert Profiles.model_validate_json(before.canonical()).version == before.version

    def test_keeps_the_reasons(self) -> None:
        assert "Opinion asks; that is its trade." in dump(read(SHIPPED))

    def test_of_nothing_is_nothing(self) -> None:
        assert parse(dump(Profiles()), source="The file") == Profiles()
