"""Names of a headline must be in its article, spelled out, as initials, or as another word of their stem."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.support.words import EVERYDAY, SAME

_MOST = 24
"""Names that are checked in one headline."""
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")
_LONGEST_ACRONYM = 7


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@check("unsupported_name", version=2, severity="warn")
def unsupported_name(case: Case) -> Iterator[Found]:
    """Names that the article does not hold; in languages that keep capitals for them."""
    article, headline = case.article, case.beginning
    everyday = EVERYDAY.get(article.language or "")
    if everyday is None or article.is_empty or case.other_language:
        return
    found = [_Word(match[0], match.start(), match.end()) for match in _WORD.finditer(headline)]
    if _is_in_title_case(headline, found):
        return
    for name in islice(_names(headline, found, everyday), _MOST):
        missing = _missing(headline, name, article)
        if missing:
            span = (missing[0].start, missing[-1].end)
            yield Found(f"“{headline[slice(*span)]}” not found in the article.", span, article.closest(headline))


def _is_in_title_case(headline: str, found: Sequence[_Word]) -> bool:
    """Most words have a capital, so that capitals say nothing about names."""
    long = [word.text for word in found[1:] if len(word.text) >= 4]
    capitals = sum(word[0].isupper() for word in long)
    return headline.isupper() or (len(long) >= 3 and capitals >= 0.8 * len(long))


def _names(headline: str, found: Sequence[_Word], everyday: frozenset[str]) -> Iterator[list[_Word]]:
    """Names of one or more words, one after the other."""
    name: list[_Word] = []
    for word in found:
        is_name = _is_name(headline, word, everyday)
        if name and (not is_name or headline[name[-1].end : word.start].strip(" -\u00a0")):
            yield name
            name = []
        if is_name:
            name.append(word)
    if name:
        yield name


def _is_name(headline: str, word: _Word, everyday: frozenset[str]) -> bool:
    text = word.text
    if len(text) < 2 or not text[0].isupper() or fold(text).strip() in everyday:
        return False
    # d'Artagnan, l'Elysée: the letter before the apostrophe is no name, what follows is.
    return len(text) > 2 or not headline.startswith(("'", "’"), word.end)


def _missing(headline: str, name: Sequence[_Word], article: Article) -> list[_Word]:
    """The words of a name that the article does not hold and that can be nothing but a name."""
    missing = [word for word in name if not _holds(article, word.text)]
    if not missing or _spelled_out(article, name):
        return []
    # The first word has its capital from the sentence: only a name that is missing altogether gives it away.
    first = name[0]
    if missing[0] is first and _starts_sentence(headline, first.start):
        is_lone = len(name) == 1 or len(missing) < len(name)
        if is_lone or article.holds_stem(fold(first.text).strip()):
            return missing[1:]
    return missing


def _starts_sentence(headline: str, start: int) -> bool:
    before = headline[:start].rstrip()
    if not before:
        return True
    mark, earlier = before[-1], before[-2:-1]
    if mark in "'’":
        return len(before) == start and not earlier.isalnum()
    return not mark.isalnum() and mark not in ",-/&)%$£€"


def _holds(article: Article, name: str) -> bool:
    folded = fold(name).strip()
    text = article.folded
    if not folded or f" {folded} " in text:
        return True
    for ending in ("s", "es", "x"):
        if f" {folded}{ending} " in text or (folded.endswith(ending) and f" {folded.removesuffix(ending)} " in text):
            return True
    if any(f" {other}" in text for other in SAME.get(folded, ())):
        return True
    if name.isupper() and len(name) <= _LONGEST_ACRONYM:
        return any(folded in initials for initials in article.initials)
    if len(folded) <= 3:
        return f" {folded}" in text
    return f" {folded[: max(4, min(len(folded) - 2, 6))]}" in text or (len(folded) >= 5 and folded in text)


def _spelled_out(article: Article, name: Sequence[_Word]) -> bool:
    """European Central Bank, where the article has ECB only."""
    initials = "".join(word.text[0] for word in name).casefold()
    return len(name) > 2 and f" {initials} " in article.folded
