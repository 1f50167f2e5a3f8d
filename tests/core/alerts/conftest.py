"""Calls at a time that stands still, and a server that is told of broken limits."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.alerts import limits
from core.alerts.limits import Limit, Wanted
from core.db import Database
from tests.calls import START, Calls
from tests.conftest import HeldClock
from tests.receiver import Receiver


class Desk:
    """Has calls made, good and bad ones, and a limit set."""

    def __init__(self, db: Database, held: HeldClock) -> None:
        self.db, self.held = db, held
        self.calls = Calls(db)

    def good(self, many: int = 20, **more: Any) -> None:
        self._made("valid", many, **more)

    def bad(self, many: int = 20, **more: Any) -> None:
        self._made("incomplete", many, **more)

    def _made(self, status: str, many: int, **more: Any) -> None:
        hours = (self.held.now - START) // 3_600_000
        for _ in range(many):
            self.calls.open(hours=hours, **more)
            self.calls.close(status=status)

    def refused(self, many: int) -> None:
        for _ in range(many):
            self.calls.open(hours=(self.held.now - START) // 3_600_000)
            self.calls.close(status="failed", headlines=(), error_kind="bad_input")

    def limit(
        self, measure: str = "valid_at_once", value: float = 0.9, desk: str | None = None, hours: int = 1
    ) -> Limit:
        return limits.put(self.db, Wanted(measure, "production", desk, hours, value), author="Ada")

    def passes(self, *, minutes: float) -> None:
        self.held.now += round(minutes * 60_000)


@pytest.fixture
def desk(db: Database, held: HeldClock) -> Desk:
    held.now = START
    return Desk(db, held)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver
