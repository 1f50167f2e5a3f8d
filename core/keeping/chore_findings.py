"""What is wrong with what Copydesk does by itself while it is served: what failed, and what nobody does any more."""

from collections.abc import Iterable, Iterator, Sequence

from core import clock
from core.chores import Chores
from core.db import Database
from core.keeping import chore_record
from core.keeping.chore_record import Done
from core.keeping.finding import Finding, Weight, mend
from core.settings import Settings

_LONG_MS = 2 * 86_400_000


def failing(chores: Chores) -> Iterator[Finding]:
    """What failed in this process when it was done last; it may be that this cannot even be put on record."""
    return _failed((name, outcome.error) for name, outcome in chores.outcomes.items())


def look(db: Database, chosen: Settings) -> Iterator[Finding]:
    """What failed when any process did it last, and what has not been done for two days."""
    done = chore_record.done(db)
    left = [each for each in done if each.ended_at < clock.now_ms() - _LONG_MS]
    yield from _failed((each.name, each.error) for each in done)
    if left and len(left) == len(done):
        yield _unserved(left, "mend" if chosen.retention or chosen.webhook is not None else "mind")
    else:
        for each in left:
            yield mend(
                "chores",
                f"{each.name}: it has not been done since {_moment(each.ended_at)}, and other things have.",
                "Start Copydesk anew. If that does not help, its own log says more.",
            )


def _failed(done: Iterable[tuple[str, str | None]]) -> Iterator[Finding]:
    for name, error in done:
        if error is not None:
            yield mend(
                "chores",
                f"{name}: {error}",
                "It is tried again by itself. If it goes on, Copydesk's own log says more.",
            )


def _unserved(left: Sequence[Done], weight: Weight) -> Finding:
    last = max(left, key=lambda each: each.ended_at)
    return Finding(
        weight,
        "chores",
        f"Nothing that Copydesk does by itself has been done since {_moment(last.ended_at)}, by process {last.process} on "
        f"{last.machine}: no text expires, no limit is watched.",
        "Serve Copydesk: make run. What is to be done then begins by itself.",
    )


def _moment(milliseconds: int) -> str:
    return f"{clock.as_datetime(milliseconds):%Y-%m-%d %H:%M} UTC"
