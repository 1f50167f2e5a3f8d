"""Put many rows into a table in one go."""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

_MOST = 20_000
"""Values that are bound at once; SQLite takes 32,766."""


def insert(connection: sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, all of the same width, by few statements. `into` is what stands before `values`.

    `executemany` makes one of each row, and Python lets every other thread go first at each: where eight of them read, ten
    rows take as long as ten hand-overs.
    """
    if not rows:
        return
    at_once = max(1, _MOST // len(rows[0]))
    one = f"({', '.join('?' * len(rows[0]))})"
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        connection.execute(f"{into} values {', '.join([one] * len(part))}", list(chain.from_iterable(part)))
