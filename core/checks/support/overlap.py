"""A headline that shares next to no words with its article is likely about something else."""

import re
from collections.abc import Iterator

from core.checks.article import Article, fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.support.words import CONTENTLESS

_MOST_WORDS = 60
_FEWEST_WORDS = 4
_SHORTEST_WORD = 3
_MISSING = 0.8
_NAMED = 8
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_LONG = 10
_HEAD, _TAIL = 6, 7
_PREFIXES = ("ver", "ent", "unter", "durch", "uber", "onder", "over", "voor")


@check("little_overlap", version=2, severity="hint")
def little_overlap(case: Case) -> Iterator[Found]:
    """At least four fifths of the words that carry the headline's content are not in the article, nor is a name of it.

    What it quotes is another check's. A paraphrase has other words than its article, but nearly always a name of it.
    """
    article = case.article
    contentless = CONTENTLESS.get(article.language_without_region)
    if contentless is None or article.is_empty or case.other_language:
        return
    folded = fold(case.unquoted).split()[:_MOST_WORDS]
    words = [
        word
        for word in dict.fromkeys(folded)
        if len(word) >= _SHORTEST_WORD and word not in contentless and not word[0].isdecimal()
    ]
    if len(words) < _FEWEST_WORDS:
        return
    missing = [word for word in words if not _holds(article, word)]
    if len(missing) < _MISSING * len(words):
        return
    capitals = fold(" ".join(word for word in _WORD.findall(case.unquoted) if word[0].isupper())).split()
    names = {*capitals} - {folded[0]}
    is_named = any(word in names for word in words if word not in missing)
    if not is_named:
        yield Found(
            f"{len(missing)} of {len(words)} words that matter are not found in the article: "
            f"{', '.join(missing[:_NAMED])}.",
            None,
            article.closest(case.beginning),
        )


def _holds(article: Article, word: str) -> bool:
    """Whether an article has a word, one of its stem, or, in languages that join them, a part of it."""
    if article.holds_stem(word):
        return True
    if len(word) < _LONG or article.language_without_region not in ("de", "nl"):
        return False
    head, tail = word[:_HEAD], word[-_TAIL:]
    return (head in article.folded and not head.startswith(_PREFIXES)) or tail in article.folded
