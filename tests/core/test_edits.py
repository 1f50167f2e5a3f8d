"""Word edits and HTER, against counts made by hand and against the plain table of the textbook."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.edits import LONGEST, measure
from core.errors import BadInput

words = st.lists(st.sampled_from(["bridge", "Bridge", "closes", "4.2", "don't", ",", "–", "€"]), max_size=30)


def by_table(before: list[str], after: list[str]) -> int:
    """Levenshtein distance as Wagner and Fischer wrote it down."""
    row = list(range(len(after) + 1))
    for number, word in enumerate(before, 1):
        above, row = row, [number]
        for place, other in enumerate(after, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (word != other)))
    return row[-1]


class TestMeasure:
    @pytest.mark.parametrize(
        ("suggested", "edited", "word_edits", "many"),
        [
            ("Bridge closes for weeks", "Bridge closes for weeks", 0, 4),
            ("Bridge closes for weeks", "Bridge shuts for weeks", 1, 4),
            ("Bridge closes for weeks", "Harbour bridge closes for weeks", 2, 5),
            ("Bridge closes for eleven long weeks", "Bridge closes", 4, 2),
            ("Bridge closes", "Bridge closes: traders fear", 3, 5),
            ("Closes the bridge", "The bridge closes", 3, 3),
            ("", "Bridge closes", 2, 2),
            ("It costs 4.2m", "It costs 4.3m", 1, 3),
            ("It don't matter", "It doesn't matter", 1, 3),
            ("A U-turn", "A turn", 1, 2),
            ("Rain, wind", "Rain wind", 1, 2),
        ],
    )
    def test_counts_words_put_in_left_out_or_replaced(
        self, suggested: str, edited: str, word_edits: int, many: int
    ) -> None:
        edit = measure(suggested, edited)
        assert (edit.word_edits, edit.words) == (word_edits, many)

    def test_divides_by_the_words_of_the_edited_text(self) -> None:
        assert measure("Bridge closes for weeks", "Bridge shuts for weeks").hter == 1 / 4

    def test_can_be_more_than_one(self) -> None:
        assert measure("Bridge closes for eleven long weeks", "Bridge closes").hter == 2

    def test_takes_a_change_of_case_for_an_edit(self) -> None:
        assert measure("Bridge Closes", "Bridge closes").word_edits == 1

    @pytest.mark.parametrize(
        ("suggested", "edited"),
        [
            ("Town's “big” day", 'Town’s "big" day'),
            ("Café öffnet", unicodedata.normalize("NFD", "Café öffnet")),
            ("It costs 5\u00a0euros", "It  costs 5 euros"),
        ],
    )
    def test_takes_other_quotation_marks_spaces_and_forms_of_a_letter_for_none(
        self, suggested: str, edited: str
    ) -> None:
        assert measure(suggested, edited).word_edits == 0

    @pytest.mark.parametrize("edited", ["", "  \n", "?!", "–", "\u200b"])
    def test_of_a_text_without_a_word_is_refused(self, edited: str) -> None:
        with pytest.raises(BadInput, match="holds no word"):
            measure("Bridge closes", edited)

    @pytest.mark.parametrize(("suggested", "edited"), [("x" * 1_000_000, "x"), ("x", "x " * 500_000)])
    def test_of_a_megabyte_is_refused_at_once(self, suggested: str, edited: str) -> None:
        start = time.perf_counter()
        with pytest.raises(BadInput, match=r"edits are counted up to 1,000\. Shorten it"):
            measure(suggested, edited)
        assert time.perf_counter() - start < 0.5

    def test_of_the_hardest_text_that_is_taken_is_quick(self) -> None:
        start = time.perf_counter()
        assert measure("a!" * (LONGEST // 2), "b?" * (LONGEST // 2)).word_edits == LONGEST
        assert time.perf_counter() - start < 0.5

    @given(words, words.filter(lambda chosen: any(word[0].isalnum() for word in chosen)))
    def test_is_what_the_textbook_says(self, before: list[str], after: list[str]) -> None:
        edit = measure(" ".join(before), " ".join(after))
        assert (edit.word_edits, edit.words) == (by_table(before, after), len(after))

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_of_whatever_text_is_a_number_or_a_sentence(self, before: str, after: str) -> None:
        try:
            edit = measure(before, after)
        except BadInput:
            assert not any(character.isalnum() for character in after)
        else:
            assert 0 <= edit.word_edits <= len(before) + len(after)
            assert edit.words > 0
