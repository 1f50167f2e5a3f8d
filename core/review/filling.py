"""Bring what the rules find into the queue: in batches, from where the last one ended, whoever made it.

Feedback is followed by its growing ids. Traces are followed by their numbers; one that is still open is put aside and
looked at when it is closed, for calls end in another order than they began. Whatever is followed, a trace is read anew as a
whole (`reasons.of_trace`), so it does not matter what came first, nor whether two processes do this at once.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from core import clock
from core.db import Database
from core.review import reasons, rules, store
from core.review.item import Item, Reason
from core.review.rules import Version

_FEEDBACK, _TRACES = 100, 250
"""How many are looked at while other writers wait."""
_MOMENT = 0.3


def catch_up(db: Database) -> Iterator[int]:
    """Look at all that came since; yields after every batch how many rows there were in it."""
    for batch, is_behind in ((_feedback, _NEW_FEEDBACK), (_traces, _NEW_TRACES), (_closed, _NOW_CLOSED)):
        while _any(db, is_behind):
            yield db.write(batch)


def briefly(db: Database) -> None:
    """The same for somebody who waits for a screen: what can be done in a moment, which is nearly always all."""
    end = clock.ticks() + _MOMENT
    for _ in catch_up(db):
        if clock.ticks() > end:
            return


def sync(connection: sqlite3.Connection, trace_id: str, versions: Sequence[Version]) -> None:
    """Make the item of a trace what its reasons say.

    A complaint that is new brings an item back that was done. Where all were taken back before anybody took the item up, it
    is withdrawn; once somebody did, a person decides.
    """
    found = reasons.of_trace(connection, trace_id, versions)
    item = store.find(connection, trace_id)
    if item is None:
        if found:
            store.enter(connection, trace_id, found, wanted=_readers(trace_id, found, versions))
        return
    known = {reason.identity for reason in item.reasons}
    _put(connection, item, found)
    stand = bool(found) or any(reason.kind == "by_hand" for reason in item.reasons)
    new = [reason for reason in found if reason.identity not in known]
    if item.state == "done" and new:
        store.wait_again(connection, item.id, since=max(reason.at for reason in new), person=None, why=None)
    elif item.state == "withdrawn" and stand:
        store.wait_again(connection, item.id, since=item.waiting_since, person=None, why=None)
    elif item.state == "waiting" and not stand and not store.was_taken_up(connection, item.id):
        store.withdraw(connection, item.id)


def _put(connection: sqlite3.Connection, item: Item, found: Sequence[Reason]) -> None:
    """Write down the reasons that are so, and of the others that they do not stand any more."""
    standing = {reason.identity for reason in found}
    for reason in item.reasons:
        if reason.kind != "by_hand" and reason.identity not in standing and reason.stands:
            gone = Reason(reason.kind, reason.at, reason.person, reason.position, reason.figure, stands=False)
            store.put_reason(connection, item.id, gone)
    for reason in found:
        if reason not in item.reasons:
            store.put_reason(connection, item.id, reason)


def _readers(trace_id: str, found: Sequence[Reason], versions: Sequence[Version]) -> int:
    """How many people should read an item, by the rules that first wanted it."""
    first = min(reason.rules or 0 for reason in found)
    return reasons.readers(trace_id, next(version for version in versions if version.number == first))


_NEW_FEEDBACK = "select 1 from feedback where id > (select feedback from review_progress) limit 1"
_NEW_TRACES = "select 1 from traces where number > (select trace from review_progress) limit 1"
_NOW_CLOSED = """
    select 1 from review_pending join traces on traces.number = review_pending.trace where status <> 'open' limit 1
"""


def _any(db: Database, query: str) -> bool:
    with db.read() as connection:
        return connection.execute(query).fetchone() is not None


def _feedback(connection: sqlite3.Connection) -> int:
    rows = connection.execute(
        "select id, trace from feedback where id > (select feedback from review_progress) order by id limit ?",
        (_FEEDBACK,),
    ).fetchall()
    versions = rules.all_versions(connection)
    for trace_id in dict.fromkeys(row["trace"] for row in rows):
        sync(connection, trace_id, versions)
    if rows:
        connection.execute("update review_progress set feedback = ?", (rows[-1]["id"],))
    return len(rows)


def _traces(connection: sqlite3.Connection) -> int:
    rows = connection.execute(
        """
        select number, id, status from traces where number > (select trace from review_progress) order by number limit ?
        """,
        (_TRACES,),
    ).fetchall()
    versions = rules.all_versions(connection)
    for row in rows:
        if row["status"] == "open":
            connection.execute("insert into review_pending (trace) values (?)", (row["number"],))
        else:
            sync(connection, row["id"], versions)
    if rows:
        connection.execute("update review_progress set trace = ?", (rows[-1]["number"],))
    return len(rows)


def _closed(connection: sqlite3.Connection) -> int:
    rows = connection.execute(
        """
        select number, id from review_pending join traces on traces.number = review_pending.trace
        where status <> 'open' order by number limit ?
        """,
        (_FEEDBACK,),
    ).fetchall()
    versions = rules.all_versions(connection)
    for row in rows:
        sync(connection, row["id"], versions)
        connection.execute("delete from review_pending where trace = ?", (row["number"],))
    return len(rows)
