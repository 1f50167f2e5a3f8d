"""What judges said of the very pairs that people compared blind, and how often people said the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.db import Database
from core.feedback import pairs
from core.feedback.pairs import Shown
from core.judge import store


@dataclass(frozen=True)
class JudgesWord:
    """What a judge said of pairs that people compared: of how many, and how often people said the same."""

    pairs: int
    compared: int
    same: int


def judges_word(db: Database, among: Sequence[str]) -> JudgesWord:
    """What judges said of the pairs that people compared, of the versions `among` or of all."""
    said: dict[frozenset[str], str | None] = {}
    compared = same = 0
    for each in pairs.standing(db):
        if among and not {each.first.name, each.second.name} <= set(among):
            continue
        pair = each.judgement.shown.pair
        if pair not in said:
            said[pair] = _judged(db, each.judgement.shown)
        if said[pair] is not None:
            compared += 1
            same += said[pair] == _better_trace(each.judgement.shown, each.judgement.better)
    return JudgesWord(sum(word is not None for word in said.values()), compared, same)


def _judged(db: Database, shown: Shown) -> str | None:
    """The trace that judges prefer, `tie` where they do so in one order of the two only, or None where none was asked."""
    preferred = {
        _better_trace(Shown(each.first, each.second), each.better)
        for each in store.comparings(db, shown.first)
        if frozenset((each.first, each.second)) == shown.pair
    }
    if len(preferred) > 1:
        return "tie"
    return next(iter(preferred), None)


def _better_trace(shown: Shown, better: str | None) -> str:
    return {"first": shown.first, "second": shown.second}.get(better or "", "tie")
