"""What the offline headline writer overdoes when a prompt asks for punch."""

import json

import pytest

from core.llm.lede import answer
from core.llm.lede.english import ENGLISH
from core.llm.lede.french import FRENCH
from core.llm.lede.loud import loud
from tests.core.llm.lede.lede_articles import BRUECKE, BRUG, FERRY, PONT, ask


def headlines(article: str, asked: str) -> list[str]:
    return json.loads(answer(ask(article, f"{asked} JSON.")))["headlines"]


def shouting(article: str, asked: str) -> int:
    return sum("!" in headline for headline in headlines(article, asked))


@pytest.mark.parametrize(
    ("article", "asked"),
    [
        (FERRY, "Write 6 headlines, punchier than usual."),
        (PONT, "Écris 3 titres plus percutants."),
        (BRUG, "Schrijf 3 koppen, pittiger dan anders."),
        (BRUECKE, "Schreibe 3 knackigere Titel."),
    ],
)
def test_asked_for_punch_it_shouts_in_the_language_of_the_request(article: str, asked: str) -> None:
    assert shouting(article, asked) > 0


@pytest.mark.parametrize("asked", ["Write 6 headlines.", "Write 6 sober headlines.", "Write 6 headlines, not punchy."])
def test_not_asked_for_punch_it_does_not(asked: str) -> None:
    assert shouting(FERRY, asked) == 0


def test_it_shouts_in_every_other_line() -> None:
    assert loud(["One boat sank", "Two boats sank", "Three sank"], ENGLISH, 70) == [
        "One boat sank!",
        "Two boats sank",
        "Three sank!",
    ]


def test_it_puts_nothing_into_the_mouth_of_who_is_quoted() -> None:
    assert loud(["Day: 'We saw the boat'"], ENGLISH, 70) == ["Day: 'We saw the boat'"]


def test_a_line_that_is_full_stays_as_it_is() -> None:
    assert loud(["Boat sank"], ENGLISH, 9) == ["Boat sank"]


def test_french_keeps_its_narrow_space() -> None:
    assert loud(["Le bateau coule"], FRENCH, None) == ["Le bateau coule\u202f!"]


def test_the_lines_are_mostly_short() -> None:
    asked = "Write 5 {}headlines of at most 90 characters."
    punchy, plain = (headlines(FERRY, asked.format(tone)) for tone in ("punchy ", ""))
    assert sum(len(line) > 50 for line in punchy) < sum(len(line) > 50 for line in plain)
