"""What people do with the queue: take an item, say what they found, pass it on, be done with it.

An item is read by one person at a time. Who takes it has it for a quarter of an hour from the last thing they did; then
somebody else may. All of this is decided by the one writer of the database, so no two people ever have an item at once,
whichever processes serve them.
"""

import sqlite3
from collections.abc import Collection, Sequence

from core import clock, edits, feedback
from core.db import Database
from core.errors import BadInput, Conflict
from core.feedback import Given
from core.review import rules, store
from core.review.item import ALL, Item, Reading, Wanted, rounds
from core.review.overview import matching
from core.review.typed import LONGEST_COMMENT, LONGEST_NAME, named, text
from core.traces import erasing

CLAIM_MS = 15 * 60_000


def claim(db: Database, item_id: int, person: str) -> Item:
    """Take an item, or keep it for longer; `Conflict` tells who has it or what became of it."""
    person = named(person)
    return db.write(lambda connection: _claim(connection, item_id, person))


def claim_next(db: Database, person: str, *, wanted: Wanted = ALL, passing: Collection[int] = ()) -> Item | None:
    """Take the item that waits longest of those wanted, but for those that are passed over; None if there is none.

    What this person has already comes first, then what is assigned to them; what is assigned to others is left to those.
    """
    person = named(person)

    def job(connection: sqlite3.Connection) -> Item | None:
        # Others want to write: however many wait, one that is not passed over is among so many.
        for item_id in matching(connection, wanted, reader=person, limit=len(passing) + 1):
            if item_id not in passing:
                return _claim(connection, item_id, person)
        return None

    return db.write(job)


def renew(db: Database, item_id: int, person: str) -> bool:
    """Keep an item that one has for longer, as whoever is at work on it; False if it is theirs no more."""
    with db.read() as connection:
        item = store.read(connection, item_id)
    until = clock.now_ms() + CLAIM_MS
    if item.holder != person or item.held_until is None:
        return False
    # Not at every key: a claim is renewed once a third of it is used up.
    if until - item.held_until < CLAIM_MS // 3:
        return True

    def job(connection: sqlite3.Connection) -> bool:
        return _is_holder(connection, item_id, person) and store.hold(connection, item_id, person, until)

    return db.write(job)


def release(db: Database, item_id: int, person: str) -> None:
    """Give an item back, unless it is somebody else's by now."""

    def job(connection: sqlite3.Connection) -> None:
        if _is_holder(connection, item_id, person):
            store.let_go(connection, item_id)
            store.note(connection, item_id, "released", person=person)

    db.write(job)


def assign(db: Database, item_id: int, to: str, *, person: str) -> Item:
    """Leave a waiting item to somebody; nobody, if `to` is empty. Whoever assigns it to another has it no more."""
    person = named(person)
    to = text(to, LONGEST_NAME, "The name")

    def job(connection: sqlite3.Connection) -> Item:
        item = store.read(connection, item_id)
        _refuse_settled(connection, item)
        if to in (each.person for each in _readings(connection, item_id)):
            raise BadInput(f"{to} has read this already; a second reader has to be somebody else.")
        store.assign(connection, item_id, to or None)
        store.note(connection, item_id, "assigned", person=person, text=to or None)
        if to and to != person and item.holder == person:
            store.let_go(connection, item_id)
        return store.read(connection, item_id)

    return db.write(job)


def label(db: Database, item_id: int, label: str, *, person: str) -> Item:
    """Say what is the matter, in a word of the newsroom's list. A later label of the same person is what holds."""

    def job(connection: sqlite3.Connection) -> Item:
        known = rules.all_versions(connection)[0].rules.labels
        if label not in known:
            raise BadInput(f"There is no label {label[:60]!r}; there is {', '.join(known)}.")
        item = _claim(connection, item_id, named(person))
        store.note(connection, item_id, "labelled", person=person, text=label)
        return item

    return db.write(job)


def resolve(
    db: Database,
    item_id: int,
    *,
    person: str,
    comment: str = "",
    correction: str = "",
    about: int | None = None,
    second_reader: bool = False,
) -> Item:
    """Be done with an item: the label that was given, and what else one found, about a headline or the whole set.

    With `second_reader`, or where the rules drew it, the item then waits for somebody else, who sees none of this. Once all
    have read it, what they said becomes feedback on the trace, each under their own name.
    """
    person = named(person)
    redact = db.policy.redaction.text
    comment = redact(text(comment, LONGEST_COMMENT, "The comment"))
    correction = redact(text(correction, edits.LONGEST, "The headline"))
    if correction and (not edits.has_word(correction) or "\n" in correction):
        raise BadInput("The corrected headline is one line with at least a word in it.")

    def job(connection: sqlite3.Connection) -> Item:
        item = _claim(connection, item_id, person)
        if _label(connection, item_id, person) is None:
            raise BadInput("Choose a label first: it says in a word what you found.")
        # Of a call whose texts went while somebody read it, nothing is to come back.
        keeps_texts = db.policy.keeps_texts(item.desk) and erasing.of(connection, item.trace) is None
        if comment and keeps_texts:
            store.note(connection, item_id, "commented", person=person, text=comment)
        if correction and keeps_texts:
            store.note(connection, item_id, "corrected", person=person, text=correction)
        if second_reader and item.wanted == 1:
            store.want_second(connection, item_id)
            store.note(connection, item_id, "second_reader", person=person)
        store.note(connection, item_id, "resolved", person=person, position=about)
        store.count_reading(connection, item_id)
        item = store.read(connection, item_id)
        if item.state == "done":
            for reading in _readings(connection, item_id):
                _give(connection, item.trace, reading)
        return item

    return db.write(job)


def note_collected(db: Database, item_id: int, *, person: str, into: str) -> None:
    """Write down that a case of an eval set was made of an item."""
    db.write(lambda connection: store.note(connection, item_id, "collected", person=named(person), text=into))


def label_of(db: Database, item_id: int, person: str) -> str | None:
    """The label that a person gave last, since the item waits."""
    with db.read() as connection:
        return _label(connection, item_id, person)


def _label(connection: sqlite3.Connection, item_id: int, person: str) -> str | None:
    found: str | None = None
    for each in store.events_of(connection, item_id):
        if each.kind == "reopened":
            found = None
        elif each.kind == "labelled" and each.person == person:
            found = each.text
    return found


def _claim(connection: sqlite3.Connection, item_id: int, person: str) -> Item:
    item = store.read(connection, item_id)
    _refuse_settled(connection, item)
    if person in (each.person for each in _readings(connection, item_id)):
        raise Conflict("You have read this one already. It waits for a second reader, who has to be somebody else.")
    now = clock.now_ms()
    if not store.hold(connection, item_id, person, now + CLAIM_MS):
        raise Conflict(f"{item.holder} is reading this one at the moment.")
    if item.held_by(now) != person:
        store.note(connection, item_id, "claimed", person=person)
    return store.read(connection, item_id)


def _is_holder(connection: sqlite3.Connection, item_id: int, person: str) -> bool:
    return store.read(connection, item_id).holder == person


def _refuse_settled(connection: sqlite3.Connection, item: Item) -> None:
    if item.state == "withdrawn":
        raise Conflict("Nobody needs to read this any more: the complaints were taken back.")
    if item.state == "done":
        last = _readings(connection, item.id)[-1]
        raise Conflict(f"{last.person} was done with this one first: {last.label}.")


def _readings(connection: sqlite3.Connection, item_id: int) -> Sequence[Reading]:
    """What people found since the item was last opened."""
    return rounds(store.events_of(connection, item_id))[-1]


def _give(connection: sqlite3.Connection, trace_id: str, reading: Reading) -> None:
    said = Given(
        trace_id, "label", reading.person, "app", position=reading.about, text=reading.label, given_at=reading.at
    )
    feedback.keep(connection, said)
    if reading.comment:
        comment = Given(
            trace_id,
            "comment",
            reading.person,
            "app",
            position=reading.about,
            text=reading.comment,
            given_at=reading.at,
        )
        feedback.keep(connection, comment)
