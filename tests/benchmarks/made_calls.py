"""Calls of a made newsroom, as the rows that Copydesk would have kept of them: a block, the same one for the same plan.

Words, facts and sums are made by Copydesk's own functions from what came of each call.
"""

import hashlib
import json
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from core.traces import bodies
from core.traces.counting import rollups
from core.traces.counting.figures import Figures
from core.traces.counting.rollups import Row
from core.traces.finding import index
from core.traces.outcome import Flag, Outcome, Said
from tests.benchmarks import newsroom

_MESSAGES = [
    {"role": "system", "content": "You write headlines for a newspaper. " * 12},
    {
        "role": "user",
        "content": "Write ten headlines of at most 70 characters for the article between the marks.\n<<<{}>>>",
    },
]


@dataclass(frozen=True)
class Plan:
    """What a block is made from: its first number, how many traces, and the time that it covers."""

    seed: int
    first: int
    many: int
    start: int
    end: int


@dataclass
class Block:
    """Rows for the tables, as they stand there, of so many traces in the order of their times."""

    traces: list[tuple[Any, ...]] = field(default_factory=list)
    articles: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    bodies: list[tuple[Any, ...]] = field(default_factory=list)
    attempts: list[tuple[Any, ...]] = field(default_factory=list)
    attempt_bodies: list[tuple[Any, ...]] = field(default_factory=list)
    headlines: list[tuple[Any, ...]] = field(default_factory=list)
    scorings: list[tuple[Any, ...]] = field(default_factory=list)
    scores: list[tuple[Any, ...]] = field(default_factory=list)
    feedback: list[tuple[Any, ...]] = field(default_factory=list)
    indexed: list[tuple[int, str]] = field(default_factory=list)
    sums: Mapping[Row, Figures] = field(default_factory=dict[Row, Figures])


def make(plan: Plan) -> Block:
    """The rows of a plan."""
    chance = random.Random(f"{plan.seed}-{plan.first}")
    block = Block()
    outcomes: list[Outcome] = []
    asked: list[tuple[str, str, str]] = []
    for place, moment in enumerate(sorted(_moment(chance, plan) for _ in range(plan.many))):
        if asked and chance.random() < 0.33:
            desk, language, article = chance.choice(asked)
        else:
            desk = _one(chance, newsroom.DESKS)
            language, article = newsroom.article(chance, desk)
            asked.append((desk, language, article))
        outcomes.append(_call(block, chance, _Asked(plan.first + place, moment, desk, language, article)))
    block.sums = rollups.sums_of(outcomes)
    return block


@dataclass(frozen=True)
class _Asked:
    """What a call is about."""

    number: int
    moment: int
    desk: str
    language: str
    article: str


def _call(block: Block, chance: random.Random, asked: _Asked) -> Outcome:
    """Put a call into the block; returns what came of it."""
    number, moment, desk, language, article = (
        asked.number, asked.moment, asked.desk, asked.language, asked.article
    )  # fmt: skip
    trace_id = f"{moment:012x}7{chance.getrandbits(12):03x}8{chance.getrandbits(60):015x}"
    status, source, model = (_one(chance, each) for each in (newsroom.STATUSES, newsroom.SOURCES, newsroom.MODELS))
    environment = "staging" if source == "eval" else "production"
    prompt = "headline-judge" if source == "judge" else "headlines"
    version = 1 if source == "judge" else (1 if number % 5 == 0 else 2)
    answered = status in ("valid", "repaired", "incomplete")
    given = 0 if not answered or source == "judge" else 10 if status != "incomplete" else chance.randint(2, 9)
    texts = newsroom.headlines(chance, article, given)
    duration = round(math.exp(chance.gauss(8, 0.5)), 3)
    first_headline = round(duration / 3, 3) if given else None
    cost = None if model == "offline/lede" or not answered else 0.0002 + duration / 2e7
    tokens = (len(article) // 4 + 150, given * 14 or 20) if answered else (None, None)
    error = chance.choice(newsroom.ERRORS) if not answered else None
    person = chance.choice(newsroom.PEOPLE) if source in ("playground", "api") else None
    packed = _packed(article)
    attempts = 1 + (status == "repaired")
    block.articles.setdefault(packed[0], packed)
    block.traces.append(
        (
            number, trace_id, None, packed[0], status, source, person, environment, desk, "web", language, prompt,
            version, None, model, model if answered else None, moment, duration, first_headline, 10, given, attempts,
            *tokens, cost, "provider_timeout" if error else None, error, packed[0], "made", index.RECIPE,
        )
    )  # fmt: skip
    block.bodies.append((trace_id, _body(desk, language)))
    answer = json.dumps({"headlines": texts}, ensure_ascii=False) if answered else None
    for position in range(attempts):
        block.attempts.append(
            (trace_id, position, "repair" if position else "ask", model, moment, duration, 200.0, *tokens, cost,
             "stop" if answered else None, "provider_timeout" if error else None, error)
        )  # fmt: skip
        block.attempt_bodies.append(
            (trace_id, position, bodies.pack({"messages": None, "answer": answer, "detail": None}))
        )
    block.headlines += [(trace_id, position, text, 0) for position, text in enumerate(texts)]
    flags = _flags(block, chance, trace_id, moment, given) if given else []
    said = _feedback(block, chance, trace_id, moment, texts, person or "somebody") if given else []
    came = Outcome(
        number, trace_id, status, source, person, environment, desk, prompt, version, model, 10, given, *tokens, cost,
        duration, first_headline, is_counted=True, flags=flags, said=said,
    )  # fmt: skip
    errors = [error] * attempts if error else []
    words = "\n".join(each for each in (error, article, *texts, *errors, *(one.text for one in said)) if each)
    block.indexed.append((number, index.terms(words, index.facts(came))))
    return came


def _flags(block: Block, chance: random.Random, trace_id: str, moment: int, given: int) -> Sequence[Flag]:
    """Flags on a few of the headlines."""
    flags: list[Flag] = []
    block.scorings.append((trace_id, 1, "made", '{"number": 2}', 0.7, 0.9, 0.1, moment))
    for position in range(given):
        for place, (check, (severity, per_cent)) in enumerate(newsroom.FLAGS.items()):
            if chance.random() * 100 < per_cent / 3:
                flags.append(Flag(check, severity, position))
                block.scores.append(
                    (trace_id, 1, position, place, check, 2, severity, f"A {check} to look at.", 0, 5, None, None)
                )
    return flags


def _feedback(
    block: Block, chance: random.Random, trace_id: str, moment: int, texts: Sequence[str], person: str
) -> Sequence[Said]:
    """What somebody did with the set and said about it, if anybody did."""
    draw, position, at = chance.random(), chance.randrange(len(texts)), moment + 60_000
    said: list[Said] = []

    def give(kind: str, place: int | None, value: int | None = None, text: str | None = None) -> None:
        block.feedback.append((trace_id, place, kind, value, text, person, "app", at, at))
        said.append(Said(kind, value, text, None if place is None else texts[place], None, None))

    if draw < 0.16:
        give("picked", position)
    elif draw < 0.24:
        give("edited", position, text=f"{texts[position].rsplit(' ', 1)[0]} today")
    elif draw < 0.27:
        give("all_rejected", None)
    elif draw < 0.29:
        give("thumb", None, -1)
        give("comment", None, text=chance.choice(newsroom.COMMENTS))
    elif draw < 0.31:
        give("thumb", None, 1)
    return said


def _moment(chance: random.Random, plan: Plan) -> int:
    return plan.start + int(chance.random() * max(1, plan.end - plan.start))


def _one(chance: random.Random, weights: Mapping[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _packed(article: str) -> tuple[str, bytes, int]:
    return hashlib.sha256(article.encode()).hexdigest(), bodies.pack_text(article), len(article)


@cache
def _body(desk: str, language: str) -> bytes:
    """What is kept of the messages: the same for everyone at a desk, for the article stands elsewhere."""
    messages = [
        {"role": each["role"], "pieces": each["content"].split("{}") if "{}" in each["content"] else [each["content"]]}
        for each in _MESSAGES
    ]
    settings = {"profile": "made", "limit": 70, "temperature": 0.7, "max_tokens": 800}
    return bodies.pack(
        {"variables": {"desk": desk, "language": language, "count": 10}, "article_as": ["article"], "messages": messages,
         "settings": settings}
    )  # fmt: skip
