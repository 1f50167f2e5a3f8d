"""What people did with a headline or a whole set, or said about it, tied to the very execution: trace and position.

    feedback.give(db, Given(trace, "edited", person="ada", source="api", position=3, text="Bridge shut till June"))

Nothing is overwritten. What came later supersedes what came before, and both stay on record. What stands is decided by
the times that people gave, never by the order of arrival: feedback that is late, twice, or in disorder comes to the same.
"""

from core.feedback.model import Feedback, Given, Review
from core.feedback.store import (
    accepted,
    all_on,
    decisions,
    give,
    give_all,
    keep,
    newest,
    of_trace,
    review_record,
    scores,
    standing,
)
from core.feedback.taking_back import in_vain

__all__ = [
    "Feedback",
    "Given",
    "Review",
    "accepted",
    "all_on",
    "decisions",
    "give",
    "give_all",
    "in_vain",
    "keep",
    "newest",
    "of_trace",
    "review_record",
    "scores",
    "standing",
]
