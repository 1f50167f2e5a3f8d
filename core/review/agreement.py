"""How far two readers of the same item agree: what the newsroom's labels are worth."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.db import Database
from core.errors import NotEnoughData
from core.review import rules, store
from core.review.item import rounds
from core.statistics import agreement
from core.statistics.intervals import Interval

FEWEST = 30
"""Items that two people must have read before their agreement is called one."""


@dataclass(frozen=True)
class Agreement:
    """Cohen's κ of the first and the second reading of `items`, with a bootstrap interval over them.

    1 is full agreement, 0 what chance gives. `value` is None where there are too few items or nothing can be computed;
    `why` says so. `mixed_up` are the pairs of labels that were given to the same item, the most frequent first.
    """

    items: int
    same: int
    value: Interval | None
    why: str
    mixed_up: Mapping[tuple[str, str], int]

    @property
    def sentence(self) -> str:
        if self.value is None:
            return self.why
        found = self.value
        return (
            f"Two readers agree by κ {found.estimate:.2f} ({found.low:.2f} to {found.high:.2f}); they gave the same label "
            f"to {self.same} of {self.items} items."
        )


def of_labels(db: Database, *, desk: str | None = None) -> Agreement:
    """Over every item of a desk, or of all, that two people read without seeing each other's label."""
    pairs = _pairs(db, desk)
    same = sum(first == second for first, second in pairs)
    mixed = Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    value, why = None, ""
    if len(pairs) < FEWEST:
        why = f"Not enough to tell: it takes {FEWEST} items that two people read, and there are {len(pairs)}."
    else:
        # With those on offer that nobody chose, so that one label alone is told as what it is.
        categories = sorted({*rules.in_force(db).rules.labels, *(label for pair in pairs for label in pair)})
        table = agreement.ratings_table([first for first, _ in pairs], [second for _, second in pairs], categories)
        try:
            value = agreement.cohens_kappa_resampled(table)
        except NotEnoughData as error:
            why = error.message
    return Agreement(len(pairs), same, value, why, dict(mixed.most_common()))


def _pairs(db: Database, desk: str | None) -> list[tuple[str, str]]:
    """The labels of the first and the second reader, for each time that an item was read by two."""
    with db.read() as connection:
        items = connection.execute(
            """
            select id from review_items
            where (?1 is null or desk = ?1)
                and (select count(*) from review_events where item = review_items.id and kind = 'resolved') > 1
            order by id
            """,
            (desk,),
        ).fetchall()
        read = [each for item in items for each in rounds(store.events_of(connection, item["id"]))]
    return [(first.label, second.label) for first, second, *_ in (each for each in read if len(each) > 1)]
