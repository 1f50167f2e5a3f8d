"""How different the headlines of one set are: near-duplicates, openings, lengths, and one number for the whole."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from core.checks.article import fold, words
from core.checks.frequent_words import MEASURES, SMALL
from core.checks.support.words import CONTENTLESS

NEAR = 0.6
"""Jaccard index of the words from which two headlines tell an editor the same. Headlines of different articles never
exceed 0.5; about one in six pairs that a model writes for the same article does."""

NEAR_IN_CONTENT = 0.65
"""The same of what is left of the words that carry content, each cut to its stem: order, small words and endings aside."""
_FEWEST_IN_COMMON = 4
_STEM = 5
# Of verbs that are cut in two: treedt af, tritt ab.
_PARTICLES = ("af", "mee", "los", "weg", "ab", "ein", "vor", "fest")
_SMALL = MEASURES.union(*SMALL.values(), *CONTENTLESS.values(), _PARTICLES)


@dataclass(frozen=True)
class Variety:
    """`variety` is the share of words that two headlines of the set do not have in common, on average over all pairs:
    0 for ten times the same, 1 for no word in common. `openings` is the share of different first words, `lengths` the
    standard deviation in characters. All None for fewer than two headlines.
    """

    variety: float | None
    openings: float | None
    lengths: float | None


def measure(headlines: Sequence[str]) -> Variety:
    """The variety of a set; the order of the headlines does not matter."""
    if len(headlines) < 2:
        return Variety(None, None, None)
    texts = sorted(headlines)
    bags = [frozenset(words(text)) for text in texts]
    distances = [1 - jaccard(one, other) for one, other in combinations(bags, 2)]
    openings = {(words(text) or [""])[0] for text in texts}
    return Variety(
        variety=statistics.fmean(distances),
        openings=len(openings) / len(texts),
        lengths=statistics.pstdev(len(text) for text in texts),
    )


def near_duplicates(headlines: Sequence[str]) -> list[list[str]]:
    """For each headline the others that say nearly the same: in nearly the same words, or with words of the same stems."""
    bags = [(frozenset(words(text)), _stems(text)) for text in headlines]
    return [
        sorted(
            other
            for place, (other, (their_words, their_stems)) in enumerate(zip(headlines, bags, strict=True))
            if place != own
            and (
                jaccard(my_words, their_words) >= NEAR
                or (
                    len(my_stems & their_stems) >= _FEWEST_IN_COMMON
                    and jaccard(my_stems, their_stems) >= NEAR_IN_CONTENT
                )
            )
        )
        for own, (my_words, my_stems) in enumerate(bags)
    ]


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry content; a number is a stem as it is."""
    return frozenset(word if word[0].isdecimal() else word[:_STEM] for word in fold(text).split() if word not in _SMALL)


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The words that two have in common over all they have; 0 for two without any (Jaccard 1912)."""
    return len(one & other) / len(one | other) if one or other else 0.0
