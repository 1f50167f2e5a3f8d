"""Where pairs for blind comparison come from: the results of a run, or two versions asked about a desk's recent articles.

Pairs of recent articles are asked for as they are needed, under a request id made of the article and the version: whoever
comes back to them, or compares the same two, gets the same sets, and nothing is asked twice.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import clock
from core.db import Database
from core.errors import BadInput, NotFound
from core.evals.running import entries, runs
from core.feedback.pairs import Shown, Side
from core.headlines.request import Request
from core.traces import record
from core.traces.model import TraceLine

MOST = 20
"""Pairs of a round: about five minutes."""
_LOOKED_THROUGH = 100
"""Recent articles among which those of a round are looked for."""

_BLIND = "blind-"
"""How the request ids of these calls begin."""


@dataclass(frozen=True)
class Slot:
    """A place in a round: the sets of two candidates for one article, None where one is not there yet."""

    article: str
    one: str | None
    other: str | None
    failed: bool = False
    """Whether one of the two came to nothing, so that there is nothing to compare."""
    same: bool = False
    """Whether both hold the same headlines, in whatever order, so that nobody could say which is better."""

    @property
    def is_pair(self) -> bool:
        """Whether there is something to compare, now or once both are there."""
        return not self.failed and not self.same

    def shown(self, person: str) -> Shown | None:
        """The two in the order this person sees them in: by lot, and the same at every look; None while there is no pair."""
        if self.one is None or self.other is None or self.same:
            return None
        drawn = hashlib.sha256(f"{person}|{self.one}|{self.other}".encode()).digest()[0]
        return Shown(self.one, self.other) if drawn % 2 else Shown(self.other, self.one)


@dataclass(frozen=True)
class Recent:
    """Two versions of a prompt to be asked about the recent articles of a desk."""

    desk: str
    prompt: str
    one: int
    other: int
    environment: str

    def request(self, article: str, text: str, version: int) -> Request:
        return Request(
            article=text,
            desk=self.desk,
            prompt=self.prompt,
            version=version,
            environment=self.environment,
            source="eval",
            request_id=self.request_id(article, version),
        )

    def request_id(self, article: str, version: int) -> str:
        asked = f"{article}|{self.desk}|{self.prompt}|{version}|{self.environment}"
        return f"{_BLIND}{hashlib.sha256(asked.encode()).hexdigest()[:40]}"


@dataclass(frozen=True)
class Wanted:
    """How many pairs somebody wants to see, in which languages (none means any), and which they have `seen` before."""

    most: int = MOST
    languages: tuple[str, ...] = ()
    seen: frozenset[frozenset[str]] = frozenset()

    def leaves_out(self, slot: Slot) -> bool:
        return slot.one is not None and slot.other is not None and frozenset((slot.one, slot.other)) in self.seen


EVERYTHING = Wanted()


def is_blind(line: TraceLine) -> bool:
    """Whether a call was made only to be compared blind."""
    return line.source == "eval" and (line.request_id or "").startswith(_BLIND)


def of_run(db: Database, run_id: str, one: int, other: int, wanted: Wanted = EVERYTHING) -> list[Slot]:
    """The sets of two candidates of a run, one pair an article, in an order by lot that is the same for everybody.

    At most as many pairs as are wanted, and after them the articles for which both gave the same headlines.
    """
    run = runs.get(db, run_id)
    if one == other or not all(0 <= place < len(run.plan.candidates) for place in (one, other)):
        raise BadInput("Choose two different candidates of this run.")
    first: dict[tuple[str, int], dict[int, str]] = {}
    for result in entries.results(db, run_id):
        if wanted.languages and result.language not in wanted.languages:
            continue
        if result.candidate in (one, other) and result.outcome == "done" and result.trace is not None:
            first.setdefault((result.article, result.repeat), {}).setdefault(result.candidate, result.trace)
    slots: dict[str, Slot] = {}
    for (article, _), traces in sorted(first.items()):
        if len(traces) == 2:
            slots.setdefault(article, Slot(article, traces[one], traces[other]))
    unseen = [each for each in slots.values() if not wanted.leaves_out(each)]
    kept = [replace(each, same=_same(db, each)) for each in unseen if not _failed(db, each)]
    kept.sort(key=lambda each: _lot(run_id, each.article))
    return [*[each for each in kept if each.is_pair][: wanted.most], *(each for each in kept if each.same)]


def languages_of_run(db: Database, run_id: str) -> list[str]:
    """The languages of what a run asked about, those with most articles first."""
    articles = {(result.article, result.language) for result in entries.results(db, run_id) if result.language}
    many = Counter(language for _, language in articles)
    return sorted(many, key=lambda language: (-many[language], language))


def of_recent(db: Database, recent: Recent, articles: Sequence[str]) -> list[Slot]:
    """What is there of two versions' sets for these articles."""
    slots: list[Slot] = []
    for article in articles:
        lines = [record.by_request(db, recent.request_id(article, version)) for version in (recent.one, recent.other)]
        ended = [line for line in lines if line is not None and line.status != "open"]
        one, other = (line.id if line is not None and line in ended and line.given else None for line in lines)
        slot = Slot(article, one, other, failed=any(not line.given for line in ended))
        slots.append(replace(slot, same=_same(db, slot)))
    return slots


def recent_articles(db: Database, recent: Recent, *, until: int, wanted: Wanted = EVERYTHING) -> list[str]:
    """The articles that were asked about last for a desk before a time (ms), by their hashes, the newest first.

    Those whose pair was seen before are left out. `NotFound` if there are none at all.
    """
    found = _asked_for(db, recent.desk, until=until, languages=wanted.languages)
    if not found:
        raise NotFound(f"Nobody has asked for headlines for {recent.desk} yet. Choose another desk, or a run.")
    slots = of_recent(db, recent, found) if wanted.seen else [Slot(article, None, None) for article in found]
    return [slot.article for slot in slots if not wanted.leaves_out(slot)][: wanted.most]


def recent_languages(db: Database, desk: str) -> list[str]:
    """The languages in which headlines were asked for last for a desk, those with most articles first."""
    with db.read() as connection:
        rows = connection.execute(
            f"select language from ({_RECENT}) where language is not null group by language order by count(*) desc, language",
            {"before": clock.first_trace_id(clock.now_ms() + 1), "desk": desk},
        )
        return [row["language"] for row in rows]


_RECENT = """
    select article, language, number from traces
    where id < :before and desk = :desk and source in ('playground', 'api', 'cli') and given > 0 and article is not null
    order by number desc limit 2000
"""


def _asked_for(db: Database, desk: str, *, until: int, languages: Sequence[str]) -> list[str]:
    with db.read() as connection:
        rows = connection.execute(
            f"""
            select article from ({_RECENT})
            where article in (select hash from articles where length(text) > 0)
                and (:any or language in (select value from json_each(:languages)))
            group by article order by max(number) desc limit :most
            """,
            {
                "before": clock.first_trace_id(until),
                "desk": desk,
                "any": not languages,
                "languages": json.dumps(languages),
                "most": _LOOKED_THROUGH,
            },
        )
        return [row["article"] for row in rows]


def missing(db: Database, recent: Recent, slot: Slot) -> list[Request]:
    """What has to be asked for a pair to be complete."""
    if slot.failed:
        return []
    with db.read() as connection:
        text = record.articles(connection, [slot.article])[slot.article]
    sides = ((recent.one, slot.one), (recent.other, slot.other))
    return [recent.request(slot.article, text, version) for version, trace in sides if trace is None]


def names(db: Database, slots: Sequence[Slot]) -> list[str]:
    """What made the sets of a round, the one and the other."""
    for slot in slots:
        if slot.one is not None and slot.other is not None:
            lines = (record.line(db, slot.one), record.line(db, slot.other))
            return [Side(each.id, each.prompt, each.version, each.answered_by or each.model).name for each in lines]
    return []


def _failed(db: Database, slot: Slot) -> bool:
    return any(trace is None or not record.line(db, trace).given for trace in (slot.one, slot.other))


def _same(db: Database, slot: Slot) -> bool:
    if slot.one is None or slot.other is None:
        return False
    with db.read() as connection:
        sets = [record.headlines(connection, trace) for trace in (slot.one, slot.other)]
    one, other = (sorted(headline.text for headline in each) for each in sets)
    return one == other


def _lot(seed: str, article: str) -> str:
    return hashlib.sha256(f"{seed}|{article}".encode()).hexdigest()
