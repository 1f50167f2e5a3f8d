"""A judge's answer is read strictly: whole verdicts or none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.judge.verdict import HIGHEST, LOWEST, Preference, Score, Unreadable, read_preference, read_verdicts


def verdict(number: int = 1, score: object = 4, reason: object = "It says so.") -> dict[str, Any]:
    said = {"score": score, "reason": reason}
    return {"headline": number, "accuracy": said, "clarity": said, "tone": said}


def answer(*verdicts: dict[str, Any]) -> str:
    return json.dumps({"verdicts": verdicts})


class TestVerdicts:
    def test_are_read_from_bare_json(self) -> None:
        (found,) = read_verdicts(answer(verdict()), headlines=1)
        assert found.position == 0
        assert found.scores["tone"] == Score(4, "It says so.")

    @pytest.mark.parametrize(
        "around",
        [
            "Here you are:\n```json\n{}\n```\nAnything else?",
            "<think>{{not this}}</think>{}",
            "I looked at {{headline}} one.\n\n{}",
            '{{"note": "first thoughts"}} {}',
        ],
    )
    def test_are_found_within_what_a_model_puts_around_them(self, around: str) -> None:
        text = around.replace("{{", "\0").replace("}}", "\1").replace("{}", answer(verdict()))
        assert read_verdicts(text.replace("\0", "{").replace("\1", "}"), headlines=1)

    def test_come_in_the_order_of_the_headlines(self) -> None:
        found = read_verdicts(answer(verdict(2, 1), verdict(1, 5)), headlines=2)
        assert [(each.position, each.scores["accuracy"].value) for each in found] == [(0, 5), (1, 1)]

    @pytest.mark.parametrize(
        "broken",
        [
            "",
            "I cannot judge this.",
            "[]",
            '{"verdicts": []}',
            answer(verdict(2)),
            answer(verdict(1), verdict(1)),
            answer(verdict(), verdict(2)),
            answer(verdict(score=6)),
            answer(verdict(score=0)),
            answer(verdict(score="4")),
            answer(verdict(score=3.5)),
            answer(verdict(score=True)),
            answer(verdict(reason="")),
            answer({"headline": 1, "accuracy": {"score": 4, "reason": "x"}}),
            answer(verdict())[:-3],
        ],
    )
    def test_are_refused_unless_there_is_a_whole_one_on_each(self, broken: str) -> None:
        with pytest.raises(Unreadable):
            read_verdicts(broken, headlines=1)

    def test_say_what_is_wrong_in_words_that_a_model_can_use(self) -> None:
        with pytest.raises(Unreadable, match=r"one verdict on each headline from 1 to 2; there are \[1\]"):
            read_verdicts(answer(verdict()), headlines=2)

    def test_do_not_keep_a_reason_without_end(self) -> None:
        (found,) = read_verdicts(answer(verdict(reason="x" * 50_000)), headlines=1)
        assert len(found.scores["tone"].reason) == 1_000

    @given(st.text() | st.builds(lambda depth: '{"verdicts":' * depth, st.integers(0, 5_000)))
    def test_whatever_the_answer_there_is_a_verdict_or_unreadable(self, text: str) -> None:
        try:
            found = read_verdicts(text, headlines=1)
        except Unreadable:
            return
        assert all(LOWEST <= score.value <= HIGHEST for each in found for score in each.scores.values())


class TestPreference:
    def test_is_read(self) -> None:
        assert read_preference('{"reason": "It is whole.", "better": "second"}') == Preference("second", "It is whole.")

    @pytest.mark.parametrize("broken", ['{"better": "A", "reason": "x"}', '{"better": "tie"}', "second", "{}"])
    def test_is_refused_unless_it_names_a_set_and_a_reason(self, broken: str) -> None:
        with pytest.raises(Unreadable):
            read_preference(broken)
