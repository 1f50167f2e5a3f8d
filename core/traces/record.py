"""Read what is on record of a call: its narrow row, its progress, all of it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from core.db import Database
from core.errors import NotFound
from core.llm.attempt import Attempt, Message
from core.traces import bodies, replays, scores
from core.traces.lines import COLUMNS, STATUS
from core.traces.model import Headline, Rejection, Status, Trace, TraceLine


def articles(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """The texts of stored articles by their hash, each hash once; one that is not there, or erased, is `NotFound`."""
    texts: dict[str, str] = {}
    for each in hashes:
        if each not in texts:
            row = connection.execute(
                "select text from articles where hash = ? and length(text) > 0", (each,)
            ).fetchone()
            if row is None:
                raise NotFound(f"There is no article {each[:64]!r}.")
            texts[each] = bodies.unpack_text(row["text"])
    return texts


def line(db: Database, trace_id: str) -> TraceLine:
    """The narrow row of a trace, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute(f"select {COLUMNS} from traces where id = ?", (trace_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return TraceLine(**dict(row))


@dataclass(frozen=True)
class Asked:
    """What a trace asked about: the prompt, and its article with the hash of that."""

    id: str
    prompt: str
    hash: str | None
    article: str | None


def asked(db: Database, trace_ids: Sequence[str]) -> Iterator[Asked]:
    """What each of these traces asked about, in their order; `NotFound` names one that is not on record."""
    with db.read() as connection:
        for each in trace_ids:
            row = connection.execute(
                """
                select traces.prompt, traces.article, article_of_trace.text
                from traces left join article_of_trace on article_of_trace.trace = traces.id where traces.id = ?
                """,
                (each,),
            ).fetchone()
            if row is None:
                raise NotFound(f"There is no trace {each[:64]!r}.")
            yield Asked(each, row["prompt"], row["article"], row["text"] and bodies.unpack_text(row["text"]))


def progress(db: Database, trace_id: str) -> tuple[Status, int]:
    """The status of a trace, and how many attempts are on record so far; `NotFound` if there is no such trace."""
    with db.read() as connection:
        row = connection.execute(
            f"select {STATUS} as status, (select count(*) from attempts where trace = traces.id) as attempts "
            "from traces where id = ?",
            (trace_id,),
        ).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return row["status"], row["attempts"]


def by_request(db: Database, request_id: str) -> TraceLine | None:
    """The trace of a caller's own request id, if there is one."""
    with db.read() as connection:
        row = connection.execute(f"select {COLUMNS} from traces where request_id = ?", (request_id,)).fetchone()
    return None if row is None else TraceLine(**dict(row))


def was_rate_limited(db: Database, trace_id: str) -> bool:
    """Whether a provider refused an attempt of a trace because there were too many requests."""
    with db.read() as connection:
        row = connection.execute(
            "select 1 from attempts where trace = ? and error_kind = 'rate_limited' limit 1", (trace_id,)
        ).fetchone()
    return row is not None


def usual_answer_tokens(db: Database) -> int | None:
    """What the newest hundred answered calls wrote on average, in tokens; None if none of them told."""
    with db.read() as connection:
        average: float | None = connection.execute(
            """
            select avg(output_tokens) from (
                select output_tokens from traces where output_tokens is not null order by id desc limit 100
            )
            """
        ).fetchone()[0]
    return None if average is None else round(average)


def get(db: Database, trace_id: str) -> Trace:
    """The full record of a trace, or `NotFound`."""
    trace_line = line(db, trace_id)
    with db.read() as connection:
        article = _article(connection, trace_id)
        packed = connection.execute("select body from trace_bodies where trace = ?", (trace_id,)).fetchone()
        body = _NO_BODY if packed is None else bodies.unpack(packed["body"])
        messages = bodies.unfold(body["messages"], article)
        variables = body["variables"] | dict.fromkeys(body["article_as"], article or "")
        return Trace(
            line=trace_line,
            article=article,
            variables=variables,
            messages=messages,
            settings=body["settings"],
            attempts=_attempts(connection, trace_id, messages, article),
            headlines=headlines(connection, trace_id),
            rejections=_rejections(connection, trace_id),
            scoring=scores.latest(connection, trace_id, headlines=trace_line.given, article=article),
            replays=replays.original(connection, trace_id),
            has_texts=packed is not None,
        )


def settings(connection: sqlite3.Connection, trace_id: str) -> Mapping[str, Any]:
    """What a call was made with; nothing where its texts are gone."""
    packed = connection.execute("select body from trace_bodies where trace = ?", (trace_id,)).fetchone()
    return {} if packed is None else bodies.unpack(packed["body"])["settings"]


# What is left of the texts of a call that were not to be kept.
_NO_BODY: Mapping[str, Any] = MappingProxyType({"variables": {}, "article_as": (), "messages": (), "settings": {}})
_NO_ATTEMPT_BODY: Mapping[str, Any] = MappingProxyType({"messages": None, "answer": None, "detail": None})


def headlines(connection: sqlite3.Connection, trace_id: str) -> list[Headline]:
    found = connection.execute("select text, attempt from headlines where trace = ? order by position", (trace_id,))
    return [Headline(**dict(row)) for row in found]


def _article(connection: sqlite3.Connection, trace_id: str) -> str | None:
    row = connection.execute("select text from article_of_trace where trace = ?", (trace_id,)).fetchone()
    return None if row is None else bodies.unpack_text(row[0])


def _attempts(
    connection: sqlite3.Connection, trace_id: str, messages: Sequence[Message], article: str | None
) -> list[Attempt]:
    found = connection.execute(
        """
        select kind, model, started_at, duration_ms, first_token_ms, input_tokens, output_tokens, cost, finish_reason,
            error_kind, error, body
        from attempts left join attempt_bodies using (trace, position) where trace = ? order by position
        """,
        (trace_id,),
    )
    attempts: list[Attempt] = []
    for row in map(dict[str, Any], found):
        packed = row.pop("body")
        body = _NO_ATTEMPT_BODY if packed is None else bodies.unpack(packed)
        own = messages if body["messages"] is None else bodies.unfold(body["messages"], article)
        attempts.append(Attempt(**row, messages=own, answer=body["answer"], detail=body["detail"]))
    return attempts


def _rejections(connection: sqlite3.Connection, trace_id: str) -> list[Rejection]:
    found = connection.execute(
        "select text, attempt, rules from rejections where trace = ? order by position", (trace_id,)
    )
    return [Rejection(row["text"], row["attempt"], tuple(row["rules"].split())) for row in found]
