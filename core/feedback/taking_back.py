"""What was taken back, in truth: whoever takes back what does not stand has done nothing.

It cannot be refused when it comes, for feedback arrives in any order, and what it is about may still be on its way.
"""

from collections import defaultdict
from collections.abc import Sequence

from core.feedback.model import DECISIONS, Feedback


def in_vain(given: Sequence[Feedback]) -> frozenset[int]:
    """The ids, among all feedback on a trace, the oldest first, of what took something back when nothing of it stood."""
    found: set[int] = set()
    standing: defaultdict[tuple[str, str], set[int | None]] = defaultdict(set)
    for each in given:
        places = standing[each.person, "decision" if each.kind in DECISIONS else each.kind]
        gone = places & _ended(each, places)
        if each.takes_back and not gone:
            found.add(each.id)
        places -= gone
        if not each.takes_back:
            places.add(each.position)
    return frozenset(found)


def _ended(given: Feedback, places: set[int | None]) -> set[int | None]:
    """The places at which nothing stands any more after this; None is that of the whole set."""
    match given.kind:
        case "all_rejected":
            return set(places)
        case "taken_back":
            return set(places) if given.position is None else {given.position, None}
        case "picked" | "edited":
            return {given.position, None}
        case _:
            return {given.position}
