"""Readers wait for a seat, but never for each other to finish."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.db import Database
from core.db.seats import SEATS, Seats

PATIENCE = 10


class TestReading:
    def test_goes_on_within_reading_however_deep(self, db: Database) -> None:
        def read(depth: int) -> int:
            with db.read() as connection:
                return read(depth - 1) if depth else connection.execute("select 1").fetchone()[0]

        with ThreadPoolExecutor(SEATS * 2) as threads:
            assert list(threads.map(read, [SEATS + 1] * SEATS * 2)) == [1] * SEATS * 2

    def test_goes_on_while_others_keep_their_seats(self) -> None:
        seats, leave = Seats(), threading.Event()

        def stay() -> None:
            with seats.taken():
                leave.wait(PATIENCE)

        staying = [threading.Thread(target=stay) for _ in range(SEATS)]
        for each in staying:
            each.start()
        with seats.taken():
            assert all(each.is_alive() for each in staying)
        leave.set()
        for each in staying:
            each.join(PATIENCE)

    def test_that_fails_leaves_its_seat(self, db: Database) -> None:
        for _ in range(SEATS * 3):
            with pytest.raises(ValueError), db.read():
                raise ValueError
        with db.read() as connection:
            assert connection.execute("select 1").fetchone()[0] == 1
