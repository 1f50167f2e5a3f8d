"""The rows of the queue. Every change of an item goes with an event, in one transaction; what stands follows from both.

These are parts of a job for the database's writer; `core.review.work` and `core.review.filling` put them together.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from core import clock
from core.db import Database
from core.errors import NotFound
from core.review.item import Event, EventKind, Item, Reason

_WHOLE_SET = -1
_NOBODY = ""


def get(db: Database, item_id: int) -> Item:
    """An item, or `NotFound`."""
    with db.read() as connection:
        return read(connection, item_id)


def events(db: Database, item_id: int) -> list[Event]:
    """What was done with an item, in its order."""
    with db.read() as connection:
        return events_of(connection, item_id)


def of_trace(db: Database, trace_id: str) -> Item | None:
    """The item of a trace, if there is one."""
    with db.read() as connection:
        return find(connection, trace_id)


def read(connection: sqlite3.Connection, item_id: int) -> Item:
    row = connection.execute("select * from review_items where id = ?", (item_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such item in the review queue.")
    return as_item(connection, row)


def find(connection: sqlite3.Connection, trace_id: str) -> Item | None:
    row = connection.execute("select * from review_items where trace = ?", (trace_id,)).fetchone()
    return None if row is None else as_item(connection, row)


def as_item(connection: sqlite3.Connection, row: sqlite3.Row) -> Item:
    values: dict[str, Any] = {each.name: row[each.name] for each in fields(Item) if each.name != "reasons"}
    return Item(**values, reasons=_reasons(connection, row["id"]))


def events_of(connection: sqlite3.Connection, item_id: int) -> list[Event]:
    rows = connection.execute(
        "select kind, person, text, position, at from review_events where item = ? order by id", (item_id,)
    )
    return [Event(**dict(row)) for row in rows]


def enter(connection: sqlite3.Connection, trace_id: str, reasons: Sequence[Reason], *, wanted: int) -> Item:
    """Put a trace into the queue that is not in it. It waits from the first of its reasons on."""
    item_id: int = connection.execute(
        """
        insert into review_items (trace, desk, state, waiting_since, wanted)
        select id, desk, 'waiting', ?, ? from traces where id = ? returning id
        """,
        (min(reason.at for reason in reasons), wanted, trace_id),
    ).fetchone()[0]
    for reason in reasons:
        put_reason(connection, item_id, reason)
    note(connection, item_id, "entered")
    return read(connection, item_id)


def put_reason(connection: sqlite3.Connection, item_id: int, reason: Reason) -> None:
    """Add a reason, or say of one that is there how it stands now."""
    connection.execute(
        """
        insert into review_reasons (item, kind, person, position, figure, text, rules, at, stands)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do update set figure = excluded.figure, text = excluded.text, stands = excluded.stands
        """,
        (
            item_id, reason.kind, reason.person, _WHOLE_SET if reason.position is None else reason.position,
            reason.figure, reason.text, reason.rules, reason.at, reason.stands,
        ),
    )  # fmt: skip


def note(
    connection: sqlite3.Connection,
    item_id: int,
    kind: EventKind,
    *,
    person: str | None = None,
    text: str | None = None,
    position: int | None = None,
) -> None:
    """Write down what was done."""
    connection.execute(
        "insert into review_events (item, kind, person, text, position, at) values (?, ?, ?, ?, ?, ?)",
        (item_id, kind, person, text, position, clock.now_ms()),
    )


def hold(connection: sqlite3.Connection, item_id: int, person: str, until: int) -> bool:
    """Give a waiting item to a reader, if nobody else has it at this moment; says whether that was so."""
    held = connection.execute(
        """
        update review_items set holder = ?2, held_until = ?3
        where id = ?1 and state = 'waiting' and (holder is null or holder = ?2 or held_until <= ?4)
        """,
        (item_id, person, until, clock.now_ms()),
    )
    return held.rowcount == 1


def let_go(connection: sqlite3.Connection, item_id: int) -> None:
    connection.execute("update review_items set holder = null, held_until = null where id = ?", (item_id,))


def assign(connection: sqlite3.Connection, item_id: int, person: str | None) -> None:
    connection.execute("update review_items set assignee = ? where id = ?", (person, item_id))


def want_second(connection: sqlite3.Connection, item_id: int) -> None:
    connection.execute("update review_items set wanted = 2 where id = ?", (item_id,))


def count_reading(connection: sqlite3.Connection, item_id: int) -> None:
    """One reader is done: with the last that is wanted the item is, too; before, it waits for somebody else."""
    connection.execute(
        """
        update review_items set readings = readings + 1, holder = null, held_until = null, assignee = null,
            state = case when readings + 1 >= wanted then 'done' else 'waiting' end
        where id = ?
        """,
        (item_id,),
    )


def withdraw(connection: sqlite3.Connection, item_id: int) -> None:
    connection.execute(
        "update review_items set state = 'withdrawn', holder = null, held_until = null where id = ?", (item_id,)
    )
    note(connection, item_id, "withdrawn")


def wait_again(
    connection: sqlite3.Connection, item_id: int, *, since: int, person: str | None, why: str | None
) -> None:
    """Put an item that was done or withdrawn back among those that wait, for all its readers."""
    connection.execute(
        "update review_items set state = 'waiting', readings = 0, waiting_since = ? where id = ?", (since, item_id)
    )
    note(connection, item_id, "reopened", person=person, text=why)


def was_taken_up(connection: sqlite3.Connection, item_id: int) -> bool:
    """Whether any person ever did something with it."""
    found = connection.execute(
        "select 1 from review_events where item = ? and person is not null limit 1", (item_id,)
    ).fetchone()
    return found is not None


def forget(connection: sqlite3.Connection, trace_id: str) -> None:
    """Take away what readers wrote about a trace; who read it, when and how it was labelled stays."""
    connection.execute(
        "update review_events set text = '' where kind in ('commented', 'corrected', 'reopened') and text is not null "
        "and item = (select id from review_items where trace = ?)",
        (trace_id,),
    )
    connection.execute(
        "update review_reasons set text = '' where text is not null "
        "and item = (select id from review_items where trace = ?)",
        (trace_id,),
    )


def _reasons(connection: sqlite3.Connection, item_id: int) -> tuple[Reason, ...]:
    rows = connection.execute(
        """
        select kind, at, person, nullif(position, -1) as position, figure, text, rules, stands from review_reasons
        where item = ? order by at, kind, person, position
        """,
        (item_id,),
    )
    found: list[Reason] = []
    for row in map(dict[str, Any], rows):
        row["stands"] = bool(row["stands"])
        found.append(Reason(**row))
    return tuple(found)
