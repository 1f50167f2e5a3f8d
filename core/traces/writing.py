"""Put calls on record: open before the request leaves, an attempt as soon as it ends, closed when the answer is in.

Each function makes a job for the database's writer: `db.submit(open_trace(opening, process=…))`. What needs no database,
such as compressing, is done when a job is made, by whoever makes it: for the one thread that writes, everybody waits.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from typing import TypeVar

from core.db import Database, rows
from core.llm.attempt import Attempt
from core.traces import bodies, erasing, outcome, replays, scores
from core.traces.bodies import PackedArticle
from core.traces.counting import receptions, rollups
from core.traces.erasing import Erasure
from core.traces.finding import index
from core.traces.lines import COLUMNS
from core.traces.model import Closing, Opening, TraceLine
from core.traces.outcome import Outcome

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]


def open_trace(opening: Opening, *, process: str, keeps_texts: bool = True) -> Job[None]:
    """Put a trace on record as open. A request id that is there already breaks a constraint (`IntegrityError`).

    Where no texts are kept, the hash of the article and its length are.
    """
    article = None if opening.article is None else bodies.pack_article(opening.article)
    if article is not None and not keeps_texts:
        article = replace(article, packed=b"")
    row = (
        opening.id, opening.request_id, opening.fingerprint, opening.source, opening.person, opening.environment,
        opening.desk, opening.channel, opening.language, opening.prompt, opening.version, opening.release, opening.model,
        opening.started_at, opening.asked, article and article.hash, process,
    )  # fmt: skip
    body = _body(opening) if keeps_texts else None

    def job(connection: sqlite3.Connection) -> None:
        if article is not None:
            put_article(connection, article)
        connection.execute(
            """
            insert into traces (
                id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt,
                version, release, model, started_at, asked, article, process
            ) values (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            row,
        )
        if opening.replays is not None:
            replays.add(connection, opening.id, of=opening.replays)
        if body is not None:
            connection.execute("insert into trace_bodies (trace, body) values (?, ?)", (opening.id, body))
        else:
            why = Erasure("unkept", "copydesk", f"The {opening.desk} desk keeps no texts.", opening.started_at)
            erasing.note(connection, opening.id, why)

    return job


def add_attempts(
    opening: Opening, attempts: Sequence[Attempt], *, first: int = 0, keeps_texts: bool = True
) -> Job[None]:
    """Put attempts on record, of which `first` is the position of the first."""
    lines = [
        (
            opening.id, position, each.kind, each.model, each.started_at, each.duration_ms, each.first_token_ms,
            each.input_tokens, each.output_tokens, each.cost, each.finish_reason, each.error_kind, each.error,
        )
        for position, each in enumerate(attempts, first)
    ]  # fmt: skip
    texts = [(opening.id, position, _attempt_body(opening, each)) for position, each in enumerate(attempts, first)]

    def job(connection: sqlite3.Connection) -> None:
        rows.insert(
            connection,
            """
            insert into attempts (
                trace, position, kind, model, started_at, duration_ms, first_token_ms, input_tokens, output_tokens,
                cost, finish_reason, error_kind, error
            )
            """,
            lines,
        )
        if keeps_texts:
            rows.insert(connection, "insert into attempt_bodies (trace, position, body)", texts)

    return job


def close_trace(opening: Opening, closing: Closing, *, keeps_texts: bool = True) -> Job[TraceLine]:
    """Complete an open trace: its status, its headlines, what was not taken, its sums. Returns its row.

    From then on it is found by what came of it, and counted.
    """
    answered = [attempt for attempt in closing.attempts if attempt.answer is not None]
    known = (
        closing.status, closing.duration_ms, closing.first_headline_ms, closing.answered_by, len(closing.headlines),
        len(closing.attempts), _sum([each.input_tokens for each in answered]),
        _sum([each.output_tokens for each in answered]), _sum([each.cost for each in answered]), closing.error_kind,
        closing.error, opening.id,
    )  # fmt: skip
    headlines = [(opening.id, position, *astuple(each)) for position, each in enumerate(closing.headlines)]
    rejections = [
        (opening.id, position, each.text, each.attempt, " ".join(each.rules))
        for position, each in enumerate(closing.rejections)
    ]
    checked = closing.checked if keeps_texts else closing.checked and closing.checked.without_texts()

    def job(connection: sqlite3.Connection) -> TraceLine:
        row = connection.execute(
            f"""
            update traces set status = ?, duration_ms = ?, first_headline_ms = ?, answered_by = ?, given = ?,
                attempts = ?, input_tokens = ?, output_tokens = ?, cost = ?, error_kind = ?, error = ?
            where id = ? and status = 'open' returning {COLUMNS}
            """,
            known,
        ).fetchone()
        if keeps_texts:
            rows.insert(connection, "insert into headlines (trace, position, text, attempt)", headlines)
            rows.insert(connection, "insert into rejections (trace, position, text, attempt, rules)", rejections)
        if checked is not None:
            profile = str(opening.settings.get("profile", ""))
            scores.add(connection, opening.id, checked, profile=profile, article=opening.article or "")
        _enter(connection, outcome.of(connection, opening.id))
        return TraceLine(**dict(row))

    return job


def put_article(connection: sqlite3.Connection, article: PackedArticle) -> str:
    """Store an article unless it is there already; returns its hash. Pack it outside the writer, which others wait for."""
    connection.execute(
        "insert into articles (hash, text, characters) values (?, ?, ?) "
        "on conflict (hash) do update set text = excluded.text where length(articles.text) = 0",
        astuple(article),
    )
    return article.hash


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


def _enter(connection: sqlite3.Connection, came: Outcome) -> None:
    index.add(connection, came)
    rollups.add(connection, came)
    if came.said:
        receptions.keep(connection, came.id)


def _body(opening: Opening) -> bytes:
    """What was asked. Where the article stands in it is kept, but not the article itself."""
    return bodies.pack({
        "variables": {name: value for name, value in opening.variables.items() if value != opening.article},
        "article_as": [name for name, value in opening.variables.items() if value == opening.article],
        "messages": bodies.fold(opening.messages, opening.article),
        "settings": opening.settings,
    })  # fmt: skip


def _attempt_body(opening: Opening, attempt: Attempt) -> bytes:
    """What was answered. Messages are kept only where they differ from those of the trace."""
    same = list(attempt.messages) == list(opening.messages)
    return bodies.pack({
        "messages": None if same else bodies.fold(attempt.messages, opening.article),
        "answer": attempt.answer,
        "detail": attempt.detail,
    })  # fmt: skip


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum over the attempts that brought an answer; unknown (None) if it is unknown for one of them."""
    known = [number for number in values if number is not None]
    return sum(known) if values and len(known) == len(values) else None
