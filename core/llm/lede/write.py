"""The answer: headlines in the form the prompt asks for, or in that of a model that was not told."""

import hashlib
import json
import math
import random
from collections.abc import Iterator, Sequence

from core.llm.lede.brief import Brief
from core.llm.lede.choose import Candidate, choose, fold
from core.llm.lede.compress import Form, forms
from core.llm.lede.grammar import Grammar
from core.llm.lede.loud import loud
from core.llm.lede.quotes import is_speech, quote_forms, speaker_of
from core.llm.lede.sentences import Sentence, sentences
from core.llm.lede.topics import topics
from core.llm.lede.words import guess

_MOST_HEADLINES = 60
_ENOUGH_WORDS = 120
"""A shorter article has no second way to say a thing that would not be padding."""
_FEWEST, _SPREAD = 5, 4


def write(brief: Brief, *, seed: int | None = None, temperature: float | None = None) -> str:
    """The answer to a brief; the same for the same brief, seed and temperature."""
    grammar = guess(brief.article)
    mood = random.Random(_digest(brief.article, brief.tone))
    count = _FEWEST + mood.randrange(_SPREAD) if brief.count is None else min(brief.count, _MOST_HEADLINES)
    wobble = random.Random(_digest(brief.article, seed, temperature)) if _is_warm(temperature) else None
    headlines = choose(
        list(candidates(brief.article, grammar, brief.limit)),
        count,
        limit=brief.limit,
        tone=brief.tone,
        taken=brief.taken,
        wobble=wobble,
        choosy=brief.count is None or len(brief.article.split()) < _ENOUGH_WORDS,
    )
    if brief.tone == "punchy":
        headlines = loud(headlines, grammar, brief.limit)
    return _laid_out(headlines, brief, grammar, bold=mood.random() < 0.3)


def candidates(article: str, grammar: Grammar, limit: int | None = None) -> Iterator[Candidate]:
    """Every headline the article holds, in the order of its sentences."""
    copy = sentences(article)
    subjects = topics([sentence.text for sentence in copy], grammar)
    known = frozenset(word for sentence in copy for word in sentence.text.split())
    speaker, paragraph = "", -1
    for sentence in copy:
        speaker = speaker_of(sentence.text, grammar) or (speaker if sentence.paragraph == paragraph else "")
        paragraph = sentence.paragraph
        if is_speech(sentence.text):
            topic = _capital(subjects[0]) if subjects else ""
            found = list(quote_forms(sentence.text, grammar, speaker, topic))
        else:
            found = forms(sentence.text, grammar, limit)
        for form in found:
            yield Candidate(form.text, form.cost, sentence.position, form.angle)
            if form.angle == "plain" and form.cost < 1.6:
                yield from _with_kicker(form, sentence, subjects, grammar, known)


def _with_kicker(
    form: Form, sentence: Sentence, subjects: Sequence[str], grammar: Grammar, known: frozenset[str]
) -> Iterator[Candidate]:
    """The headline under the first subject it does not itself name, at no price worth paying if its sentence does not either.

    A place before the facts of another sentence makes a claim that the article does not.
    """
    text, words = form.text, set(fold(form.text).split())
    for subject in subjects:
        if not words & set(fold(subject).split()):
            cost = form.cost + 0.2 if f" {fold(subject)} " in f" {fold(sentence.text)} " else math.inf
            clause = text if grammar.nouns_capitalised else _lowered(text, known)
            yield Candidate(f"{_capital(subject)}{grammar.colon}{clause}", cost, sentence.position, "kicker")
            return


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str, known: frozenset[str]) -> str:
    """The text with a small first letter, unless the article knows its first word only with a capital."""
    first = text.split(" ", 1)[0]
    small = first[:1].lower() + first[1:]
    return small + text[len(first) :] if small in known else text


def _is_warm(temperature: float | None) -> bool:
    return temperature is not None and math.isfinite(temperature) and temperature > 0


def _digest(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode("utf-8", "replace")).digest()[:8], "big")


def _laid_out(headlines: Sequence[str], brief: Brief, grammar: Grammar, *, bold: bool) -> str:
    if brief.wants_json:
        return json.dumps({"headlines": list(headlines)}, ensure_ascii=False, separators=(",", ": "))
    if brief.layout == "lines":
        return "\n".join(headlines)
    marks = "**" if bold and brief.layout is None else ""
    listed = "\n".join(f"{number}. {marks}{text}{marks}" for number, text in enumerate(headlines, start=1))
    if brief.layout == "numbered":
        return listed
    before, after = grammar.chatter
    return f"{before}\n\n{listed}\n\n{after}"
