"""Who gets what, and who said so."""

from hypothesis import given
from hypothesis import strategies as st

from core.checks.profile_files import accept, parse
from core.checks.profile_origins import Said, applied
from core.checks.run import SEVERITIES
from tests.core.checks.test_profile_files import CONTENTS

OURS = parse(
    """
everybody: {checks: {question: hint}, banned: [dub]}
rules:
  - {channel: web, set: {longest: 70}}
  - {desk: sport, set: {checks: {exclamation: fail}, banned: [slam]}}
""",
    source="Ours",
)
SPORT = applied(OURS, desk="sport", channel="web", language="en")


class TestWhatApplies:
    def test_has_every_check(self) -> None:
        assert [said.name for said in SPORT.checks] == list(SEVERITIES)

    def test_names_the_check_itself_everybody_or_the_rule(self) -> None:
        assert Said("emoji", "fail", "itself") in SPORT.checks
        assert Said("question", "hint", "everybody") in SPORT.checks
        assert Said("exclamation", "fail", 1) in SPORT.checks

    def test_names_who_set_a_limit(self) -> None:
        assert Said("longest", 70, 0) in SPORT.limits
        assert Said("shortest", 15, "everybody") in SPORT.limits

    def test_names_who_brought_a_word(self) -> None:
        assert SPORT.words == [Said("banned", "dub", "everybody"), Said("banned", "slam", 1)]

    @given(CONTENTS, st.sampled_from(["a", "sport"]), st.sampled_from(["en", None]))
    def test_is_what_the_profile_is(self, content: object, desk: str, language: str | None) -> None:
        profiles = accept(content)
        profile = profiles.of(desk=desk, channel="web", language=language)
        said = applied(profiles, desk=desk, channel="web", language=language)
        assert {each.name: each.value for each in said.checks} == {**SEVERITIES, **profile.checks}
        assert {each.name: each.value for each in said.limits} == {
            name: getattr(profile, name) for name in ("shortest", "longest", "keyword_within")
        }
        for name in ("banned", "discouraged", "acronyms"):
            assert tuple(each.value for each in said.words if each.name == name) == getattr(profile, name)
