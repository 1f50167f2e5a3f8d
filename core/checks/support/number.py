"""Numbers of a headline must be numbers of its article, however they are written here and there."""

import re
from collections.abc import Iterator

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.numbers import Number, exact, numbers, significant
from core.checks.numbers.index import Index, is_out_of
from core.checks.numbers.vocabulary import LANGUAGES
from core.checks.support.words import words

_MOST = 6
"""Findings in one headline; who has more needs no list."""
_ROUNDING = 0.05
_APPROXIMATE = 0.15


@check("unsupported_number", version=1, severity="warn")
def unsupported_number(case: Case) -> Iterator[Found]:
    """Numbers that the article does not hold, in digits or words, however it is written there."""
    article, headline = case.article, case.beginning
    found = 0
    for number in () if article.is_empty else numbers(headline, article.language):
        if not article.numbers_are_all_read or found == _MOST:
            return
        if number.kind == "loose" or _is_supported(number, headline, article):
            continue
        found += 1
        yield Found(
            f"“{headline[number.start : number.end]}” not found in the article.",
            (number.start, number.end),
            _nearest(number, article) or article.closest(headline),
        )


def _is_supported(number: Number, headline: str, article: Article) -> bool:
    index = article.number_index
    if number.kind == "year" and not _contradicts_year(number, headline, article):
        return True
    if number.kind == "code" and headline[: number.start][-6:].casefold().endswith("covid-"):
        return True
    if (number.kind == "percent" and number.value == 100) or headline.startswith("-man", number.end):
        return True
    if number.value and is_out_of(headline, number.start) and _holds(index, 100 / number.value, approximate=True):
        return True
    if number.kind == "pair":
        return _holds_pair(index, number.value, number.also[0])
    if number.kind == "date":
        return _holds_date(index, number)
    if number.kind == "time":
        return _holds_time(index, number.value)
    readings = (number.value, *number.also)
    if number.kind in ("year", "code", "ordinal", "decade"):
        return any(exact(value) in index for value in readings)
    approximate = number.kind == "fraction" or _is_approximate(number, headline)
    digits = 1 if number.kind == "fraction" else None
    return any(_holds(index, value, approximate=approximate, digits=digits) for value in readings)


_LAST_WORD = re.compile(r"([^\W\d_]{2,30}) ?$")
_MONTHS = frozenset(fold(month).strip() for vocabulary in LANGUAGES.values() for month in vocabulary.months)


def _contradicts_year(number: Number, headline: str, article: Article) -> bool:
    """The year is none of the article's, unless it belongs to a name (Rio 2016, May 2018) that has no other there."""
    if number.value in article.number_index:
        return False
    word = _LAST_WORD.search(headline[max(0, number.start - 40) : number.start])
    if not word or (word[1][0].islower() and fold(word[1]).strip() not in _MONTHS):
        return True
    return re.search(rf"{fold(word[1])}(?:19|20)\d\d ", article.folded) is not None


def _holds_pair(index: Index, first: float, second: float) -> bool:
    if {(first, second), (second, first)} & index.pairs or first * 60 + second in index.times:
        return True
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


def _holds(index: Index, value: float, *, approximate: bool, digits: int | None = None) -> bool:
    """Whether an article has a value, or one that it may be rounded from: to `digits` digits, or as many as it has."""
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
    room = _APPROXIMATE if approximate else _ROUNDING
    digits = digits or significant(value)
    return any(significant(other) > digits for other in index.between(value * (1 - room), value * (1 + room)))


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
