"""Numbers in words: twelve thousand, deux tiers, dreiundzwanzig, half a million, both."""

import re
from dataclasses import replace

from core.checks.numbers.cursor import NOTHING, Cursor, Token
from core.checks.numbers.number import Kind, Number, fraction
from core.checks.numbers.units import with_unit
from core.checks.numbers.vocabulary import Vocabulary

_COMPOUND = re.compile(r"-(?:[^\W_]|[%‰])")
_MOST_WORDS = 12
_MOST_BEFORE_AND = 8


def read_cardinal(cursor: Cursor) -> Number | None:
    """The number whose first word is the cardinal at the cursor; None for one that is as well an article (un, ein)."""
    token, words = cursor.peek(), cursor.words
    value, count, last = _sum(cursor)
    ending = cursor.peek()
    if cursor.near(last.end, ending):
        if ending.text in words.ordinals and value % 10 == 0 and value >= 20 and words.ordinals[ending.text] < 10:
            cursor.at += 1
            return Number(value + words.ordinals[ending.text], token.start, ending.end, "ordinal")
        if ending.text in words.denominators and value < 100:
            cursor.at += 1
            return fraction(value / words.denominators[ending.text], token.start, ending.end)
    if count == 1 and words.cardinals[token.text] == 1:
        return None
    number = with_unit(cursor, (value,), token.start, last.end)
    # A compound such as deux-roues, or the name of something.
    is_part = words.and_in_tens and number.end == last.end and _COMPOUND.match(cursor.text, last.end)
    if is_part or _has_capital(cursor, token) or (count == 1 and token.text in words.ambiguous):
        return replace(number, kind="loose")
    return number


def read_single(cursor: Cursor) -> Number | None:
    """The word at the cursor as a number of its own: an ordinal, a fraction, an approximate word, an article before one."""
    token, words = cursor.peek(), cursor.words
    cursor.at += 1
    following = cursor.peek()
    if token.text in words.articles:
        if following.text in words.denominators and cursor.near(token.end, following):
            cursor.at += 1
            return fraction(1 / words.denominators[following.text], token.start, following.end)
        return None
    if token.text in words.shares:
        return fraction(words.shares[token.text] / 100, token.start, token.end)
    if token.text in words.halves:
        has_article = following.text in words.articles
        scale = cursor.peek(1) if has_article else following
        if words.scales.get(scale.text, 0) >= 1_000 and scale.start - token.end <= 4:
            cursor.at += 2 if has_article else 1
            return Number(words.scales[scale.text] / 2, token.start, scale.end, "count")
        return Number(50, token.start, token.end, "loose", (0.5, 2))
    if token.text in words.ordinals:
        value = words.ordinals[token.text]
        also = (100 / value, 1 / value) if value and token.text in words.denominators else ()
        is_loose = token.text in words.ambiguous or _has_capital(cursor, token)
        kind: Kind = "loose" if is_loose else "ordinal"
        return Number(value, token.start, token.end, kind, also)
    value, *others = words.loose[token.text]
    return Number(value, token.start, token.end, "loose", tuple(others))


def read_compound(cursor: Cursor) -> Number | None:
    """dreitausendfünfhundert, vijfentwintigduizend: thousands in one word."""
    token, words = cursor.peek(), cursor.words
    cursor.at += 1
    head, _, tail = token.text.partition(words.thousand)
    before = words.cardinals.get(head, 0.0) if head else 1.0
    after = words.cardinals.get(tail.removeprefix("und"), 0.0) if tail else 0.0
    if not 0 < before < 1_000 or after >= 1_000 or (tail and not after):
        return None
    return with_unit(cursor, (before * 1_000 + after,), token.start, token.end)


def _sum(cursor: Cursor) -> tuple[float, int, Token]:
    """Read cardinals as long as they make one number: its value, how many there are, and the last word."""
    words = cursor.words
    total = current = 0.0
    count = 0
    last = NOTHING
    while True:
        word = cursor.peek()
        if count and not cursor.near(last.end, word):
            break
        if count and word.text in words.ands:
            if not _goes_on(cursor, word, total, current) or count > _MOST_BEFORE_AND:
                break
            last = word
            cursor.at += 1
            continue
        value = words.cardinals.get(word.text)
        if value is None or count > _MOST_WORDS:
            break
        if value >= 1_000_000:
            total, current = (total + current or 1) * value, 0
        elif value == 1_000:
            if total or current >= 1_000:
                break
            total, current = (current or 1) * 1_000, 0
        elif (added := _added(current, value, words)) is not None:
            current = added
        else:
            break
        count += 1
        last = word
        cursor.at += 1
    return total + current, count, last


def _goes_on(cursor: Cursor, joint: Token, total: float, current: float) -> bool:
    """Whether a number goes on after an «and»: two hundred and one, soixante et onze, but not five and six."""
    words, after = cursor.words, cursor.peek(1)
    if after.text not in words.cardinals or not cursor.near(joint.end, after):
        return False
    if current % 100 and (not words.and_in_tens or current % 10 or current < 20):
        return False
    if not current % 100 and words.cardinals[after.text] >= 100:
        return False
    return bool(current or total) and (current >= 100 or bool(total) or words.and_in_tens)


def _added(current: float, value: float, words: Vocabulary) -> float | None:
    """What a cardinal below a thousand makes of the one before it; None if it begins another number."""
    if value == 100 and 0 < current < 100 and current % 10:
        return current * 100
    if not current:
        return value
    if words.and_in_tens:
        if current % 100 == 4 and value == 20:
            # Quatre-vingts.
            return current + 76
        # Soixante-dix, quatre-vingt-onze, dix-sept.
        if current % 100 in (60, 80) and value < 20:
            return current + value
        if current % 100 in (10, 70, 90) and 7 <= value <= 9:
            return current + value
    fits = (current % 100 == 0 and value < 100) or (current % 10 == 0 and current % 100 >= 20 and value < 10)
    return current + value if fits else None


def _has_capital(cursor: Cursor, token: Token) -> bool:
    """Within a text, it may be the name of something."""
    return token.start > 0 and cursor.text[token.start].isupper()
