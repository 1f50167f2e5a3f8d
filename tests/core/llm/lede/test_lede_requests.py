"""What the offline headline writer reads out of an instruction."""

import pytest

from core.llm.lede.requests import count_in, format_in, limit_in, tone_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Write exactly 10 headlines for this article.", 10),
        ("Give me ten short, lively headlines.", 10),
        ("Write exactly 7 more headlines.", 7),
        ("Write 3 more.", 3),
        ("Suggest five headline ideas", 5),
        ("Number of headlines: 12", 12),
        ("Donne-moi huit titres.", 8),
        ("Propose 6 titres courts", 6),
        ("Schrijf tien koppen", 10),
        ("Geef precies zes koppen", 6),
        ("Schreibe acht Überschriften", 8),
        ("Genau 9 Schlagzeilen, bitte", 9),
        ("Nenne 4 Titel", 4),
        ("Suggest some headlines for this article:", None),
        ("Put one headline per line.", None),
        ("No two headlines may start alike.", None),
    ],
)
def test_a_count_is_read_in_four_languages(text: str, count: int | None) -> None:
    assert count_in(text) == count


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Each has at most 70 characters, spaces included.", 70),
        ("no longer than 60 characters", 60),
        ("max. 50 characters", 50),
        ("under 70 characters", 69),
        ("60 characters or fewer", 60),
        ("a limit of 40 characters", 40),
        ("between 30 and 60 characters", 60),
        ("at least 20 characters and at most 55 characters", 55),
        ("70 caractères au plus", 70),
        ("au maximum 65 caractères", 65),
        ("maximaal 70 tekens", 70),
        ("hoogstens 45 tekens", 45),
        ("höchstens 70 Zeichen", 70),
        ("maximal 55 Zeichen", 55),
        ("The third was 82 characters long; the limit is 70 characters.", 70),
        ("Keep them short.", None),
    ],
)
def test_a_limit_is_read_in_four_languages(text: str, limit: int | None) -> None:
    assert limit_in(text) == limit


def test_json_is_recognised_as_a_format() -> None:
    assert format_in('Answer with JSON: {"headlines": []}') == "json"


def test_a_prompt_that_forbids_json_does_not_ask_for_it() -> None:
    assert format_in("Answer in plain text, not JSON.") is None


def test_one_per_line_is_a_format() -> None:
    assert format_in("Put one headline per line.") == "lines"


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Make them punchy.", "punchy"),
        ("Keep a sober, neutral tone.", "sober"),
        ("Not too lively, rather restrained.", "sober"),
        ("Un ton sobre", "sober"),
        ("knackige Titel", "punchy"),
        ("Punchier, please.", "punchy"),
        ("With more punch and less detail.", "punchy"),
        ("Des titres plus percutants", "punchy"),
        ("Pittiger dan anders", "punchy"),
        ("knackigere Überschriften", "punchy"),
        ("Write headlines.", None),
    ],
)
def test_a_tone_is_read(text: str, tone: str | None) -> None:
    assert tone_in(text) == tone
