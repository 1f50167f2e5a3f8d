"""Checks that say which claims of a headline its article does not hold.

They find a minority of errors: that they find nothing proves nothing. Where a claim can be read so that the
article holds it, they keep quiet, because an editor switches off a check that cries wolf.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from core.checks.article import Article, fold
from core.checks.finding import Case, Found, check
from core.checks.number_words import LANGUAGES as VOCABULARIES
from core.checks.numbers import Number, numbers, significant
from core.checks.support_words import CONTENTLESS, EVERYDAY, LANGUAGES, SAME
from core.checks.support_words import words as _words

_READ = 1_000
"""Characters of a headline that are checked."""
_MOST = 6
"""Findings of one check in one headline; who has more needs no list."""
_ROUNDING = 0.05
_APPROXIMATE = 0.15


@check("unsupported_number", version=1, severity="warn")
def unsupported_number(case: Case) -> Iterator[Found]:
    """Numbers that the article does not hold, in digits or words, however it is written there."""
    article = case.article
    if not article.text.strip() or not article.numbers_are_all_read:
        return
    headline = case.headline[:_READ]
    held = _held(article)
    found = 0
    for number in numbers(headline, article.language):
        if number.kind == "loose" or held.support(number, headline):
            continue
        yield Found(
            f"“{headline[number.start : number.end]}” not found in the article.",
            (number.start, number.end),
            held.nearest(number, headline),
        )
        found += 1
        if found == _MOST:
            return


@check("unsupported_name", version=1, severity="warn")
def unsupported_name(case: Case) -> Iterator[Found]:
    """Names that the article does not hold; in languages that keep capitals for them."""
    article = case.article
    if article.language not in LANGUAGES or article.language == "de" or not article.text.strip():
        return
    headline = case.headline[:_READ]
    tokens = [_Word(match[0], match.start(), match.end()) for match in _WORD.finditer(headline)]
    if _in_title_case(headline, tokens):
        return
    names = [_is_name(headline, tokens, at, article.language) for at in range(len(tokens))]
    for run in list(_runs(headline, tokens, names))[: 4 * _MOST]:
        missing = [at for at in run if not _holds_name(article, tokens[at].text)]
        if not missing or _spelled_out(article, [tokens[at].text for at in run]):
            continue
        # The first word has its capital from the sentence: only a name that is missing altogether gives it away.
        if _starts_sentence(headline, tokens[run[0]].start):
            lone = len(run) == 1 or len(missing) < len(run)
            if run[0] in missing and (lone or not _can_be_name(article, tokens[run[0]].text)):
                missing.remove(run[0])
        if missing:
            span = (tokens[missing[0]].start, tokens[missing[-1]].end)
            name = headline[span[0] : span[1]]
            yield Found(f"“{name}” not found in the article.", span, article.closest(headline))


@check("quotation_not_verbatim", version=1, severity="warn")
def quotation_not_verbatim(case: Case) -> Iterator[Found]:
    """Words in quotation marks that the article has otherwise or not at all."""
    article = case.article
    if not article.text.strip():
        return
    headline = case.headline[:_READ]
    for start, ends in list(_quotations(headline))[:_MOST]:
        end = ends[0] if len(ends) == 1 or headline[ends[0] - 1] not in "sS" else ends[-1]
        if any(_holds_quotation(article, headline[start:other]) for other in ends):
            continue
        words = headline[start:end].strip()
        exactly = " in these words" if len(fold(words).split()) > 2 else ""
        yield Found(
            f"The quotation “{words}” is not found in the article{exactly}.",
            (start, end),
            article.closest(words) or article.closest(headline),
        )


@check("little_overlap", version=1, severity="hint")
def little_overlap(case: Case) -> Iterator[Found]:
    """Fewer than half of the words that carry the headline's content are in the article."""
    article = case.article
    contentless = CONTENTLESS.get(article.language or "")
    if contentless is None or not article.text.strip():
        return
    words = [
        word
        for word in dict.fromkeys(fold(case.headline[:_READ]).split()[:60])
        if len(word) > 2 and word not in contentless and not word[0].isdecimal()
    ]
    missing = [word for word in words if not _holds_stem(article, word)]
    if len(words) >= _FEWEST_WORDS and 2 * len(missing) > len(words):
        yield Found(
            f"{len(missing)} of {len(words)} words that matter are not found in the article: {', '.join(missing[:8])}.",
            None,
            article.closest(case.headline[:_READ]),
        )


SUPPORT = (unsupported_number, unsupported_name, quotation_not_verbatim, little_overlap)

_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")
_LOWER_LETTER = re.compile(r"[^\W\d_]")


class _Held:
    """The numbers of an article, for looking up."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.values: dict[float, Number] = {}
        self.pairs: set[tuple[float, float]] = set()
        self.dates: set[float] = set()
        self.times: set[float] = set()
        self.sentences: dict[float, set[int]] = {}
        self.months: dict[int, set[int]] = {}
        self.bare: dict[float, set[int]] = {}
        for number in article.numbers:
            self._add(number)
        self.sorted = sorted(self.values)
        self.small = [value for value in self.sorted if 1 < value < 11]

    def _add(self, number: Number) -> None:
        sentence = self.article.sentence_at(number.start)
        plain = (number.value, *number.also)
        if number.kind == "date":
            self.dates.add(number.value)
            self.months.setdefault(int(number.value) // 100, set()).add(sentence)
            plain = (number.value % 100, *number.also)
        elif number.kind == "time":
            self.times.add(number.value)
            plain = number.also
        elif number.kind == "pair":
            self.pairs.add((number.value, number.also[0]))
            self.times.add(number.value * 60 + number.also[0])
        elif number.kind == "loose" and number.value >= 720:
            self.times.add(number.value)
        before = self.article.text[max(0, number.start - 40) : number.start]
        if number.value > 1 and before[-1:] == " " and _OUT_OF.search(before):
            plain = (*plain, 100 / number.value)
        for value in plain:
            exact = _exact(value)
            if number.kind != "date":
                self.bare.setdefault(exact, set()).add(sentence)
            self.values.setdefault(exact, number)
            self.sentences.setdefault(exact, set()).add(sentence)

    def support(self, number: Number, headline: str) -> bool:
        before = headline[max(0, number.start - 40) : number.start]
        if number.kind == "year" and not self._contradicts_year(number, before):
            return True
        if number.kind == "code" and before.casefold().endswith("covid-"):
            return True
        if (number.kind == "percent" and number.value == 100) or headline[number.end : number.end + 4] == "-man":
            return True
        if (
            _OUT_OF.search(before)
            and number.value
            and self._support_value(100 / number.value, exact=False, approximate=True)
        ):
            return True
        if number.kind == "pair":
            return self._support_pair(number)
        if number.kind == "date":
            day = _exact(number.value % 100)
            return (
                number.value in self.dates
                or (
                    day in self.bare
                    and (not self.dates or bool(self.bare[day] & self.months.get(int(number.value) // 100, set())))
                )
                or (bool(number.also) and any(_exact(also) in self.values for also in number.also if also < 100))
            )
        if number.kind == "time":
            return (
                number.value in self.times
                or number.value % 720 in self.times
                or (number.value % 60 == 0 and not self.times and _exact(number.value / 60) in self.values)
            )
        approximate = (
            number.kind == "fraction"
            or headline[number.end : number.end + 1] == "+"
            or _approximately(headline, number)
        )
        exact = number.kind in ("year", "code", "ordinal", "decade")
        digits = 1 if number.kind == "fraction" else None
        return any(
            self._support_value(value, exact=exact, approximate=approximate, digits=digits)
            for value in (number.value, *number.also)
        )

    def _contradicts_year(self, number: Number, before: str) -> bool:
        """The year is none of the article's, unless it belongs to a name (Rio 2016, May 2018) that has no other there."""
        if number.value in self.values:
            return False
        word = _LAST_WORD.search(before)
        if not word or (word[1][0].islower() and fold(word[1]).strip() not in _MONTHS):
            return True
        name = fold(word[1])
        return re.search(rf"{name}(?:19|20)\d\d ", self.article.folded) is not None

    def _support_pair(self, number: Number) -> bool:
        first, second = number.value, number.also[0]
        if {(first, second), (second, first)} & self.pairs or first * 60 + second in self.times:
            return True
        here = self.sentences.get(_exact(first), set())
        there = self.sentences.get(_exact(second), set())
        if here & there or (first > 12 and second > first and here and there):
            return True
        # 1/3 is a fraction, 2019-20 a season.
        return second > 0 and first < second < 20 and _exact(100 * first / second) in self.values

    def _support_value(self, value: float, *, exact: bool, approximate: bool, digits: int | None = None) -> bool:
        value = _exact(value)
        if value in self.values:
            return True
        if exact or value == 0:
            return False
        if value < 10 and value == int(value):
            # Nearly 4 may be 3.8, but 3 are not 2.
            return any(
                other != int(other) and (round(other) == value or (approximate and int(other) == value))
                for other in self.small
            )
        room = _APPROXIMATE if approximate else _ROUNDING
        digits = digits or significant(value)
        at = bisect_left(self.sorted, value * (1 - room))
        while at < len(self.sorted) and self.sorted[at] <= value * (1 + room):
            if significant(self.sorted[at]) > digits:
                return True
            at += 1
        return False

    def nearest(self, number: Number, headline: str) -> str | None:
        """The sentence with the number that comes closest; if none comes close, the one most like the headline."""
        closest = min(
            (other for other in self.article.numbers if other.kind == number.kind),
            key=lambda other: abs(other.value - number.value),
            default=None,
        )
        if closest and abs(closest.value - number.value) <= max(abs(number.value) / 2, 1):
            sentence = self.article.sentence_at(closest.start)
            if sentence >= 0:
                return self.article.sentences[sentence]
        return self.article.closest(headline)


@lru_cache(maxsize=16)
def _held(article: Article) -> _Held:
    return _Held(article)


def _exact(value: float) -> float:
    """A value that arithmetic has not blurred."""
    return float(f"{value:.10g}")


_OUT_OF = re.compile(
    r"\b(?:one|un|une|een|één|eine?[rsnm]?)(?: \w{2,20})? (?:in|out of|sur|op|op de|von) ?$", re.IGNORECASE
)
_LAST_WORD = re.compile(r"([^\W\d_]{2,30}) ?$")
_MONTHS = frozenset(fold(month).strip() for vocabulary in VOCABULARIES.values() for month in vocabulary.months)
_ABOUT = _words(
    "about around almost nearly over more than up to some roughly least under below above approximately"
    " environ pres de plus moins presque quelque jusqu a au ongeveer bijna ruim meer dan zeker circa krap minstens zo n rond"
    " rund etwa fast knapp mehr als uber ueber gut bis mindestens ca weniger"
)


def _approximately(headline: str, number: Number) -> bool:
    before = fold(headline[max(0, number.start - 14) : number.start]).split()
    return bool(before) and before[-1] in _ABOUT


class _Word:
    """A word of a headline and where it stands."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end


def _in_title_case(headline: str, tokens: list[_Word]) -> bool:
    """Most words have a capital, so that capitals say nothing about names."""
    long = [token.text for token in tokens[1:] if len(token.text) >= 4]
    capitals = [word for word in long if word[0].isupper()]
    if headline.isupper():
        return True
    return len(long) >= 3 and len(capitals) >= 0.8 * len(long)


def _is_name(headline: str, tokens: list[_Word], at: int, language: str) -> bool:
    token = tokens[at]
    if len(token.text) < 2 or not token.text[0].isupper() or fold(token.text).strip() in EVERYDAY[language]:
        return False
    # d'Artagnan, l'Elysée: the letter before the apostrophe is no name, what follows is.
    return not (token.end < len(headline) and headline[token.end] in "'’" and len(token.text) <= 2)


def _runs(headline: str, tokens: list[_Word], names: list[bool]) -> Iterator[list[int]]:
    """Names of one or more words, by their places."""
    run: list[int] = []
    for at, is_name in enumerate(names):
        if run and (not is_name or headline[tokens[at - 1].end : tokens[at].start].strip(" -\u00a0")):
            yield run
            run = []
        if is_name:
            run.append(at)
    if run:
        yield run


def _starts_sentence(headline: str, start: int) -> bool:
    before = headline[:start].rstrip()
    if not before:
        return True
    mark, earlier = before[-1], before[-2:-1]
    if mark in "'’":
        return before == headline[:start] and not earlier.isalnum()
    return not mark.isalnum() and mark not in ",-/&)%$£€"


def _can_be_name(article: Article, word: str) -> bool:
    """The article never has it in lower case, which it does not have at all, nor a word of its stem."""
    return not _holds_stem(article, fold(word).strip())


def _holds_name(article: Article, name: str) -> bool:
    folded = fold(name).strip()
    text = article.folded
    if not folded or f" {folded} " in text:
        return True
    for ending in ("s", "es", "x"):
        if f" {folded}{ending} " in text or (folded.endswith(ending) and f" {folded.removesuffix(ending)} " in text):
            return True
    if any(f" {other}" in text for other in SAME.get(folded, ())):
        return True
    if name.isupper() and len(name) <= 7:
        return folded in _initials(article)[0] or folded in _initials(article)[1]
    if len(folded) <= 3:
        return f" {folded}" in text
    return f" {folded[: max(4, min(len(folded) - 2, 6))]}" in text or (len(folded) >= 5 and folded in text)


def _spelled_out(article: Article, names: list[str]) -> bool:
    """European Central Bank, where the article has ECB only."""
    initials = "".join(name[0] for name in names).casefold()
    return len(names) > 2 and f" {initials} " in article.folded


@lru_cache(maxsize=16)
def _initials(article: Article) -> tuple[str, str]:
    """The first letters of all words of an article, and of its longer or capitalised ones only."""
    words = [match[0] for match in _WORD.finditer(article.text)]
    letters = "".join(word[0] for word in words)
    names = "".join(word[0] for word in words if len(word) > 3 or word[0].isupper())
    return fold(letters).replace(" ", ""), fold(names).replace(" ", "")


def _holds_stem(article: Article, word: str) -> bool:
    if f" {word} " in article.folded:
        return True
    if len(word) <= 3:
        return f" {word}s " in article.folded
    return word[: max(4, len(word) - 3) if len(word) > 4 else 4] in article.folded


_OPENING = {
    '"': '"“”', "“": "”“\"", "”": "”", "„": "“”\"", "«": "»", "»": "«", "‘": "’'", "'": "'’", "‚": "‘’'", "‹": "›", "’": "’",
}  # fmt: skip
_APOSTROPHES = "'’‘"
_CUT = re.compile(r"\.{3}|…|[\[(][^\])]{0,80}[\])]")


def _quotations(headline: str) -> Iterator[tuple[int, list[int]]]:
    """Where the words of each quotation start, and where they may end: an apostrophe can look like its end."""
    at = 0
    while at < len(headline):
        mark = headline[at]
        closing = _OPENING.get(mark)
        if closing is None or not _opens(headline, at):
            at += 1
            continue
        ends: list[int] = []
        for other in range(at + 1, len(headline)):
            if headline[other] in closing and _closes(headline, other, mark):
                ends.append(other)
                if mark not in _APOSTROPHES or len(ends) == 4:
                    break
            elif ends and _opens(headline, other) and headline[other] in _OPENING:
                break
        if not ends or not any(character.isalnum() for character in headline[at + 1 : ends[0]]):
            at += 1
            continue
        yield at + 1, ends
        at = ends[-1] + 1


def _opens(headline: str, at: int) -> bool:
    mark = headline[at]
    before = headline[at - 1] if at else " "
    after = headline[at + 1 : at + 2]
    if mark in "«»":
        return True
    if before.isalnum() or (not after or after.isspace()):
        return False
    if mark in _APOSTROPHES:
        # 's avonds, 'n beetje, '98, 'em: something is left out there, nothing is quoted.
        word = re.match(r"\w{1,5}", headline[at + 1 : at + 7])
        if word and (word[0].rstrip("sS").isdecimal() or word[0].casefold() in _LEFT_OUT):
            return False
        return before not in ".,;!?" and not before.isalnum()
    return True


def _closes(headline: str, at: int, mark: str) -> bool:
    if mark not in _APOSTROPHES and mark not in "‚":
        return True
    after = headline[at + 1 : at + 2]
    return not headline[at - 1].isspace() and not after.isalnum()


_LEFT_OUT = _words("s t n k m em tis twas til cause bout round re ll ve d r")


def _holds_quotation(article: Article, words: str) -> bool:
    pieces = [fold(piece) for piece in _CUT.split(words)]
    all_words = [word for piece in pieces for word in piece.split()]
    if len(all_words) <= 2:
        return not all_words or any(_holds_stem(article, word) for word in all_words)
    at = 0
    for piece in pieces:
        if not piece.strip():
            continue
        at = article.folded.find(piece, at)
        if at < 0:
            return False
        at += len(piece) - 1
    return True
