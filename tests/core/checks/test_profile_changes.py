"""What differs between two profiles: everything, and nothing where they are the same."""

from hypothesis import given

from core.checks.profile import Profiles
from core.checks.profile_changes import Change, changes
from core.checks.profile_files import accept, parse
from tests.core.checks.test_profile_files import CONTENTS

SPORT = ("sport", None, None)


def between(before: str, after: str) -> list[Change]:
    return changes(profiles(before), profiles(after))


def profiles(content: str) -> Profiles:
    return parse(content, source="Ours")


class TestChanges:
    def test_of_a_severity_name_the_check_and_the_rule(self) -> None:
        rule = "rules: [{{desk: sport, set: {{checks: {{comma_for_and: {}}}}}}}]"
        assert between(rule.format("hint"), rule.format("fail")) == [Change(SPORT, "comma for and", "hint", "fail")]

    def test_of_limits_have_their_unit(self) -> None:
        assert between("", "everybody: {longest: 70}") == [
            Change(None, "at most", "left to the prompt", "70 characters")
        ]

    def test_of_words_tell_those_that_came_and_went(self) -> None:
        assert between("everybody: {banned: [dub, slam]}", "everybody: {banned: [slam, bid]}") == [
            Change(None, "banned words, removed", "dub", None),
            Change(None, "banned words, added", None, "bid"),
        ]

    def test_of_a_reason_are_changes_too(self) -> None:
        found = between("rules: [{desk: sport}]", "rules: [{desk: sport, why: Punch.}]")
        assert found == [Change(SPORT, "why", None, "Punch.")]

    def test_of_a_new_rule_name_what_it_brings(self) -> None:
        assert between("", "rules: [{desk: sport, set: {longest: 60}}]") == [
            Change(SPORT, "the rule", None, "new"),
            Change(SPORT, "at most", None, "60 characters"),
        ]

    def test_of_a_rule_that_went_are_one(self) -> None:
        assert between("rules: [{desk: sport, set: {longest: 60}}]", "") == [Change(SPORT, "the rule", "there", None)]

    def test_of_the_order_of_rules_are_told(self) -> None:
        found = between("rules: [{desk: sport}, {channel: web}]", "rules: [{channel: web}, {desk: sport}]")
        assert found == [Change(None, "order of the rules", "sport; web", "web; sport")]

    def test_of_one_of_two_rules_for_the_same_are_its_own(self) -> None:
        both = "rules: [{{desk: sport, set: {{longest: 60}}}}, {{desk: sport, set: {{shortest: {}}}}}]"
        assert between(both.format(5), both.format(6)) == [Change(SPORT, "at least", "5 characters", "6 characters")]

    @given(CONTENTS, CONTENTS)
    def test_are_there_if_and_only_if_the_versions_differ(self, one: object, other: object) -> None:
        before, after = accept(one), accept(other)
        assert (changes(before, after) == []) == (before.version == after.version)
        assert changes(before, accept(one)) == []
