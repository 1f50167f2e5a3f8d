"""Texts whose time is up go: after so many days by environment and desk, what was asked and answered is taken away.

    retention = parse("production=90,production/sport=30,development=7")
    for _ in expire(db, retention): ...

Hashes, scores, costs, decisions and the audit log stay. Texts that people gave (an edited headline, a comment) go with the
trace that they are about; labels stay. An article stays as long as a younger trace or an eval case uses it. Where no
rule is, texts stay for ever.
"""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from core import audit, clock
from core.db import Database
from core.errors import BadInput
from core.keeping import erasing
from core.prompts.releases import ENVIRONMENTS
from core.traces import erasing as erased
from core.traces.erasing import Erasure

AUTHOR = "copydesk"

_DAY = 86_400_000
_SEEN = 500
"""Traces that are looked at in one go."""
_FORGOTTEN = 20
"""Traces whose texts go in one transaction: others want to write, too."""


@dataclass(frozen=True)
class Rule:
    """For how many days the texts of a place are kept; `desk` None stands for all desks without a rule of their own."""

    environment: str
    desk: str | None
    days: int

    @property
    def place(self) -> str:
        return self.environment if self.desk is None else f"{self.environment}/{self.desk}"


@dataclass(frozen=True)
class Retention:
    """All rules of an installation; without any, everything is kept."""

    rules: Sequence[Rule] = ()

    def rule(self, environment: str, desk: str) -> Rule | None:
        """The rule for a desk: its own, or that of all desks there."""
        fitting = [each for each in self.rules if each.environment == environment and each.desk in (desk, None)]
        return max(fitting, key=lambda each: each.desk is not None, default=None)


@dataclass(frozen=True)
class Due:
    """What is due under a rule: so many traces, the oldest of them from that moment on."""

    rule: Rule
    traces: int
    oldest: int


def parse(text: str | None) -> Retention:
    """The rules in a setting such as `production=90,production/sport=30`; `BadInput` says which part cannot be read."""
    rules = [_rule(part.strip()) for part in (text or "").split(",") if part.strip()]
    for place, many in Counter(rule.place for rule in rules).items():
        if many > 1:
            raise BadInput(f"COPYDESK_RETENTION names {place} twice. Leave one of the two out.")
    return Retention(rules)


def due(db: Database, retention: Retention) -> list[Due]:
    """What `expire` would take away now, by rule."""
    found: dict[Rule, list[int]] = {}
    for trace in _due(db, retention):
        found.setdefault(trace.rule, []).append(trace.at)
    return [Due(rule, len(times), min(times)) for rule, times in found.items()]


def expire(db: Database, retention: Retention) -> Generator[int]:
    """Take away the texts whose time is up, the oldest first; yields after every batch how many traces it had.

    Stopped midway, it does the rest when it is called again. What was done is in the audit log, a line for each time that
    something went. Its bytes are owed within a day (`overwriting.owed`): where texts expire every hour, they go together.
    """
    gone: Counter[str] = Counter()
    articles = 0
    try:
        for batch in _batches(_due(db, retention)):
            traces, freed = db.write(lambda connection, batch=batch: _forget(connection, batch))
            gone.update(traces)
            articles += freed
            yield len(traces)
    finally:
        if gone:
            after = {"articles": articles, "traces": dict(gone)}
            change = audit.Change(AUTHOR, "texts expired", "retention", None, after, "Their time was up.")
            db.write(lambda connection: audit.append(connection, change))


@dataclass(frozen=True)
class _Trace:
    id: str
    at: int
    rule: Rule


def _rule(part: str) -> Rule:
    place, _, days = part.partition("=")
    environment, slash, desk = place.strip().partition("/")
    if (
        environment not in ENVIRONMENTS
        or (slash and not desk)
        or not days.strip().isascii()
        or not days.strip().isdigit()
    ):
        raise BadInput(
            f"COPYDESK_RETENTION cannot be read at {part[:60]!r}. Write an environment, a desk if need be, and days, such as "
            "production=90,production/sport=30."
        )
    if not 1 <= int(days) <= 36_500:
        raise BadInput(f"COPYDESK_RETENTION keeps texts for 1 to 36,500 days, not {days.strip()[:20]}.")
    return Rule(environment, desk or None, int(days))


def _due(db: Database, retention: Retention) -> Iterator[_Trace]:
    """The closed traces that have texts and are older than their rule allows, the oldest first."""
    now = clock.now_ms()
    if not retention.rules:
        return
    newest = clock.first_trace_id(now - min(rule.days for rule in retention.rules) * _DAY)
    after = 0
    while True:
        with db.read() as connection:
            rows = connection.execute(
                """
                select number, id, environment, desk, started_at from traces
                where number > ? and id < ? and status <> 'open'
                    and exists (select 1 from trace_bodies where trace = traces.id)
                order by number limit ?
                """,
                (after, newest, _SEEN),
            ).fetchall()
        for row in rows:
            rule = retention.rule(row["environment"], row["desk"])
            if rule is not None and row["started_at"] < now - rule.days * _DAY:
                yield _Trace(row["id"], row["started_at"], rule)
        if len(rows) < _SEEN:
            return
        after = rows[-1]["number"]


def _batches(traces: Iterator[_Trace]) -> Iterator[list[_Trace]]:
    batch: list[_Trace] = []
    for trace in traces:
        batch.append(trace)
        if len(batch) == _FORGOTTEN:
            yield batch
            batch = []
    if batch:
        yield batch


def _forget(connection: sqlite3.Connection, batch: Sequence[_Trace]) -> tuple[list[str], int]:
    """The rules under which something went, one for each trace, and how many articles went with them."""
    # Another process may do the same at this moment.
    left = [trace for trace in batch if erased.has_texts(connection, trace.id)]
    now = clock.now_ms()
    gone = {
        trace.id: Erasure("expired", AUTHOR, f"Texts are kept for {trace.rule.days} days in {trace.rule.place}.", now)
        for trace in left
    }
    erasing.forget_traces(connection, gone, labels=False, due_at=now + _DAY)
    articles = erasing.articles_of(connection, [trace.id for trace in left])
    freed = sum(erasing.forget_article(connection, each, only_unused=True) for each in articles)
    return [trace.rule.place for trace in left], freed
