"""Erase one trace, or all about one article: from every table, from the index of words, and from the bytes of the file.

    erasing.article(db, text, author="ada", reason="The source withdrew.")

What stays says that there was something: who asked when and for what it cost, hashes, scores, decisions without their
texts, and in the audit log who erased it and why. Back-ups and exported files are not reached; they still hold it.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core import audit, clock
from core.db import Database
from core.db.condition import looking
from core.errors import BadInput, Conflict, NotFound
from core.evals import erased as erased_cases
from core.feedback import store as feedback_store
from core.judge import judging
from core.judge import store as judge_store
from core.keeping import overwriting
from core.keeping.overwriting import AT_ONCE
from core.prompts.material import contained
from core.review import store as review_store
from core.traces import bodies, erasing
from core.traces.counting import receptions
from core.traces.erasing import Erasure
from core.traces.finding import index

LONGEST_REASON = 500
_BATCH = 100
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Erased:
    """What was erased: traces (calls of judges among them), eval cases and articles.

    `still_used` says that the article of a trace stays, for others are about it. `overwritten` is false where that goes on in
    the background: the texts are off the record, and their words still in the bytes of the file (`overwriting.owed`).
    """

    traces: int
    cases: int
    articles: int
    still_used: bool
    overwritten: bool


def trace(db: Database, trace_id: str, *, author: str, reason: str, within: float = AT_ONCE) -> Erased:
    """Erase the texts of a trace, and of the judges' calls about it. Its article goes too, unless something else uses it.

    `within` says how many seconds the bytes are waited for. `NotFound` if there is no such trace; `Conflict` while it is open.
    """
    author, reason = _signed(author, reason)

    def plan(connection: sqlite3.Connection) -> _Plan:
        row = connection.execute("select article from traces where id = ?", (trace_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no trace {trace_id[:64]!r}.")
        traces = [trace_id, *_judged(connection, [trace_id])]
        articles = articles_of(connection, traces)
        return _Plan(f"trace {trace_id}", traces, {}, articles, only_unused=True)

    return _erase(db, plan, author=author, reason=reason, within=within)


def article(db: Database, text_or_hash: str, *, author: str, reason: str, within: float = AT_ONCE) -> Erased:
    """Erase all about an article, given by its text or its hash: traces, judges' calls, eval cases, the article itself.

    `within` says how many seconds the bytes are waited for. `NotFound` if nothing on record is about it; `Conflict` while
    a call about it is open.
    """
    author, reason = _signed(author, reason)

    def plan(connection: sqlite3.Connection) -> _Plan:
        given = _hashes(connection, text_or_hash)
        hashes = set(given)
        cases = erased_cases.using(connection, hashes, forms)
        hashes |= set(cases.values())
        traces = [
            row["id"]
            for each in sorted(hashes)
            for row in connection.execute("select id from traces where article = ? order by id", (each,))
        ]
        about = dict.fromkeys([*traces, *_judged(connection, traces)])
        articles = {*hashes, *articles_of(connection, list(about))}
        if not about and not cases and not any(_is_there(connection, each) for each in hashes):
            raise NotFound("Nothing on record is about this article. Paste it as it was sent, or name its hash.")
        known = [*(each for each in given if _is_known(connection, each)), *cases.values()]
        return _Plan(f"article {known[0]}", list(about), cases, sorted(articles), only_unused=False)

    return _erase(db, plan, author=author, reason=reason, within=within)


def repeat(db: Database, earlier: Path) -> int:
    """Erase what had been erased in `earlier`, a file that a back-up took the place of; returns how many traces and cases.

    A back-up from before an erasing brings back what was erased; this takes it away again.
    """
    with looking(earlier) as connection:
        if connection.execute("select 1 from sqlite_master where name = 'erasures'").fetchone() is None:
            return 0
        traces = connection.execute("select trace, author, reason, at from erasures where kind = 'erased'").fetchall()
        cases = connection.execute(
            "select hash, author, reason, at from case_erasures join eval_cases on id = eval_case"
        ).fetchall()

    def job(connection: sqlite3.Connection) -> int:
        back = [row for row in traces if erasing.has_texts(connection, row["trace"])]
        articles = articles_of(connection, [row["trace"] for row in back])
        gone = {row["trace"]: Erasure("erased", row["author"], row["reason"], row["at"]) for row in back}
        forget_traces(connection, gone, labels=True)
        again = [(row, case) for row in cases for case in erased_cases.of_hash(connection, row["hash"])]
        for row, case in again:
            erased_cases.forget(connection, case.number, author=row["author"], reason=row["reason"], at=row["at"])
            articles.append(case.article)
        for each in articles:
            forget_article(connection, each, only_unused=True)
        if again:
            overwriting.owe(connection, at=min(row["at"] for row, _ in again))
        return len(back) + len(again)

    many = db.write(job)
    if many:
        overwriting.overwrite(db)
    return many


def forms(text: str) -> frozenset[str]:
    """The hashes under which an article can be on record: as it came, or contained between the tags of a prompt."""
    once = contained(text, "article")
    return frozenset(bodies.article_hash(each) for each in (text, once, contained(once, *judging.TAGS)))


@dataclass(frozen=True)
class _Plan:
    """What there is to erase; `cases` by number with the hash of their article."""

    subject: str
    traces: Sequence[str]
    cases: Mapping[int, str]
    articles: Sequence[str]
    only_unused: bool
    """Whether an article stays that something else uses."""

    def __or__(self, other: "_Plan") -> "_Plan":
        """All that either of two looks at the same thing found."""
        return replace(
            self,
            traces=list(dict.fromkeys([*self.traces, *other.traces])),
            cases={**self.cases, **other.cases},
            articles=list(dict.fromkeys([*self.articles, *other.articles])),
        )


_Planner = Callable[[sqlite3.Connection], _Plan]


def _erase(db: Database, planner: _Planner, *, author: str, reason: str, within: float) -> Erased:
    erasure = Erasure("erased", author, reason, clock.now_ms())
    with db.read() as connection:
        first = planner(connection)
        _refuse_open(connection, first.traces)
    for start in range(0, len(first.traces), _BATCH):
        batch = first.traces[start : start + _BATCH]
        db.write(lambda connection, batch=batch: _forget(connection, batch, erasure))

    def finish(connection: sqlite3.Connection) -> Erased:
        # Somebody may have asked about it meanwhile; and what is gone already does not say any more what it was about.
        plan = first | planner(connection)
        _refuse_open(connection, plan.traces)
        _forget(connection, plan.traces, erasure)
        for case in plan.cases:
            erased_cases.forget(connection, case, author=author, reason=reason, at=erasure.at)
        gone = sum(forget_article(connection, each, only_unused=plan.only_unused) for each in plan.articles)
        still_used = any(_is_there(connection, each) for each in plan.articles)
        # There may be words of articles and cases, too, and none of a trace.
        overwriting.owe(connection, at=erasure.at)
        after = {"traces": len(plan.traces), "eval cases": len(plan.cases), "articles": gone}
        audit.append(connection, audit.Change(author, "erased", plan.subject, None, after, reason))
        return Erased(len(plan.traces), len(plan.cases), gone, still_used, overwritten=False)

    return replace(db.write(finish), overwritten=overwriting.overwrite(db, within=within))


def forget_traces(
    connection: sqlite3.Connection, gone: Mapping[str, Erasure], *, labels: bool, due_at: int | None = None
) -> None:
    """Take all texts of closed traces away: their own, of the feedback on them, of who read them for review.

    That they are to be overwritten is noted with it, as `overwriting.owe` has it.
    """
    if not gone:
        return
    # Words that cannot be read any more cannot be taken out of the index one by one.
    anew = any(_is_damaged(connection, each) for each in gone)
    for trace_id, erasure in gone.items():
        # Figures stay: how much was edited is counted before the texts go.
        receptions.keep(connection, trace_id)
        with index.changing(connection, trace_id):
            erasing.forget(connection, trace_id, erasure)
            feedback_store.forget(connection, trace_id, labels=labels)
            judge_store.forget(connection, trace_id)
            review_store.forget(connection, trace_id)
    overwriting.owe(connection, at=min(each.at for each in gone.values()), due_at=due_at, anew=anew)


def forget_article(connection: sqlite3.Connection, article: str, *, only_unused: bool) -> bool:
    """Take the text of an article away, unless it is in use and that matters; returns whether it went."""
    if only_unused and (erasing.is_used(connection, article) or erased_cases.are_using(connection, article)):
        return False
    return erasing.forget_article(connection, article)


def articles_of(connection: sqlite3.Connection, traces: Sequence[str]) -> list[str]:
    """The hashes of the articles that these traces are about."""
    found = (
        connection.execute("select article from traces where id = ?", (each,)).fetchone()["article"] for each in traces
    )
    return list(dict.fromkeys(each for each in found if each is not None))


def _forget(connection: sqlite3.Connection, traces: Sequence[str], erasure: Erasure) -> None:
    """What is left of these traces; what somebody erased before stays theirs."""
    known = {each: erasing.of(connection, each) for each in traces}
    left = [each for each, gone in known.items() if gone is None or gone.kind != "erased"]
    forget_traces(connection, dict.fromkeys(left, erasure), labels=True)


def _is_damaged(connection: sqlite3.Connection, trace_id: str) -> bool:
    """Whether the article of a trace cannot be read any more."""
    row = connection.execute("select text from article_of_trace where trace = ?", (trace_id,)).fetchone()
    try:
        if row is not None:
            bodies.unpack_text(row["text"])
    except bodies.DamagedText:
        return True
    return False


def _judged(connection: sqlite3.Connection, traces: Sequence[str]) -> list[str]:
    """The calls of judges about these traces, also those that are under way or brought no answer: they hold their texts."""
    known = {call for each in traces for call in judge_store.calls_about(connection, each)}
    articles = {form for row in _articles(connection, traces) for form in _known_as(row["hash"], row["text"])}
    unheard = judge_store.unheard(connection, traces, articles)
    return sorted(known.union(unheard))


def _articles(connection: sqlite3.Connection, traces: Sequence[str]) -> list[sqlite3.Row]:
    return connection.execute(
        "select distinct hash, text from article_of_trace where trace in (select value from json_each(?))",
        (json.dumps(traces),),
    ).fetchall()


def _hashes(connection: sqlite3.Connection, text_or_hash: str) -> list[str]:
    """All hashes, its own first, under which an article that is given by its text, or by one of them, may be on record."""
    given = text_or_hash.strip()
    if not given:
        raise BadInput("Which article? Give its text or its hash.")
    if not _HASH.fullmatch(given):
        # A file ends with a line break that the CMS did not send.
        texts = (given, f"{given}\n", text_or_hash)
        return [*map(bodies.article_hash, texts), *(each for text in texts for each in forms(text))]
    row = connection.execute("select text from articles where hash = ?", (given,)).fetchone()
    return [given] if row is None or not row["text"] else _known_as(given, row["text"])


def _known_as(article: str, packed: bytes) -> list[str]:
    """The hash of an article and those of its other forms, as far as it can be read."""
    try:
        return [article, *forms(bodies.unpack_text(packed))]
    except bodies.DamagedText:
        return [article]


def _is_known(connection: sqlite3.Connection, article: str) -> bool:
    return connection.execute("select 1 from articles where hash = ?", (article,)).fetchone() is not None


def _is_there(connection: sqlite3.Connection, article: str) -> bool:
    return (
        connection.execute("select 1 from articles where hash = ? and length(text) > 0", (article,)).fetchone()
        is not None
    )


def _refuse_open(connection: sqlite3.Connection, traces: Sequence[str]) -> None:
    for each in traces:
        if connection.execute("select status from traces where id = ?", (each,)).fetchone()["status"] == "open":
            raise Conflict(f"The call {each} is still being made. Erase it once it has ended.")


def _signed(author: str, reason: str) -> tuple[str, str]:
    author, reason = author.strip(), reason.strip()
    if not author or not reason:
        raise BadInput("To erase takes a name and a reason. Both stay in the audit log, so quote nothing of the text.")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"The reason has {len(reason):,} characters; at most {LONGEST_REASON} are kept. Shorten it.")
    return author, reason
