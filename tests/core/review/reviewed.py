"""Items of the review queue, and their readers."""

from core.review import store, work
from core.review.item import Item
from tests.core.review.conftest import Newsroom


def done(newsroom: Newsroom, item: Item, person: str, label: str = "misleading", **more: object) -> Item:
    work.label(newsroom.db, item.id, label, person=person)
    return work.resolve(newsroom.db, item.id, person=person, **more)  # pyright: ignore[reportArgumentType]


def events(newsroom: Newsroom, item: Item) -> list[tuple[str, str | None]]:
    return [(event.kind, event.person) for event in store.events(newsroom.db, item.id)]
