"""Two texts beside each other are given back whole, and in bounded time whatever they are."""

import random
import time

import pytest
from hypothesis import given

from core.prompts import differences
from tests.core.prompts.texts import TEXTS, properties, side, told


class TestRows:
    def test_of_the_same_text_are_its_lines_unchanged(self) -> None:
        rows = differences.rows("One.\n\nTwo.", "One.\n\nTwo.")
        assert told(rows) == ["One.|One.", "|", "Two.|Two."]
        assert not any(row.changed for row in rows)

    def test_mark_the_word_that_changed_on_either_side(self) -> None:
        rows = differences.rows("Write ten headlines.", "Write five headlines.")
        assert told(rows) == ["Write [-ten-] headlines.|Write {+five+} headlines."]

    def test_mark_words_that_only_the_new_text_has(self) -> None:
        assert told(differences.rows("Write headlines.", "Write ten headlines.")) == [
            "Write headlines.|Write {+ten +}headlines."
        ]

    def test_mark_words_that_only_the_old_text_had(self) -> None:
        assert told(differences.rows("Write ten headlines.", "Write headlines.")) == [
            "Write [-ten -]headlines.|Write headlines."
        ]

    def test_mark_a_mark_between_words_alone(self) -> None:
        assert told(differences.rows("Stop, now", "Stop; now")) == ["Stop[-,-] now|Stop{+;+} now"]

    def test_mark_a_passage_that_was_replaced_in_one_piece(self) -> None:
        assert told(differences.rows("Say the old thing.", "Say a new word.")) == [
            "Say [-the old thing-].|Say {+a new word+}."
        ]

    def test_mark_no_part_of_a_word(self) -> None:
        assert told(differences.rows("headline", "headlines")) == ["[-headline-]|{+headlines+}"]

    def test_put_an_added_line_beside_nothing(self) -> None:
        assert told(differences.rows("One.\nTwo.", "One.\nNew.\nTwo.")) == ["One.|One.", "|{+New.+}", "Two.|Two."]

    def test_put_a_removed_line_beside_nothing(self) -> None:
        assert told(differences.rows("One.\nOld.\nTwo.", "One.\nTwo.")) == ["One.|One.", "[-Old.-]|", "Two.|Two."]

    def test_put_changed_lines_beside_each_other(self) -> None:
        rows = differences.rows("Keep.\nTen a.\nTen b.\nEnd.", "Keep.\nFive a.\nFive b.\nEnd.")
        assert told(rows)[1:3] == ["[-Ten-] a.|{+Five+} a.", "[-Ten-] b.|{+Five+} b."]

    def test_of_an_added_line_have_no_old_side(self) -> None:
        assert [row.before is None for row in differences.rows("One.", "One.\nTwo.")] == [False, True]

    @pytest.mark.parametrize(
        ("before", "after"),
        [("One.", "One.\n"), ("One.", "One. "), ("One.\n", "One.\r\n"), ("a b", "a  b"), ("a b", "a\tb"), ("", "\n")],
    )
    def test_show_what_one_cannot_see_as_changed(self, before: str, after: str) -> None:
        assert any(row.changed for row in differences.rows(before, after))

    @properties
    @given(TEXTS, TEXTS)
    def test_give_both_texts_back(self, before: str, after: str) -> None:
        rows = differences.rows(before, after)
        assert (side(row.before for row in rows), side(row.after for row in rows)) == (before, after)

    @properties
    @given(TEXTS, TEXTS)
    def test_are_unchanged_exactly_where_the_texts_are_the_same(self, before: str, after: str) -> None:
        assert any(row.changed for row in differences.rows(before, after)) == (before != after)

    @properties
    @given(TEXTS, TEXTS)
    def test_hold_the_same_words_on_both_sides_where_they_say_so(self, before: str, after: str) -> None:
        for row in differences.rows(before, after):
            same = [
                [piece.text for piece in pieces or () if piece.kind == "same"] for pieces in (row.before, row.after)
            ]
            assert same[0] == same[1]

    @properties
    @given(TEXTS, TEXTS)
    def test_have_nothing_added_before_and_nothing_removed_after(self, before: str, after: str) -> None:
        for row in differences.rows(before, after):
            assert all(piece.kind != "added" for piece in row.before or ())
            assert all(piece.kind != "removed" for piece in row.after or ())

    @properties
    @given(TEXTS, TEXTS)
    def test_are_mirrored_the_other_way_round(self, before: str, after: str) -> None:
        assert [row.mirrored() for row in differences.rows(before, after)] == differences.rows(after, before)


def words(of: str, count: int) -> str:
    return " ".join(f"{of}{number}" for number in range(count))


def shuffled(count: int, seed: int, of: int = 300) -> str:
    return " ".join(random.Random(seed).choices([f"w{number}" for number in range(of)], k=count))


def lines(of: str, step: int) -> str:
    return "\n".join(of[number * step % len(of)] for number in range(20_000))


HOSTILE = {
    "all different words": (words("a", 8_500), words("b", 8_500)),
    "the same words in another order": (shuffled(10_500, 1), shuffled(10_500, 2)),
    "one word after the other reversed": (words("a", 8_500), " ".join(words("a", 8_500).split()[::-1])),
    "one character": ("a" * 50_000, "a" * 49_999),
    "one mark": ("." * 50_000, "!." * 25_000),
    "one mark, short": ("." * 500, "!." * 250),
    "two words": ("a b " * 12_500, "b a " * 12_500),
    "the same lines": ("a\n" * 25_000, "b\n" + "a\n" * 24_990 + "c"),
    "empty lines": ("\n" * 50_000, "b\n" + "\n" * 49_980 + "c"),
    "20,000 different lines": (lines("abcde", 1), lines("fghij", 1)),
    "20,000 lines in another order": (lines("abcdefg", 1), lines("abcdefg", 3)),
    "a rewritten paragraph": (words("a", 400), words("b", 400)),
}  # fmt: skip


class TestHostileTexts:
    @pytest.mark.parametrize(("before", "after"), HOSTILE.values(), ids=HOSTILE.keys())
    def test_take_bounded_time_and_are_given_back(self, before: str, after: str) -> None:
        assert max(len(before), len(after)) <= 50_000
        start = time.process_time()
        rows = differences.rows(before, after)
        # A second on an idle machine; without its bound each of these takes from three seconds to hours.
        assert time.process_time() - start < 3
        assert (side(row.before for row in rows), side(row.after for row in rows)) == (before, after)

    def test_that_differ_in_a_word_show_that_word(self) -> None:
        before = "a " * 24_000
        assert told(differences.rows(before, before[:24_000] + "b " + before[24_002:])) == [
            f"{before[:24_000]}[-a-]{before[24_001:]}|{before[:24_000]}{{+b+}}{before[24_001:]}"
        ]

    def test_of_two_thousand_words_are_compared_word_by_word(self) -> None:
        before = shuffled(2_000, 1, of=1_000).split()
        edited = set(random.Random(2).sample(range(2_000), 200))
        after = [word.upper() if number in edited else word for number, word in enumerate(before)]
        (row,) = differences.rows(" ".join(before), " ".join(after))
        added = " ".join(piece.text for piece in row.after or () if piece.kind == "added")
        assert added.split() == [after[number] for number in sorted(edited)]


class TestALine:
    @properties
    @given(TEXTS, TEXTS)
    def test_in_words_holds_both_texts_whole(self, before: str, after: str) -> None:
        row = differences.words(before, after)
        assert ["".join(piece.text for piece in side or ()) for side in (row.before, row.after)] == [before, after]

    @properties
    @given(TEXTS, TEXTS)
    def test_rewritten_holds_both_texts_whole(self, before: str, after: str) -> None:
        pieces = differences.rewritten(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after

    def test_rewritten_shows_what_was_removed_before_what_took_its_place(self) -> None:
        pieces = differences.rewritten("Bridge closes today", "Bridge shuts today")
        assert [(piece.text, piece.kind) for piece in pieces] == [
            ("Bridge ", "same"), ("closes", "removed"), ("shuts", "added"), (" today", "same"),
        ]  # fmt: skip
