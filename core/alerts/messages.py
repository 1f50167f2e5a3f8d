"""What is to be told by webhook: each message is on record before it leaves, until it has arrived.

A message is claimed in the database before it is sent, so that of several processes one sends it. A process that dies
between the sending and its record leaves the claim to lapse, and the message is sent again: it arrives at least once, and
its `id` tells a second time from another message.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from core import clock
from core.db import Database

Event = Literal["breach", "recovery"]
Send = Callable[[str, str], str | None]
"""Sends the body of a message under its id; returns what was wrong, or None once it has arrived."""

GIVEN_UP_AFTER = 24 * 3_600_000
"""A message that did not arrive in so long (ms) is not news any more."""
_CLAIMED_FOR = 120_000
_FIRST_WAIT, _LONGEST_WAIT = 60_000, 3_600_000


@dataclass(frozen=True)
class Delivery:
    """How the message of a breach, or of its end, fares."""

    event: Event
    created_at: int
    tries: int
    next_at: int
    sent_at: int | None
    given_up_at: int | None
    error: str | None


def write(connection: sqlite3.Connection, breach: int, event: Event, body: Mapping[str, object]) -> None:
    """Put a message on record, to be sent; once for each event of a breach."""
    now = clock.now_ms()
    connection.execute(
        "insert into alert_messages (breach, event, body, created_at, next_at) values (?, ?, ?, ?, ?) on conflict do nothing",
        (breach, event, json.dumps(body, ensure_ascii=False), now, now),
    )


def deliver(db: Database, send: Send) -> None:
    """Send what is due, the oldest first; ends with the first that does not arrive, for the next would not either."""
    while claimed := db.write(_claim):
        number, body = claimed
        error = send(json.loads(body)["id"], body)
        db.write(lambda connection, number=number, error=error: _settle(connection, number, error))
        if error is not None:
            return


def of_breach(db: Database, breach: int) -> list[Delivery]:
    """The messages about a breach, the first first."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select event, created_at, tries, next_at, sent_at, given_up_at, error from alert_messages
            where breach = ? order by id
            """,
            (breach,),
        )
        return [Delivery(**dict(row)) for row in rows]


def _claim(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """The next message that is due and that nobody is sending; a recovery waits for its breach to be told."""
    now = clock.now_ms()
    row = connection.execute(
        """
        update alert_messages set claimed_until = ?1 + ?2, tries = tries + 1 where id = (
            select id from alert_messages
            where sent_at is null and given_up_at is null and next_at <= ?1
                and (claimed_until is null or claimed_until <= ?1)
                and not exists (
                    select 1 from alert_messages as earlier where earlier.breach = alert_messages.breach
                        and earlier.id < alert_messages.id and earlier.sent_at is null and earlier.given_up_at is null
                )
            order by id limit 1
        ) returning id, body
        """,
        (now, _CLAIMED_FOR),
    ).fetchone()
    return None if row is None else (row["id"], row["body"])


def _settle(connection: sqlite3.Connection, number: int, error: str | None) -> None:
    now = clock.now_ms()
    if error is None:
        connection.execute(
            "update alert_messages set sent_at = ?, claimed_until = null, error = null where id = ?", (now, number)
        )
        return
    row = connection.execute("select created_at, tries from alert_messages where id = ?", (number,)).fetchone()
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(row["tries"] - 1, 10))
    given_up_at = now if now + wait > row["created_at"] + GIVEN_UP_AFTER else None
    connection.execute(
        "update alert_messages set error = ?, next_at = ?, given_up_at = ?, claimed_until = null where id = ?",
        (error, now + wait, given_up_at, number),
    )
