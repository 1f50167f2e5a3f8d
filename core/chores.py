"""What an installation does by itself while it is served: each chore when it is due, one after the other, on one thread.

Several processes may do the same chore at the same time; a chore is made so that this does no harm. One that fails is
tried again when it is next due, and why it failed is in the log and in `outcomes`. Whoever wants to know more than this
process can tell is told how each went.
"""

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core import clock
from core.errors import CopydeskError

_log = logging.getLogger(__name__)

TURN = 2.0
"""Seconds that a chore with a lot to do works before the others have their turn."""
_SOON = 5.0
"""Seconds after which a chore that did not come to its end goes on."""
_AGAIN = 60.0
"""Seconds after which a chore that failed is tried again, even if it is done more seldom."""


@dataclass(frozen=True)
class Chore:
    """Something to do every so many seconds. It should take a few seconds at most, for the others wait.

    One that has more to do than that returns False, and goes on soon.
    """

    name: str
    every: float
    do: Callable[[], object]


@dataclass(frozen=True)
class Outcome:
    """How a chore went the last time: when it ended and is next due (ms), and what was wrong, or nothing."""

    at: int
    next_at: int
    error: str | None


class Lasting:
    """Work of many steps, done a turn at a time: begun anew whenever the last of it came to its end or failed."""

    def __init__(self, begin: Callable[[], Generator[object]]) -> None:
        self._begin = begin
        self._steps: Generator[object] | None = None

    def turn(self) -> bool:
        """Go on for a moment; returns whether it came to its end."""
        steps, self._steps = self._steps or self._begin(), None
        if for_a_turn(steps):
            return True
        self._steps = steps
        return False

    def close(self) -> None:
        """Leave it where it is."""
        if self._steps is not None:
            self._steps.close()


def for_a_turn(steps: Iterator[object]) -> bool:
    """Do steps for a moment, so that the other chores have their turn; returns whether they came to their end.

    A step that is False has to wait for somebody else, so the turn is over.
    """
    end = clock.ticks() + TURN
    return all(step is not False and clock.ticks() <= end for step in steps)


class Chores:
    """The chores of an installation. Nothing is done before `start`, and nothing begun after `stop`."""

    def __init__(self, chores: Sequence[Chore], *, tell: Callable[[str, Outcome], object] | None = None) -> None:
        self._chores = tuple(chores)
        self._tell = tell
        self._outcomes: dict[str, Outcome] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copydesk-chores", daemon=True)
        self._wait = 0.0

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What became of each chore that was done."""
        return dict(self._outcomes)

    def start(self, *, after: float = 0.0) -> None:
        """Begin in so many seconds."""
        self._wait = after
        self._thread.start()

    def stop(self) -> None:
        """End, once the chore under way is done."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        due = dict.fromkeys(self._chores, clock.ticks() + self._wait)
        while due:
            chore = min(due, key=lambda each: due[each])
            if self._stopped.wait(max(0.0, due[chore] - clock.ticks())):
                return
            has_more, error = _done(chore)
            wait = min(chore.every, _SOON if has_more else _AGAIN if error else chore.every)
            due[chore] = clock.ticks() + wait
            if not has_more:
                now = clock.now_ms()
                self._note(chore.name, Outcome(now, now + round(wait * 1000), error))

    def _note(self, name: str, outcome: Outcome) -> None:
        self._outcomes[name] = outcome
        tell = self._tell
        if tell is not None:
            _tried("Noting how it went", lambda: tell(name, outcome))


def _done(chore: Chore) -> tuple[bool, str | None]:
    """Do a chore; returns whether it has more to do, and what was wrong. The others are done whatever that is."""
    has_more = False

    def do() -> None:
        nonlocal has_more
        has_more = chore.do() is False

    error = _tried(chore.name, do)
    return has_more, error


def _tried(name: str, do: Callable[[], object]) -> str | None:
    """Do something, and return what was wrong with it."""
    try:
        do()
    except CopydeskError as error:
        _log.warning("%s: %s", name, error.message)
        return error.message
    except Exception as error:  # noqa: BLE001 - the thread outlives every fault of a chore; it is told here
        _log.exception("%s failed.", name)
        return f"Copydesk failed at this: {type(error).__name__}."
    return None
