"""Traces as a test needs them: put on record without asking any model."""

import sqlite3
from collections.abc import Sequence

from core import clock
from core.checks.article import Article
from core.checks.profile import Profile
from core.checks.run import check_set
from core.db import Database
from core.feedback.model import CRITERIA
from core.judge import store
from core.judge.verdict import Score, Verdict
from core.traces import writing
from core.traces.model import Closing, Headline, Opening, Source

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."


def put(
    db: Database,
    *headlines: str,
    desk: str = "local",
    version: int | None = None,
    trace_id: str | None = None,
    prompt: str = "headlines",
    model: str = "m",
    source: Source = "api",
    article: str = ARTICLE,
    request_id: str | None = None,
) -> str:
    """A closed trace with these headlines, checked by the usual profile; returns its id."""
    trace_id = trace_id or clock.new_trace_id()
    opening = Opening(
        trace_id, request_id, "f", source, None, "production", desk, "web", "en", prompt, version, None, model,
        clock.now_ms(), len(headlines), article, {"article": article}, [], {"profile": "p"},
    )  # fmt: skip
    checked = check_set(headlines, Article(article, "en"), Profile()) if headlines else None
    closing = Closing(
        "valid", 1.0, headlines=[Headline(text, 0) for text in headlines], checked=checked, answered_by=model
    )

    def job(connection: sqlite3.Connection) -> None:
        writing.open_trace(opening, process="1")(connection)
        writing.close_trace(opening, closing)(connection)

    if version is not None:
        db.write(lambda connection: _version(connection, prompt, version))
    db.write(job)
    return trace_id


def spoil(db: Database, trace_id: str) -> None:
    """What a failing disk does to the texts of a trace."""
    db.write(
        lambda connection: connection.execute("update trace_bodies set body = x'7801ff' where trace = ?", (trace_id,))
    )


def put_verdicts(db: Database, judged: str, scores: Sequence[int], *, model: str = "judge") -> str:
    """What a judge said of a trace: one score a headline, the same in every criterion. Returns the id of its call."""
    trace_id = put(db, prompt="headline-judge", version=1, model=model, source="judge")
    verdicts = [Verdict(at, {name: Score(value, "So.") for name in CRITERIA}) for at, value in enumerate(scores)]
    db.write(lambda connection: store.keep_verdicts(connection, trace_id, judged, verdicts))
    return trace_id


def _version(connection: sqlite3.Connection, prompt: str, number: int) -> None:
    connection.execute(
        "insert into prompt_versions (prompt, number, hash, content, note, author, created_at) "
        "select ?1, ?2, ?1 || ?2, '{}', '', '', 0 "
        "where not exists (select 1 from prompt_versions where prompt = ?1 and number = ?2)",
        (prompt, number),
    )
