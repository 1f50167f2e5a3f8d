"""How many calls of a run may be under way at once."""

from core import clock

_CALM = 1.0
"""Seconds after a slowdown in which further refusals are taken for the same one."""


class Pace:
    """Halved when a provider says that there are too many calls, then slowly more again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now = float(most)
        self._slowed = float("-inf")

    @property
    def limit(self) -> int:
        return max(1, int(self._now))

    def slow_down(self) -> None:
        if clock.ticks() - self._slowed >= _CALM:
            self._slowed = clock.ticks()
            self._now = max(1.0, self._now / 2)

    def go_on(self) -> None:
        self._now = min(float(self._most), self._now + 1 / self._now)
