"""What a served Copydesk did by itself, on record, so that another process can tell whether it is done at all.

Most chores are done every few seconds. So a row is written once a minute at most, and at once where it went otherwise than
before: who reads it knows to a minute.
"""

import os
import socket
from dataclasses import dataclass

from core import clock
from core.chores import Outcome
from core.db import Database

_EVERY_MS = 60_000


@dataclass(frozen=True)
class Done:
    """A chore as it was done last, by whichever process; times in ms. `next_at` is when that process was to do it again."""

    name: str
    ended_at: int
    next_at: int
    error: str | None
    machine: str
    process: int


class ChoreRecord:
    """Puts on record how the chores of this process went."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._written: dict[str, Outcome] = {}

    def note(self, name: str, outcome: Outcome) -> None:
        """Put on record how a chore went, unless that says nothing new."""
        before = self._written.get(name)
        if before is not None and before.error == outcome.error and outcome.at < before.at + _EVERY_MS:
            return
        row = (name, outcome.at, outcome.next_at, outcome.error, socket.gethostname(), os.getpid())
        self._db.write(
            lambda connection: connection.execute(
                """
                insert into chores (name, ended_at, next_at, error, machine, process) values (?, ?, ?, ?, ?, ?)
                on conflict (name) do update set ended_at = excluded.ended_at, next_at = excluded.next_at,
                    error = excluded.error, machine = excluded.machine, process = excluded.process
                """,
                row,
            )
        )
        self._written[name] = outcome


def done(db: Database) -> list[Done]:
    """Every chore that was ever done, by its name."""
    with db.read() as connection:
        rows = connection.execute("select name, ended_at, next_at, error, machine, process from chores order by name")
        return [Done(**dict(row)) for row in rows]


def is_late(chore: Done) -> bool:
    """Whether a chore should have been done again long since, so that its process has probably ended."""
    return clock.now_ms() > chore.next_at + 2 * _EVERY_MS
