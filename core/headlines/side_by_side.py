"""Two traces beside each other: which headlines they share, which became others, and what else differs."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.prompts import compare, differences
from core.prompts.compare import Change, MessageChange, Said
from core.prompts.differences import Piece
from core.traces.model import Trace

ALIKE = 0.5
"""From this likeness on, of 1 at most, two headlines are shown as one that was changed."""


@dataclass(frozen=True)
class Pair:
    """Headlines that stand beside each other, by their positions; one of the two is None where nothing is like it."""

    one: int | None
    other: int | None
    before: Sequence[Piece]
    after: Sequence[Piece]

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class SideBySide:
    """What differs between two traces. `settings` holds only what is not the same in both."""

    headlines: Sequence[Pair]
    settings: Sequence[Change]
    messages: Sequence[MessageChange]
    same_article: bool | None
    """None where the article of either is gone."""

    @property
    def shared(self) -> int:
        """How many headlines are in both."""
        return sum(pair.same for pair in self.headlines)

    @property
    def alone(self) -> int:
        """How many are in one of the two, with nothing like them in the other."""
        return sum(pair.one is None or pair.other is None for pair in self.headlines)


def side_by_side(one: Trace, other: Trace) -> SideBySide:
    """All that differs between two traces, in the order of the first."""
    return SideBySide(
        headlines=pairs([each.text for each in one.headlines], [each.text for each in other.headlines]),
        settings=_changes(_facts(one), _facts(other)),
        messages=compare.messages(_said(one), _said(other)),
        same_article=None if one.article is None or other.article is None else one.article == other.article,
    )


def pairs(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Each headline once: beside the same of the other set, or beside the most alike, or alone.

    The order is that of the first set; what only the second one has follows.
    """
    partner = _same(one, other)
    taken = set(partner.values())
    pieces = [[_bigrams(text) for text in texts] for texts in (one, other)]
    scored = sorted(
        (-_alike(before, after), left, right)
        for left, before in enumerate(pieces[0])
        for right, after in enumerate(pieces[1])
        if left not in partner and right not in taken
    )
    for score, left, right in scored:
        if -score >= ALIKE and left not in partner and right not in taken:
            partner[left] = right
            taken.add(right)
    found = [_pair(one, other, left, partner.get(left)) for left in range(len(one))]
    return found + [_pair(one, other, None, right) for right in range(len(other)) if right not in taken]


def _same(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """By position in the first set, where the very same headline stands in the second."""
    found: dict[int, int] = {}
    for left, text in enumerate(one):
        right = next((at for at, each in enumerate(other) if each == text and at not in found.values()), None)
        if right is not None:
            found[left] = right
    return found


def _pair(one: Sequence[str], other: Sequence[str], left: int | None, right: int | None) -> Pair:
    if left is None or right is None:
        alone = [Piece(one[left], "removed")] if left is not None else []
        return Pair(left, right, alone, [Piece(other[right], "added")] if right is not None else [])
    row = differences.words(one[left], other[right])
    return Pair(left, right, row.before or (), row.after or ())


def _bigrams(text: str) -> Counter[str]:
    return Counter(one + other for one, other in pairwise(text.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two texts by their pairs of neighbouring characters, which every script has, from 0 to 1."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _said(trace: Trace) -> list[Said]:
    return [Said(message["role"], message["content"]) for message in trace.messages]


def _facts(trace: Trace) -> dict[str, Any]:
    """What a call was asked with: where it came from, its settings, and the values that filled its prompt."""
    line = trace.line
    facts: dict[str, Any] = {
        "prompt": line.prompt,
        "version": "a draft" if "draft" in trace.settings else line.version,
        "model": line.model,
        "answered by": line.answered_by,
        "environment": line.environment,
        "release": line.release,
        "desk": line.desk,
        "channel": line.channel,
        "language": line.language,
        "source": line.source,
        "person": line.person,
        "asked for": line.asked,
    }
    facts |= {name.replace("_", " "): value for name, value in trace.settings.items() if name != "draft"}
    shown = {f"variable {name}": value for name, value in trace.variables.items() if name != "article"}
    return facts | shown


def _changes(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Change]:
    return [
        Change(name, _text(one.get(name)), _text(other.get(name)))
        for name in dict.fromkeys((*one, *other))
        if one.get(name) != other.get(name)
    ]


def _text(value: Any) -> str | None:
    if value in (None, "", [], {}):
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
