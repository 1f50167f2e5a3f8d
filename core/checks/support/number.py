"""Numbers of a headline must be numbers of its article, however they are written here and there."""

import re
from collections.abc import Iterator
from math import floor, log10

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.numbers import Number, exact, numbers, significant
from core.checks.numbers.index import OF_SO_MANY, Index, is_out_of
from core.checks.numbers.number import fraction
from core.checks.numbers.vocabulary import LANGUAGES
from core.checks.support.words import CONTENTLESS, words

_MOST = 6
"""Findings in one headline; who has more needs no list."""
_ROUNDING = 0.05
_APPROXIMATE = 0.15
_HALF = 0.5
_SHARE_ROUNDING = 0.1


@check("unsupported_number", version=2, severity="warn")
def unsupported_number(case: Case) -> Iterator[Found]:
    """Numbers that the article does not hold, in digits or words, however it is written there."""
    article, headline = case.article, case.beginning
    found = 0
    for number in () if article.is_empty else _claims(headline, article.language):
        if not article.numbers_are_all_read or found == _MOST:
            return
        if number.kind == "loose" or _is_supported(number, headline, article):
            continue
        # Of a headline in another language the digits can be read, the words cannot.
        if case.other_language and not any(map(str.isdecimal, headline[number.start : number.end])):
            continue
        found += 1
        yield Found(
            f"“{headline[number.start : number.end]}” not found in the article.",
            (number.start, number.end),
            _nearest(number, article) or article.closest(headline),
        )


_LARGEST_OF_SHARE = 100
# Five wins in six games, two days in ten: no shares.
_COUNTED_WITHIN = re.compile(
    r" ?\w* ?(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|games?|match\w*|jours?|ans|mois|semaines?|heures?|"
    r"dag\w*|we[ek]+\w*|ja+r\w*|maand\w*|u+r\w*|minuten|wedstrijd\w*|duels|tag\w*|woche\w*|monat\w*|stunde\w*|spiel\w*|partien)\b",
    re.IGNORECASE,
)


def _claims(headline: str, language: str | None) -> list[Number]:
    """The numbers of a headline; four in five is one of them, a share."""
    claims: list[Number] = []
    for number in numbers(headline, language):
        if (number.kind == "count" and 1 < number.value <= _LARGEST_OF_SHARE) and not _COUNTED_WITHIN.match(
            headline, number.end
        ):
            before = claims[-1] if claims else None
            is_share = (
                before is not None
                and before.kind == "count"
                and before.value < number.value
                and OF_SO_MANY.fullmatch(headline, before.end, number.start)
            )
            if before is not None and is_share:
                claims[-1] = fraction(before.value / number.value, before.start, number.end)
                continue
            if is_out_of(headline, number.start):
                claims.append(fraction(1 / number.value, number.start, number.end))
                continue
        claims.append(number)
    return claims


def _is_supported(number: Number, headline: str, article: Article) -> bool:
    index = article.number_index
    if number.kind == "year" and not _contradicts_year(number, headline, article):
        return True
    if number.kind == "code" and headline[: number.start][-6:].casefold().endswith("covid-"):
        return True
    if (number.kind == "percent" and number.value == 100) or headline.startswith("-man", number.end):
        return True
    if number.kind == "pair":
        return _holds_pair(index, number, headline)
    if number.kind == "date":
        return _holds_date(index, number)
    if number.kind == "time":
        return _holds_time(index, number.value)
    if number.kind == "fraction":
        return _holds_share(index, number, headline)
    readings = (number.value, *number.also)
    if number.kind == "code" and ":" in headline[number.start : number.end]:
        # A finishing time: every part of it counts.
        return all(exact(value) in index for value in readings)
    if number.kind in ("year", "code", "ordinal", "decade"):
        return any(exact(value) in index for value in readings)
    if number.kind == "percent" and any(abs(other - number.value) <= _ROUNDING * other for other in index.fractions):
        return True
    approximate = _is_approximate(number, headline)
    return any(_holds(index, value, approximate=approximate) for value in readings)


def _holds_share(index: Index, share: Number, headline: str) -> bool:
    room = share.value * (_APPROXIMATE if _is_approximate(share, headline) else _SHARE_ROUNDING)
    return any(abs(other - share.value) <= room for other in index.shares)


_LAST_WORD = re.compile(r"([^\W\d_]{2,30}) ?$")
_MONTHS = frozenset(fold(month).strip() for vocabulary in LANGUAGES.values() for month in vocabulary.months)


def _contradicts_year(number: Number, headline: str, article: Article) -> bool:
    """The year is none of the article's, unless it belongs to a name (Rio 2016, May 2018) that has no other there."""
    if number.value in article.number_index:
        return False
    word = _LAST_WORD.search(headline[max(0, number.start - 40) : number.start])
    if not word:
        return True
    folded = fold(word[1]).strip()
    contentless = CONTENTLESS.get(article.language_without_region, frozenset[str]())
    if folded not in _MONTHS and (word[1][0].islower() or folded in contentless):
        return True
    return re.search(rf"{fold(word[1])}(?:19|20)\d\d ", article.folded) is not None


_WINS = re.compile(
    r"\b(?:wins?|won|beats?|defeats?|edges?|thrash\w*|gewinn\w*|gewann\w*|sieg\w*|schl[aä]gt|schlug|bezwing\w*|bezwang|bat|battent|"
    r"gagnent?|remportent?|s['’]impose\w*|domine|wint|winnen|won|verslaat|verslaan|klopt)\b",
    re.IGNORECASE,
)


def _holds_pair(index: Index, pair: Number, headline: str) -> bool:
    first, second = pair.value, pair.also[0]
    if (first, second) in index.pairs or first * 60 + second in index.times:
        return True
    if (second, first) in index.pairs:
        # Who wins has the larger part of the score, and it stands first.
        return not (first < second and _WINS.search(headline, 0, pair.start))
    here, there = index.sentences(exact(first)), index.sentences(exact(second))
    if here & there or (first > 12 and second > first and here and there):
        return True
    # 1/3 is a fraction, 2019-20 a season.
    return second > 0 and first < second < 20 and exact(100 * first / second) in index


def _holds_date(index: Index, date: Number) -> bool:
    if date.value in index.dates:
        return True
    undated = index.sentences_without_date(exact(date.value % 100))
    if undated and (not index.dates or undated & index.sentences_of_month(int(date.value) // 100)):
        return True
    return any(exact(also) in index for also in date.also if also < 100)


def _holds_time(index: Index, minutes: float) -> bool:
    if minutes in index.times or minutes % 720 in index.times:
        return True
    return minutes % 60 == 0 and not index.times and exact(minutes / 60) in index


def _holds(index: Index, value: float, *, approximate: bool) -> bool:
    """Whether an article has a value, or one that it is rounded from, to as many digits as it has.

    Only a value of fewer digits than the article's is rounded: 46.8 is not 48.6.
    """
    value = exact(value)
    if value in index:
        return True
    if value == 0:
        return False
    if value < 10 and value == int(value):
        # Nearly 4 may be 3.8, but 3 are not 2.
        return any(
            other != int(other) and (round(other) == value or (approximate and int(other) == value))
            for other in index.small
        )
    digits = significant(value)
    room = value * (_APPROXIMATE if approximate else _ROUNDING)
    if not approximate:
        room = min(room, _HALF * 10 ** (floor(log10(value)) - digits + 1))
    return any(significant(other) > digits for other in index.between(exact(value - room), exact(value + room)))


_ABOUT = words(
    "about around almost nearly over more than up to some roughly least under below above approximately"
    " environ pres de plus moins presque quelque jusqu a au ongeveer bijna ruim meer dan zeker circa krap minstens zo n rond"
    " rund etwa fast knapp mehr als uber ueber gut bis mindestens ca weniger"
)


def _is_approximate(number: Number, headline: str) -> bool:
    before = fold(headline[max(0, number.start - 14) : number.start]).split()
    return headline.startswith("+", number.end) or (bool(before) and before[-1] in _ABOUT)


def _nearest(number: Number, article: Article) -> str | None:
    """The sentence with the number of its kind that comes closest; None if none comes close."""
    closest = min(
        (other for other in article.numbers if other.kind == number.kind),
        key=lambda other: abs(other.value - number.value),
        default=None,
    )
    if closest is None or abs(closest.value - number.value) > max(abs(number.value) / 2, 1):
        return None
    sentence = article.sentence_at(closest.start)
    return article.sentences[sentence] if sentence >= 0 else None
