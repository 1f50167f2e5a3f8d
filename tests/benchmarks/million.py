"""The traces of a newsroom by the million, to measure on: made in processes of their own, put on record in bulk.

    .venv/bin/python -m tests.benchmarks.million copydesk.db 1000000

Articles of about 2 KB are put together from the sentences of the shipped ones, with other numbers and invented names, so
that common words are common and rare ones rare. Each call has ten headlines, attempts, flags and, as in life, now and then
feedback; every third is about an article that was asked about before. The same number always makes the same traces.
"""

import hashlib
import json
import math
import random
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from core import clock
from core.db import Database, open_database
from core.db.sqlite import connect
from core.prompts import shipped
from core.traces import bodies
from core.traces.counting import receptions, rollups
from core.traces.finding import index

ROOT = Path(__file__).parents[2]
BLOCK = 2_000
DAYS = 90
MAKERS = 2

DESKS = {"politics": 14, "business": 12, "sport": 22, "tech": 6, "culture": 9, "science": 4, "health": 6, "world": 11,
         "local": 13, "opinion": 3}  # fmt: skip
SOURCES = {"api": 68, "playground": 18, "eval": 10, "judge": 2, "cli": 2}
STATUSES = {"valid": 905, "repaired": 45, "incomplete": 20, "failed": 25, "interrupted": 5}
MODELS = {"gpt-4o-mini": 70, "mistral-small": 20, "offline/lede": 10}
FLAGS = {"number": ("fail", 5), "name": ("fail", 2), "quotation": ("fail", 1), "clickbait": ("warn", 6),
         "passive": ("hint", 9), "ends_with_period": ("warn", 4), "near_duplicate": ("warn", 3)}  # fmt: skip
ERRORS = [
    "The provider did not answer in time. Try again.",
    "The provider refused our key.",
    "Too many requests for now.",
]
COMMENTS = ["Too long for the front page.", "Der Ton passt nicht.", "Le chiffre est faux.", "Names the wrong minister.",
            "Good, but the verb is weak.", "Niet wat er staat."]  # fmt: skip
PEOPLE = [f"editor-{number}" for number in range(40)]
_MESSAGES = [
    {"role": "system", "content": "You write headlines for a newspaper. " * 12},
    {
        "role": "user",
        "content": "Write ten headlines of at most 70 characters for the article between the marks.\n<<<{}>>>",
    },
]


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


_INSERTS = {
    "articles": "insert into articles values (?, ?, ?) on conflict do nothing",
    "traces": f"insert into traces values ({', '.join('?' * 30)})",
    "bodies": "insert into trace_bodies values (?, ?)",
    "attempts": f"insert into attempts values ({', '.join('?' * 13)})",
    "attempt_bodies": "insert into attempt_bodies values (?, ?, ?)",
    "headlines": "insert into headlines values (?, ?, ?, ?)",
    "scorings": "insert into scorings values (?, ?, ?, ?, ?, ?, ?, ?)",
    "scores": f"insert into scores values ({', '.join('?' * 12)})",
    "feedback": "insert into feedback (trace, position, kind, value, text, person, source, given_at, received_at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "indexed": "insert into trace_search (rowid, terms) values (?, ?)",
}  # fmt: skip


def fill(path: Path, many: int, *, makers: int = MAKERS, seed: int = 1) -> Iterator[int]:
    """Put so many traces into a new database; yields how many there are after each block, and at last all of them.

    Words, facts and sums are made as Copydesk makes them; a test compares.
    """
    end = clock.now_ms()
    with closing(open_database(path)) as db:
        shipped.bring_in(db, ROOT / "prompts")
    sizes = [min(BLOCK, many - start) for start in range(0, many, BLOCK)]
    span = DAYS * 86_400_000 // len(sizes)
    begin = end - span * len(sizes)
    plans = [
        _Plan(seed, place * BLOCK + 1, size, begin + place * span, begin + (place + 1) * span)
        for place, size in enumerate(sizes)
    ]
    with closing(connect(path)) as connection, ProcessPoolExecutor(makers) as pool:
        # What this writes can be made again: there is nothing to lose.
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -400000")
        connection.execute("insert into trace_search (trace_search, rank) values ('hashsize', 64000000)")
        done = 0
        for block in _in_turn(pool, plans):
            _put(connection, block)
            done += len(block.traces)
            yield done
        connection.execute("insert into trace_search (trace_search, rank) values ('hashsize', 1048576)")
    with closing(open_database(path)) as db:
        _count(db)
    yield many


def _in_turn(pool: ProcessPoolExecutor, plans: Sequence["_Plan"]) -> Iterator[Block]:
    """The blocks in their order, a few made ahead and no more, for they are large."""
    ahead = [pool.submit(make, plan) for plan in plans[: MAKERS + 1]]
    for following in [*plans[MAKERS + 1 :], *[None] * len(ahead)]:
        block = ahead.pop(0).result()
        if following is not None:
            ahead.append(pool.submit(make, following))
        yield block


def _put(connection: sqlite3.Connection, block: Block) -> None:
    connection.execute("begin immediate")
    for name, insert in _INSERTS.items():
        rows = getattr(block, name)
        connection.executemany(insert, rows.values() if isinstance(rows, dict) else rows)
    connection.execute("commit")


def _count(db: Database) -> None:
    rollups.start_over(db)
    for _ in rollups.catch_up(db):
        pass
    db.write(lambda connection: connection.execute("update reception_progress set kept_from = 'g'"))
    for _ in receptions.catch_up(db):
        pass


@dataclass(frozen=True)
class _Plan:
    """What a block is made from: its first number, how many traces, and the time that it covers."""

    seed: int
    first: int
    many: int
    start: int
    end: int


def make(plan: _Plan) -> Block:
    """A block, the same one for the same plan."""
    chance = random.Random(f"{plan.seed}-{plan.first}")
    block = Block()
    moments = sorted(_moment(chance, plan) for _ in range(plan.many))
    texts: list[tuple[str, str, str]] = []
    for place, moment in enumerate(moments):
        if texts and chance.random() < 0.33:
            desk, language, text = chance.choice(texts)
        else:
            desk = _one(chance, DESKS)
            language, text = _article(chance, desk)
            texts.append((desk, language, text))
        _trace(block, chance, plan.first + place, moment, desk, language, text)
    return block


def _trace(
    block: Block, chance: random.Random, number: int, moment: int, desk: str, language: str, article: str
) -> None:
    trace_id = f"{moment:012x}7{chance.getrandbits(12):03x}8{chance.getrandbits(60):015x}"
    status, source, model = _one(chance, STATUSES), _one(chance, SOURCES), _one(chance, MODELS)
    environment = "staging" if source == "eval" else "production"
    prompt = "headline-judge" if source == "judge" else "headlines"
    version = 1 if source == "judge" else (1 if number % 5 == 0 else 2)
    answered = status in ("valid", "repaired", "incomplete")
    given = 0 if not answered or source == "judge" else 10 if status != "incomplete" else chance.randint(2, 9)
    texts = _headlines(chance, article, given)
    duration = math.exp(chance.gauss(8, 0.5))
    cost = None if model == "offline/lede" or not answered else 0.0002 + duration / 2e7
    tokens = (len(article) // 4 + 150, given * 14 or 20) if answered else (None, None)
    error = chance.choice(ERRORS) if not answered else None
    person = chance.choice(PEOPLE) if source in ("playground", "api") else None
    packed = _packed(article)
    block.articles.setdefault(packed[0], packed)
    block.traces.append(
        (
            number, trace_id, None, packed[0], status, source, person, environment, desk, "web", language, prompt,
            version, None, model, model if answered else None, moment, round(duration, 3),
            round(duration / 3, 3) if given else None, 10, given, 1 + (status == "repaired"), *tokens, cost,
            "provider_timeout" if error else None, error, packed[0], "made", index.RECIPE,
        )
    )  # fmt: skip
    block.bodies.append((trace_id, _body(desk, language)))
    for position in range(1 + (status == "repaired")):
        kind = "repair" if position else "ask"
        block.attempts.append(
            (trace_id, position, kind, model, moment, round(duration, 3), 200.0, *tokens, cost,
             "stop" if answered else None, "provider_timeout" if error else None, error)
        )  # fmt: skip
        block.attempt_bodies.append((trace_id, position, bodies.pack({"messages": None, "answer": json.dumps(
            {"headlines": texts}, ensure_ascii=False) if answered else None, "detail": None})))  # fmt: skip
    block.headlines += [(trace_id, position, text, 0) for position, text in enumerate(texts)]
    flags = _score(block, chance, trace_id, moment, given) if given else set[tuple[index.Kind, str]]()
    said, feedback = (
        _feedback(block, chance, trace_id, moment, texts, person or "somebody") if given else ("", set[str]())
    )
    known = [
        ("environment", environment), ("desk", desk), ("prompt", prompt), ("version", f"{prompt}@{version}"),
        ("model", model), ("status", status), ("source", source), ("person", person),
        ("duration", index.step(round(duration, 3))), ("cost", index.step(cost)), ("trace", index.EVERY),
        *flags, *(("feedback", each) for each in feedback),
    ]  # fmt: skip
    facts = {index.fact(kind, value) for kind, value in known if value is not None}
    errors = [error] * (1 + (status == "repaired")) if error else []
    words = "\n".join(each for each in (error, article, *texts, *errors, said) if each)
    block.indexed.append((number, index.terms(words, facts)))


def _score(block: Block, chance: random.Random, trace_id: str, moment: int, given: int) -> set[tuple[index.Kind, str]]:
    """Flags on a few of the headlines; returns which checks fired, and how severe that is."""
    fired: set[tuple[index.Kind, str]] = set()
    block.scorings.append((trace_id, 1, "made", '{"number": 2}', 0.7, 0.9, 0.1, moment))
    for position in range(given):
        for place, (check, (severity, per_cent)) in enumerate(FLAGS.items()):
            if chance.random() * 100 < per_cent / 3:
                fired |= {("check", check), ("severity", severity)}
                block.scores.append(
                    (trace_id, 1, position, place, check, 2, severity, f"A {check} to look at.", 0, 5, None, None)
                )
    return fired


def _feedback(
    block: Block, chance: random.Random, trace_id: str, moment: int, texts: Sequence[str], person: str
) -> tuple[str, set[str]]:
    """What somebody did with the set, if anybody did; returns what was written, and the kinds of it."""
    draw = chance.random()
    at = moment + 60_000
    position = chance.randrange(len(texts))

    def give(kind: str, place: int | None, value: int | None = None, text: str | None = None) -> None:
        block.feedback.append((trace_id, place, kind, value, text, person, "app", at, at))

    if draw < 0.16:
        give("picked", position)
        return "", {"picked"}
    if draw < 0.24:
        text = f"{texts[position].rsplit(' ', 1)[0]} today"
        give("edited", position, text=text)
        return text, {"edited"}
    if draw < 0.27:
        give("all_rejected", None)
        return "", {"all_rejected"}
    if draw < 0.29:
        text = chance.choice(COMMENTS)
        give("thumb", None, -1)
        give("comment", None, text=text)
        return text, {"thumb_down", "comment"}
    if draw < 0.31:
        give("thumb", None, 1)
        return "", {"thumb_up"}
    return "", set()


def _article(chance: random.Random, desk: str) -> tuple[str, str]:
    """A language and a text of about 2 KB."""
    language, sentences = chance.choice(_sentences(desk))
    names = [_name(chance) for _ in range(3)]
    parts: list[str] = []
    length = 0
    while length < 1_950:
        sentence = chance.choice(sentences)
        if chance.random() < 0.3:
            sentence = f"{chance.choice(names)}: {sentence}".replace("1", str(chance.randrange(1000)))
        parts.append(sentence)
        length += len(sentence) + 1
    return language, " ".join(parts)


def _headlines(chance: random.Random, article: str, many: int) -> list[str]:
    """The beginnings of sentences, and where there are too few of them, what follows."""
    sentences = article.split(". ")
    chance.shuffle(sentences)
    taken = [(sentences[place % len(sentences)].split(), 4 * (place // len(sentences))) for place in range(many)]
    return [" ".join(words[start : start + 9])[:70].rstrip(" .,:;") or article[:40] for words, start in taken]


_SYLLABLES = ["ka", "ro", "mi", "ten", "dal", "os", "ver", "lun", "hei", "bra", "quo", "zin", "el", "fa", "sto", "wim"]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _moment(chance: random.Random, plan: _Plan) -> int:
    return plan.start + int(chance.random() * max(1, plan.end - plan.start))


def _one(chance: random.Random, weights: dict[str, int]) -> str:
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


@cache
def _sentences(desk: str) -> list[tuple[str, list[str]]]:
    """The sentences of the shipped articles of a desk, by language; of all desks where it has none."""
    lines = (ROOT / "prompts" / "evals" / "newsroom.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    own = [case for case in cases if case["desk"] == desk] or cases
    found: dict[str, list[str]] = {}
    for case in own:
        found.setdefault(case["language"], []).extend(re.split(r"(?<=[.!?])\s+", case["article"]))
    return list(found.items())


def main() -> None:
    path, many = Path(sys.argv[1]), int(sys.argv[2])
    start = time.perf_counter()
    for done in fill(path, many):
        took = time.perf_counter() - start
        print(f"\r{done:>9,} traces, {done / took:,.0f} a second", end="", flush=True)
    print(f"\n{path.stat().st_size / many / 1000:.2f} KB a trace")


if __name__ == "__main__":
    main()
