"""Headlines made of what somebody said, with the name of who said it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.llm.lede.compress import Form
from core.llm.lede.cuts import cuts
from core.llm.lede.edges import balanced, ends_well
from core.llm.lede.grammar import Grammar
from core.llm.lede.sentences import quotations
from core.llm.lede.tokens import core

_NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’-]+|(?:Dr|Prof)\.?)(?: (?:van der|van den|van de|van|von|de la|de|du|den"
    r"|der|ter|ten|le|la|el|al|bin|O['’]))?(?: [A-ZÀ-Þ][\w'’-]+){1,3}"
)
_CAPITALS = (
    r"[A-ZÀ-Þ][\w'’-]+\.?(?: (?:van|de|der|den|von|du|la|le|ter|ten"
    r"|[A-ZÀ-Þ][\w'’-]+)){0,3}(?<! van)(?<! de)(?<! der)(?<! von)"
)
_PREPOSITIONS = (
    r"(?:in|at|from|of|after|before|when|as|to|on|with|by|à|de|en|dans|pour|bij|na|op|van|nach"
    r"|bei|von|aus)"
)
_PRONOUN_SAYS = re.compile(
    r"\W*(?:[\w-]+ ){0,2}?(?:he|she|they|il|elle|on|t-il|t-elle|hij|ze|zij|er|sie)\b", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms|Mme|M|Sir|Herr|Frau)\.? ")
_MARKS = "“”„«»\"‘’'‚\u00a0\u202f "
_LONGEST_PARTIAL = 5
_NOBODYS = 3.0
"""What it costs that nobody says it: an interview is full of such lines, and a list of ten takes them last."""


def is_speech(sentence: str) -> bool:
    """Whether the sentence is mainly somebody's own words."""
    spans = quotations(sentence)
    if not spans:
        return False
    start, end = max(spans, key=lambda span: span[1] - span[0])
    said = sentence[start:end].strip(_MARKS)
    if start == 0 and re.match(r"\s*,", sentence[end:]):
        return True
    if len(said.split()) <= _LONGEST_PARTIAL:
        return said.endswith((",", "!", "?", "."))
    return start == 0 or said.endswith((",", ".", "!", "?")) or (end - start) > len(sentence) / 2


def speaker_of(sentence: str, grammar: Grammar) -> str:
    """Whose words the sentence gives, by name; empty when it does not say."""
    spans = quotations(sentence)
    if spans:
        start, end = spans[0]
        _, attribution = _split_attribution(sentence[start:end].strip(_MARKS), grammar)
        return _speaker(attribution or f"{sentence[:start]} | {sentence[end:]}", grammar)
    told = _telling(grammar).search(sentence)
    names = list(_NAME.finditer(sentence))
    if not told or not names:
        return ""
    after = [found for found in names if 0 <= found.start() - told.end() <= 40]
    return (after or names)[0].group() if after or len(names) == 1 else ""


def quote_forms(sentence: str, grammar: Grammar, speaker: str, topic: str = "") -> Iterator[Form]:
    """The quotation with its speaker in front; under the topic when there is none, and without that alone."""
    spans = quotations(sentence)
    if not spans:
        return
    start, end = spans[0]
    inside, _ = _split_attribution(sentence[start:end].strip(_MARKS), grammar)
    names = [speaker, _short(speaker)] if speaker else [topic] if topic else []
    opening, closing = grammar.quote_marks
    for said, cost in _said(inside, grammar):
        if not names:
            yield Form(f"{opening}{said}{closing}", cost + _NOBODYS, "quote")
        for rank, name in enumerate(dict.fromkeys(names)):
            penalty = 0.0 if speaker else 1.2
            yield Form(f"{name}{grammar.colon}{opening}{said}{closing}", cost + penalty + 0.05 * rank, "quote")


def _said(inside: str, grammar: Grammar) -> Iterator[tuple[str, float]]:
    """The quoted sentences and their beginnings, verbatim."""
    for index, sentence in enumerate(re.split(r"(?<=[.!?])\s+", inside)[:3]):
        sentence = sentence.rstrip(".,;: ")
        for said, cost in [(sentence, 0.0), *cuts(sentence, grammar, firm=True)]:
            words = said.split()
            # A whole sentence may end as its speaker ended it; a beginning of one may not.
            if len(words) < 3 or len(said) < 12 or not balanced(said):
                continue
            if cost and not ends_well(words, grammar):
                continue
            if core(words[0]) in grammar.conjunctions:
                said = " ".join(words[1:])
                said = said[:1].upper() + said[1:]
            yield said.rstrip(",;: "), cost + 0.3 * index


def _split_attribution(inside: str, grammar: Grammar) -> tuple[str, str]:
    """French puts 'raconte Yvan Cardelle' inside the marks; the words before it are what was said."""
    match = re.search(rf", (?:{grammar.saying}) (?=[A-ZÀ-Þ])", inside)
    if not match:
        return inside, ""
    return inside[: match.start()], inside[match.start() :].split(". ")[0]


def _speaker(outside: str, grammar: Grammar) -> str:
    """The name beside the verb of saying; never one that only stands in the same sentence."""
    before, _, after = outside.partition("|")
    near = after if len(after) > 8 else before
    if re.match(_PRONOUN_SAYS, near):
        return ""
    found = next(filter(None, (pattern.search(near) for pattern in _attributions(grammar))), None)
    if not found:
        return ""
    name = found["name"]
    if grammar.nouns_capitalised and len(name.split()) > 2:
        name = " ".join(name.split()[-2:])
    return re.sub(r"['’]s$", "", name)


@lru_cache(maxsize=8)
def _attributions(grammar: Grammar) -> tuple[re.Pattern[str], ...]:
    """'said Ann Day', 'Ann Day said', and without a known verb of saying: right after the quotation."""
    said, name = rf"(?i:{grammar.saying})", rf"(?P<name>{_NAME.pattern})"
    return (
        re.compile(rf"\b{said} (?P<name>{_CAPITALS})"),
        re.compile(rf"{name}(?:, [^,]{{2,60}},)? {said}\b"),
        re.compile(rf"^\W*(?!{_PREPOSITIONS} )(?:[a-zà-ÿ'’-]+ ){{1,3}}{name}"),
        re.compile(rf"^\W*(?!{_PREPOSITIONS} )[a-zà-ÿ][^,|]{{2,60}}, {name}"),
        re.compile(rf"^\W*{name}(?:, [^,]{{2,60}},)? [a-zà-ÿ]"),
    )


@lru_cache(maxsize=8)
def _telling(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{grammar.saying}|according to|selon|volgens|laut|gaf)\b")


def _short(name: str) -> str:
    """The family name, with the particle that belongs to it."""
    words = _TITLE.sub("", name).split()
    for index, word in enumerate(words[1:], start=1):
        if word.islower():
            return " ".join(words[index:])[:1].upper() + " ".join(words[index:])[1:]
    return words[-1] if words else name
