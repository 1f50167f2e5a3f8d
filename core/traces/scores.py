"""What the checks found in the headlines of a trace: kept for every time they were checked, the first time and later.

A passage of the article is kept as the place where it stands, so that it is gone when the article is erased.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import clock
from core.checks.finding import Finding
from core.checks.run import VERSIONS, Checked
from core.checks.variety import Variety
from core.db import rows


@dataclass(frozen=True)
class Scoring:
    """One time that the headlines of a trace were checked: by which profile and versions of the checks, and with what result.

    `findings` has a sequence for every headline, in their order; it is empty where nothing was found.
    """

    number: int
    profile: str
    checks: Mapping[str, int]
    findings: Sequence[Sequence[Finding]]
    variety: Variety
    scored_at: int


def add(connection: sqlite3.Connection, trace_id: str, checked: Checked, *, profile: str, article: str) -> Scoring:
    """Keep what was found, beside what earlier checks found. `article` is the text that the passages are from."""
    found = checked.variety
    scored_at = clock.now_ms()
    number = connection.execute(
        """
        insert into scorings (trace, number, profile, checks, variety, openings, lengths, scored_at)
        select ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 from scorings where trace = ?1 returning number
        """,
        (trace_id, profile, json.dumps(VERSIONS), found.variety, found.openings, found.lengths, scored_at),
    ).fetchone()[0]
    rows.insert(
        connection,
        """
        insert into scores (
            trace, scoring, position, place, check_name, check_version, severity, sentence, span_start, span_end,
            passage_start, passage_end
        )
        """,
        [
            (
                trace_id, number, position, place, each.check, each.version, each.severity, each.sentence,
                *(each.span or (None, None)), *_place_of(each.passage, article),
            )
            for position, findings in enumerate(checked.findings)
            for place, each in enumerate(findings)
        ],
    )  # fmt: skip
    return Scoring(number, profile, VERSIONS, checked.findings, found, scored_at)


def latest(connection: sqlite3.Connection, trace_id: str, *, headlines: int, article: str | None) -> Scoring | None:
    """The last scoring of a trace with so many headlines, or None if they were never checked."""
    row = connection.execute(
        "select * from scorings where trace = ? order by number desc limit 1", (trace_id,)
    ).fetchone()
    if row is None:
        return None
    findings: list[list[Finding]] = [[] for _ in range(headlines)]
    for each in connection.execute(
        "select * from scores where trace = ? and scoring = ? order by position, place", (trace_id, row["number"])
    ):
        span = None if each["span_start"] is None else (each["span_start"], each["span_end"])
        passage = None
        if article is not None and each["passage_start"] is not None:
            passage = article[each["passage_start"] : each["passage_end"]]
        position: int = each["position"]
        findings[position].append(
            Finding(each["check_name"], each["check_version"], each["severity"], each["sentence"], span, passage)
        )
    variety = Variety(row["variety"], row["openings"], row["lengths"])
    return Scoring(row["number"], row["profile"], json.loads(row["checks"]), findings, variety, row["scored_at"])


def _place_of(passage: str | None, article: str) -> tuple[int | None, int | None]:
    start = -1 if passage is None else article.find(passage)
    return (None, None) if passage is None or start < 0 else (start, start + len(passage))
