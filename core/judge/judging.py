"""Judge the headlines of a trace, or compare those of two traces of the same article."""

import asyncio
import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import BadInput
from core.headlines.request import Newsroom
from core.judge import store
from core.judge.asking import Question, ask
from core.judge.verdict import Preference, Verdict, read_preference, read_verdicts
from core.prompts import material
from core.prompts.tasks import COMPARISON, JUDGE
from core.traces import record
from core.traces.model import Trace, TraceLine

TAGS = ("article", "headlines", "first", "second")


@dataclass(frozen=True)
class Judged:
    """What a judge said of a set; `verdicts` is None if the call failed, and `line`, its trace, says why."""

    line: TraceLine
    verdicts: Sequence[Verdict] | None


@dataclass(frozen=True)
class Compared:
    """What a judge said of two sets in both orders: each order has its trace, and a preference unless it failed."""

    lines: tuple[TraceLine, TraceLine]
    preferences: tuple[Preference | None, Preference | None]

    @property
    def better(self) -> Literal["one", "other", "tie", "order", "unknown"]:
        """The set that both orders prefer. `order`: the judge prefers a place and not a set; `unknown`: a call failed."""
        there, back = self.preferences
        if there is None or back is None:
            return "unknown"
        forwards = {"first": "one", "second": "other", "tie": "tie"}[there.better]
        backwards = {"first": "other", "second": "one", "tie": "tie"}[back.better]
        if forwards != backwards:
            return "order"
        return "one" if forwards == "one" else "other" if forwards == "other" else "tie"


async def judge(
    newsroom: Newsroom,
    trace_id: str,
    *,
    model: str | None = None,
    person: str | None = None,
    request_id: str | None = None,
) -> Judged:
    """Score every headline of a trace, under a `request_id` that was never used. `BadInput` without headlines or article."""
    trace = _judgeable(newsroom, trace_id)
    texts = [headline.text for headline in trace.headlines]

    def keep(connection: sqlite3.Connection, judging: str, verdicts: Sequence[Verdict]) -> None:
        store.keep_verdicts(connection, judging, trace_id, verdicts)

    question = Question(
        prompt=JUDGE,
        line=trace.line,
        article=_contained(trace),
        material={"headlines": _numbered(texts), "count": len(texts)},
        read=lambda answer: read_verdicts(answer, headlines=len(texts)),
        keep=keep,
        model=model,
        person=person,
        request_id=request_id,
    )
    return Judged(*await ask(newsroom, question))


async def compare(
    newsroom: Newsroom, one: str, other: str, *, model: str | None = None, person: str | None = None
) -> Compared:
    """Say which of two traces has the better headlines, asked in both orders. `BadInput` unless their article is the same."""
    traces = [_judgeable(newsroom, trace_id) for trace_id in (one, other)]
    if traces[0].article != traces[1].article:
        raise BadInput("These two sets are about different articles, so they cannot be compared.")
    if one == other:
        raise BadInput("A set cannot be compared with itself.")
    there, back = await asyncio.gather(
        *(ask(newsroom, _which(first, second, model, person)) for first, second in (traces, reversed(traces)))
    )
    return Compared((there[0], back[0]), (there[1], back[1]))


def is_sampled(trace_id: str, rate: float) -> bool:
    """Whether a trace is among the share `rate` (0 to 1) that is judged unasked: always the same answer for a trace."""
    draw = int.from_bytes(hashlib.sha256(trace_id.encode()).digest()[:8]) / 2**64
    return draw < rate


def _which(first: Trace, second: Trace, model: str | None, person: str | None) -> Question[Preference]:
    def keep(connection: sqlite3.Connection, judging: str, preference: Preference) -> None:
        store.keep_preference(connection, judging, first.line.id, second.line.id, preference)

    sets = {
        name: _numbered([headline.text for headline in trace.headlines])
        for name, trace in (("first", first), ("second", second))
    }
    return Question(
        prompt=COMPARISON,
        line=first.line,
        article=_contained(first),
        material=sets,
        read=read_preference,
        keep=keep,
        model=model,
        person=person,
        against=second.line.id,
    )


def _judgeable(newsroom: Newsroom, trace_id: str) -> Trace:
    trace = record.get(newsroom.db, trace_id)
    if not trace.headlines:
        raise BadInput("This trace has no headlines to judge.")
    if trace.article is None:
        raise BadInput("The article of this trace is gone, so its headlines cannot be judged by it.")
    return trace


def _contained(trace: Trace) -> str:
    return material.contained(trace.article or "", *TAGS)


def _numbered(headlines: Sequence[str]) -> str:
    """One headline a line: none can close the tags around them or begin a line of its own."""
    return "\n".join(
        f"{number}. {' '.join(material.contained(text, *TAGS).split())}" for number, text in enumerate(headlines, 1)
    )
