"""All checks together: what is found depends on headline, article and profile alone, and nothing makes it fail."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks.article import LONGEST, Article
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


HOSTILE = (
    "The bridge closes for 11 weeks, said Ruth Garrowby. ", "12,400 or £2.8m, ", "1 ", "9", "two hundred and ", "“a’b” ",
    "Abc Defg ", "שלום ‏12 ‎ג׳ורג׳ 3.5% ", "\u202eمرحبا ٣٤ \u2066بكم\u2069 ", "a\u200b1\u200d2\ufeff ", "\u200b", "e\u0301\u0327 ",
    "Z\u0300\u0316\u0323\u0489 12\u20e3 ", "\u0301", "é", "İıſßﬁ ", "👩‍🚒 ", "\ud800\udfff ", ".\n", "…! ", "東京2020年。",
)  # fmt: skip


class TestAMegabyte:
    """Of anything: it ends soon, in time that grows with what is read, and points into the headlines."""

    @pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "xx", None])
    @pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
    def test_is_checked_in_a_moment(self, piece: str, language: str | None) -> None:
        text = piece * (1_000_000 // len(piece))
        headlines = [
            text[:5_000],
            text[7:90],
            f"Bridge {piece} closes 12 of 13 ‘{piece}’ Garrowby",
            "Bridge closes",
            "",
        ]
        seconds = min(_seconds(headlines, text, language) for _ in range(2))
        # About five times what it takes on a machine that is busy with nothing else.
        assert seconds < 0.5
        for headline, findings in zip(
            headlines, check_set(headlines, Article(text, language), Profile()).findings, strict=True
        ):
            for finding in findings:
                start, end = finding.span or (0, 0)
                assert 0 <= start <= end <= len(headline)
                assert finding.passage is None or finding.passage in text[:LONGEST]


def _seconds(headlines: list[str], text: str, language: str | None) -> float:
    started = time.process_time()
    check_set(headlines, Article(text, language), Profile())
    return time.process_time() - started
