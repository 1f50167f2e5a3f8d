"""Names of a headline must be in its article, spelled out, as initials, or as another word of their stem."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import NamedTuple

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.support.given_names import GIVEN_NAMES, NICKNAMES
from core.checks.support.words import CONTENTLESS, EVERYDAY, SAME, words

_MOST = 24
"""Names that are checked in one headline."""
_MOST_WORDS = 80
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")
_LONGEST_ACRONYM = 7
_MOST_PERSONS = 4
_SHORTEST_SURNAME = 3
_SAME_START = 3
_SAME_STEM = 4
_LONG_NAME = 7
_MOST_ALIKE = 50
_ONE_SPELLING = 0.85
_ENDINGS = words(
    "s es a e i o y n en an ian ien ienne iens iennes ean ese ish er ers ois oise ais aise ain aine ains in ine se sen isch"
    " ische sche ans al ais ie ia ya land lander landers d da de ic ique iques i iens aar aren enaar se r"
)
_TITLES = words(
    "president presidente minister ministre premier prime secretary chancellor kanzler kanzlerin king queen prince princess sir"
    " lord lady dame mr mrs ms miss dr prof professor doctor docteur mme mlle madame monsieur maitre herr frau mevrouw meneer"
    " burgemeester wethouder burgermeister burgermeisterin judge justice captain general colonel pope pape papst saint st coach"
    " trainer senator governor mayor maire chairman director detective inspector sergeant officer the der die le la de van von"
)


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@check("unsupported_name", version=2, severity="warn")
def unsupported_name(case: Case) -> Iterator[Found]:
    """Names that the article does not hold, where capitals are kept for them; everywhere, another first name of a person.

    Silent where the headline is in another language.
    """
    article, headline = case.article, case.beginning
    if article.is_empty or case.other_language:
        return
    matches = islice(_WORD.finditer(headline), _MOST_WORDS)
    found = [_Word(match[0], match.start(), match.end()) for match in matches]
    spans: set[tuple[int, int]] = {(word.start, word.end) for word in _other_given_names(headline, found, article)}
    everyday = EVERYDAY.get(article.language_without_region)
    if everyday is not None and not _is_in_title_case(headline, found):
        for name in islice(_names(headline, found, everyday), _MOST):
            missing = _missing(headline, name, article)
            if missing:
                spans = {span for span in spans if not missing[0].start <= span[0] < missing[-1].end}
                spans.add((missing[0].start, missing[-1].end))
    for span in sorted(spans):
        yield Found(f"“{headline[slice(*span)]}” not found in the article.", span, article.closest(headline))


def _other_given_names(headline: str, found: Sequence[_Word], article: Article) -> Iterator[_Word]:
    """Petra of Petra Keller, where the article has a Keller who is Anna."""
    pairs = [
        (word, following)
        for word, following in pairwise(found)
        if word.text.istitle() and following.text[0].isupper() and fold(word.text).strip() in GIVEN_NAMES
    ]
    for word, following in pairs[:_MOST_PERSONS]:
        given, surname = fold(word.text).strip(), following.text
        if (
            len(surname) < _SHORTEST_SURNAME
            or headline[word.end : following.start] not in (" ", "\u00a0")
            or f" {given} " in article.folded
        ):
            continue
        before = re.findall(rf"\b([A-ZÀ-Þ][^\W\d_]+)(?: [A-Z]\.)? {re.escape(surname)}\b", article.text)
        others = {fold(name).strip() for name in before} - _TITLES
        if others and not any(_are_short_for(given, other) for other in others):
            yield word


def _are_short_for(one: str, other: str) -> bool:
    """Mike is a Michael, Bob a Robert."""
    return one[:_SAME_START] == other[:_SAME_START] or any(one in kin and other in kin for kin in NICKNAMES)


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
    # No acronym is that long: a word is shouted.
    if text.isupper() and len(text) > _LONGEST_ACRONYM:
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
        folded = fold(first.text).strip()
        if is_lone and _is_taken_for_another(folded, article):
            return missing
        if is_lone or article.holds_stem(folded):
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
    if len(folded) >= 5 and folded in text:
        return True
    stem = f" {folded[: max(4, min(len(folded) - 2, 6))]}"
    return stem in text and not _is_another_name(folded, stem, article)


def _is_another_name(folded: str, stem: str, article: Article) -> bool:
    """Whether all that begins like a name in the article is other names: Grodnik where it has Grodnaya."""
    if len(folded) < _LONG_NAME:
        return False
    alike = islice(re.finditer(rf"{re.escape(stem)}\w*", article.folded), _MOST_ALIKE)
    names = {match[0].strip() for match in alike}
    return names <= article.folded_names and not any(_is_form(folded, name) for name in names)


def _is_taken_for_another(folded: str, article: Article) -> bool:
    """Whether a first word, which may have its capital from the sentence, looks like a name: Lindgren for Lindqvist."""
    if len(folded) < _LONG_NAME or folded in CONTENTLESS.get(article.language_without_region, frozenset[str]()):
        return False
    start = folded[:_SAME_STEM]
    alike = (name for name in article.folded_names if name.startswith(start) and len(name) >= _LONG_NAME)
    names = list(islice(alike, _MOST_ALIKE))
    return bool(names) and not any(_is_form(folded, name) for name in names)


def _is_form(one: str, other: str) -> bool:
    """Whether two are forms of one name (Sarovia and Sarovian), or spellings of it (Mohammed and Mohamed)."""
    common = next(
        (at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its),
        len(min(one, other, key=len)),
    )
    rests = one[common:], other[common:]
    if not all(rests) or all(rest in _ENDINGS for rest in rests):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ONE_SPELLING


def _spelled_out(article: Article, name: Sequence[_Word]) -> bool:
    """European Central Bank, where the article has ECB only."""
    initials = "".join(word.text[0] for word in name).casefold()
    return len(name) > 2 and f" {initials} " in article.folded
