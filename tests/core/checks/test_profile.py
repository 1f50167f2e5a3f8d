"""Profiles: one for everybody, and rules for desks, channels and languages."""

from pathlib import Path

import pytest

from core.checks.profile import Profile, Profiles
from core.checks.profile_files import parse, read

SHIPPED = Path(__file__).parents[3] / "prompts" / "profiles" / "newsroom.yml"

RULES = """
everybody: {longest: 70, acronyms: [NATO], checks: {question: warn}}
rules:
  - {language: fr, set: {longest: 95, acronyms: [OTAN]}}
  - {desk: sport, channel: push, set: {longest: 40, checks: {exclamation: hint}}}
  - {desk: opinion, set: {checks: {question: "off"}}}
"""


def profiles(content: str) -> Profiles:
    return parse(content, source="newsroom.yml")


class TestRules:
    def test_that_are_not_met_change_nothing(self) -> None:
        profile = profiles(RULES).of(desk="local", channel="web", language="en")
        assert profile == Profile(longest=70, acronyms=("NATO",), checks={"question": "warn"})

    def test_replace_numbers_and_add_to_lists_and_checks(self) -> None:
        profile = profiles(RULES).of(desk="opinion", channel="web", language="fr")
        assert profile.longest == 95
        assert profile.acronyms == ("NATO", "OTAN")
        assert profile.severity("question", "warn") == "off"

    def test_need_all_that_they_name(self) -> None:
        read_ = profiles(RULES)
        assert read_.of(desk="sport", channel="web", language="en").longest == 70
        assert read_.of(desk="sport", channel="push", language="en").longest == 40

    def test_apply_in_their_order_so_that_the_later_wins(self) -> None:
        profile = profiles(RULES).of(desk="sport", channel="push", language="fr")
        assert profile.longest == 40
        assert profile.severity("exclamation", "warn") == "hint"

    def test_for_a_language_are_not_met_where_nobody_knows_it(self) -> None:
        assert profiles(RULES).of(desk="local", channel="web", language=None).longest == 70


class TestTheVersion:
    def test_is_equal_for_equal_content_however_it_is_written(self) -> None:
        block = (
            "rules: []\neverybody:\n  acronyms:\n  - NATO\n  longest: 70  # a comment\n  checks:\n    question: warn\n"
        )
        flow = "everybody: {longest: 70, checks: {question: warn}, acronyms: [NATO]}"
        assert profiles(block).version == profiles(flow).version

    def test_differs_when_anything_does(self) -> None:
        versions = {
            profiles(content).version
            for content in (
                "",
                "everybody: {longest: 70}",
                "everybody: {longest: 71}",
                "rules: [{desk: sport, set: {longest: 70}}]",
                "rules: [{desk: world, set: {longest: 70}}]",
                "rules: [{desk: sport, set: {longest: 70}, why: Cut by the reader.}]",
                "rules: [{desk: sport, set: {longest: null}}]",
                "rules: [{desk: sport}]",
                "rules: [{desk: sport, set: {shortest: 15}}]",
            )
        }
        assert len(versions) == 9

    def test_is_what_it_was_before_rules_had_reasons(self) -> None:
        assert profiles(RULES).version == "7bf7e09c0e8b"

    def test_is_twelve_hex_digits(self) -> None:
        assert len(Profiles().version) == 12
        assert int(Profiles().version, 16) >= 0


class TestARule:
    def test_knows_what_it_changes_and_no_more(self) -> None:
        (rule,) = profiles("rules: [{desk: sport, set: {longest: null, checks: {question: hint}}}]").rules
        assert rule.changes == {"checks": {"question": "hint"}, "longest": None}

    def test_takes_a_limit_away(self) -> None:
        read_ = profiles("everybody: {longest: 70}\nrules: [{desk: sport, set: {longest: null}}]")
        assert read_.of(desk="sport", channel="web", language=None).longest is None
        assert read_.of(desk="world", channel="web", language=None).longest == 70


class TestMoreRules:
    MORE = profiles("rules: [{desk: sport, set: {longest: 50}}]").rules

    def test_come_last_and_so_have_the_last_word(self) -> None:
        extended = profiles("rules: [{channel: web, set: {longest: 70}}]").with_rules(self.MORE)
        assert extended.of(desk="sport", channel="web", language=None).longest == 50

    def test_make_another_version_also_of_profiles_whose_version_is_known(self) -> None:
        before = profiles(RULES)
        assert before.version != before.with_rules(self.MORE).version

    def test_that_are_there_already_change_nothing(self) -> None:
        once = profiles(RULES).with_rules(self.MORE)
        assert once.with_rules(self.MORE) == once


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
