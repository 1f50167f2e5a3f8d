"""All numbers of a text, from left to right."""

from dataclasses import replace

from core.checks.numbers.cursor import Cursor
from core.checks.numbers.digits import read_digits
from core.checks.numbers.number import Number, fraction
from core.checks.numbers.spelled import read_cardinal, read_compound, read_single
from core.checks.numbers.vocabulary import FRACTIONS, LANGUAGES, NO_LANGUAGE

MOST = 1_000
"""Numbers that are read in one text."""


def numbers(text: str, language: str | None) -> list[Number]:
    """The first `MOST` numbers of a text in their order. Words are read in English, French, Dutch and German only."""
    return read(text, language)[0]


def read(text: str, language: str | None) -> tuple[list[Number], bool]:
    """The numbers of a text, and whether these are all of them."""
    cursor = Cursor(text, LANGUAGES.get(language or "", NO_LANGUAGE))
    found: list[Number] = []
    while len(found) < MOST and (number := _next(cursor)):
        if found:
            found[-1] = _share_scale(found[-1], number, text)
        found.append(number)
    return found, len(found) < MOST and cursor.reads_all


def _next(cursor: Cursor) -> Number | None:
    """The next number from the cursor on; None if none is left."""
    tokens, words = cursor.tokens, cursor.words
    number = None
    while number is None and cursor.at < len(tokens):
        token = tokens[cursor.at]
        first = token.text[:1]
        if token.text in words.starts:
            number = read_cardinal(cursor) if token.text in words.cardinals else read_single(cursor)
        elif first.isdecimal():
            number = read_digits(cursor)
        elif first in FRACTIONS:
            cursor.at += 1
            number = fraction(FRACTIONS[first], token.start, token.end)
        elif words.thousand and words.thousand in token.text:
            number = read_compound(cursor)
        else:
            cursor.at += 1
    return number


def _share_scale(left: Number, right: Number, text: str) -> Number:
    """In «from 5.4 to 3.1 million» the first number is in millions too, or may be."""
    if right.value < 1_000 or right.start - left.end > 16 or left.kind not in ("count", "money", "percent"):
        return left
    gap = text[left.end : right.start]
    scale_in_words = any(character.isalpha() for character in text[right.start : right.end])
    if "." in gap or "," in gap or left.value >= 1_000 or not scale_in_words:
        return left
    for factor in (1e9, 1e6, 1e3):
        if right.value >= factor:
            return replace(left, also=(*left.also, left.value * factor))
    return left
