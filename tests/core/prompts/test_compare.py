"""What differs between two versions is told completely and truly, and in bounded time whatever the texts are."""

import random
import time
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.prompts import compare
from core.prompts.compare import Change, Piece, Row
from core.prompts.content import Content, MessageTemplate, Parameters, Variable
from core.prompts.contract import Contract

LINE_ENDS = "\n\r\x0b\x0c\x1c\x85\u2028"
# Few letters, so that the same words and lines come up on both sides all the time.
TEXTS = st.one_of(
    st.lists(st.sampled_from(["a ", "b ", "c\n", "a\n", "b\n", ".", "\n"]), max_size=12).map("".join),
    st.text(alphabet="ab  \n\n.", max_size=60),
    st.text(alphabet="aé\u0301 🌉\u202e" + LINE_ENDS, max_size=30),
    st.text(max_size=40),
)
PLAIN = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from(["", "a", "a, b", "1", "true", " a", "[]"])
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "b", "a.b"]), inner, max_size=2),
    max_leaves=5,
)
properties = settings(deadline=None, max_examples=300)


def content(*texts: str, **more: Any) -> Content:
    messages = [MessageTemplate(role="user", content=text) for text in texts or ("Write.",)]
    return Content(**{"messages": messages, "model": "offline/lede", **more})


CONTENTS = st.builds(
    content,
    TEXTS,
    description=st.sampled_from(["", "a", " "]),
    variables=st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([Variable(), Variable(sample="x")])),
    fallbacks=st.sampled_from([(), ("a", "b"), ("a, b",), ("b", "a")]),
    parameters=st.sampled_from(
        [Parameters(), Parameters(stop=()), Parameters(stop=("\n",)), Parameters(temperature=0)]
    ),
    other=st.dictionaries(st.sampled_from(["a", "b", "a.b"]), PLAIN, max_size=2),
)


def changed(before: Content, after: Content) -> list[tuple[str, str | None, str | None]]:
    return [(change.name, change.before, change.after) for change in compare.settings(before, after)]


def side(sides: Iterable[Sequence[Piece] | None]) -> str:
    """The text that the pieces of one side make."""
    return "\n".join("".join(piece.text for piece in pieces) for pieces in sides if pieces is not None)


def told(rows: Sequence[Row]) -> list[str]:
    """Each row as `[-removed-]` and `{+added+}`, the sides apart by `|`; nothing where a side has no line."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}

    def one(pieces: Sequence[Piece] | None) -> str:
        return "" if pieces is None else "".join(marks[piece.kind].format(piece.text) for piece in pieces)

    return [f"{one(row.before)}|{one(row.after)}" for row in rows]


class TestRows:
    def test_of_the_same_text_are_its_lines_unchanged(self) -> None:
        rows = compare.rows("One.\n\nTwo.", "One.\n\nTwo.")
        assert told(rows) == ["One.|One.", "|", "Two.|Two."]
        assert not any(row.changed for row in rows)

    def test_mark_the_word_that_changed_on_either_side(self) -> None:
        rows = compare.rows("Write ten headlines.", "Write five headlines.")
        assert told(rows) == ["Write [-ten-] headlines.|Write {+five+} headlines."]

    def test_mark_words_that_only_the_new_text_has(self) -> None:
        assert told(compare.rows("Write headlines.", "Write ten headlines.")) == [
            "Write headlines.|Write {+ten +}headlines."
        ]

    def test_mark_words_that_only_the_old_text_had(self) -> None:
        assert told(compare.rows("Write ten headlines.", "Write headlines.")) == [
            "Write [-ten -]headlines.|Write headlines."
        ]

    def test_mark_a_mark_between_words_alone(self) -> None:
        assert told(compare.rows("Stop, now", "Stop; now")) == ["Stop[-,-] now|Stop{+;+} now"]

    def test_mark_a_passage_that_was_replaced_in_one_piece(self) -> None:
        assert told(compare.rows("Say the old thing.", "Say a new word.")) == [
            "Say [-the old thing-].|Say {+a new word+}."
        ]

    def test_mark_no_part_of_a_word(self) -> None:
        assert told(compare.rows("headline", "headlines")) == ["[-headline-]|{+headlines+}"]

    def test_put_an_added_line_beside_nothing(self) -> None:
        assert told(compare.rows("One.\nTwo.", "One.\nNew.\nTwo.")) == ["One.|One.", "|{+New.+}", "Two.|Two."]

    def test_put_a_removed_line_beside_nothing(self) -> None:
        assert told(compare.rows("One.\nOld.\nTwo.", "One.\nTwo.")) == ["One.|One.", "[-Old.-]|", "Two.|Two."]

    def test_put_changed_lines_beside_each_other(self) -> None:
        rows = compare.rows("Keep.\nTen a.\nTen b.\nEnd.", "Keep.\nFive a.\nFive b.\nEnd.")
        assert told(rows)[1:3] == ["[-Ten-] a.|{+Five+} a.", "[-Ten-] b.|{+Five+} b."]

    def test_of_an_added_line_have_no_old_side(self) -> None:
        assert [row.before is None for row in compare.rows("One.", "One.\nTwo.")] == [False, True]

    @pytest.mark.parametrize(
        ("before", "after"),
        [("One.", "One.\n"), ("One.", "One. "), ("One.\n", "One.\r\n"), ("a b", "a  b"), ("a b", "a\tb"), ("", "\n")],
    )
    def test_show_what_one_cannot_see_as_changed(self, before: str, after: str) -> None:
        assert any(row.changed for row in compare.rows(before, after))

    @properties
    @given(TEXTS, TEXTS)
    def test_give_both_texts_back(self, before: str, after: str) -> None:
        rows = compare.rows(before, after)
        assert (side(row.before for row in rows), side(row.after for row in rows)) == (before, after)

    @properties
    @given(TEXTS, TEXTS)
    def test_are_unchanged_exactly_where_the_texts_are_the_same(self, before: str, after: str) -> None:
        assert any(row.changed for row in compare.rows(before, after)) == (before != after)

    @properties
    @given(TEXTS, TEXTS)
    def test_hold_the_same_words_on_both_sides_where_they_say_so(self, before: str, after: str) -> None:
        for row in compare.rows(before, after):
            same = [
                [piece.text for piece in pieces or () if piece.kind == "same"] for pieces in (row.before, row.after)
            ]
            assert same[0] == same[1]

    @properties
    @given(TEXTS, TEXTS)
    def test_have_nothing_added_before_and_nothing_removed_after(self, before: str, after: str) -> None:
        for row in compare.rows(before, after):
            assert all(piece.kind != "added" for piece in row.before or ())
            assert all(piece.kind != "removed" for piece in row.after or ())

    @properties
    @given(TEXTS, TEXTS)
    def test_are_mirrored_the_other_way_round(self, before: str, after: str) -> None:
        assert [row.mirrored() for row in compare.rows(before, after)] == compare.rows(after, before)


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
        rows = compare.rows(before, after)
        # A second on an idle machine; without its bound each of these takes from three seconds to hours.
        assert time.process_time() - start < 3
        assert (side(row.before for row in rows), side(row.after for row in rows)) == (before, after)

    def test_that_differ_in_a_word_show_that_word(self) -> None:
        before = "a " * 24_000
        assert told(compare.rows(before, before[:24_000] + "b " + before[24_002:])) == [
            f"{before[:24_000]}[-a-]{before[24_001:]}|{before[:24_000]}{{+b+}}{before[24_001:]}"
        ]

    def test_of_two_thousand_words_are_compared_word_by_word(self) -> None:
        before = shuffled(2_000, 1, of=1_000).split()
        edited = set(random.Random(2).sample(range(2_000), 200))
        after = [word.upper() if number in edited else word for number, word in enumerate(before)]
        (row,) = compare.rows(" ".join(before), " ".join(after))
        added = " ".join(piece.text for piece in row.after or () if piece.kind == "added")
        assert added.split() == [after[number] for number in sorted(edited)]


class TestMessages:
    def test_stand_beside_each_other_by_position(self) -> None:
        found = compare.compare(content("One.", "Two."), content("One.", "Three."))
        assert [message.changed for message in found.messages] == [False, True]

    def test_are_titled_by_their_role(self) -> None:
        assert [message.title for message in compare.compare(content("a"), content("b")).messages] == ["user"]

    def test_that_were_added_say_so_and_have_no_old_side(self) -> None:
        added = compare.compare(content("One."), content("One.", "Two.\nThree.")).messages[1]
        assert (added.title, added.changed, told(added.rows)) == ("user (added)", True, ["|{+Two.+}", "|{+Three.+}"])

    def test_that_were_removed_say_so_and_have_no_new_side(self) -> None:
        removed = compare.compare(content("One.", "Two."), content("One.")).messages[1]
        assert (removed.title, removed.changed, told(removed.rows)) == ("user (removed)", True, ["[-Two.-]|"])

    def test_that_were_added_empty_are_a_change_too(self) -> None:
        found = compare.compare(content("One."), content("One.", ""))
        assert (found.messages[1].changed, found.same) == (True, False)

    def test_with_another_role_name_both_and_are_changed(self) -> None:
        other = content(messages=[MessageTemplate(role="system", content="Write.")])
        found = compare.compare(content("Write."), other)
        assert (found.messages[0].title, found.messages[0].changed, found.same) == ("user → system", True, False)

    def test_with_another_role_have_the_same_words(self) -> None:
        other = content(messages=[MessageTemplate(role="system", content="Write.")])
        assert told(compare.compare(content("Write."), other).messages[0].rows) == ["Write.|Write."]


class TestSettings:
    def test_of_the_same_are_none(self) -> None:
        assert changed(content(), content()) == []

    def test_name_the_model_before_and_after(self) -> None:
        assert changed(content(), content(model="gpt")) == [("model", "offline/lede", "gpt")]

    def test_that_were_not_set_are_none_before(self) -> None:
        given = content(parameters=Parameters(temperature=0.2))
        assert changed(content(), given) == [("parameters.temperature", None, "0.2")]

    def test_that_are_not_set_any_more_are_none_after(self) -> None:
        given = content(parameters=Parameters(temperature=0.2))
        assert changed(given, content()) == [("parameters.temperature", "0.2", None)]

    def test_of_zero_are_set(self) -> None:
        assert changed(content(), content(parameters=Parameters(temperature=0))) == [
            ("parameters.temperature", None, "0.0")
        ]

    def test_of_the_contract_are_told_by_channel(self) -> None:
        before, after = (
            content(contract=Contract(count=count, limits={"web": web})) for count, web in ((10, 70), (5, 60))
        )
        assert changed(before, after) == [("contract.count", "10", "5"), ("contract.limits.web", "70", "60")]

    def test_tell_a_channel_that_came_and_one_that_went(self) -> None:
        before, after = (content(contract=Contract(limits=limits)) for limits in ({"web": 70}, {"push": 40}))
        assert changed(before, after) == [("contract.limits.web", "70", None), ("contract.limits.push", None, "40")]

    def test_list_what_is_several(self) -> None:
        before, after = (content(fallbacks=fallbacks) for fallbacks in (("a",), ("a", "b")))
        assert changed(before, after) == [("fallbacks", "a", "a, b")]

    def test_see_another_order_of_fallbacks(self) -> None:
        before, after = (content(fallbacks=fallbacks) for fallbacks in (("b", "a"), ("a", "b")))
        assert changed(before, after) == [("fallbacks", "b, a", "a, b")]

    def test_quote_what_one_could_not_see_in_a_list(self) -> None:
        stops = (Parameters(stop=stop) for stop in (("\n",), ("a, b", " c")))
        before, after = (content(parameters=parameters) for parameters in stops)
        assert changed(before, after) == [("parameters.stop", '"\\n"', '"a, b", " c"')]

    def test_tell_an_empty_list_from_none(self) -> None:
        given = content(parameters=Parameters(stop=()))
        assert changed(content(), given) == [("parameters.stop", None, "[]")]

    def test_reach_into_what_a_file_holds_besides(self) -> None:
        before = content(other={"modelParameters": {"frequencyPenalty": 0.1}, "evaluators": [{"name": "length"}]})
        after = content(other={"modelParameters": {"frequencyPenalty": 0.2}, "evaluators": []})
        assert changed(before, after) == [
            ("other.modelParameters.frequencyPenalty", "0.1", "0.2"),
            ("other.evaluators", '{"name": "length"}', "[]"),
        ]

    def test_write_yes_and_no_as_files_do(self) -> None:
        assert changed(content(other={"strict": True}), content(other={"strict": False})) == [
            ("other.strict", "true", "false")
        ]

    def test_see_a_variable_that_is_described_by_nothing(self) -> None:
        assert changed(content(), content(variables={"desk": Variable()})) == [("variables.desk", None, "{}")]

    def test_see_the_description_of_a_variable(self) -> None:
        before, after = (content(variables={"desk": Variable(description=text)}) for text in ("The desk", "Who asks"))
        assert changed(before, after) == [("variables.desk.description", "The desk", "Who asks")]

    def test_see_the_schema(self) -> None:
        schema = '{"name": "a", "schema": {}}'
        given = content(output="json_schema", json_schema=schema)
        assert changed(content(), given) == [("output", "text", "json_schema"), ("json_schema", None, schema)]

    def test_of_one_side_are_all_that_is_set(self) -> None:
        assert compare.flat(content(contract=Contract(limits={"web": 70}))) == {
            "model": "offline/lede",
            "contract.count": "10",
            "contract.limits.web": "70",
            "output": "text",
        }

    @properties
    @given(CONTENTS, CONTENTS)
    def test_are_mirrored_the_other_way_round(self, before: Content, after: Content) -> None:
        mirrored = {Change(change.name, change.after, change.before) for change in compare.settings(before, after)}
        assert set(compare.settings(after, before)) == mirrored


class TestALine:
    @properties
    @given(TEXTS, TEXTS)
    def test_in_words_holds_both_texts_whole(self, before: str, after: str) -> None:
        row = compare.words(before, after)
        assert ["".join(piece.text for piece in side or ()) for side in (row.before, row.after)] == [before, after]

    @properties
    @given(TEXTS, TEXTS)
    def test_rewritten_holds_both_texts_whole(self, before: str, after: str) -> None:
        pieces = compare.rewritten(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after

    def test_rewritten_shows_what_was_removed_before_what_took_its_place(self) -> None:
        pieces = compare.rewritten("Bridge closes today", "Bridge shuts today")
        assert [(piece.text, piece.kind) for piece in pieces] == [
            ("Bridge ", "same"), ("closes", "removed"), ("shuts", "added"), (" today", "same"),
        ]  # fmt: skip


class TestSame:
    @properties
    @given(CONTENTS)
    def test_is_a_content_and_itself(self, one: Content) -> None:
        assert compare.compare(one, one.model_copy(deep=True)).same

    @properties
    @given(CONTENTS, CONTENTS)
    def test_are_contents_with_the_same_hash_and_no_others(self, before: Content, after: Content) -> None:
        assert compare.compare(before, after).same == (before.hash == after.hash)

    def test_is_not_what_differs_in_a_setting_alone(self) -> None:
        assert not compare.compare(content(), content(model="gpt")).same
