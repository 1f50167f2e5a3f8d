"""How different the headlines of one set are: near-duplicates, openings, lengths, and one number for the whole."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from core.checks.article import words

NEAR = 0.6
"""Jaccard index of the words from which two headlines tell an editor the same. Headlines of different articles never
exceed 0.5; about one in six pairs that a model writes for the same article does."""


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
    """For each headline the others that say nearly the same."""
    bags = [frozenset(words(text)) for text in headlines]
    return [
        sorted(
            other
            for place, (other, theirs) in enumerate(zip(headlines, bags, strict=True))
            if place != own and jaccard(mine, theirs) >= NEAR
        )
        for own, mine in enumerate(bags)
    ]


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The words that two have in common over all they have; 0 for two without any (Jaccard 1912)."""
    return len(one & other) / len(one | other) if one or other else 0.0
