"""The contract: what it lets through keeps every rule, nothing is lost on the way, and what readers tell apart stays apart."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import BadInput
from core.prompts.contract import Contract, Rejected, broken_rules, sameness, sentence, sift, tidy

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Few letters, so that duplicates and near-duplicates come up all the time, and all that is tricky about them.
HEADLINES = st.one_of(st.text(alphabet="aAéÉe\u0301ßẞ -.!’\u00a0\u200b" + LINE_ENDS, max_size=12), st.text(max_size=30))
CANDIDATES = st.lists(HEADLINES, max_size=20)
COUNTS = st.integers(min_value=0, max_value=12)
LIMITS = st.integers(min_value=1, max_value=15)
KEPT = st.lists(HEADLINES.map(tidy), max_size=3)

properties = settings(deadline=None, max_examples=150)


class TestWhatSiftLetsThrough:
    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_is_never_over_the_limit(self, candidates: list[str], count: int, limit: int) -> None:
        assert all(len(text) <= limit for text in sift(candidates, count=count, limit=limit).valid)

    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_is_never_more_than_was_asked_for(self, candidates: list[str], count: int, limit: int) -> None:
        assert len(sift(candidates, count=count, limit=limit).valid) <= count

    @properties
    @given(CANDIDATES, COUNTS)
    def test_stands_on_one_line(self, candidates: list[str], count: int) -> None:
        assert all(len(text.splitlines()) == 1 for text in sift(candidates, count=count, limit=40).valid)

    @properties
    @given(CANDIDATES, COUNTS)
    def test_always_holds_a_word(self, candidates: list[str], count: int) -> None:
        assert all(
            any(character.isalnum() for character in text) for text in sift(candidates, count=count, limit=40).valid
        )

    @properties
    @given(CANDIDATES, COUNTS, KEPT)
    def test_never_says_the_same_twice(self, candidates: list[str], count: int, kept: list[str]) -> None:
        valid = sift(candidates, count=count, limit=40, kept=kept).valid
        said = [sameness(text) for text in valid]
        assert len(set(said)) == len(said)
        assert not set(said) & {sameness(text) for text in kept}

    @properties
    @given(CANDIDATES, COUNTS)
    def test_is_composed_and_has_no_white_space_around_it(self, candidates: list[str], count: int) -> None:
        for text in sift(candidates, count=count, limit=40).valid:
            assert text == unicodedata.normalize("NFC", text)
            assert text == text.strip()

    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_is_let_through_again(self, candidates: list[str], count: int, limit: int) -> None:
        valid = sift(candidates, count=count, limit=limit).valid
        assert sift(valid, count=count, limit=limit).valid == valid


class TestWhatSiftReturns:
    @properties
    @given(CANDIDATES, COUNTS, LIMITS, KEPT)
    def test_holds_every_candidate_exactly_once(
        self, candidates: list[str], count: int, limit: int, kept: list[str]
    ) -> None:
        sifted = sift(candidates, count=count, limit=limit, kept=kept)
        returned = [*sifted.valid, *(rejected.text for rejected in sifted.rejected), *sifted.surplus]
        assert Counter(returned) == Counter(tidy(candidate) for candidate in candidates)

    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_names_a_rule_for_each_rejected(self, candidates: list[str], count: int, limit: int) -> None:
        assert all(rejected.rules for rejected in sift(candidates, count=count, limit=limit).rejected)

    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_has_a_surplus_only_when_nothing_is_missing(self, candidates: list[str], count: int, limit: int) -> None:
        sifted = sift(candidates, count=count, limit=limit)
        assert not sifted.surplus or len(sifted.valid) == count

    @properties
    @given(CANDIDATES, COUNTS, LIMITS)
    def test_has_a_surplus_that_keeps_the_contract(self, candidates: list[str], count: int, limit: int) -> None:
        sifted = sift(candidates, count=count, limit=limit)
        assert sift(sifted.surplus, count=len(sifted.surplus), limit=limit).valid == sifted.surplus

    def test_is_in_the_order_of_the_answer(self) -> None:
        sifted = sift(["one", "two", "one", "three", "four"], count=2, limit=10)
        assert sifted.valid == ("one", "two")
        assert sifted.rejected == (Rejected("one", ("duplicate",)),)
        assert sifted.surplus == ("three", "four")


class TestRules:
    def test_a_headline_as_long_as_the_limit_is_valid(self) -> None:
        assert broken_rules("a" * 70, limit=70) == ()

    def test_a_headline_one_character_longer_is_not(self) -> None:
        assert broken_rules("a" * 71, limit=70) == ("too_long",)

    def test_length_is_counted_in_the_composed_form(self) -> None:
        assert sift(["e\u0301" * 5], count=1, limit=5).valid == ("é" * 5,)

    def test_white_space_around_does_not_count(self) -> None:
        assert sift(["  abcde \n"], count=1, limit=5).valid == ("abcde",)

    @pytest.mark.parametrize("end", LINE_ENDS, ids=lambda end: f"U+{ord(end):04X}")
    def test_every_end_of_line_is_seen(self, end: str) -> None:
        assert broken_rules(f"one{end}two", limit=70) == ("several_lines",)

    @pytest.mark.parametrize("text", ["", "…", "?!", "—", "_ _", "\u200b", "🎉", "❤\ufe0f", "\u0301"])
    def test_without_a_word_it_is_empty(self, text: str) -> None:
        assert broken_rules(text, limit=70) == ("empty",)

    def test_all_that_are_broken_are_named(self) -> None:
        assert broken_rules("a\nbcdef", limit=5, seen={"a bcdef"}) == ("several_lines", "too_long", "duplicate")

    def test_two_without_a_word_are_no_duplicates(self) -> None:
        assert broken_rules("!", limit=5, seen={""}) == ("empty",)

    def test_one_that_was_rejected_does_not_make_a_shorter_one_a_duplicate(self) -> None:
        sifted = sift(["The  same!", "The same"], count=1, limit=8)
        assert sifted.valid == ("The same",)

    def test_the_sentence_names_all_of_them(self) -> None:
        rejected = Rejected("a\nbcdef", ("several_lines", "too_long", "duplicate"))
        assert sentence(rejected, limit=5) == "runs over several lines, 7 of 5 characters, the same as another"


class TestSameness:
    @pytest.mark.parametrize("accented", "éèêëàâçîïôùûüäöñåœæøłšž")
    def test_accents_and_letters_of_their_own_distinguish(self, accented: str) -> None:
        plain = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}.get(accented, unicodedata.normalize("NFD", accented)[0])
        assert sameness(f"La p{accented}re") != sameness(f"La p{plain}re")

    @pytest.mark.parametrize(
        ("one", "other"),
        [("blij\u0301", "blij"), ("की", "का"), ("ปี", "ปู")],
        ids=["dutch", "hindi", "thai"],
    )
    def test_marks_distinguish_where_no_composed_letter_exists(self, one: str, other: str) -> None:
        assert sameness(one) != sameness(other)

    def test_a_mark_does_not_end_a_word(self) -> None:
        assert " " not in sameness("j\u0301a")

    def test_a_mark_of_any_script_does_not_end_a_word(self) -> None:
        marks = [mark for mark in map(chr, range(0x110000)) if unicodedata.category(mark) in ("Mn", "Mc")]
        assert [mark for mark in marks if " " in sameness(f"x{mark}y")] == []

    def test_whatever_is_no_letter_digit_or_mark_ends_a_word(self) -> None:
        others = [
            each for each in map(chr, range(0x2AD0)) if not each.isalnum() and unicodedata.category(each)[0] != "M"
        ]
        assert [other for other in others if sameness(f"x{other}y") != "x y"] == []

    def test_composed_and_decomposed_are_the_same(self) -> None:
        assert sameness("Cafe\u0301") == sameness("Café")

    @pytest.mark.parametrize(
        ("one", "other"),
        [("STRASSE", "Straße"), ("ÉTÉ", "été"), ("ĲSSEL", "ĳssel"), ("ΑΫ́", "αΰ"), ("ΟΔΟΣ", "οδος")],
    )
    def test_case_does_not_count(self, one: str, other: str) -> None:
        assert sameness(one) == sameness(other)

    @properties
    @given(st.text(alphabet="abcxyzäöüßéèçñ 0123", max_size=20))
    def test_case_does_not_count_in_any_word(self, text: str) -> None:
        assert sameness(text) == sameness(text.upper())

    @properties
    @given(
        st.lists(st.sampled_from(["Rent", "cap", "10", "höher", "été"]), min_size=1, max_size=5),
        st.lists(st.text(alphabet=" ,.;:!?–—-“”«»'’\t\u00a0…_", min_size=1, max_size=4), min_size=6, max_size=6),
    )
    def test_punctuation_and_white_space_between_words_do_not_count(self, words: list[str], between: list[str]) -> None:
        text = between[0] + "".join(f"{word}{mark}" for word, mark in zip(words, between[1:], strict=False))
        assert sameness(text) == sameness(" ".join(words))

    def test_where_a_word_ends_does_count(self) -> None:
        assert sameness("Now here") != sameness("Nowhere")

    @properties
    @given(st.text(max_size=40))
    def test_of_a_tidied_headline_is_that_of_the_headline(self, text: str) -> None:
        assert sameness(tidy(text)) == sameness(text)


class TestContract:
    def test_names_the_channels_it_has(self) -> None:
        with pytest.raises(BadInput, match="no channel 'fax'; it has web, push"):
            Contract(limits={"web": 70, "push": 40}).limit("fax")

    def test_knows_the_limit_of_a_channel(self) -> None:
        assert Contract(limits={"web": 70, "push": 40}).limit("push") == 40

    @pytest.mark.parametrize(
        ("limits", "channels"),
        [
            (["web", "search", "social", "push"], ["web", "push", "search", "social"]),
            (["push", "web"], ["web", "push"]),
            (["zine", "Web", "app"], ["Web", "app", "zine"]),
            (["radio"], ["radio"]),
        ],
    )
    def test_names_web_first_and_the_rest_in_order(self, limits: list[str], channels: list[str]) -> None:
        assert Contract(limits=dict.fromkeys(limits, 50)).channels == channels

    @pytest.mark.parametrize("count", [0, -1, 51])
    def test_refuses_a_count_that_cannot_be(self, count: int) -> None:
        with pytest.raises(ValidationError):
            Contract(count=count)

    @pytest.mark.parametrize("limit", [0, -5])
    def test_refuses_a_limit_that_no_headline_can_keep(self, limit: int) -> None:
        with pytest.raises(ValidationError):
            Contract(limits={"web": limit})

    def test_refuses_to_have_no_channel(self) -> None:
        with pytest.raises(ValidationError):
            Contract(limits={})

    def test_one_does_not_share_its_limits_with_the_next(self) -> None:
        Contract().limits["web"] = 1
        assert Contract().limits["web"] == 70
