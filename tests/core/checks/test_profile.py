"""Profiles: one for everybody, and rules for desks, channels and languages."""

from pathlib import Path

import pytest

from core.checks.profile import Profile, Profiles, read
from core.errors import BadInput

SHIPPED = Path(__file__).parents[3] / "prompts" / "profiles" / "newsroom.yml"

RULES = """
everybody: {longest: 70, acronyms: [NATO], checks: {question: warn}}
rules:
  - {language: fr, set: {longest: 95, acronyms: [OTAN]}}
  - {desk: sport, channel: push, set: {longest: 40, checks: {exclamation: hint}}}
  - {desk: opinion, set: {checks: {question: "off"}}}
"""


def profiles(tmp_path: Path, content: str) -> Profiles:
    path = tmp_path / "newsroom.yml"
    path.write_text(content, encoding="utf-8")
    return read(path)


class TestRules:
    def test_that_are_not_met_change_nothing(self, tmp_path: Path) -> None:
        profile = profiles(tmp_path, RULES).of(desk="local", channel="web", language="en")
        assert profile == Profile(longest=70, acronyms=("NATO",), checks={"question": "warn"})

    def test_replace_numbers_and_add_to_lists_and_checks(self, tmp_path: Path) -> None:
        profile = profiles(tmp_path, RULES).of(desk="opinion", channel="web", language="fr")
        assert profile.longest == 95
        assert profile.acronyms == ("NATO", "OTAN")
        assert profile.severity("question", "warn") == "off"

    def test_need_all_that_they_name(self, tmp_path: Path) -> None:
        read_ = profiles(tmp_path, RULES)
        assert read_.of(desk="sport", channel="web", language="en").longest == 70
        assert read_.of(desk="sport", channel="push", language="en").longest == 40

    def test_apply_in_their_order_so_that_the_later_wins(self, tmp_path: Path) -> None:
        profile = profiles(tmp_path, RULES).of(desk="sport", channel="push", language="fr")
        assert profile.longest == 40
        assert profile.severity("exclamation", "warn") == "hint"

    def test_for_a_language_are_not_met_where_nobody_knows_it(self, tmp_path: Path) -> None:
        assert profiles(tmp_path, RULES).of(desk="local", channel="web", language=None).longest == 70


class TestAFile:
    def test_that_is_missing_or_empty_asks_for_the_usual(self, tmp_path: Path) -> None:
        usual = Profiles().of(desk="sport", channel="web", language="en")
        assert read(tmp_path / "none.yml") == profiles(tmp_path, "") == Profiles()
        assert usual == Profile()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("everybody: {longst: 70}", "everybody.longst"),
            ("everybody: {longest: long}", "everybody.longest"),
            ("everybody: {longest: 0}", "everybody.longest"),
            ("everybody: {checks: {question: maybe}}", "everybody.checks.question"),
            ("rules: [{desc: sport}]", "rules.0.desc"),
            ("rules: [{desk: sport, set: {longst: 70}}]", "rule 1 sets longst"),
            ("rules: [{}, {desk: sport, set: {shortest: -1}}]", "shortest"),
            ("rules: 3", "rules"),
            ("[1]", "its top"),
            ("everybody: {longest: 70", "cannot be read"),
            ("everybody: \x00", "cannot be read"),
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


class TestTheVersion:
    def test_is_equal_for_equal_content_however_it_is_written(self, tmp_path: Path) -> None:
        block = (
            "rules: []\neverybody:\n  acronyms:\n  - NATO\n  longest: 70  # a comment\n  checks:\n    question: warn\n"
        )
        flow = "everybody: {longest: 70, checks: {question: warn}, acronyms: [NATO]}"
        assert profiles(tmp_path, block).version == profiles(tmp_path, flow).version

    def test_differs_when_anything_does(self, tmp_path: Path) -> None:
        versions = {
            profiles(tmp_path, content).version
            for content in (
                "",
                "everybody: {longest: 70}",
                "everybody: {longest: 71}",
                "rules: [{desk: sport, set: {longest: 70}}]",
                "rules: [{desk: world, set: {longest: 70}}]",
            )
        }
        assert len(versions) == 5

    def test_is_twelve_hex_digits(self) -> None:
        assert len(Profiles().version) == 12
        assert int(Profiles().version, 16) >= 0


class TestTheProfilesThatShip:
    @pytest.mark.parametrize(
        ("channel", "language", "longest"),
        [
            ("web", "en", 70),
            ("web", "fr", 95),
            ("web", "de", 105),
            ("search", "fr", 60),
            ("social", "de", 70),
            ("push", "nl", 40),
        ],
    )
    def test_give_each_channel_and_language_its_length(self, channel: str, language: str, longest: int) -> None:
        assert read(SHIPPED).of(desk="world", channel=channel, language=language).longest == longest

    def test_discourage_words_in_english_only(self) -> None:
        shipped = read(SHIPPED)
        assert "slams" in shipped.of(desk="world", channel="web", language="en").discouraged
        assert shipped.of(desk="world", channel="web", language="de").discouraged == ()

    def test_let_opinion_ask_and_sport_exclaim(self) -> None:
        shipped = read(SHIPPED)
        assert shipped.of(desk="opinion", channel="web", language="en").severity("question", "warn") == "off"
        assert shipped.of(desk="sport", channel="web", language="en").severity("exclamation", "warn") == "hint"
        assert shipped.of(desk="world", channel="web", language="en").severity("question", "warn") == "warn"

    def test_know_the_usual_acronyms(self) -> None:
        assert {"NATO", "UNESCO", "UNICEF"} <= {*read(SHIPPED).of(desk="x", channel="x", language=None).acronyms}

    def test_want_the_keyword_early_where_people_search(self) -> None:
        shipped = read(SHIPPED)
        assert shipped.of(desk="world", channel="web", language="en").severity("late_keyword", "hint") == "off"
        assert shipped.of(desk="world", channel="search", language="en").severity("late_keyword", "hint") == "hint"
