"""The parser reads what models really send, never raises and never invents."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.headlines.parse import growing, parse

TWO = ["Bridge closes for weeks", "Traders fear for Easter"]

FORMS = {
    "pure JSON": '{"headlines": ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "a bare list": '["Bridge closes for weeks", "Traders fear for Easter"]',
    "another name": '{"titles": ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "JSON with a byte order mark": '\ufeff{"headlines": ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "fenced JSON": 'Sure!\n```json\n{"headlines": ["Bridge closes for weeks", "Traders fear for Easter"]}\n```\nEnjoy.',
    "a fence that never closes": '```json\n{"headlines": ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "JSON in prose": 'Here you are: ["Bridge closes for weeks", "Traders fear for Easter"]. Anything else?',
    "single quotes and a trailing comma": "{'headlines': ['Bridge closes for weeks', 'Traders fear for Easter',]}",
    "no quotes around the key": '{headlines: ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "an object of headlines": '{"1": "Bridge closes for weeks", "2": "Traders fear for Easter"}',
    "an object with named numbers": '{"headline_1": "Bridge closes for weeks", "headline_2": "Traders fear for Easter"}',
    "objects with a text": '[{"headline": "Bridge closes for weeks", "angle": "x"}, {"headline": "Traders fear for Easter"}]',
    "objects, deeper": '{"result": {"suggestions": [{"text": "Bridge closes for weeks"}, {"text": "Traders fear for Easter"}]}}',
    "an object a line": '{"headline": "Bridge closes for weeks"}\n{"headline": "Traders fear for Easter"}',
    "other fields beside": '{"language": "en", "headlines": ["Bridge closes for weeks", "Traders fear for Easter"]}',
    "thinking before": '<think>["not", "this"]</think>\n["Bridge closes for weeks", "Traders fear for Easter"]',
    "a numbered list": "Here are some:\n\n1. Bridge closes for weeks\n2. Traders fear for Easter\n\nLet me know!",
    "numbers in brackets": "1) Bridge closes for weeks\n2) Traders fear for Easter",
    "bullets": "- Bridge closes for weeks\n• Traders fear for Easter",
    "bold with an explanation": "1. **Bridge closes for weeks** – says it all\n2. **Traders fear for Easter**",
    "quotation marks around": '1. "Bridge closes for weeks"\n2. “Traders fear for Easter”',
    "labels": "Headline 1: Bridge closes for weeks\nHeadline 2: Traders fear for Easter",
    "plain lines": "Bridge closes for weeks\nTraders fear for Easter",
    "plain lines with talk": "Sure, of course!\nBridge closes for weeks\nTraders fear for Easter\nLet me know if it helps.",
    "carriage returns": "1. Bridge closes for weeks\r\n2. Traders fear for Easter\r\n",
}


class TestForms:
    @pytest.mark.parametrize("answer", FORMS.values(), ids=FORMS.keys())
    def test_is_read(self, answer: str) -> None:
        assert parse(answer) == TWO

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            (
                "Voici deux titres :\n1. « Le pont ferme »\n2. Pâques : la crainte",
                ["Le pont ferme", "Pâques : la crainte"],
            ),
            ("Hier zijn twee koppen:\n- ‘De brug gaat dicht’\n- Zorgen", ["‘De brug gaat dicht’", "Zorgen"]),
            (
                '{"schlagzeilen": ["Die Brücke schließt", "Händler fürchten"]}',
                ["Die Brücke schließt", "Händler fürchten"],
            ),
            ("1. „Die Brücke schließt“\n2. »Händler fürchten«", ["Die Brücke schließt", "Händler fürchten"]),
        ],
    )
    def test_other_languages_and_their_quotes_are_read(self, answer: str, expected: list[str]) -> None:
        assert parse(answer) == expected

    def test_a_kicker_in_bold_belongs_to_its_headline(self) -> None:
        assert parse("- **Sport:** United win\n- **Politics**: Rent is capped") == [
            "Sport: United win",
            "Politics: Rent is capped",
        ]

    def test_a_quotation_inside_a_headline_stays(self) -> None:
        assert parse('{"headlines": ["She said \\"no\\" twice", "B c"]}') == ['She said "no" twice', "B c"]

    def test_quotation_marks_that_nobody_escaped_do_not_cut_a_headline(self) -> None:
        assert parse('{"headlines": ["She said "no" to it", "Traders fear"]}')[-1] == "Traders fear"
        assert "She said " not in parse('{"headlines": ["She said "no" to it", "Traders fear"]}')


class TestWhatIsNoHeadline:
    @pytest.mark.parametrize(
        "answer",
        [
            "",
            "   \n",
            "I'm sorry, but I cannot help with that.",
            '{"error": "overloaded"}',
            '{"summary": "A bridge", "score": 3}',
            "<html><body>Bad gateway</body></html>",
            "null",
            "42",
            "{",
            "[" * 5000,
            '{"a":' * 5000,
            "[]",
        ],
    )
    def test_gives_none(self, answer: str) -> None:
        assert parse(answer) == []

    @pytest.mark.parametrize(
        "answer",
        [
            '{"headlines": ["Bridge closes for weeks", "Traders fear for Ea',
            '["Bridge closes for weeks", "Traders fear for Ea',
            '```json\n{"headlines": ["Bridge closes for weeks", "Trad',
            "{'headlines': ['Bridge closes for weeks', 'Traders fe",
        ],
    )
    def test_a_headline_that_was_cut_off_is_left_out(self, answer: str) -> None:
        assert parse(answer) == ["Bridge closes for weeks"]

    def test_the_last_line_of_a_cut_list_is_left_out(self) -> None:
        assert parse("1. Bridge closes for weeks\n2. Traders fe", truncated=True) == ["Bridge closes for weeks"]


def squeezed(text: str) -> str:
    return "".join(text.split())


class TestProperties:
    @given(st.text() | st.text(alphabet='{}[]":,\\ab1\n`*-. '))
    def test_no_text_makes_it_raise(self, answer: str) -> None:
        parse(answer)
        parse(answer, truncated=True)
        growing(answer)

    @given(st.text(alphabet='{}[]":,ab1\n`*-. “”', max_size=200))
    def test_every_headline_stands_in_the_answer(self, answer: str) -> None:
        # White space aside, and the marks of bold type: a bold kicker and its headline are joined by one space.
        for headline in map(squeezed, parse(answer)):
            assert headline in squeezed(answer) or headline.replace("**", "") in squeezed(answer).replace("**", "")

    @given(st.lists(st.text(min_size=1), min_size=1, max_size=12), st.sampled_from(["headlines", "titles", "x"]))
    def test_any_list_of_texts_in_json_comes_back_as_it_is(self, texts: list[str], name: str) -> None:
        assert parse(json.dumps({name: texts})) == texts
        assert parse(json.dumps(texts, ensure_ascii=False)) == texts

    @given(
        st.lists(
            st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){1,5}", fullmatch=True), min_size=2, max_size=10, unique=True
        )
    )
    def test_while_it_grows_only_whole_headlines_are_seen(self, texts: list[str]) -> None:
        for answer in (
            json.dumps({"headlines": texts}),
            "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1)) + "\n",
        ):
            for length in range(0, len(answer) + 1, 7):
                seen = growing(answer[:length])
                assert seen == texts[: len(seen)]
            assert growing(answer) == texts

    @given(
        st.lists(
            st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){1,5}", fullmatch=True), min_size=2, max_size=10, unique=True
        )
    )
    def test_cut_anywhere_json_gives_whole_headlines_only(self, texts: list[str]) -> None:
        answer = json.dumps({"headlines": texts})
        for length in range(0, len(answer), 5):
            found = parse(answer[:length])
            assert found == texts[: len(found)]
