"""Seats for a few readers at a time, so that the one that writes gets its turn.

Python runs one thread at a time. Where eight read without a pause, the thread that writes stands behind eight others at
every step of its work; where two read and the rest wait for a seat, behind two, and the eight read no less.
"""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

SEATS = 2
_SECONDS = 0.02
"""For so long a reader counts, and for so long another waits at most: who reads on for minutes keeps nobody out, and who
reads within what he reads waits for nothing but his own time."""


class Seats:
    """Where readers sit down for as long as they read."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._since: dict[object, float] = {}

    @contextmanager
    def taken(self) -> Generator[None]:
        """A seat for the length of a `with`, or none after a short wait."""
        reader = object()
        with self._changed:
            self._changed.wait_for(self._is_one_free, timeout=_SECONDS)
            self._since[reader] = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                del self._since[reader]
                self._changed.notify()

    def _is_one_free(self) -> bool:
        now = time.monotonic()
        return sum(now - since < _SECONDS for since in self._since.values()) < SEATS
