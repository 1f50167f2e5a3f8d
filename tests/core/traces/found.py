"""Traces of every kind, and what a plain reading of them says about a search: for tests of the search."""

import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import feedback
from core.checks.finding import Finding, Severity
from core.checks.run import Checked
from core.checks.variety import Variety
from core.db import Database
from core.feedback import Given
from core.llm.attempt import Attempt
from core.traces import writing
from core.traces.finding.find import PERIODS, Find
from core.traces.model import Closing, Headline, Source, Status
from tests.core.traces.openings import opening

NOW = 1_790_000_000_000
SEVERITIES: Mapping[str, Severity] = {"numbers": "fail", "names": "warn"}


@dataclass(frozen=True)
class Kept:
    """A trace as a test describes it. `at` is in milliseconds before `NOW`."""

    at: int = 0
    article: str | None = "Rain."
    headlines: Sequence[str] = ("Rain again",)
    error: str | None = None
    attempt_error: str | None = None
    environment: str = "production"
    desk: str = "sport"
    prompt: str = "headlines"
    version: int | None = None
    model: str | None = "gpt"
    answered_by: str | None = None
    status: Status = "valid"
    source: Source = "api"
    person: str | None = None
    cost: float | None = None
    duration: float = 1.0
    checks: Sequence[str] = ()
    said: Sequence[tuple[str, str | int | None]] = ()
    """What was said of the first headline, each by another person: a kind with its text or value."""


def put(db: Database, *many: Kept, first: int = 0) -> list[str]:
    """Put them on record in this order; returns their ids. `first` tells apart what happens in the same millisecond."""
    ids = db.write(lambda connection: [_put(connection, each, number) for number, each in enumerate(many, first)])
    for trace_id, kept in zip(ids, many, strict=True):
        for person, (kind, said) in enumerate(kept.said):
            say(db, trace_id, kind, said, person=f"reader {person}")
    return ids


def say(db: Database, trace_id: str, kind: str, said: str | int | None = None, *, person: str = "ada") -> None:
    text, value = (said, None) if isinstance(said, str) else (None, said)
    position = None if kind == "all_rejected" else 0
    given = Given(trace_id, kind, person, "app", position=position, text=text, value=value)  # pyright: ignore[reportArgumentType]
    feedback.give(db, given)


def is_found(kept: Kept, find: Find, wanted: Sequence[str] = (), unwanted: Sequence[str] = ()) -> bool:
    """Whether a plain reading finds it. What is wanted and what is not are bare words, phrases and beginnings*."""
    at = NOW - kept.at
    if kept.status == "open" and (wanted or unwanted):
        return False
    texts = [kept.error, kept.article, *kept.headlines, kept.attempt_error]
    texts += [said for _, said in kept.said if isinstance(said, str)]
    read = [] if kept.status == "open" else plain_words("\n".join(text for text in texts if text))
    cost, duration = (None, None) if kept.status == "open" else (kept.cost, kept.duration)
    checks = set(kept.checks) if kept.headlines and kept.status != "open" else set[str]()
    facts: dict[str, set[str | None]] = {
        "environment": {kept.environment}, "desk": {kept.desk}, "prompt": {kept.prompt},
        "version": {f"{kept.prompt}@{kept.version or 'draft'}"},
        "model": {(kept.status != "open" and kept.answered_by) or kept.model},
        "status": {kept.status}, "source": {kept.source}, "person": {kept.person}, "check": {*checks},
        "severity": {SEVERITIES[each] for each in checks},
        "feedback": {{1: "thumb_up", -1: "thumb_down"}[int(said or 0)] if kind == "thumb" else kind for kind, said in kept.said},
    }  # fmt: skip
    return (
        all(_stands_in(each, read) for each in wanted)
        and not any(_stands_in(each, read) for each in unwanted)
        and (find.since is None or at >= find.since)
        and (find.until is None or at < find.until)
        and (find.period is None or at >= NOW - PERIODS[find.period])
        and all(not getattr(find, kind) or facts[kind] & set(getattr(find, kind)) for kind in facts)
        and (find.min_cost is None or (cost is not None and cost >= find.min_cost))
        and (find.min_ms is None or (duration is not None and duration >= find.min_ms))
    )


def plain_words(text: str) -> list[str]:
    """The words of a text without case and accents; a sign of Chinese, Japanese or Thai is a word of its own."""
    words = [""]
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not _is_accent(each)).casefold()
    for each in unicodedata.normalize("NFC", bare):
        if unicodedata.category(each)[0] not in "LNM":
            words.append("")
        elif any(script in unicodedata.name(each, "") for script in ("CJK", "HIRAGANA", "KATAKANA", "THAI")):
            words += [each, ""]
        else:
            words[-1] += each
    return [word for word in words if word]


def _is_accent(character: str) -> bool:
    name = unicodedata.name(character, "")
    if character in "\u00ad\u0640":
        return True
    is_mark = unicodedata.category(character) == "Mn"
    return (is_mark and name.startswith(("COMBINING", "HEBREW", "ARABIC", "VARIATION")) and character < "\u1ab0") or (
        name.startswith("VARIATION SELECTOR-")
    )


def _stands_in(piece: str, read: Sequence[str]) -> bool:
    words = plain_words(piece)
    if not words:
        return True
    for start in range(len(read) - len(words) + 1):
        part = list(read[start : start + len(words)])
        if part == words or (piece.endswith("*") and part[:-1] == words[:-1] and part[-1].startswith(words[-1])):
            return True
    return False


def _put(connection: sqlite3.Connection, kept: Kept, number: int) -> str:
    if kept.version is not None:
        _version(connection, kept.prompt, kept.version)
    begun = opening(
        f"{NOW - kept.at:012x}7{number:019x}", article=kept.article, environment=kept.environment, desk=kept.desk,
        prompt=kept.prompt, version=kept.version, model=kept.model, source=kept.source, person=kept.person,
        started_at=NOW - kept.at,
    )  # fmt: skip
    writing.open_trace(begun, process="p")(connection)
    if kept.status == "open":
        return begun.id
    attempts = [Attempt("ask", "gpt", [], NOW, 1.0, answer="[]", cost=kept.cost)]
    if kept.attempt_error:
        attempts.append(Attempt("ask", "gpt", [], NOW, 1.0, error_kind="x", error=kept.attempt_error))
    writing.add_attempts(begun, attempts)(connection)
    findings = [
        [Finding(name, 1, SEVERITIES[name], "So.", None, None) for name in kept.checks],
        *([] for _ in kept.headlines[1:]),
    ]
    ending = Closing(
        kept.status,
        kept.duration,
        answered_by=kept.answered_by,
        headlines=[Headline(text, 0) for text in kept.headlines],
        attempts=attempts,
        checked=Checked(findings, Variety(None, None, None)) if kept.headlines else None,
        error=kept.error,
    )
    writing.close_trace(begun, ending)(connection)
    return begun.id


def _version(connection: sqlite3.Connection, prompt: str, number: int) -> None:
    connection.execute(
        "insert into prompt_versions (prompt, number, hash, content, note, author, created_at) "
        "select ?1, ?2, ?1 || ?2, '{}', '', '', 0 "
        "where not exists (select 1 from prompt_versions where prompt = ?1 and number = ?2)",
        (prompt, number),
    )
