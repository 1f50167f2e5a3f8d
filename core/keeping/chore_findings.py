"""What a process failed at that Copydesk does by itself while it is served; only that process knows."""

from collections.abc import Iterator

from core.chores import Chores
from core.keeping.finding import Finding, mend


def failing(chores: Chores) -> Iterator[Finding]:
    """The chores that failed when they were done last."""
    for name, outcome in chores.outcomes.items():
        if outcome.error is not None:
            yield mend(
                "chores",
                f"{name}: {outcome.error}",
                "It is tried again by itself. If it goes on, Copydesk's own log says more.",
            )
