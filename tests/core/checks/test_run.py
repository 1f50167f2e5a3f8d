"""All checks together: what is found depends on headline, article and profile alone, and nothing makes it fail."""

from hypothesis import given
from hypothesis import strategies as st

from core.checks.article import Article
from core.checks.profile import Profile
from core.checks.run import CHECKS, VERSIONS, check_headline, check_set

ARTICLE = Article("The harbour bridge closes for eleven weeks from Monday, the council said. It is 90 years old.", "en")


class TestASet:
    @given(st.lists(st.text(max_size=80), max_size=6, unique=True))
    def test_in_another_order_has_the_same_findings(self, headlines: list[str]) -> None:
        there = check_set(headlines, ARTICLE, Profile())
        back = check_set(headlines[::-1], ARTICLE, Profile())
        assert there.findings == back.findings[::-1]
        assert there.variety == back.variety

    def test_with_near_duplicates_has_one_flag_for_them(self) -> None:
        headlines = [f"Harbour bridge closes for eleven weeks {end}" for end in ("", "now", "today")]
        found = check_set(headlines, ARTICLE, Profile()).findings[0]
        assert [each.sentence for each in found if each.check == "near_duplicate"] == [
            "nearly the same as “Harbour bridge closes for eleven weeks now” and 1 more"
        ]

    def test_that_is_empty_has_none(self) -> None:
        assert check_set([], ARTICLE, Profile()).findings == []


class TestAProfile:
    def test_turns_a_check_off(self) -> None:
        profile = Profile(checks={"trailing_period": "off"})
        assert "trailing_period" not in {each.check for each in check_headline("Bridge closes.", ARTICLE, profile)}

    def test_turns_its_severity(self) -> None:
        profile = Profile(checks={"trailing_period": "hint"})
        found = [each for each in check_headline("Bridge closes.", ARTICLE, profile) if each.check == "trailing_period"]
        assert [each.severity for each in found] == ["hint"]


class TestChecks:
    def test_have_names_of_their_own(self) -> None:
        assert len(VERSIONS) == len(CHECKS) + 1

    @given(st.text(), st.text(), st.sampled_from(["en", "fr", "nl", "de", "xx", None]))
    def test_never_raise_and_stay_within_the_headline(self, headline: str, text: str, spoken: str | None) -> None:
        for finding in check_headline(headline, Article(text, spoken), Profile()):
            start, end = finding.span or (0, 0)
            assert 0 <= start <= end <= len(headline)

    def test_quote_the_article_where_they_quote_it(self) -> None:
        found = check_headline("Bridge closes for 12 weeks", ARTICLE, Profile())
        passages = [each.passage for each in found if each.passage]
        assert passages
        assert all(passage in ARTICLE.text for passage in passages)
