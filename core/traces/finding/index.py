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
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from core.db import Database
from core.traces import bodies, outcome
from core.traces.outcome import Outcome

_log = logging.getLogger(__name__)

RECIPE = 4
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


def add(connection: sqlite3.Connection, came: Outcome) -> None:
    """Put a closed trace into the index, which does not hold it yet."""
    _write(connection, came.number, _terms(connection, came))
    connection.execute("update traces set indexed = ? where number = ?", (RECIPE, came.number))


@contextmanager
def changing(connection: sqlite3.Connection, trace_id: str) -> Generator[None]:
    """Change something by which a trace is found. The index follows, if the trace is in it."""
    before = _entry(connection, trace_id)
    yield
    if before is None:
        return
    after = _entry(connection, trace_id)
    if after is not None and after != before:
        _unwrite(connection, *before)
        _write(connection, *after)


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


@lru_cache(maxsize=4_096)
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
    if text.isascii():
        return text.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", bare))


def words(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return "".join(each if _is_of_word(each) else " " for each in folded(text)).split()


def facts(came: Outcome) -> set[str]:
    """What a trace can be filtered by."""
    known: list[tuple[Kind, str | None]] = [
        ("trace", EVERY),
        ("environment", came.environment),
        ("desk", came.desk),
        ("prompt", came.prompt),
        ("version", f"{came.prompt}@{came.version or 'draft'}"),
        ("model", came.model),
        ("status", came.status),
        ("source", came.source),
        ("person", came.person),
        ("cost", step(came.cost)),
        ("duration", step(came.duration_ms)),
        *(("check", flag.check) for flag in came.flags),
        *(("severity", flag.severity) for flag in came.flags),
        *(("feedback", said.what) for said in came.said),
    ]
    return {fact(kind, value) for kind, value in known if value is not None}


class _Entry(NamedTuple):
    """What stands in the index of a trace."""

    number: int
    terms: str


def _entry(connection: sqlite3.Connection, trace_id: str) -> _Entry | None:
    """None of a trace that is not in the index.

    What is there by another recipe cannot be taken out by this one; `catch_up` makes all of that anew.
    """
    row = connection.execute("select indexed from traces where id = ?", (trace_id,)).fetchone()
    if row is None or row["indexed"] != RECIPE:
        return None
    came = outcome.of(connection, trace_id)
    return _Entry(came.number, _terms(connection, came))


def _write(connection: sqlite3.Connection, number: int, terms: str) -> None:
    connection.execute("insert into trace_search (rowid, terms) values (?, ?)", (number, terms))


def _unwrite(connection: sqlite3.Connection, number: int, terms: str) -> None:
    connection.execute("insert into trace_search (trace_search, rowid, terms) values ('delete', ?, ?)", (number, terms))


def _terms(connection: sqlite3.Connection, came: Outcome) -> str:
    return terms(_words(connection, came.id), facts(came))


def _words(connection: sqlite3.Connection, trace_id: str) -> str:
    """All that can be found by its words: article, headlines, errors, and what people wrote about them."""
    error, article, *others = connection.execute(
        """
        select
            error,
            (select text from article_of_trace where trace = traces.id),
            (
                select group_concat(text, char(10))
                from (select text from headlines where trace = traces.id order by position)
            ),
            (
                select group_concat(error, char(10))
                from (select error from attempts where trace = traces.id order by position)
            ),
            (select group_concat(text, char(10)) from (select text from feedback where trace = traces.id order by id))
        from traces where id = ?
        """,
        (trace_id,),
    ).fetchone()
    return "\n".join(text for text in (error, article and _readable(article, trace_id), *others) if text)


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
    for came in outcome.of_all(connection, [row["id"] for row in rows]):
        add(connection, came)
    return len(rows)
