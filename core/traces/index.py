"""The index by which traces are found: for each the words that were read and written, and the facts that filter it.

A fact is a word, too, such as `desk` and `sport` made into one. So a search for words and facts is one intersection of
sorted lists, the newest first, whatever is combined with what.

The index keeps no texts. To take a trace out, its words and facts are read from the record again; therefore whatever
changes them does so inside `changing`. A trace enters the index when it is closed. One that is not in it is marked so on
its row, and `catch_up` brings it in: those of an older Copydesk, and all of them once `RECIPE` has changed.
"""

import math
import re
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from core.db import Database
from core.traces import bodies

RECIPE = 1
"""Raise it with every change of what `_words` or `_facts` make: all traces are then indexed anew."""

_BATCH = 50
# Scripts that write no spaces between words: every character is found by itself, and a word as a phrase of them.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")

_STEPS = 3
"""Figures are sorted into so many steps a decade, which bound what has to be looked at for "at least"."""


def add(connection: sqlite3.Connection, trace_id: str) -> None:
    """Put a trace into the index, which does not hold it yet."""
    row = _row(connection, trace_id)
    connection.execute(
        "insert into trace_search (rowid, words, facts) values (?, ?, ?)",
        (row["number"], _words(connection, row), " ".join(sorted(facts(connection, row)))),
    )
    connection.execute("update traces set indexed = ? where number = ?", (RECIPE, row["number"]))


def remove(connection: sqlite3.Connection, trace_id: str) -> None:
    """Take a trace out of the index, before anything of its words and facts is changed."""
    row = _row(connection, trace_id)
    if row["indexed"] is None:
        return
    connection.execute(
        "insert into trace_search (trace_search, rowid, words, facts) values ('delete', ?, ?, ?)",
        (row["number"], _words(connection, row), " ".join(sorted(facts(connection, row)))),
    )
    connection.execute("update traces set indexed = null where number = ?", (row["number"],))


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something by which a trace is found: it is taken out before and put back after, if it was in the index."""
    row = connection.execute("select indexed from traces where id = ?", (trace_id,)).fetchone()
    if row is None or row["indexed"] is None:
        yield
        return
    remove(connection, trace_id)
    yield
    add(connection, trace_id)


def catch_up(db: Database) -> Iterator[int]:
    """Index the closed traces that are not, the newest first; yields after every batch how many there were in it."""
    if db.write(_discard_older):
        yield 0
    while many := db.write(_index_batch):
        yield many


def waiting(db: Database) -> int:
    """How many closed traces are not in the index, and so not found by their words."""
    with db.read() as connection:
        return connection.execute("select count(*) from traces where indexed is null and status <> 'open'").fetchone()[
            0
        ]


def fact(kind: str, value: str) -> str:
    """The word that stands for a fact. No two facts have the same: letters are followed by hexadecimal digits."""
    return f"{kind}x{value.encode().hex()}"


def step(value: float) -> int:
    """The step of a positive figure on a scale of three steps a decade; -99 for all that is smaller than any."""
    return max(-99, math.floor(_STEPS * math.log10(value))) if value > 0 else -99


def spaced(text: str) -> str:
    """Text as it is indexed and searched: words of scripts without spaces taken apart."""
    return _UNSPACED.sub(r" \1 ", text)


def facts(connection: sqlite3.Connection, row: sqlite3.Row) -> set[str]:
    """What a trace can be filtered by, from its row and from what is known about it."""
    known: list[tuple[str, Any]] = [
        ("environment", row["environment"]),
        ("desk", row["desk"]),
        ("prompt", row["prompt"]),
        ("version", f"{row['prompt']}@{row['version'] or 'draft'}"),
        ("model", row["answered_by"] or row["model"]),
        ("status", row["status"]),
        ("source", row["source"]),
        ("person", row["person"]),
    ]
    found = {fact(kind, value) for kind, value in known if value is not None}
    for kind in ("cost", "duration"):
        value = row["cost" if kind == "cost" else "duration_ms"]
        if value is not None:
            found.add(fact(kind, str(step(value))))
    found |= {fact("check", name) for name in _checks(connection, row["id"])}
    found |= {fact("feedback", kind) for kind in _feedback(connection, row["id"])}
    return found


def _checks(connection: sqlite3.Connection, trace_id: str) -> list[str]:
    """The checks that found something, by the latest scoring."""
    rows = connection.execute(
        """
        select distinct check_name from scores
        where trace = ?1 and scoring = (select max(number) from scorings where trace = ?1)
        """,
        (trace_id,),
    )
    return [row["check_name"] for row in rows]


def _feedback(connection: sqlite3.Connection, trace_id: str) -> list[str]:
    """The kinds of feedback that stands, thumbs by their direction."""
    rows = connection.execute("select distinct kind, value from standing_feedback where trace = ?", (trace_id,))
    thumbs = {1: "thumb_up", -1: "thumb_down"}
    return [thumbs[row["value"]] if row["kind"] == "thumb" else row["kind"] for row in rows]


def _words(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    """All that can be found by its words: article, headlines, errors, and what people wrote about them."""
    trace_id = row["id"]
    texts: list[str | None] = [row["error"]]
    article = connection.execute("select text from article_of_trace where trace = ?", (trace_id,)).fetchone()
    if article is not None:
        texts.append(bodies.unpack_text(article["text"]))
    for query in (
        "select text from headlines where trace = ? order by position",
        "select error from attempts where trace = ? and error is not null order by position",
        "select text from feedback where trace = ? and text is not null order by id",
    ):
        texts += [each[0] for each in connection.execute(query, (trace_id,))]
    return spaced("\n".join(text for text in texts if text))


def _row(connection: sqlite3.Connection, trace_id: str) -> sqlite3.Row:
    return connection.execute(
        """
        select number, id, indexed, environment, desk, prompt, version, model, answered_by, status, source, person, article,
            cost, duration_ms, error
        from traces where id = ?
        """,
        (trace_id,),
    ).fetchone()


def _discard_older(connection: sqlite3.Connection) -> bool:
    """Empty an index that was made by another recipe."""
    other = connection.execute(
        "select 1 from traces where indexed < ?1 union all select 1 from traces where indexed > ?1 limit 1", (RECIPE,)
    ).fetchone()
    if other is None:
        return False
    connection.execute("insert into trace_search (trace_search) values ('delete-all')")
    connection.execute("update traces set indexed = null where indexed is not null")
    return True


def _index_batch(connection: sqlite3.Connection) -> int:
    rows = connection.execute(
        "select id from traces where indexed is null and status <> 'open' order by number desc limit ?", (_BATCH,)
    ).fetchall()
    for row in rows:
        add(connection, row["id"])
    return len(rows)
