"""Read the numbers of a text: digits and words, scales, percent, dates, times and scores, in four languages.

A number that can be read in two ways (1.234, 100m) carries the other reading along, because a check that compares
numbers should keep quiet when one of the readings fits.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple

from core.checks.number_words import LANGUAGES, NO_LANGUAGE, Vocabulary

Kind = Literal[
    "count", "percent", "money", "year", "decade", "ordinal", "fraction", "date", "time", "pair", "code", "loose"
]

MOST = 1_000
"""Numbers that are read in one text."""
_MOST_TOKENS = 20_000

_TOKEN = re.compile(
    r"\d+(?:[.,'’]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|[¼½¾⅓⅔%‰]"
)
_GROUP = re.compile(r"[.,'’ \u00a0\u202f\u2009]")
_NEAR = frozenset(("", " ", "\u00a0", "\u202f", "\u2009", "-", "\u2010", "\u2011"))
_SPACES = frozenset((" ", "\u00a0", "\u202f", "\u2009", ""))
_DASHES = frozenset("-–—\u2010\u2011:/")
_SYMBOLS = frozenset("£$€¥₤₣₹")
_CURRENCY = tuple(_SYMBOLS)
_CHARACTERS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_ORDINAL_ENDINGS = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "eme", "ième", "ste", "de", "te", "ten", "ter")
)
_MORNING = frozenset(("am", "a"))
_AFTERNOON = frozenset(("pm", "p"))
_HOURS = frozenset(("h", "uhr", "uur", "u", "heures", "heure"))
_LONGEST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """What the characters from start to end say.

    A fraction and a percentage are worth their hundredths (a third is 33.3…), a date its month × 100 + day, a time its
    minutes since midnight, a pair (a score, a range) its first part, and `also` holds the second. Elsewhere `also`
    holds other readings. What is *loose* (both, dozen, doubled) supports a number but claims none.
    """

    value: float
    start: int
    end: int
    kind: Kind
    also: tuple[float, ...] = ()


def numbers(text: str, language: str | None) -> list[Number]:
    """The first `MOST` numbers of a text in their order. Words are read in English, French, Dutch and German only."""
    return read(text, language)[0]


def read(text: str, language: str | None) -> tuple[list[Number], bool]:
    """The numbers of a text, and whether these are all of them."""
    vocabulary = LANGUAGES.get(language or "", NO_LANGUAGE)
    reader = _Reader(text, vocabulary)
    found: list[Number] = []
    while len(found) < MOST and (number := reader.next()):
        if found:
            found[-1] = _share_scale(found[-1], number, text)
        found.append(number)
    return found, len(found) < MOST and len(reader.tokens) < _MOST_TOKENS


def significant(value: float) -> int:
    """How many digits of a value say something: 2 for 12,000, 3 for 12.5."""
    return len(f"{value:.11e}".partition("e")[0].replace(".", "").rstrip("0")) or 1


class _Token(NamedTuple):
    text: str
    start: int
    end: int


_NOTHING = _Token("", -1, -1)


class _Reader:
    """Reads tokens from left to right, none twice."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.words = vocabulary
        self.tokens = _tokens(text)
        self.at = 0

    def next(self) -> Number | None:
        tokens, words = self.tokens, self.words
        while self.at < len(tokens):
            token = tokens[self.at]
            first = token.text[0]
            if first.isdecimal():
                number = self._digits(token)
            elif first in _CHARACTERS:
                self.at += 1
                number = Number(_CHARACTERS[first] * 100, token.start, token.end, "fraction", (_CHARACTERS[first],))
            elif token.text in words.starts:
                number = self._words(token)
            elif words.thousand and words.thousand in token.text:
                number = self._compound(token)
            else:
                number = None
                self.at += 1
            if number is not None:
                return number
        return None

    def _peek(self, ahead: int = 0) -> _Token:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else _NOTHING

    def _near(self, left: _Token, right: _Token) -> bool:
        return right.start >= 0 and right.start - left.end <= 1 and self.text[left.end : right.start] in _NEAR

    def _digits(self, token: _Token) -> Number | None:
        literal, extra = _spaced(token)
        if extra is not None:
            self.tokens[self.at : self.at + 1] = [literal, extra]
        readings = _readings(literal.text, self.words.decimal)
        if not readings:
            return self._split(literal)
        self.at += 1
        if special := self._date_with_points(literal) or self._time(literal) or self._pair(literal, readings):
            return special
        before = self.text[max(0, literal.start - 2) : literal.start]
        if (day := self._date(literal, readings[0])) is not None:
            return day
        if (before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha())) and before[-2:] not in ("d'", "l'"):
            return Number(readings[0], literal.start, literal.end, "code", readings[1:])
        following = self._peek()
        if following.start == literal.end:
            if following.text in ("s", "er") and readings[0] >= 10 and readings[0] % 10 == 0:
                self.at += 1
                return _decade(readings[0], literal.start, following.end)
            if following.text in _ORDINAL_ENDINGS and readings[0] == int(readings[0]):
                self.at += 1
                return self._ordinal_or_date(readings[0], literal.start, following)
        if before[-1:] in "'’" and before and len(literal.text) == 2 and not before[:1].isalnum():
            return Number(readings[0] + 1900, literal.start, literal.end, "year", (readings[0], readings[0] + 2000))
        if self.at >= 2 and self.tokens[self.at - 2].text in self.words.decades and readings[0] % 10 == 0:
            return _decade(readings[0], literal.start, literal.end)
        if following.start == literal.end and following.text in _CHARACTERS:
            self.at += 1
            literal = _Token(literal.text, literal.start, following.end)
            readings = (readings[0] + _CHARACTERS[following.text],)
        return self._finish(readings, literal.start, literal, plain=literal.text)

    def _split(self, literal: _Token) -> Number | None:
        """Digits and points that are no one number: each group counts for itself."""
        parts: list[_Token] = []
        at = literal.start
        for part in _GROUP.split(literal.text):
            if 0 < len(part) <= _LONGEST_DIGITS:
                parts.append(_Token(part, at, at + len(part)))
            at += len(part) + 1
        if len(parts) == 3 and (date := _numeric_date(parts)):
            self.at += 1
            return date
        if len(parts) < 2 or len(parts) > 8:
            self.at += 1
            return None
        self.at += 1
        values = [float(part.text) for part in parts]
        return Number(values[0], parts[0].start, parts[-1].end, "code", tuple(values[1:]))

    def _date_with_points(self, literal: _Token) -> Number | None:
        """24.12. and 24.12.2024 (the second comes as a group that `_split` reads)."""
        day, point, month = literal.text.partition(".")
        if (
            point
            and self.words.dates_with_points
            and self.text[literal.end : literal.end + 1] == "."
            and len(day) <= 2
            and len(month) <= 2
            and month.isdecimal()
            and 1 <= int(day) <= 31
            and 1 <= int(month) <= 12
        ):
            also = tuple(_readings(literal.text, self.words.decimal))
            return Number(int(month) * 100 + int(day), literal.start, literal.end, "date", also)
        return None

    def _time(self, literal: _Token) -> Number | None:
        hour_text, point, minute_text = literal.text.partition(".")
        if not hour_text.isdecimal() or len(hour_text) > 2 or (point and len(minute_text) != 2):
            return None
        following, second = self._peek(), self._peek(1)
        minutes, used, end = 0, 0, literal.end
        clock = False
        if point and minute_text.isdecimal():
            minutes = int(minute_text)
        elif (
            following.start == literal.end + 1
            and self.text[literal.end] == ":"
            and following.text.isdecimal()
            and len(following.text) == 2
        ):
            minutes, used, end, clock = int(following.text), 1, following.end, True
            following, second = second, self._peek(2)
        hour = int(hour_text)
        if hour > 24 or minutes > 59 or not self._near(_Token("", 0, end), following):
            return None
        if following.text in _MORNING | _AFTERNOON:
            if following.text in ("a", "p"):
                if second.text != "m" or self.text[following.end : second.start] != ".":
                    return None
                used += 1
            if not 1 <= hour <= 12:
                return None
            end = self.tokens[self.at + used].end
            afternoon = following.text in _AFTERNOON
            value = (hour % 12 + (12 if afternoon else 0)) * 60 + minutes
            self.at += used + 1
            return Number(value, literal.start, end, "time", (float(hour),))
        if following.text in _HOURS and self.words.hours:
            if following.text in ("heures", "heure", "u") and not clock:
                # «six heures de débat» lasts, «à 18 heures» tells the time: both readings are kept.
                self.at += used + 1
                return Number(hour * 60, literal.start, following.end, "count", (float(hour),))
            self.at += used + 1
            end = following.end
            after = self._peek()
            if following.text == "h" and after.start == end and after.text.isdecimal() and len(after.text) == 2:
                minutes, end = int(after.text), after.end
                self.at += 1
            kind: Kind = "time" if following.text in ("uhr", "uur") or minutes or clock else "count"
            return Number(hour * 60 + minutes, literal.start, end, kind, (float(hour),))
        return None

    def _pair(self, literal: _Token, readings: tuple[float, ...]) -> Number | None:
        """2-1, 10–15, 2:1, 1/3."""
        second = self._peek()
        if second.start != literal.end + 1 or not second.text[:1].isdecimal():
            return None
        mark = self.text[literal.end]
        if mark not in _DASHES:
            return None
        others = _readings(second.text, self.words.decimal)
        if not others:
            return None
        self.at += 1
        third = self._peek()
        third_mark = self.text[second.end : second.end + 1]
        if third.start == second.end + 1 and third_mark == mark and third.text.isdecimal():
            self.at += 1
            parts = [literal, second, third]
            return _numeric_date(parts) or Number(
                readings[0], literal.start, third.end, "code", (others[0], *_readings(third.text, self.words.decimal))
            )
        number = Number(readings[0], literal.start, second.end, "pair", (others[0],))
        scaled = self._scale(second)
        if scaled:
            factor, end, _ = scaled
            return replace(number, value=readings[0] * factor, also=(others[0] * factor,), end=end)
        return number

    def _date(self, literal: _Token, value: float) -> Number | None:
        if not 1 <= value <= 31 or value != int(value) or not literal.text.isdecimal():
            return None
        following = self._peek()
        gap = self.text[literal.end : following.start] if following.start >= 0 else "x"
        if gap in (" ", "\u00a0", ". ", ".", "-") and following.text in self.words.months:
            self.at += 1
            return Number(self.words.months[following.text] * 100 + value, literal.start, following.end, "date")
        previous = self.tokens[self.at - 2] if self.at >= 2 else _NOTHING
        if (
            self.words.month_first
            and previous.text in self.words.months
            and self.text[previous.end : literal.start] in (" ", "\u00a0", ". ")
            and self.text[previous.start].isupper()
        ):
            return Number(self.words.months[previous.text] * 100 + value, previous.start, literal.end, "date")
        return None

    def _ordinal_or_date(self, value: float, start: int, ending: _Token) -> Number:
        month = self._peek()
        if month.text == "of":
            month = self._peek(1)
        if month.text in self.words.months and 1 <= value <= 31 and month.start - ending.end <= 4:
            self.at += 2 if self._peek().text == "of" else 1
            return Number(self.words.months[month.text] * 100 + value, start, month.end, "date")
        return Number(value, start, ending.end, "ordinal")

    def _words(self, token: _Token) -> Number | None:
        """A number in words that begins at this token."""
        words = self.words
        capital = self.text[token.start].isupper() and token.start > 0
        total = current = 0.0
        last = _NOTHING
        only_one = False
        count = 0
        while True:
            word = self._peek()
            if last.start >= 0 and not self._near(last, word):
                break
            if last.start >= 0 and word.text in words.ands:
                after = self._peek(1)
                joined = self._near(word, after) and after.text in words.cardinals
                if (
                    not joined
                    or (current % 100 and (not words.and_in_tens or current % 10 or current < 20))
                    or count > 8
                ):
                    break
                if not current and not total:
                    break
                if not current % 100 and words.cardinals[after.text] >= 100:
                    break
                if current < 100 and not total and not words.and_in_tens:
                    break
                last = word
                self.at += 1
                continue
            value = words.cardinals.get(word.text)
            if value is None or count > 12:
                break
            if value >= 1_000_000:
                total = (total + current or 1) * value
                current = 0
            elif value == 1_000:
                if total or current >= 1_000:
                    break
                total = (current or 1) * 1_000
                current = 0
            elif value == 100 and 0 < current < 100 and current % 10:
                current *= 100
            elif not current:
                current = value
            elif current % 100 == 4 and value == 20 and words.and_in_tens:
                current += 76
            elif (
                (current % 100 == 0 and value < 100)
                or (current % 10 == 0 and current % 100 >= 20 and value < 10)
                or (words.and_in_tens and current % 100 in (60, 80) and value < 20)
                or (words.and_in_tens and current % 100 in (10, 70, 90) and 7 <= value <= 9)
            ):
                current += value
            else:
                break
            only_one = count == 0 and value == 1
            count += 1
            last = word
            self.at += 1
        value = total + current
        ending = self._peek()
        joined = last.start >= 0 and self._near(last, ending)
        if (
            joined
            and ending.text in words.ordinals
            and value % 10 == 0
            and value >= 20
            and words.ordinals[ending.text] < 10
        ):
            self.at += 1
            return Number(value + words.ordinals[ending.text], token.start, ending.end, "ordinal")
        if joined and ending.text in words.denominators and value < 100:
            self.at += 1
            return _fraction(value / words.denominators[ending.text], token.start, ending.end)
        if count == 0:
            return self._single(token, capital=capital)
        if only_one and count == 1:
            return None
        number = self._finish((value,), token.start, last, plain="")
        # A compound such as deux-roues, or the name of something.
        part = (
            words.and_in_tens and ending.start == last.end + 1 and self.text[last.end] == "-" and number.end == last.end
        )
        if capital or part or (count == 1 and token.text in words.ambiguous):
            return replace(number, kind="loose")
        return number

    def _single(self, token: _Token, *, capital: bool) -> Number | None:
        """A word that is a number of its own: an ordinal, a fraction, an approximate word, an article before one."""
        words = self.words
        self.at += 1
        following = self._peek()
        if token.text in words.articles:
            if self._near(token, following) and following.text in words.denominators:
                self.at += 1
                return _fraction(1 / words.denominators[following.text], token.start, following.end)
            return None
        if token.text in words.halves:
            scale = following
            if scale.text in words.articles:
                scale = self._peek(1)
            if scale.text in words.scales and words.scales[scale.text] >= 1_000 and scale.start - token.end <= 4:
                self.at += 2 if following.text in words.articles else 1
                return Number(words.scales[scale.text] / 2, token.start, scale.end, "count")
            return Number(50, token.start, token.end, "loose", (0.5, 2))
        if token.text in words.ordinals:
            value = words.ordinals[token.text]
            also = (100 / value, 1 / value) if value and token.text in words.denominators else ()
            kind: Kind = "loose" if capital or token.text in words.ambiguous else "ordinal"
            return Number(value, token.start, token.end, kind, also)
        if token.text in words.loose:
            value = words.loose[token.text]
            return Number(value[0], token.start, token.end, "loose", value[1:])
        return None

    def _compound(self, token: _Token) -> Number | None:
        """dreitausendfünfhundert, vijfentwintigduizend."""
        self.at += 1
        head, thousand, tail = token.text.partition(self.words.thousand)
        if not thousand:
            return None
        before = 1.0 if not head else self.words.cardinals.get(head, 0.0)
        after = 0.0 if not tail else self.words.cardinals.get(tail.removeprefix("und"), 0.0)
        if not 0 < before < 1_000 or after >= 1_000 or (tail and not after):
            return None
        return self._finish((before * 1_000 + after,), token.start, token, plain="")

    def _scale(self, last: _Token) -> tuple[float, int, bool] | None:
        """The scale after a number: its factor, where it ends, whether it may be a unit as well (100m)."""
        word = self._peek()
        if not self._near(last, word) or word.text not in self.words.scales:
            return None
        if word.text in self.words.letters and word.start != last.end:
            currency = (
                self._peek(1).text in self.words.currencies
                or self.text[word.end : word.end + 2].strip()[:1] in _CURRENCY
            )
            if not currency:
                return None
        self.at += 1
        return self.words.scales[word.text], word.end, word.text in self.words.letters

    def _finish(self, readings: tuple[float, ...], start: int, last: _Token, *, plain: str) -> Number:
        """Add what follows a number to it: a scale, a half, percent, a currency, a denominator."""
        kind: Kind = "count"
        end = last.end
        also = readings[1:]
        value = readings[0]
        factor = 1.0
        while scale := self._scale(last):
            by, end, unit = scale
            also = (*(reading * by for reading in also), *((value,) if unit else ()))
            value, factor = value * by, by
            last = _Token("", last.start, end)
            if value > 1e15:
                break
        scaled = factor > 1
        if self._half(last):
            # «a million and a half» adds half a million, «two and a half million» half of one.
            unit_of_half = max((by for by in (1.0, 1e6, 1e9) if by <= value), default=1.0) if not plain else factor
            value, also = value + unit_of_half / 2, (value, *also)
            end = self.tokens[self.at - 1].end
            if scale := self._scale(_Token("", start, end)):
                value, end = value * scale[0], scale[1]
        word = self._peek()
        near = self._near(_Token("", start, end), word)
        if near and word.text in self.words.percents:
            self.at += 1
            return Number(value, start, word.end, "percent", also)
        second = self._peek(1)
        if near and word.text in ("per", "pour") and second.text in ("cent", "cents") and self._near(word, second):
            self.at += 2
            return Number(value, start, second.end, "percent", also)
        if near and word.text in self.words.denominators and not scaled and value < 100 and word.text != "quarter":
            self.at += 1
            return _fraction(value / self.words.denominators[word.text], start, word.end)
        before = self.text[max(0, start - 2) : start].rstrip(" \u00a0")[-1:]
        if before in _SYMBOLS and before:
            kind, start = "money", start - (1 if self.text[start - 1] == before else 2)
        elif self.text[end : end + 2].lstrip(" \u00a0\u202f")[:1] in _CURRENCY or (
            near and word.text in self.words.currencies
        ):
            kind = "money"
        elif not scaled and len(plain) == 4 and plain.isdecimal() and 1_000 <= value <= 2_100:
            kind = "year"
        return Number(value, start, end, kind, also)

    def _half(self, last: _Token) -> bool:
        """«and a half», «et demi» right after a number."""
        for phrase in self.words.and_a_half:
            tokens = [self._peek(ahead).text for ahead in range(len(phrase))]
            if tuple(tokens) == phrase and self._near(last, self._peek()):
                self.at += len(phrase)
                return True
        return False


def _tokens(text: str) -> list[_Token]:
    # Lower case keeps the number of characters of what we look for; the vocabulary holds composed letters.
    return [
        _Token(_fold(match[0]), match.start(), match.end()) for match in islice(_TOKEN.finditer(text), _MOST_TOKENS)
    ]


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word[:60].lower())


def _spaced(token: _Token) -> tuple[_Token, _Token | None]:
    """12 000 is one number, 2019 200 two: in front of a space stand at most three digits."""
    for space in (" ", "\u00a0", "\u202f", "\u2009"):
        head, found, tail = token.text.partition(space)
        if found and (len(head) > 3 or head == "0"):
            end = token.start + len(head)
            return _Token(head, token.start, end), _Token(tail, end + 1, token.end)
    return token, None


def _readings(literal: str, decimal: str) -> tuple[float, ...]:
    """The values that digits with separators can have, the likelier first; none if they are no number."""
    groups = _GROUP.split(literal)
    if len(groups) == 1:
        return (float(literal),) if len(literal) <= _LONGEST_DIGITS else ()
    if len(groups) > 6 or sum(map(len, groups)) > _LONGEST_DIGITS:
        return ()
    marks = [" " if mark.isspace() else mark for mark in literal if not mark.isdecimal()]
    threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    whole = float("".join(groups))
    if threes and len(set(marks)) == 1:
        if len(groups) > 2 or marks[0] in " '’":
            return (whole,)
        fraction = float(f"{groups[0]}.{groups[1]}")
        if groups[0].startswith("0"):
            return (fraction,)
        if marks[0] == decimal:
            return (fraction, whole)
        return (whole,) if decimal else (whole, fraction)
    has_decimals = marks[-1] in ".," and marks.count(marks[-1]) == 1
    if has_decimals and (len(groups) == 2 or len(groups[0]) <= 3) and all(len(group) == 3 for group in groups[1:-1]):
        return (float(f"{''.join(groups[:-1])}.{groups[-1]}"),)
    return ()


def _numeric_date(parts: Sequence[_Token]) -> Number | None:
    """24.12.2024, 24/12/24, 2024-12-24."""
    first, second, third = (int(part.text) if part.text.isdecimal() and len(part.text) <= 4 else 0 for part in parts)
    if len(parts[0].text) == 4:
        first, third = third, first
    if not (1 <= first <= 31 and 1 <= second <= 31 and (second <= 12 or first <= 12)):
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return Number(month * 100 + day, parts[0].start, parts[-1].end, "date", (float(third),))


def _decade(value: float, start: int, end: int) -> Number:
    full = value + 1900 if value < 100 else value
    return Number(full, start, end, "decade", (full % 100,))


def _fraction(value: float, start: int, end: int) -> Number:
    return Number(value * 100, start, end, "fraction", (value,))


def _share_scale(left: Number, right: Number, text: str) -> Number:
    """In «from 5.4 to 3.1 million» the first number is in millions too, or may be."""
    if left.kind not in ("count", "money", "percent") or right.value < 1_000 or right.start - left.end > 16:
        return left
    gap = text[left.end : right.start]
    scale_in_words = any(character.isalpha() for character in text[right.start : right.end])
    if "." in gap or "," in gap or left.value >= 1_000 or not scale_in_words:
        return left
    for factor in (1e9, 1e6, 1e3):
        if right.value >= factor:
            return replace(left, also=(*left.also, left.value * factor))
    return left
