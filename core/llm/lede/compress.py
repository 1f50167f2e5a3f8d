"""From one sentence to the headlines in it.

Every form is made by leaving words out, never by adding or changing one, so that whatever a headline says,
the article says. A form carries what it cost: how much less sure it is to read well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.llm.lede.clauses import Row, read
from core.llm.lede.cuts import cuts, inner_clauses, is_clause
from core.llm.lede.edges import balanced, ends_well, opens_well
from core.llm.lede.grammar import Grammar
from core.llm.lede.tokens import core
from core.llm.lede.trim import (
    barer,
    lean,
    of_subject,
    show_commas,
    tidy,
    untitled,
    without_lead,
    without_times,
)

Angle = Literal["plain", "quote", "kicker"]

_MARKS = re.compile(r"[“”„\"]")
_QUOTED = re.compile(r"[“\"„]([^“”\"„]+)[”\"“]")
_STRAY_COMMA = re.compile(r"\s*,\s*(?=[,.;:]|$)")
_OBJECTS = frozenset(
    {
        "it",
        "them",
        "him",
        "her",
        "he",
        "she",
        "they",
        "ze",
        "zij",
        "hij",
        "ihn",
        "ihm",
        "ihnen",
        "lui",
        "dafür",
        "damit",
        "ermee",
        "there",
    }
)
_SHORTEST, _LONGEST = 18, 220


@dataclass(frozen=True)
class Form:
    """One way to say what a sentence says."""

    text: str
    cost: float
    angle: Angle = "plain"


def forms(sentence: str, grammar: Grammar, limit: int | None = None) -> list[Form]:
    """The forms of a sentence that fit, from the whole to the barest; none when it cannot stand alone."""
    longest = _LONGEST if limit is None else limit
    found: dict[str, Form] = {}
    seen: set[str] = set()
    for text, cost, whole in _clauses(sentence, grammar):
        if text in seen:
            continue
        seen.add(text)
        for part, extra in [(text, 0.0), *cuts(text, grammar)]:
            headline = finish(part, grammar)
            total = cost + extra
            known = found.get(headline)
            if len(headline) > longest or (known is not None and known.cost <= total):
                continue
            if known is not None or reads_well(headline, grammar, sure=whole and not extra):
                found[headline] = Form(headline, total + (1.5 if _points_back(read(headline, grammar)) else 0.0))
    return list(found.values())


def finish(text: str, grammar: Grammar) -> str:
    """The text as a headline is set: a capital first, no full stop, no article where headlines drop it."""
    text = show_commas(_STRAY_COMMA.sub("", " ".join(text.split())).strip(" ,;:–—-.…\t"))
    words = text.split(" ", 2)
    droppable = not grammar.keeps_article and len(words) > 2 and words[0].casefold() in {"the", "a", "an"}
    if droppable and core(words[1]) not in grammar.article_stays_before:
        text = " ".join(words[1:])
    return _own_marks(text[:1].upper() + text[1:], grammar)


def reads_well(headline: str, grammar: Grammar, *, sure: bool = False) -> bool:
    """Whether a sub-editor would let this stand; a verb is looked for unless there is sure to be one."""
    words = headline.split()
    if len(words) < 4 or not _SHORTEST <= len(headline) <= _LONGEST:
        return False
    if not opens_well(words, grammar) or not ends_well(words, grammar) or not balanced(headline):
        return False
    row = read(headline, grammar)
    return not _pronoun_at_verb(row) and (sure or row.has_main_verb())


def _clauses(sentence: str, grammar: Grammar) -> Iterator[tuple[str, float, bool]]:
    """The clauses that may stand alone, what each costs, and whether it is the sentence itself."""
    whole = without_lead(tidy(sentence), grammar)
    said = grammar.attribution_tail.sub("", whole, count=1)
    bare = lean(said, grammar)
    yield bare, 0.0 if said == whole else 0.1, said == whole
    yield lean(said, grammar, dates=False), 0.1, said == whole
    yield without_times(grammar.weak_adverbs.sub("", whole), grammar), 0.5, True
    yield whole, 0.6, True
    head = grammar.attribution_head.match(bare)
    if head and is_clause(bare[head.end() :], grammar):
        yield bare[head.end() :], 0.3, False
        yield from ((part, 0.6, False) for part in inner_clauses(bare[head.end() :], grammar))
    yield from ((part, 0.4, False) for part in of_subject(said, grammar))
    if shorter := untitled(bare, grammar):
        yield shorter, 0.3, False
    untimed = without_times(grammar.weak_adverbs.sub("", said), grammar)
    yield from ((part, 0.9, False) for text in (bare, untimed) for part in inner_clauses(text, grammar))
    for text, cost in [(bare, 0.8), *((part, 1.2) for part in inner_clauses(bare, grammar))]:
        yield from ((part, cost, False) for part in barer(text, grammar))


def _own_marks(text: str, grammar: Grammar) -> str:
    """The text with the quotation marks a headline has in its language."""
    if grammar.code not in {"en", "nl"} or not _MARKS.search(text) or not balanced(text):
        return text
    opening, closing = grammar.quote_marks
    return _QUOTED.sub(rf"{opening}\1{closing}", text)


def _points_back(row: Row) -> bool:
    """Whether an object pronoun leaves the reader asking who or what."""
    return bool(_OBJECTS & set(row.cores)) or "the others" in " ".join(row.cores)


def _pronoun_at_verb(row: Row) -> bool:
    """Whether the subject of the first verb is a pronoun, which out of context means nobody."""
    first = next((place for place in row.verbs if place < 9), None)
    if first is None:
        return False
    if row.grammar.verb_second:
        after = row.cores[first + 1 : first + 2]
        return bool(set(after) & row.grammar.pronouns) or (first == 1 and row.cores[0] in row.grammar.pronouns)
    return (
        first > 0
        and row.cores[first - 1] in row.grammar.pronouns
        and not re.search(r"[a-z] that$", " ".join(row.words[:first]))
    )
