"""What is kept for how long, and what was taken away lately, as a screen tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import audit
from core.audit import Entry
from core.db import Database
from core.keeping.retention import Retention
from core.policy import Policy
from core.prompts.releases import ENVIRONMENTS

ACTIONS = ("erased", "texts expired", "restored")


@dataclass(frozen=True)
class Term:
    """For how many days each environment keeps the texts of a desk, None for ever; `keeps_texts` is false where it keeps none."""

    desk: str
    keeps_texts: bool
    days: Sequence[int | None]


def of_desks(desks: Sequence[str], retention: Retention, policy: Policy) -> list[Term]:
    """The terms of each desk, in the order of `ENVIRONMENTS`."""
    rules = {desk: [retention.rule(each, desk) for each in ENVIRONMENTS] for desk in desks}
    return [Term(desk, policy.keeps_texts(desk), [rule and rule.days for rule in rules[desk]]) for desk in desks]


def lately(db: Database, *, limit: int = 50) -> list[Entry]:
    """What was erased, expired or restored, the newest first."""
    return audit.of_actions(db, ACTIONS, limit=limit)
