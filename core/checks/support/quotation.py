"""What a headline puts in quotation marks must be what the article says, word by word."""

import re
from collections.abc import Iterator
from itertools import islice

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.support.words import words

_MOST = 6
"""Quotations that are checked in one headline."""
_CLOSING = {
    '"': '"“”', "“": "”“\"", "”": "”", "„": "“”\"", "«": "»", "»": "«", "‘": "’'", "'": "'’", "‚": "‘’'", "‹": "›", "’": "’",
}  # fmt: skip
"""What may close a quotation, by what opens it."""
_ANY_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_APOSTROPHES = frozenset("'’‘")
_MOST_ENDS = 4
_CUT = re.compile(r"\.{3}|…|[\[(][^\])]{0,80}[\])]")
_FEW_WORDS = 2


@check("quotation_not_verbatim", version=1, severity="warn")
def quotation_not_verbatim(case: Case) -> Iterator[Found]:
    """Words in quotation marks that the article has otherwise or not at all."""
    article, headline = case.article, case.beginning
    if article.is_empty:
        return
    for start, ends in islice(_quotations(headline), _MOST):
        if any(_holds(article, headline[start:end]) for end in ends):
            continue
        # The s of a possessive is followed by what may as well be the end.
        end = ends[-1] if headline[ends[0] - 1] in "sS" else ends[0]
        said = headline[start:end].strip()
        exactly = " in these words" if len(fold(said).split()) > _FEW_WORDS else ""
        yield Found(
            f"The quotation “{said}” is not found in the article{exactly}.",
            (start, end),
            article.closest(said) or article.closest(headline),
        )


def _quotations(headline: str) -> Iterator[tuple[int, list[int]]]:
    """Where the words of each quotation start, and where they may end: an apostrophe can look like its end."""
    at = 0
    while found := _ANY_OPENING.search(headline, at):
        opening = found.start()
        ends = _ends(headline, opening) if _opens(headline, opening) else []
        if ends and any(character.isalnum() for character in headline[opening + 1 : ends[0]]):
            yield opening + 1, ends
            at = ends[-1] + 1
        else:
            at = opening + 1


def _ends(headline: str, opening: int) -> list[int]:
    mark = headline[opening]
    ends: list[int] = []
    for at in range(opening + 1, len(headline)):
        if headline[at] in _CLOSING[mark] and _closes(headline, at, mark):
            ends.append(at)
            if mark not in _APOSTROPHES or len(ends) == _MOST_ENDS:
                break
        elif ends and headline[at] in _CLOSING and _opens(headline, at):
            break
    return ends


def _opens(headline: str, at: int) -> bool:
    mark = headline[at]
    before = headline[at - 1] if at else " "
    after = headline[at + 1 : at + 2]
    if mark in "«»":
        return True
    if before.isalnum() or not after or after.isspace():
        return False
    if mark in _APOSTROPHES:
        # 's avonds, 'n beetje, '98, 'em: something is left out there, nothing is quoted.
        word = re.match(r"\w{1,5}", headline[at + 1 : at + 7])
        if word and (word[0].rstrip("sS").isdecimal() or word[0].casefold() in _LEFT_OUT):
            return False
        return before not in ".,;!?"
    return True


_LEFT_OUT = words("s t n k m em tis twas til cause bout round re ll ve d r")


def _closes(headline: str, at: int, mark: str) -> bool:
    if mark not in _APOSTROPHES and mark != "‚":
        return True
    return not headline[at - 1].isspace() and not headline[at + 1 : at + 2].isalnum()


def _holds(article: Article, said: str) -> bool:
    """Whether an article has the words in their order, those aside that the headline cut out."""
    pieces = [fold(piece) for piece in _CUT.split(said)]
    all_words = [word for piece in pieces for word in piece.split()]
    if len(all_words) <= _FEW_WORDS:
        return not all_words or any(article.holds_stem(word) for word in all_words)
    at = 0
    for piece in pieces:
        if not piece.strip():
            continue
        at = article.folded.find(piece, at)
        if at < 0:
            return False
        at += len(piece) - 1
    return True
