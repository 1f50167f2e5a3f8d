"""Which of the forms make the list: the lead first, then as many different things as the article holds."""

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from core.llm.lede.brief import Tone
from core.llm.lede.compress import Angle

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_NEAR = 0.6
_MOSTLY = 0.75
_MOST_KICKERS = 2
_MOST_QUOTES = 3
_RELAXED = 0.75
_NO_LIMIT = 130


class _Round(NamedTuple):
    """How alike two headlines may be, how many a sentence may give, and whether none may hold another."""

    most_alike: float
    per_sentence: int
    strict: bool


_ROUNDS = (
    _Round(_NEAR, 1, True),
    _Round(_NEAR, 2, True),
    _Round(_NEAR, 9, True),
    _Round(_NEAR, 9, False),
    _Round(_RELAXED, 9, False),
)
"""Each round is less choosy than the one before, and only fills what that one left open."""


@dataclass(frozen=True)
class Candidate:
    """A headline that could be chosen, with where it comes from and what it cost to make; an infinite cost is never paid."""

    text: str
    cost: float
    position: int
    angle: Angle = "plain"


def choose(
    candidates: Sequence[Candidate],
    count: int,
    *,
    limit: int | None,
    tone: Tone,
    taken: Sequence[str],
    wobble: random.Random | None,
    choosy: bool = False,
) -> list[str]:
    """At most `count` headlines, no two alike and none like those taken; fewer when there are no more.

    The choosy keep to headlines of which none is part of another.
    """
    fitting = [candidate for candidate in candidates if limit is None or len(candidate.text) <= limit]
    scores = {candidate.text: _score(candidate, limit, tone, wobble) for candidate in fitting}
    affordable = [candidate for candidate in fitting if math.isfinite(candidate.cost)]
    pool = sorted(affordable, key=lambda candidate: (-scores[candidate.text], candidate.position, candidate.text))
    choice = _Choice(taken)
    for rules in _ROUNDS:
        if choosy and not rules.strict:
            break
        for candidate in pool:
            if len(choice.made) >= count:
                break
            if choice.allows(candidate, rules):
                choice.make(candidate)
    return [candidate.text for candidate in choice.made]


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The text as it counts when two headlines are compared: words only, in lower case."""
    return " ".join(_WORD.findall(text.replace("’", "'").casefold()))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets of words have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _inside(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shorter says little that the longer does not."""
    return len(one & other) >= _MOSTLY * min(len(one), len(other))


class _Choice:
    """The headlines chosen so far, beside those that were there already."""

    def __init__(self, taken: Sequence[str]) -> None:
        self.made: list[Candidate] = []
        self._folded = {fold(text) for text in taken}
        self._gone = [_tokens(text) for text in taken]

    def make(self, candidate: Candidate) -> None:
        """Adds the candidate."""
        self.made.append(candidate)
        self._folded.add(fold(candidate.text))
        self._gone.append(_tokens(candidate.text))

    def allows(self, candidate: Candidate, rules: _Round) -> bool:
        """Whether the candidate adds enough to what is there."""
        if fold(candidate.text) in self._folded:
            return False
        if sum(other.position == candidate.position for other in self.made) >= rules.per_sentence:
            return False
        if rules.strict and self._too_many_of_its_kind(candidate, rules):
            return False
        tokens = _tokens(candidate.text)
        if any(alike(tokens, other) >= rules.most_alike for other in self._gone):
            return False
        return not (rules.strict and any(_inside(tokens, other) for other in self._gone))

    def _too_many_of_its_kind(self, candidate: Candidate, rules: _Round) -> bool:
        """Whether there are enough kickers, or quotations, or words of this speaker."""
        same = [other.text for other in self.made if other.angle == candidate.angle]
        if candidate.angle == "kicker":
            return len(same) >= _MOST_KICKERS
        if candidate.angle == "plain" or rules.per_sentence > 1:
            return False
        return len(same) >= _MOST_QUOTES or _voice(candidate.text) in {_voice(text) for text in same}


def _voice(text: str) -> str:
    """The family name of who is quoted."""
    return text.split(":")[0].split()[-1]


def _tokens(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _score(candidate: Candidate, limit: int | None, tone: Tone, wobble: random.Random | None) -> float:
    """The higher the better: cheap to make, near the top, of the length that is wanted, with a figure."""
    size = len(candidate.text)
    score = -candidate.cost - 0.11 * min(candidate.position, 14)
    score += 2.6 if candidate.position == 0 else 0.0
    score += 0.5 if re.search(r"\d", candidate.text) else 0.0
    score -= _misfit(size, limit, tone)
    if candidate.angle == "kicker":
        score -= 0.7
    if candidate.angle == "quote":
        score += {"plain": 0.25, "punchy": 0.8, "sober": -1.2}[tone]
    return score + (wobble.gauss(0.0, 0.9) if wobble else 0.0)


def _misfit(size: int, limit: int | None, tone: Tone) -> float:
    """The price of a length that was not asked for."""
    if tone == "punchy":
        # Who is asked for punch gives up the rest of a sentence rather than its brevity.
        return 0.06 * max(0, 20 - size) + 0.2 * max(0, size - 45)
    if limit is None:
        low, high = 72, _NO_LIMIT
    else:
        low, high = int(limit * (0.7 if tone == "sober" else 0.55)), limit
    return 0.06 * max(0, low - size) + 0.04 * max(0, size - high)
