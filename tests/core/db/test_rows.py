"""Many rows go into a table by few statements, as they are."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from core.db import rows


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.execute("create table notes (number, text)")
        yield opened


def stored(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute("select number, text from notes order by rowid").fetchall()


class TestInsert:
    def test_keeps_rows_as_they_are_and_in_their_order(self, connection: sqlite3.Connection) -> None:
        many = [(2, "two"), (None, "nul \x00 within"), (1.5, ""), (0, "“é”")]
        rows.insert(connection, "insert into notes (number, text)", many)
        assert stored(connection) == many

    def test_of_no_rows_does_nothing(self, connection: sqlite3.Connection) -> None:
        rows.insert(connection, "insert into notes (number, text)", [])
        assert stored(connection) == []

    def test_takes_more_than_one_statement_can_hold(self, connection: sqlite3.Connection) -> None:
        many = [(number, "x") for number in range(25_000)]
        rows.insert(connection, "insert into notes (number, text)", many)
        assert stored(connection) == many

    def test_is_one_statement_for_what_a_call_brings(self, connection: sqlite3.Connection) -> None:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        rows.insert(connection, "insert into notes (number, text)", [(number, "x") for number in range(40)])
        assert len(asked) == 1
