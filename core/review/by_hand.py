"""What people put into the queue themselves: a trace that somebody should look at, or an item that was done too soon."""

import sqlite3

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.review import reasons, rules, store
from core.review.item import Item, Reason
from core.review.typed import because, named


def add(db: Database, trace_id: str, *, person: str, why: str) -> Item:
    """Put a trace into the queue by hand, or one more reason on its item; one that was done waits again."""
    person = named(person)
    why = db.policy.redaction.text(because(why, "Say in a few words why somebody should look at it."))

    def job(connection: sqlite3.Connection) -> Item:
        trace = connection.execute("select status, given, source from traces where id = ?", (trace_id,)).fetchone()
        if trace is None:
            raise NotFound(f"There is no trace {trace_id[:64]!r}.")
        if trace["status"] == "open" or not trace["given"]:
            raise BadInput("This trace has no headlines that could be reviewed.")
        now = clock.now_ms()
        reason = Reason("by_hand", now, person, text=why)
        item = store.find(connection, trace_id)
        if item is None:
            wanted = reasons.readers(trace_id, rules.all_versions(connection)[0])
            return store.enter(connection, trace_id, [reason], wanted=wanted)
        store.put_reason(connection, item.id, reason)
        if item.state != "waiting":
            store.wait_again(connection, item.id, since=now, person=person, why=why)
        return store.read(connection, item.id)

    return db.write(job)


def reopen(db: Database, item_id: int, *, person: str, why: str) -> Item:
    """Have an item that is done or withdrawn read again."""
    person = named(person)
    why = db.policy.redaction.text(because(why, "Say in a few words why it should be read again."))

    def job(connection: sqlite3.Connection) -> Item:
        item = store.read(connection, item_id)
        if item.state == "waiting":
            raise Conflict("This item is waiting already.")
        store.wait_again(connection, item_id, since=clock.now_ms(), person=person, why=why)
        return store.read(connection, item_id)

    return db.write(job)
