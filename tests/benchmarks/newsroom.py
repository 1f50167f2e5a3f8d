"""A made newsroom: its desks, its people, and texts that read like its articles and headlines.

Articles of about 2 KB are put together from the sentences of the shipped ones, with other numbers and invented names, so
that common words are common and rare ones rare.
"""

import json
import random
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

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


def article(chance: random.Random, desk: str) -> tuple[str, str]:
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


def headlines(chance: random.Random, article: str, many: int) -> list[str]:
    """The beginnings of sentences, and where there are too few of them, what follows."""
    sentences = article.split(". ")
    chance.shuffle(sentences)
    taken = [(sentences[place % len(sentences)].split(), 4 * (place // len(sentences))) for place in range(many)]
    return [" ".join(words[start : start + 9])[:70].rstrip(" .,:;") or article[:40] for words, start in taken]


_SYLLABLES = ["ka", "ro", "mi", "ten", "dal", "os", "ver", "lun", "hei", "bra", "quo", "zin", "el", "fa", "sto", "wim"]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


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
