"""Numbers in digits: 12,000 and 2½, dates, times, scores, decades, ordinals and codes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.checks.numbers.cursor import Cursor, Token
from core.checks.numbers.number import Kind, Number, decade
from core.checks.numbers.units import read_scale, with_unit
from core.checks.numbers.vocabulary import AFTERNOON, DECADE_ENDINGS, ENDINGS, FRACTIONS, HOURS, MORNING

_GROUP = re.compile(r"[.,'’ \u00a0\u202f\u2009]")
_DASHES = frozenset("-–—\u2010\u2011:/")
_LONGEST = 15
_MOST_GROUPS = 6
_MOST_PARTS = 8


def read_digits(cursor: Cursor) -> Number | None:
    """The number that begins with the digits at the cursor; None for digits that are none."""
    literal = cursor.divide(cursor.peek())
    readings = _readings(literal.text, cursor.words.decimal)
    cursor.at += 1
    if not readings:
        return _parts(literal)
    return (
        _date_with_points(cursor, literal)
        or _time(cursor, literal)
        or _pair(cursor, literal, readings)
        or _date(cursor, literal, readings[0])
        or _code(cursor, literal, readings)
        or _with_ending(cursor, literal, readings[0])
        or _short_year(cursor, literal, readings[0])
        or _decade(cursor, literal, readings[0])
        or _plain(cursor, literal, readings)
    )


def _readings(literal: str, decimal: str) -> tuple[float, ...]:
    """The values that digits with separators can have, the likelier first; none if they are no number."""
    if literal.isdecimal():
        return (float(literal),) if len(literal) <= _LONGEST else ()
    groups = _GROUP.split(literal)
    if len(groups) > _MOST_GROUPS or sum(map(len, groups)) > _LONGEST:
        return ()
    marks = [" " if mark.isspace() else mark for mark in literal if not mark.isdecimal()]
    threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if threes and len(set(marks)) == 1:
        whole = float("".join(groups))
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


def _parts(literal: Token) -> Number | None:
    """Digits and points that are no one number: each group counts for itself."""
    parts: list[Token] = []
    at = literal.start
    for part in _GROUP.split(literal.text):
        if 0 < len(part) <= _LONGEST:
            parts.append(Token(part, at, at + len(part)))
        at += len(part) + 1
    if len(parts) == 3 and (date := _numeric_date(parts)):
        return date
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    first, *others = (float(part.text) for part in parts)
    return Number(first, parts[0].start, parts[-1].end, "code", tuple(others))


def _numeric_date(parts: Sequence[Token]) -> Number | None:
    """24.12.2024, 24/12/24, 2024-12-24."""
    first, second, third = (int(part.text) if part.text.isdecimal() and len(part.text) <= 4 else 0 for part in parts)
    if len(parts[0].text) == 4:
        first, third = third, first
    if not (1 <= first <= 31 and 1 <= second <= 31 and (second <= 12 or first <= 12)):
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return Number(month * 100 + day, parts[0].start, parts[-1].end, "date", (float(third),))


def _date_with_points(cursor: Cursor, literal: Token) -> Number | None:
    """24.12. and 24.12.2024 (the second comes as a group that `_parts` reads)."""
    if not cursor.words.dates_with_points or cursor.text[literal.end : literal.end + 1] != ".":
        return None
    day, point, month = literal.text.partition(".")
    if not point or len(day) > 2 or len(month) > 2 or not month.isdecimal():
        return None
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    also = _readings(literal.text, cursor.words.decimal)
    return Number(int(month) * 100 + int(day), literal.start, literal.end, "date", also)


def _time(cursor: Cursor, literal: Token) -> Number | None:
    """18h30, 9:04 a.m., 19.30 uur, 6 p.m."""
    if not 0 <= cursor.peek().start - literal.end <= 1:
        return None
    hour_text, point, minute_text = literal.text.partition(".")
    if len(hour_text) > 2 or not hour_text.isdecimal() or (point and len(minute_text) != 2):
        return None
    following, second = cursor.peek(), cursor.peek(1)
    minutes, used, end = 0, 0, literal.end
    clock = False
    if point and minute_text.isdecimal():
        minutes = int(minute_text)
    elif (
        following.start == literal.end + 1
        and cursor.text[literal.end] == ":"
        and following.text.isdecimal()
        and len(following.text) == 2
    ):
        minutes, used, end, clock = int(following.text), 1, following.end, True
        following, second = second, cursor.peek(2)
    hour = int(hour_text)
    if hour > 24 or minutes > 59 or not cursor.near(end, following):
        return None
    if following.text in MORNING or following.text in AFTERNOON:
        if following.text in ("a", "p"):
            if second.text != "m" or cursor.text[following.end : second.start] != ".":
                return None
            used += 1
        if not 1 <= hour <= 12:
            return None
        end = cursor.peek(used).end
        cursor.at += used + 1
        value = (hour % 12 + (12 if following.text in AFTERNOON else 0)) * 60 + minutes
        return Number(value, literal.start, end, "time", (float(hour),))
    if following.text not in HOURS or not cursor.words.hours:
        return None
    cursor.at += used + 1
    end = following.end
    if following.text in ("heures", "heure", "u") and not clock:
        # «six heures de débat» lasts, «à 18 heures» tells the time: both readings are kept.
        return Number(hour * 60, literal.start, end, "count", (float(hour),))
    after = cursor.peek()
    if following.text == "h" and after.start == end and after.text.isdecimal() and len(after.text) == 2:
        minutes, end = int(after.text), after.end
        cursor.at += 1
    kind: Kind = "time" if following.text in ("uhr", "uur") or minutes or clock else "count"
    return Number(hour * 60 + minutes, literal.start, end, kind, (float(hour),))


def _pair(cursor: Cursor, literal: Token, readings: tuple[float, ...]) -> Number | None:
    """2-1, 10–15, 2:1, 1/3."""
    second = cursor.peek()
    if second.start != literal.end + 1 or not second.text[:1].isdecimal():
        return None
    mark = cursor.text[literal.end]
    if mark not in _DASHES:
        return None
    decimal = cursor.words.decimal
    others = _readings(second.text, decimal)
    if not others:
        return None
    cursor.at += 1
    third = cursor.peek()
    third_mark = cursor.text[second.end : second.end + 1]
    if third.start == second.end + 1 and third_mark == mark and third.text.isdecimal():
        cursor.at += 1
        # 2:14:10 is a time that somebody took.
        date = None if mark == ":" else _numeric_date((literal, second, third))
        return date or Number(
            readings[0], literal.start, third.end, "code", (others[0], *_readings(third.text, decimal))
        )
    number = Number(readings[0], literal.start, second.end, "pair", (others[0],))
    if scale := read_scale(cursor, second.end):
        factor, end, _ = scale
        return replace(number, value=readings[0] * factor, also=(others[0] * factor,), end=end)
    return number


def _date(cursor: Cursor, literal: Token, value: float) -> Number | None:
    """7 April, and in English April 7."""
    if not 1 <= value <= 31 or value != int(value) or not literal.text.isdecimal():
        return None
    months = cursor.words.months
    following, previous = cursor.peek(), cursor.previous
    if following.text in months and cursor.text[literal.end : following.start] in (" ", "\u00a0", ". ", ".", "-"):
        cursor.at += 1
        return Number(months[following.text] * 100 + value, literal.start, following.end, "date")
    if (
        cursor.words.month_first
        and previous.text in months
        and cursor.text[previous.end : literal.start] in (" ", "\u00a0", ". ")
        and cursor.text[previous.start].isupper()
    ):
        return Number(months[previous.text] * 100 + value, previous.start, literal.end, "date")
    return None


def _code(cursor: Cursor, literal: Token, readings: tuple[float, ...]) -> Number | None:
    """F-16, G7: digits that go on from a letter."""
    before = cursor.text[max(0, literal.start - 2) : literal.start]
    if before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha()):
        return Number(readings[0], literal.start, literal.end, "code", readings[1:])
    return None


def _with_ending(cursor: Cursor, literal: Token, value: float) -> Number | None:
    """The 1990s, the 38th, le 1er septembre, the 1st of May."""
    ending = cursor.peek()
    if ending.start != literal.end:
        return None
    if ending.text in DECADE_ENDINGS and value >= 10 and value % 10 == 0:
        cursor.at += 1
        return decade(value, literal.start, ending.end)
    if ending.text not in ENDINGS or value != int(value):
        return None
    cursor.at += 1
    of = cursor.peek().text == "of"
    month = cursor.peek(1) if of else cursor.peek()
    if month.text in cursor.words.months and 1 <= value <= 31 and month.start - ending.end <= 4:
        cursor.at += 2 if of else 1
        return Number(cursor.words.months[month.text] * 100 + value, literal.start, month.end, "date")
    return Number(value, literal.start, ending.end, "ordinal")


def _short_year(cursor: Cursor, literal: Token, value: float) -> Number | None:
    """'98."""
    before = cursor.text[max(0, literal.start - 2) : literal.start]
    if before[-1:] not in ("'", "’") or len(literal.text) != 2 or before[:1].isalnum():
        return None
    return Number(value + 1900, literal.start, literal.end, "year", (value, value + 2000))


def _decade(cursor: Cursor, literal: Token, value: float) -> Number | None:
    """Les années 1990."""
    is_decade = value % 10 == 0 and cursor.previous.text in cursor.words.decades
    return decade(value, literal.start, literal.end) if is_decade else None


def _plain(cursor: Cursor, literal: Token, readings: tuple[float, ...]) -> Number:
    following = cursor.peek()
    end = literal.end
    if following.start == end and following.text in FRACTIONS:
        cursor.at += 1
        end = following.end
        readings = (readings[0] + FRACTIONS[following.text],)
    return with_unit(cursor, readings, literal.start, end, digits=literal.text)
