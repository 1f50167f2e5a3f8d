"""A headline that shares few words with its article is likely about something else."""

from collections.abc import Iterator

from core.checks.article import fold
from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.support.words import CONTENTLESS

_MOST_WORDS = 60
_FEWEST_WORDS = 4
_SHORTEST_WORD = 3
_NAMED = 8


@check("little_overlap", version=1, severity="hint")
def little_overlap(case: Case) -> Iterator[Found]:
    """Fewer than half of the words that carry the headline's content are in the article."""
    article = case.article
    contentless = CONTENTLESS.get(article.language or "")
    if contentless is None or article.is_empty:
        return
    words = [
        word
        for word in dict.fromkeys(fold(case.beginning).split()[:_MOST_WORDS])
        if len(word) >= _SHORTEST_WORD and word not in contentless and not word[0].isdecimal()
    ]
    if len(words) < _FEWEST_WORDS:
        return
    missing = [word for word in words if not article.holds_stem(word)]
    if 2 * len(missing) > len(words):
        yield Found(
            f"{len(missing)} of {len(words)} words that matter are not found in the article: "
            f"{', '.join(missing[:_NAMED])}.",
            None,
            article.closest(case.beginning),
        )
