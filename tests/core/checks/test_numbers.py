"""Numbers are read alike however they are written, in four languages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks.numbers import MOST, numbers, significant


@pytest.mark.parametrize(
    ("language", "text", "value", "kind"),
    [
        ("en", "12,000 jobs", 12_000, "count"),
        ("en", "twelve thousand jobs", 12_000, "count"),
        ("en", "a £2.8m repair", 2_800_000, "money"),
        ("en", "£2.8 million", 2_800_000, "money"),
        ("en", "$1.13bn", 1.13e9, "money"),
        ("en", "62% of them", 62, "percent"),
        ("en", "fifty per cent", 50, "percent"),
        ("en", "twenty-three men", 23, "count"),
        ("en", "two hundred and fifty-one thousand", 251_000, "count"),
        ("en", "two and a half million", 2_500_000, "count"),
        ("en", "half a million", 500_000, "count"),
        ("en", "the twenty-first bus", 21, "ordinal"),
        ("en", "the 38th minute", 38, "ordinal"),
        ("en", "two thirds of it", 200 / 3, "fraction"),
        ("en", "a third of it", 100 / 3, "fraction"),
        ("en", "beat them 3-2", 3, "pair"),
        ("en", "at 6 p.m. today", 18 * 60, "time"),
        ("en", "at 9:04 a.m.", 9 * 60 + 4, "time"),
        ("en", "on 7 April", 407, "date"),
        ("en", "on April 7", 407, "date"),
        ("en", "the 1st of May", 501, "date"),
        ("en", "in 1998", 1998, "year"),
        ("en", "in the 1990s", 1990, "decade"),
        ("en", "the F-16 jet", 16, "code"),
        ("fr", "18 900 abonnements", 18_900, "count"),
        ("fr", "12 000 emplois", 12_000, "count"),
        ("fr", "839.000 euros", 839_000, "money"),
        ("fr", "3,4 millions d’euros", 3_400_000, "count"),
        ("fr", "quatre-vingt-dix-sept", 97, "count"),
        ("fr", "soixante et onze", 71, "count"),
        ("fr", "deux cent trente", 230, "count"),
        ("fr", "un million et demi", 1_500_000, "count"),
        ("fr", "60 % des coûts", 60, "percent"),
        ("fr", "dix pour cent", 10, "percent"),
        ("fr", "le 1er septembre", 901, "date"),
        ("fr", "à 18h30", 18 * 60 + 30, "time"),
        ("fr", "deux tiers", 200 / 3, "fraction"),
        ("fr", "les années 1920", 1920, "decade"),
        ("fr", "la 12e place", 12, "ordinal"),
        ("nl", "30.000 euro", 30_000, "money"),
        ("nl", "148,6 kilometer", 148.6, "count"),
        ("nl", "drieëntwintig", 23, "count"),
        ("nl", "vijfentwintigduizend", 25_000, "count"),
        ("nl", "2,8 miljoen", 2_800_000, "count"),
        ("nl", "op 11 mei", 511, "date"),
        ("nl", "om 19.30 uur", 19 * 60 + 30, "time"),
        ("nl", "tien procent", 10, "percent"),
        ("de", "12.000 Stellen", 12_000, "count"),
        ("de", "12’000 Stellen", 12_000, "count"),
        ("de", "dreiundzwanzig", 23, "count"),
        ("de", "zweitausendfünfhundert", 2_500, "count"),
        ("de", "6,5 Prozent", 6.5, "percent"),
        ("de", "1,5 Mrd. Euro", 1.5e9, "count"),
        ("de", "eine Million", 1_000_000, "count"),
        ("de", "am 3. Juni", 603, "date"),
        ("de", "am 24.12.2024", 1224, "date"),
        ("de", "um 18.30 Uhr", 18 * 60 + 30, "time"),
        ("de", "zwei Drittel", 200 / 3, "fraction"),
        ("de", "die 1990er", 1990, "decade"),
        (None, "12 000", 12_000, "count"),
    ],
)
def test_a_number_is_worth_the_same_however_it_is_written(language: str, text: str, value: float, kind: str):
    (number,) = [number for number in numbers(text, language) if number.kind != "loose"]
    assert number.value == pytest.approx(value)
    assert number.kind == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a man and one woman"),
        ("fr", "un homme et une femme"),
        ("nl", "een man"),
        ("de", "ein Mann und eine Frau"),
    ],
)
def test_an_article_is_no_number(language: str, text: str):
    assert numbers(text, language) == []


def test_the_first_of_two_numbers_with_one_scale_may_have_it_too():
    first, second = numbers("von 5,4 auf 3,1 Millionen Euro", "de")
    assert 5_400_000 in first.also
    assert second.value == 3_100_000


def test_a_year_takes_no_thousands_from_behind_a_space():
    assert [number.value for number in numbers("En 2019 200 personnes", "fr")] == [2019, 200]


def test_a_span_holds_the_characters_of_the_number():
    text = "Zuschuss: 2,8 Mio. Euro"
    (number,) = numbers(text, "de")
    assert text[number.start : number.end] == "2,8 Mio"


@pytest.mark.parametrize(("value", "digits"), [(12_000, 2), (12_400, 3), (2.8, 2), (100, 1), (0, 1)])
def test_digits_that_say_something_are_counted(value: float, digits: int):
    assert significant(value) == digits


_PIECES = ("12", "000", ".", ",", " ", "-", "/", ":", "’", "£", "%", "m", "p.m.", "two", "million", "and", "a", "half", "vingt",
           "quatre", "et", "cent", "ein", "tausend", "½", "May", "3rd", "é", "\u0301", "٣", "\u200b", "\n")  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join)),
    st.sampled_from(["en", "fr", "nl", "de", "es", None]),
)
def test_any_text_is_read_in_order_and_within_its_bounds(text: str, language: str | None):
    found = numbers(text, language)
    assert len(found) <= MOST
    for number in found:
        assert 0 <= number.start < number.end <= len(text)
    assert [number.start for number in found] == sorted(number.start for number in found)


@pytest.mark.parametrize(
    "piece", ["9", "1 ", "1-", "12,", "two hundred and ", "1.000.", "tausend", "et ", "é\u0301", "half a "]
)
def test_endless_repetition_costs_no_more_than_its_length(piece: str):
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    numbers(text, "en")
    # A tenth of a second, or minutes if it were quadratic: a busy machine does not decide between them.
    assert time.process_time() - start < 10
