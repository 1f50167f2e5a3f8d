"""What follows the digits or words of a number and belongs to it: million, and a half, per cent, a currency."""

from core.checks.numbers.cursor import Cursor, Token
from core.checks.numbers.number import Kind, Number, fraction

_SYMBOLS = frozenset("£$€¥₤₣₹")
_HIGHEST = 1e15


def with_unit(cursor: Cursor, readings: tuple[float, ...], start: int, end: int, *, digits: str = "") -> Number:
    """The number of these readings with all that follows it at the cursor; `digits` are its own, if it has any."""
    value, *others = readings
    also = tuple(others)
    text, words = cursor.text, cursor.words
    factor = 1.0
    while scale := read_scale(cursor, end):
        by, end, is_unit = scale
        also = (*(reading * by for reading in also), *((value,) if is_unit else ()))
        value, factor = value * by, by
        if value > _HIGHEST:
            break
    if words.and_a_half and _reads_half(cursor, end):
        # «a million and a half» adds half a million, «two and a half million» half of one.
        unit_of_half = factor if digits else max((by for by in (1.0, 1e6, 1e9) if by <= value), default=1.0)
        value, also = value + unit_of_half / 2, (value, *also)
        end = cursor.tokens[cursor.at - 1].end
        if scale := read_scale(cursor, end):
            value, end = value * scale[0], scale[1]
    word = cursor.peek()
    near = cursor.near(end, word)
    if near:
        if (percent := _percent_end(cursor, word)) is not None:
            return Number(value, start, percent, "percent", also)
        if word.text in words.denominators and factor == 1 and value < 100 and word.text != "quarter":
            cursor.at += 1
            return fraction(value / words.denominators[word.text], start, word.end)
    kind: Kind = "count"
    before = text[max(0, start - 2) : start].rstrip(" \u00a0")[-1:]
    if before in _SYMBOLS:
        kind, start = "money", start - (1 if text[start - 1] == before else 2)
    elif text[end : end + 2].lstrip(" \u00a0\u202f")[:1] in _SYMBOLS or (near and word.text in words.currencies):
        kind = "money"
    elif factor == 1 and len(digits) == 4 and digits.isdecimal() and 1_000 <= value <= 2_100:
        kind = "year"
    return Number(value, start, end, kind, also)


def read_scale(cursor: Cursor, after: int) -> tuple[float, int, bool] | None:
    """The scale right after a place: its factor, where it ends, whether it may be a unit as well (100m)."""
    word, words = cursor.peek(), cursor.words
    if word.text not in words.scales or not cursor.near(after, word):
        return None
    if word.text in words.letters and word.start != after and not _is_currency(cursor, word):
        return None
    cursor.at += 1
    return words.scales[word.text], word.end, word.text in words.letters


def _is_currency(cursor: Cursor, letter: Token) -> bool:
    symbol = cursor.text[letter.end : letter.end + 2].strip()[:1]
    return cursor.peek(1).text in cursor.words.currencies or symbol in _SYMBOLS


def _reads_half(cursor: Cursor, after: int) -> bool:
    """«and a half», «et demi» right after a number."""
    if cursor.near(after, cursor.peek()):
        for phrase in cursor.words.and_a_half:
            if phrase == tuple(cursor.peek(ahead).text for ahead in range(len(phrase))):
                cursor.at += len(phrase)
                return True
    return False


def _percent_end(cursor: Cursor, word: Token) -> int | None:
    if word.text in cursor.words.percents:
        cursor.at += 1
        return word.end
    second = cursor.peek(1)
    if word.text in ("per", "pour") and second.text in ("cent", "cents") and cursor.near(word.end, second):
        cursor.at += 2
        return second.end
    return None
