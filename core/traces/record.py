"""Write and read traces: open before the request leaves, an attempt as soon as it ends, closed when the answer is in.

Each writing function is a job for the database's writer: `db.submit(lambda connection: open_trace(connection, opening))`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from core.db import Database, rows
from core.errors import NotFound
from core.llm.attempt import Attempt, Message
from core.traces import bodies, erasing, outcome, replays, scores
from core.traces.bodies import PackedArticle
from core.traces.counting import receptions, rollups
from core.traces.erasing import Erasure
from core.traces.finding import index
from core.traces.model import Closing, Headline, Opening, Rejection, Status, Trace, TraceLine
from core.traces.outcome import Outcome

_LINE_COLUMNS = ", ".join(field.name for field in fields(TraceLine))


def open_trace(connection: sqlite3.Connection, opening: Opening, *, process: str, keeps_texts: bool = True) -> None:
    """Put a trace on record as open. A request id that is there already breaks a constraint (`IntegrityError`).

    Where no texts are kept, the hash of the article and its length are.
    """
    article = None
    if opening.article is not None:
        packed = bodies.pack_article(opening.article)
        article = put_article(connection, packed if keeps_texts else replace(packed, packed=b""))
    connection.execute(
        """
        insert into traces (
            id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt, version,
            release, model, started_at, asked, article, process
        ) values (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            opening.id, opening.request_id, opening.fingerprint, opening.source, opening.person, opening.environment,
            opening.desk, opening.channel, opening.language, opening.prompt, opening.version, opening.release,
            opening.model, opening.started_at, opening.asked, article, process,
        ),
    )  # fmt: skip
    if opening.replays is not None:
        replays.add(connection, opening.id, of=opening.replays)
    if not keeps_texts:
        why = Erasure("unkept", "copydesk", f"The {opening.desk} desk keeps no texts.", opening.started_at)
        erasing.note(connection, opening.id, why)
        return
    body = {
        "variables": {name: value for name, value in opening.variables.items() if value != opening.article},
        "article_as": [name for name, value in opening.variables.items() if value == opening.article],
        "messages": bodies.fold(opening.messages, opening.article),
        "settings": opening.settings,
    }
    connection.execute("insert into trace_bodies (trace, body) values (?, ?)", (opening.id, bodies.pack(body)))


def add_attempt(
    connection: sqlite3.Connection, opening: Opening, position: int, attempt: Attempt, *, keeps_texts: bool = True
) -> None:
    """Put an attempt on record. Its messages are kept only where they differ from those of the trace."""
    connection.execute(
        """
        insert into attempts (
            trace, position, kind, model, started_at, duration_ms, first_token_ms, input_tokens, output_tokens, cost,
            finish_reason, error_kind, error
        ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            opening.id, position, attempt.kind, attempt.model, attempt.started_at, attempt.duration_ms,
            attempt.first_token_ms, attempt.input_tokens, attempt.output_tokens, attempt.cost, attempt.finish_reason,
            attempt.error_kind, attempt.error,
        ),
    )  # fmt: skip
    if not keeps_texts:
        return
    same = list(attempt.messages) == list(opening.messages)
    body = {
        "messages": None if same else bodies.fold(attempt.messages, opening.article),
        "answer": attempt.answer,
        "detail": attempt.detail,
    }
    connection.execute(
        "insert into attempt_bodies (trace, position, body) values (?, ?, ?)", (opening.id, position, bodies.pack(body))
    )


def close_trace(
    connection: sqlite3.Connection, opening: Opening, closing: Closing, *, keeps_texts: bool = True
) -> TraceLine:
    """Complete an open trace: its status, its headlines, what was not taken, its sums. Returns its row."""
    answered = [attempt for attempt in closing.attempts if attempt.answer is not None]
    row = connection.execute(
        f"""
        update traces set status = ?, duration_ms = ?, first_headline_ms = ?, answered_by = ?, given = ?, attempts = ?,
            input_tokens = ?, output_tokens = ?, cost = ?, error_kind = ?, error = ?
        where id = ? and status = 'open' returning {_LINE_COLUMNS}
        """,
        (
            closing.status, closing.duration_ms, closing.first_headline_ms, closing.answered_by, len(closing.headlines),
            len(closing.attempts), _sum(answered, lambda attempt: attempt.input_tokens),
            _sum(answered, lambda attempt: attempt.output_tokens), _sum(answered, lambda attempt: attempt.cost),
            closing.error_kind, closing.error, opening.id,
        ),
    ).fetchone()  # fmt: skip
    if keeps_texts:
        rows.insert(
            connection,
            "insert into headlines (trace, position, text, attempt)",
            [(opening.id, position, *astuple(headline)) for position, headline in enumerate(closing.headlines)],
        )
        rows.insert(
            connection,
            "insert into rejections (trace, position, text, attempt, rules)",
            [
                (opening.id, position, rejection.text, rejection.attempt, " ".join(rejection.rules))
                for position, rejection in enumerate(closing.rejections)
            ],
        )
    if closing.checked is not None:
        scores.add(
            connection,
            opening.id,
            closing.checked if keeps_texts else closing.checked.without_texts(),
            profile=str(opening.settings.get("profile", "")),
            article=opening.article or "",
        )
    came = outcome.of(connection, opening.id)
    if came.said:
        receptions.keep(connection, opening.id)
    _enter(connection, came)
    return TraceLine(**dict(row))


def _enter(connection: sqlite3.Connection, came: Outcome) -> None:
    """From now on a closed trace is found by what came of it, and counted."""
    index.add(connection, came)
    rollups.add(connection, came)


def put_article(connection: sqlite3.Connection, article: PackedArticle) -> str:
    """Store an article unless it is there already; returns its hash. Pack it outside the writer, which others wait for."""
    connection.execute(
        "insert into articles (hash, text, characters) values (?, ?, ?) "
        "on conflict (hash) do update set text = excluded.text where length(articles.text) = 0",
        astuple(article),
    )
    return article.hash


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


def interrupt_abandoned(db: Database) -> int:
    """Mark the open traces of processes that died as interrupted; returns how many there were."""
    with db.read() as connection:
        processes = [row[0] for row in connection.execute("select distinct process from traces where status = 'open'")]
    dead = [process for process in processes if db.liveness.is_dead(process)]
    if not dead:
        return 0
    reason = "Copydesk was stopped while this was being asked. The provider may have answered, and charged for it."

    def job(connection: sqlite3.Connection) -> int:
        interrupted = [
            row["id"]
            for process in dead
            for row in connection.execute(
                """
                update traces set status = 'interrupted', error_kind = 'interrupted', error = ?,
                    attempts = (select count(*) from attempts where attempts.trace = traces.id)
                where status = 'open' and process = ? returning id
                """,
                (reason, process),
            ).fetchall()
        ]
        for came in outcome.of_all(connection, interrupted):
            _enter(connection, came)
        return len(interrupted)

    return db.write(job)


def line(db: Database, trace_id: str) -> TraceLine:
    """The narrow row of a trace, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute(f"select {_LINE_COLUMNS} from traces where id = ?", (trace_id,)).fetchone()
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
            "select status, (select count(*) from attempts where trace = traces.id) as attempts from traces where id = ?",
            (trace_id,),
        ).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return row["status"], row["attempts"]


def by_request(db: Database, request_id: str) -> TraceLine | None:
    """The trace of a caller's own request id, if there is one."""
    with db.read() as connection:
        row = connection.execute(f"select {_LINE_COLUMNS} from traces where request_id = ?", (request_id,)).fetchone()
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


def _sum(attempts: Sequence[Attempt], value: Callable[[Attempt], float | None]) -> float | None:
    """The sum over the attempts that brought an answer; unknown (None) if it is unknown for one of them."""
    values = [value(attempt) for attempt in attempts]
    known = [number for number in values if number is not None]
    return sum(known) if values and len(known) == len(values) else None
