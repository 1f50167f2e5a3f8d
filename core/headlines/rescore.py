"""Check headlines on record again, with today's checks and profiles; what was found before stays beside it."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from core.checks.article import Article
from core.checks.profile import Profiles
from core.checks.run import VERSIONS, check_set
from core.db import Database
from core.traces import erasing, record, scores
from core.traces.bodies import DamagedText
from core.traces.counting import rollups
from core.traces.finding import index
from core.traces.model import Trace

_BATCH = 50


@dataclass(frozen=True)
class Progress:
    """How many traces were looked at so far, how many of them got a new scoring, and how many have no article any more.

    `damaged` are those whose texts cannot be read; they keep what they have.
    """

    seen: int = 0
    rescored: int = 0
    without_article: int = 0
    damaged: tuple[str, ...] = ()


def rescore(db: Database, profiles: Profiles, *, since: int = 0, desk: str | None = None) -> Iterator[Progress]:
    """Score every trace asked since a time (ms), newest first, that was not scored by these checks and profiles yet.

    Yields after every batch, which is on the disk then. Stopped midway, it goes on where it was when it is called again.
    """
    progress = Progress()
    before: str | None = None
    while batch := _batch(db, before, since, desk):
        before = batch[-1]
        written: list[Future[scores.Scoring | None]] = []
        gone = 0
        damaged: list[str] = []
        for trace_id in batch:
            try:
                trace = record.get(db, trace_id)
            except DamagedText:
                damaged.append(trace_id)
                continue
            if trace.article is None:
                gone += 1
            elif not _is_scored(trace, profiles):
                # The batch shares its flushes to the disk.
                written.append(db.submit(_job(trace, trace.article, profiles)))
        made = [future.result() is not None for future in written]
        progress = Progress(
            progress.seen + len(batch),
            progress.rescored + sum(made),
            progress.without_article + gone + made.count(False),
            (*progress.damaged, *damaged),
        )
        yield progress


def _is_scored(trace: Trace, profiles: Profiles) -> bool:
    latest = trace.scoring
    return latest is not None and latest.profile == profiles.version and latest.checks == VERSIONS


def _job(trace: Trace, article: str, profiles: Profiles) -> Callable[[sqlite3.Connection], scores.Scoring | None]:
    line = trace.line
    profile = profiles.of(desk=line.desk, channel=line.channel, language=line.language)
    checked = check_set([each.text for each in trace.headlines], Article(article, line.language), profile)

    def job(connection: sqlite3.Connection) -> scores.Scoring | None:
        # Its texts may have gone since they were read; what checks say would quote them.
        if erasing.of(connection, line.id) is not None:
            return None
        with index.changing(connection, line.id), rollups.changing(connection, line.id):
            return scores.add(connection, line.id, checked, profile=profiles.version, article=article)

    return job


def _batch(db: Database, before: str | None, since: int, desk: str | None) -> list[str]:
    """The ids of traces with headlines, newest first, from below `before` on."""
    with db.read() as connection:
        rows = connection.execute(
            """
            select id from traces
            where given > 0 and (?1 is null or id < ?1) and started_at >= ?2 and (?3 is null or desk = ?3)
            order by id desc limit ?4
            """,
            (before, since, desk, _BATCH),
        )
        return [row[0] for row in rows]
