"""What waits in the queue, by desk and by how long, and which items somebody should see next."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from core import clock
from core.db import Database
from core.review import store
from core.review.item import ALL, Item, State, Wanted

AGES = ("under 1 h", "under 1 day", "under 7 days", "older")
_HOUR = 3_600_000
_ENDS = (_HOUR, 24 * _HOUR, 7 * 24 * _HOUR)
PAGE = 50


@dataclass(frozen=True)
class DeskState:
    """How many items of a desk wait, by the ages of `AGES`, and how many of them somebody reads at the moment."""

    desk: str
    by_age: tuple[int, int, int, int]
    in_hand: int

    @property
    def waiting(self) -> int:
        return sum(self.by_age)


@dataclass(frozen=True)
class Line:
    """An item as a list shows it, with the first headline of its set."""

    item: Item
    headline: str | None
    label: str | None
    """What the last reader called it; None before everybody has read it."""


def by_desk(db: Database) -> list[DeskState]:
    """What waits, the longest queue first."""
    now = clock.now_ms()
    with db.read() as connection:
        rows = connection.execute(
            """
            select desk,
                count(*) filter (where waiting_since > ?1 - ?2) as fresh,
                count(*) filter (where waiting_since <= ?1 - ?2 and waiting_since > ?1 - ?3) as day,
                count(*) filter (where waiting_since <= ?1 - ?3 and waiting_since > ?1 - ?4) as week,
                count(*) filter (where waiting_since <= ?1 - ?4) as older,
                count(*) filter (where held_until > ?1) as in_hand
            from review_items where state = 'waiting' group by desk order by count(*) desc, desk
            """,
            (now, *_ENDS),
        )
        return [
            DeskState(row["desk"], (row["fresh"], row["day"], row["week"], row["older"]), row["in_hand"])
            for row in rows
        ]


def lines(db: Database, wanted: Wanted = ALL, *, state: State = "waiting", limit: int = PAGE) -> list[Line]:
    """Items in a state: of those that wait the oldest first, of the others the newest."""
    direction = "asc" if state == "waiting" else "desc"
    with db.read() as connection:
        rows = connection.execute(
            f"""
            select * from review_items where state = :state and {_MATCHES}
            order by waiting_since {direction}, id {direction} limit :limit
            """,
            _values(wanted) | {"state": state, "limit": limit},
        ).fetchall()
        return [_line(connection, row) for row in rows]


def count(db: Database, wanted: Wanted = ALL, *, state: State = "waiting") -> int:
    """How many items are in a state."""
    with db.read() as connection:
        return connection.execute(
            f"select count(*) from review_items where state = :state and {_MATCHES}", _values(wanted) | {"state": state}
        ).fetchone()[0]


def matching(connection: sqlite3.Connection, wanted: Wanted, *, reader: str, limit: int) -> list[int]:
    """The ids of what a reader could take, best first: what they have, what is assigned to them, what waits longest."""
    rows = connection.execute(
        f"""
        select id from review_items
        where state = 'waiting' and {_MATCHES}
            and (holder is null or holder = :reader or held_until <= :now)
            and (assignee is null or assignee = :reader)
            and (readings = 0 or not exists (
                select 1 from review_events as done
                where done.item = review_items.id and done.kind = 'resolved' and done.person = :reader
                    and done.id > coalesce((
                        select max(id) from review_events as opened
                        where opened.item = review_items.id and opened.kind = 'reopened'
                    ), 0)
            ))
        order by holder is :reader and held_until > :now desc, assignee is :reader desc, waiting_since, id limit :limit
        """,
        _values(wanted) | {"reader": reader, "now": clock.now_ms(), "limit": limit},
    )
    return [row["id"] for row in rows]


_MATCHES = """
    (:desk is null or desk = :desk)
    and (:reason is null or exists (
        select 1 from review_reasons where item = review_items.id and kind = :reason and stands
    ))
    and case :whose
        when 'mine' then assignee = :person or holder = :person and held_until > :now
        when 'unassigned' then assignee is null
        else true
    end
"""


def _values(wanted: Wanted) -> dict[str, object]:
    return {
        "desk": wanted.desk,
        "reason": wanted.reason,
        "whose": wanted.whose,
        "person": wanted.person,
        "now": clock.now_ms(),
    }


def _line(connection: sqlite3.Connection, row: sqlite3.Row) -> Line:
    item = store.as_item(connection, row)
    first = connection.execute(
        "select text from headlines where trace = ? order by position limit 1", (item.trace,)
    ).fetchone()
    label = connection.execute(
        "select text from review_events where item = ? and kind = 'labelled' order by id desc limit 1", (item.id,)
    ).fetchone()
    return Line(item, first and first["text"], label["text"] if label and item.state == "done" else None)


def together(states: Sequence[DeskState]) -> tuple[int, int, int, int]:
    """How many items of all desks wait, by age."""
    ages = [sum(state.by_age[age] for state in states) for age in range(len(AGES))]
    return ages[0], ages[1], ages[2], ages[3]
