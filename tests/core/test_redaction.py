"""Redaction: what is found, what is not, twice is once, and no list of words makes it slow."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.redaction import MARKERS, MOST_WORDS, NOTHING, Redaction, read_words
from tests.conftest import ROOT

BOTH = Redaction(("email", "phone"))

EMAILS = ["ada@paper.example", "Ada.Byron+tips@news.paper.co.uk", "müller@straße.de", "a_b%c@x-y.example", "A@B.IO"]
PHONES = [
    "+44 20 7946 0018", "+442079460018", "0049 30 901820", "+49 (0)30 901820", "020 7946 0018", "(0161) 496 0000",
    "030/901820", "02079460018", "(212) 555-0142", "212-555-0142", "+33 1 70 18 99 00", "01 70 18 99 00", "06 12 34 56 78",
]  # fmt: skip
HARMLESS = [
    "2,345,678 people", "2026-11-27", "27.11.2026", "14:30", "from 1939-1945", "won 3-2, 6-4, 7-5", "£1,200,000", "0.125 %",
    "100,000,000", "a@b", "@handle", "12 345 678 euros", "ISBN 978-3-16", "0.5 to 0.75", "room 101", "10 000 metres",
    "1 000 000 000", "in 00 seconds", "007", "Boeing 747-8", "365 days", "2024/25", "11/09/2001", "COVID-19",
]  # fmt: skip


class TestEmails:
    @pytest.mark.parametrize("address", EMAILS)
    def test_are_taken_out(self, address: str) -> None:
        assert BOTH.text(f"Write to {address}, she said.") == "Write to [e-mail], she said."


class TestPhones:
    @pytest.mark.parametrize("number", PHONES)
    def test_are_taken_out(self, number: str) -> None:
        assert BOTH.text(f"Call {number}, she said.") == "Call [phone], she said."


class TestWhatIsNeither:
    @pytest.mark.parametrize("text", HARMLESS)
    def test_stays(self, text: str) -> None:
        assert BOTH.text(f"There were {text} that day.") == f"There were {text} that day."

    def test_takes_no_longer_however_much_it_looks_like_a_number(self) -> None:
        # Steps and not seconds: a pattern that can read these digits in many ways is at it for half an hour.
        text = f"+1{'2' * 38}a " * 3_000
        assert BOTH.text(text) == text

    def test_stays_in_the_shipped_articles(self) -> None:
        paths = [*(ROOT / "prompts" / "samples").glob("*.txt"), *(ROOT / "prompts" / "evals").glob("*.jsonl")]
        texts = [path.read_text() for path in paths if path.suffix == ".txt"]
        texts += [json.loads(line)["article"] for path in paths if path.suffix == ".jsonl" for line in path.open()]
        found = [each for text in texts for each in [BOTH.counted(text)[1]] if each]
        assert len(texts) > 100
        assert len(found) <= 1


class TestOwnWords:
    words = Redaction(words=read_words("Jane Doe\nQuellmann*  # and his family\nmüller", source="words.txt"))

    @pytest.mark.parametrize(
        ("text", "redacted"),
        [
            ("Jane Doe spoke", "[withheld] spoke"),
            ("JANE  DOE", "[withheld]"),
            ("Jane\nDoe", "[withheld]"),
            ("Quellmanns Haus", "[withheld] Haus"),
            ("Mu\u0308ller", "[withheld]"),
            ("MÜLLER!", "[withheld]!"),
            ("Jane Doeson and Janet Doe", "Jane Doeson and Janet Doe"),
            ("Müllers", "Müllers"),
        ],
    )
    def test_are_taken_out_as_words(self, text: str, redacted: str) -> None:
        assert self.words.text(text) == redacted

    def test_that_are_part_of_what_stands_in_their_place_do_no_harm(self) -> None:
        redaction = Redaction(("email",), words=["mail", "withheld", "e-mail"])
        once = redaction.text("e-mail ada@paper.example, withheld")
        assert once == "[withheld] [e-mail], [withheld]"
        assert redaction.text(once) == once

    def test_are_literal(self) -> None:
        assert Redaction(words=["a.c (x)"]).text("abc (x) a.c (x)") == "abc (x) [withheld])"

    @pytest.mark.parametrize("line", ["x", "*", "a*b", "--", "w" * 101])
    def test_that_are_none_are_refused_with_their_line(self, line: str) -> None:
        with pytest.raises(BadInput, match=r"words\.txt, line 2"):
            read_words(f"# ours\n{line}\n", source="words.txt")

    def test_can_be_many_and_long_without_taking_long(self) -> None:
        # Steps and not seconds: what a backtracking pattern would never finish, this does.
        many = [f"{'a' * 40}{number}" for number in range(MOST_WORDS)]
        text = "a" * 60_000
        assert Redaction(("email", "phone"), many).text(text) == text


class TestRedacting:
    @given(st.lists(st.sampled_from([*EMAILS, *PHONES, *HARMLESS, *MARKERS.values(), " ", ".", "\n", "Jane Doe"])))
    def test_twice_is_redacting_once(self, parts: list[str]) -> None:
        redaction = Redaction(("email", "phone"), ["Jane Doe"])
        once = redaction.text(" ".join(parts))
        assert redaction.text(once) == once

    @given(st.text())
    def test_nothing_leaves_every_text_as_it_is(self, text: str) -> None:
        assert NOTHING.text(text) == text
        assert not NOTHING.is_active

    def test_counts_by_kind(self) -> None:
        assert BOTH.counted("a@b.example, c@d.example, 020 7946 0018")[1] == {"email": 2, "phone": 1}

    def test_reads_what_json_spells_as_numbers(self) -> None:
        answer = json.dumps({"headlines": ["Müller writes to ada@paper.example"]}).replace("@", "\\u0040")
        redacted = Redaction(("email",), ["Müller"]).answer(answer)
        assert json.loads(redacted or "") == {"headlines": ["[withheld] writes to [e-mail]"]}

    def test_leaves_the_json_of_an_answer_whole(self) -> None:
        answer = json.dumps({"headlines": ['"Call\u0001 020 7946 0018"', "\u2028 \ud83d\ude00"]})
        assert json.loads(BOTH.answer(answer) or "")["headlines"][0] == '"Call\u0001 [phone]"'

    def test_only_what_is_asked_for_is_taken_out(self) -> None:
        text = "ada@paper.example, 020 7946 0018"
        assert Redaction(("email",)).text(text) == "[e-mail], 020 7946 0018"
        assert Redaction(("phone",)).text(text) == "ada@paper.example, [phone]"

    @pytest.mark.parametrize("piece", ["a@", "a.", "0", "+1 ", "0 1", "(0", "a@b.", "a%", "020 79", "\u0308", "jane "])
    def test_comes_to_an_end_on_any_text(self, piece: str) -> None:
        text = piece * 20_000
        assert Redaction(("email", "phone"), ["Jane Doe", "jane jane jane sue"]).text(text)
