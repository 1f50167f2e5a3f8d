"""What is kept for how long, and what was taken away lately, as a screen tells it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import audit
from core.audit import Entry
from core.db import Database
from core.keeping import overwriting
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


@dataclass(frozen=True)
class Gone:
    """What was taken away, or put back, as the log of changes has it.

    `overwritten` says whether it is out of the bytes of the file, too; None where nothing was taken away.
    """

    entry: Entry
    overwritten: bool | None

    @property
    def how_much(self) -> str:
        """What went, in words, such as "3 calls, 1 article"; the name of the back-up that was put back."""
        after: Mapping[str, Any] = json.loads(self.entry.after or "{}")
        if "back-up" in after:
            return str(after["back-up"])
        calls: int | Mapping[str, int] = after.get("traces", 0)
        # What expired is counted by the rule under which it went.
        many = {"call": calls if isinstance(calls, int) else sum(calls.values())}
        many |= {"article": after.get("articles", 0), "eval case": after.get("eval cases", 0)}
        return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in many.items() if count)


def of_desks(desks: Sequence[str], retention: Retention, policy: Policy) -> list[Term]:
    """The terms of each desk, in the order of `ENVIRONMENTS`."""
    rules = {desk: [retention.rule(each, desk) for each in ENVIRONMENTS] for desk in desks}
    return [Term(desk, policy.keeps_texts(desk), [rule and rule.days for rule in rules[desk]]) for desk in desks]


def lately(db: Database, *, limit: int = 50) -> list[Gone]:
    """What was erased, expired or restored, the newest first."""
    owed = overwriting.owed(db)
    return [
        Gone(each, None if each.action == "restored" else owed is None or each.at < owed.since)
        for each in audit.of_actions(db, ACTIONS, limit=limit)
    ]
