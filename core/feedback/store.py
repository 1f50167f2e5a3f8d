"""Keep feedback and read it, with what stands of it.

What supersedes what: of the feedback of one person on one trace, the latest stands for each headline, and for the whole
set, in each kind (for scores: in each criterion). Picked, edited, rejected and taken back are one kind here, a decision.
To reject all, or to take back all, is about every headline, so it supersedes that person's decisions before it; that all
are rejected is superseded by a later pick or edit, or by taking one back. What takes something back never stands itself:
nothing is left, as before the first decision. People do not supersede each other.

The latest is the one with the latest `given_at`. Of two that were given in the same millisecond, their content decides,
which means nothing but is the same in every order of arrival.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.feedback.model import Feedback, Given, Review, checked
from core.policy import Policy
from core.redaction import NOTHING, Redaction
from core.traces import erasing
from core.traces.counting import receptions, rollups
from core.traces.finding import index

_SKEW_MS = 300_000
"""How far apart two clocks may be."""
_END_OF_TIME = 2**63 - 1


def give(db: Database, given: Given) -> Feedback:
    """Keep feedback, once its trace is on record, closed or not; returns what is on record then.

    A key that was used for the same returns what was kept the first time; a repeat may leave out `given_at`, and its text
    counts as the same where what was kept of that is gone since. Used for something else it is `Conflict`. `NotFound` if
    there is no such trace. `BadInput` if the trace cannot have such a position: while it is open, one beyond what was asked
    for; then, one beyond what it gave.
    """
    return give_all(db, [given])[0]


def give_all(db: Database, given: Sequence[Given]) -> list[Feedback]:
    """Keep several at once, all or none; what `give` says holds for each."""
    redact = db.policy.redaction.optional
    tidied = [replace(each, text=redact(each.text)) for each in map(checked, given)]

    def job(connection: sqlite3.Connection) -> list[Feedback]:
        return [
            _known(connection, each, db.policy.redaction)
            or _new(connection, _without_text(connection, each, db.policy))
            for each in tidied
        ]

    return db.write(job)


def accepted(given: Sequence[Feedback]) -> str | None:
    """The headline that was picked, or edited to, last among these; None if none was."""
    last = next((each for each in reversed(given) if each.stands and each.kind in ("picked", "edited")), None)
    if last is None:
        return None
    # Nothing is there of one that was erased.
    return (last.text if last.kind == "edited" else last.suggested) or None


def keep(connection: sqlite3.Connection, given: Given) -> Feedback:
    """The same within the transaction of whoever writes something else along with it."""
    given = checked(given)
    return _known(connection, given, NOTHING) or _new(connection, given)


def of_trace(db: Database, trace_id: str) -> list[Feedback]:
    """All feedback on a trace, the oldest first; `NotFound` if there is no such trace."""
    with db.read() as connection:
        _trace(connection, trace_id)
        return all_on(connection, trace_id)


def all_on(connection: sqlite3.Connection, trace_id: str) -> list[Feedback]:
    """The same as a transaction sees it; nothing if there is no such trace."""
    rows = connection.execute(f"{_SELECT} where feedback.trace = ? order by {_ORDER}", (trace_id,))
    return [_feedback(row) for row in rows]


def standing(db: Database, trace_id: str) -> list[Feedback]:
    """The feedback on a trace that nothing later superseded, the oldest first; `NotFound` if there is no such trace."""
    return [feedback for feedback in of_trace(db, trace_id) if feedback.stands]


def review_record(
    db: Database, *, since: int | None = None, until: int | None = None, desk: str | None = None
) -> Iterator[Review]:
    """Every decision given from `since` on and before `until`, superseded ones too, the oldest first."""
    with db.read() as connection:
        rows = connection.execute(
            f"{_REVIEWED} where feedback.kind in {_DECISIONS} and feedback.given_at >= ? and feedback.given_at < ? "
            "and (? is null or traces.desk = ?) order by feedback.given_at, feedback.id",
            (0 if since is None else since, _END_OF_TIME if until is None else until, desk, desk),
        )
        for row in rows:
            yield Review(
                _feedback(row), row["desk"], row["channel"], row["language"], row["environment"], row["prompt"],
                row["version"], row["model"],
            )  # fmt: skip


def newest(db: Database) -> int:
    """The number of what arrived last, which is another as soon as anything arrives; 0 where there is nothing yet."""
    with db.read() as connection:
        return connection.execute("select coalesce(max(id), 0) from feedback").fetchone()[0]


def scores(db: Database) -> Iterator[Feedback]:
    """Every score by a person that stands, the oldest first."""
    return _standing_of(db, "feedback.kind = 'score'", "")


def decisions(db: Database, *, first_trace: str) -> Iterator[Feedback]:
    """Every decision that stands on the trace `first_trace` and on later ones, the oldest first."""
    return _standing_of(db, f"feedback.kind in {_DECISIONS}", first_trace)


def forget(connection: sqlite3.Connection, trace_id: str, *, labels: bool) -> int:
    """Take the texts of the feedback on a trace away, labels only if asked to; returns how many there were.

    What was done, when, by whom and with which headline stays. To be done inside `index.changing`.
    """
    kinds = "('edited', 'comment', 'label')" if labels else "('edited', 'comment')"
    return len(
        connection.execute(
            f"update feedback set text = '' where trace = ? and kind in {kinds} and text <> '' returning id",
            (trace_id,),
        ).fetchall()
    )


def _standing_of(db: Database, condition: str, first_trace: str) -> Iterator[Feedback]:
    with db.read() as connection:
        rows = connection.execute(
            f"{_SELECT} where {condition} and feedback.trace >= ? and {_STANDS} order by {_ORDER}",
            (first_trace,),
        )
        for row in rows:
            yield _feedback(row)


def _without_text(connection: sqlite3.Connection, given: Given, policy: Policy) -> Given:
    """What may be kept of feedback on a trace that has no texts, or of a desk that keeps none: all but those.

    What comes late, after the texts of its trace went, would bring them back for ever. A label is a word, and stays.
    """
    row = connection.execute("select desk from traces where id = ?", (given.trace,)).fetchone()
    if row is None or given.kind not in ("edited", "comment"):
        return given
    may_be_kept = policy.keeps_texts(row["desk"]) and erasing.of(connection, given.trace) is None
    return given if may_be_kept else replace(given, text="")


def _known(connection: sqlite3.Connection, given: Given, redaction: Redaction) -> Feedback | None:
    """What was kept under the key of this, None if it is new; `Conflict` if that was something else."""
    if given.key is None:
        return None
    row = connection.execute(f"{_SELECT} where feedback.key = ?", (given.key,)).fetchone()
    if row is None:
        return None
    kept = _feedback(row, is_repeat=True)
    for each in fields(given):
        before, now = getattr(kept, each.name), getattr(given, each.name)
        if each.name == "text":
            # Of a text that was erased, nothing is left to compare; one from before today's redaction is held to that.
            before = now if before == "" else redaction.optional(before)
        if before != now and not (each.name == "given_at" and now is None):
            raise Conflict(f"The key {given.key!r} was used for feedback with another {each.name}. Send a new key.")
    return kept


def _new(connection: sqlite3.Connection, given: Given) -> Feedback:
    trace = _trace(connection, given.trace)
    _check_position(given, trace)
    now = clock.now_ms()
    given_at = _checked_time(given.given_at, trace, now) if given.given_at is not None else _now(connection, given, now)
    with index.changing(connection, given.trace), rollups.changing(connection, given.trace):
        number = connection.execute(
            """
            insert into feedback (
                trace, position, kind, criterion, value, text, person, source, given_at, received_at, key
            ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
            """,
            (
                given.trace, given.position, given.kind, given.criterion, given.value, given.text, given.person,
                given.source, given_at, now, given.key,
            ),
        ).fetchone()[0]  # fmt: skip
        receptions.keep(connection, given.trace)
    return _feedback(connection.execute(f"{_SELECT} where feedback.id = ?", (number,)).fetchone())


def _trace(connection: sqlite3.Connection, trace_id: str) -> sqlite3.Row:
    row = connection.execute("select status, asked, given, started_at from traces where id = ?", (trace_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no trace {trace_id[:64]!r}.")
    return row


def _check_position(given: Given, trace: sqlite3.Row) -> None:
    is_open = trace["status"] == "open"
    many = (trace["asked"] or 0) if is_open else trace["given"]
    if given.kind == "all_rejected" and not many:
        raise BadInput("This trace has no headlines, so there are none to reject.")
    if given.kind == "taken_back" and not many:
        raise BadInput("This trace has no headlines, so there is no decision to take back.")
    if given.position is None or 0 <= given.position < many:
        return
    said = "was asked for" if is_open else "has"
    if not many:
        raise BadInput("This trace has no headlines. Feedback on the whole set has no position.")
    raise BadInput(f"This trace {said} {many} headlines; their positions are 0 to {many - 1}, not {given.position}.")


def _checked_time(given_at: int, trace: sqlite3.Row, now: int) -> int:
    if given_at > now + _SKEW_MS:
        raise BadInput("The feedback is from the future. Check the clock of the machine that sends it.")
    if given_at < trace["started_at"] - _SKEW_MS:
        raise BadInput("The feedback is older than its trace. Send its time as milliseconds since 1970, in UTC.")
    return given_at


def _now(connection: sqlite3.Connection, given: Given, now: int) -> int:
    """The time of feedback that came without one: after all that this person gave before, even if a clock was put back."""
    latest = connection.execute(
        "select max(given_at) from feedback where trace = ? and person = ?", (given.trace, given.person)
    ).fetchone()[0]
    return now if latest is None else max(now, latest + 1)


def _feedback(row: sqlite3.Row, *, is_repeat: bool = False) -> Feedback:
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    values["stands"] = bool(values["stands"])
    return Feedback(**values, is_repeat=is_repeat)


_DECISIONS = "('picked', 'edited', 'rejected', 'all_rejected', 'taken_back')"


def _rank(row: str) -> str:
    """What makes one row later than another: the time, then the content; the id only where all of that is the same."""
    return (
        f"{row}.given_at, {row}.kind, coalesce({row}.position, -1), coalesce({row}.criterion, ''), "
        f"coalesce({row}.value, 0), coalesce({row}.text, ''), {row}.person, {row}.source, coalesce({row}.key, ''), {row}.id"
    )


_ORDER = _rank("feedback")
_STANDS = "exists (select 1 from standing_feedback where standing_feedback.id = feedback.id)"
_COLUMNS = [each.name for each in fields(Feedback) if each.name != "is_repeat"]
_OWN = ", ".join(f"feedback.{name}" for name in _COLUMNS if name not in ("suggested", "stands"))
_FROM = """
    from feedback
    left join headlines on headlines.trace = feedback.trace and headlines.position = feedback.position
"""
_SELECT = f"select {_OWN}, headlines.text as suggested, {_STANDS} as stands {_FROM}"
_REVIEWED = f"""
    select {_OWN}, headlines.text as suggested, {_STANDS} as stands, traces.desk, traces.channel, traces.language,
        traces.environment, traces.prompt, traces.version, coalesce(traces.answered_by, traces.model) as model
    {_FROM} join traces on traces.id = feedback.trace
"""
