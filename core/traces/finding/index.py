"""The index by which traces are found: for each the words that were read and written, and the facts that filter it.

A fact is a word, too, such as `desk` and `sport` made into one. So a search for words and facts is one intersection of
sorted lists, the newest first, whatever is combined with what.

The index keeps no texts. To take a trace out, its words and facts are read from the record again; therefore whatever
changes them does so inside `changing`. A trace enters the index when it is closed. One that is not in it is marked so on
its row, and `catch_up` brings it in: those of an older Copydesk, and all of them once `RECIPE` has changed.
"""

import logging
import math
import re
import sqlite3
import unicodedata
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, Literal

from core.db import Database
from core.traces import bodies

_log = logging.getLogger(__name__)

RECIPE = 3
"""Raise it with every change of what `_words`, `folded` or `facts` make: all traces are then indexed anew."""

Kind = Literal[
    "environment", "desk", "prompt", "version", "model", "status", "check", "severity", "feedback", "source", "person",
    "cost", "duration", "trace",
]  # fmt: skip
"""What facts are about. `trace` is true of every trace, for a search that only says what is not to occur."""

EVERY = "any"
ZERO, NONE = "998", "999"
"""The steps of a figure that is nothing, and of one that is not known."""

_BATCH = 50
_STEPS = 20
"""Figures are sorted into so many steps a decade: an order is read step by step, and "at least" begins at one."""
_LOWEST, _HIGHEST = -160, 200
"""The steps that have a number: from a hundred millionth to ten thousand millions."""

# A character for private use begins every fact and is taken out of every text, so that no article can hold a fact.
_FACT = "\ue000"
# Accents, vowel points and what else is written over or under letters and often left out; soft hyphens; and the mark.
_DROPPED = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u00ad\ufe00-\ufe0f\ue000]")
# Scripts that write no spaces between words: every character is found by itself, and a word as a phrase of them.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff])"
)


def add(connection: sqlite3.Connection, trace_id: str) -> None:
    """Put a trace into the index, which does not hold it yet."""
    row = _row(connection, trace_id)
    connection.execute(
        "insert into trace_search (rowid, terms) values (?, ?)", (row["number"], _terms(connection, row))
    )
    connection.execute("update traces set indexed = ? where number = ?", (RECIPE, row["number"]))


def remove(connection: sqlite3.Connection, trace_id: str) -> None:
    """Take a trace out of the index, before anything of its words and facts is changed."""
    row = _row(connection, trace_id)
    if row["indexed"] != RECIPE:
        return
    connection.execute(
        "insert into trace_search (trace_search, rowid, terms) values ('delete', ?, ?)",
        (row["number"], _terms(connection, row)),
    )
    connection.execute("update traces set indexed = null where number = ?", (row["number"],))


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something by which a trace is found: it is taken out before and put back after, if it was in the index."""
    row = connection.execute("select indexed from traces where id = ?", (trace_id,)).fetchone()
    # What is there by another recipe cannot be taken out by this one; `catch_up` makes all of that anew.
    if row is None or row["indexed"] != RECIPE:
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
        return connection.execute(
            "select (select count(*) from traces where indexed is null) - "
            "(select count(*) from traces where status = 'open' and indexed is null)"
        ).fetchone()[0]


def values(connection: sqlite3.Connection, kind: Kind, *, first: str = "") -> Iterator[str]:
    """The values that any trace in the index has of a kind, sorted, from `first` on; they are looked up one by one."""
    beginning = fact(kind, "")
    for term in _listed(connection, fact(kind, first)):
        if not term.startswith(beginning):
            return
        yield bytes.fromhex(term[len(beginning) :]).decode()


def endings(connection: sqlite3.Connection, beginning: str) -> Iterator[str]:
    """The words in the index that begin so, sorted; they are looked up one by one."""
    return takewhile(lambda term: term.startswith(beginning), _listed(connection, beginning))


def _listed(connection: sqlite3.Connection, first: str) -> Iterator[str]:
    """The words of the index from `first` on. Each is one look-up, however many traces have it."""
    at = first
    while row := connection.execute("select term from trace_terms where term >= ? limit 1", (at,)).fetchone():
        yield row["term"]
        # No other word stands between one and the same with a character that no word has.
        at = f"{row['term']}\x01"


def fact(kind: Kind, value: str) -> str:
    """The word that stands for a fact. No two facts have the same: letters are followed by hexadecimal digits."""
    return f"{_FACT}{kind}x{value.encode().hex()}"


def step(value: float | None) -> str:
    """The step of a figure; each holds those of about an eighth more than the next one, and the highest comes first."""
    if value is None:
        return NONE
    if value <= 0:
        return ZERO
    number = math.floor(_STEPS * math.log10(value))
    return f"{_HIGHEST - min(_HIGHEST, max(_LOWEST, number)):03}"


def terms(text: str, facts: Iterable[str]) -> str:
    """What the index is given of a trace: all its words, then its facts."""
    return " ".join([folded(text), *sorted(facts)])


def folded(text: str) -> str:
    """Text as it is indexed and searched: without case and accents, words of scripts without spaces taken apart."""
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))


def words(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return "".join(each if _is_of_word(each) else " " for each in folded(text)).split()


def facts(connection: sqlite3.Connection, row: sqlite3.Row) -> set[str]:
    """What a trace can be filtered by, from its row and from what is known about it."""
    known: list[tuple[Kind, Any]] = [
        ("trace", EVERY),
        ("environment", row["environment"]),
        ("desk", row["desk"]),
        ("prompt", row["prompt"]),
        ("version", f"{row['prompt']}@{row['version'] or 'draft'}"),
        ("model", row["answered_by"] or row["model"]),
        ("status", row["status"]),
        ("source", row["source"]),
        ("person", row["person"]),
        ("cost", step(row["cost"])),
        ("duration", step(row["duration_ms"])),
    ]
    found = {fact(kind, value) for kind, value in known if value is not None}
    for name, severity in _flags(connection, row["id"]):
        found |= {fact("check", name), fact("severity", severity)}
    found |= {fact("feedback", kind) for kind in _feedback(connection, row["id"])}
    return found


def _flags(connection: sqlite3.Connection, trace_id: str) -> Iterable[tuple[str, str]]:
    """The checks that found something, each with the severities of that, by the latest scoring."""
    return connection.execute(
        """
        select distinct check_name, severity from scores
        where trace = ?1 and scoring = (select max(number) from scorings where trace = ?1)
        """,
        (trace_id,),
    )


def _feedback(connection: sqlite3.Connection, trace_id: str) -> list[str]:
    """The kinds of feedback that stands, thumbs by their direction."""
    rows = connection.execute("select distinct kind, value from standing_feedback where trace = ?", (trace_id,))
    thumbs = {1: "thumb_up", -1: "thumb_down"}
    return [thumbs[row["value"]] if row["kind"] == "thumb" else row["kind"] for row in rows]


def _terms(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    return terms(_words(connection, row), facts(connection, row))


def _words(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    """All that can be found by its words: article, headlines, errors, and what people wrote about them."""
    trace_id = row["id"]
    texts: list[str | None] = [row["error"]]
    article = connection.execute("select text from article_of_trace where trace = ?", (trace_id,)).fetchone()
    if article is not None:
        texts.append(_readable(article["text"], trace_id))
    for query in (
        "select text from headlines where trace = ? order by position",
        "select error from attempts where trace = ? and error is not null order by position",
        "select text from feedback where trace = ? and text is not null order by id",
    ):
        texts += [each[0] for each in connection.execute(query, (trace_id,))]
    return "\n".join(text for text in texts if text)


def _readable(article: bytes, trace_id: str) -> str | None:
    """The text of an article, None if it is damaged: one that cannot be read must not keep all others out of the index."""
    try:
        return bodies.unpack_text(article)
    except bodies.DamagedText:
        _log.warning("The article of trace %s is damaged, so it is found by its other words only.", trace_id)
        return None


def _is_of_word(character: str) -> bool:
    """Whether the index takes a character for a part of a word: letters, digits, what is written on them, private use."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category == "Co"


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
