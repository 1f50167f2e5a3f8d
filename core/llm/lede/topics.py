"""What an article keeps coming back to: the few words a kicker can be made of."""

import re
from collections import Counter
from collections.abc import Sequence

from core.llm.lede.clauses import read
from core.llm.lede.grammar import Grammar, vocabulary

_CAPITALS = re.compile(r"(?<![.!?“\"„«‘] )(?<!^)\b[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w-]+){1,2}")
_PAIR = re.compile(r"\b(?:the|this|a) ([a-z-]{4,}) ([a-z-]{4,})\b(?=[.,;:]| ([a-z]+))")
_SINGLE = re.compile(r"\b(?:de|het|der|die|das|dem|den|la|le|l['’]) ?([A-ZÀ-Þ]?[a-zà-ÿ-]{7,})\b")
_MOST = 3
_GENERAL = vocabulary(
    "unternehmen gemeinde gemeente maatschappij entreprise organisation organisatie "
    "présidente président directeur directrice kilometer seconden "
    "minuten mannen vrouwen regierung geschäftsführerin bürgermeister bürgermeisterin "
    "burgemeester wethouder ministre minister société région"
)


def topics(texts: Sequence[str], grammar: Grammar) -> list[str]:
    """The phrases an article repeats, most frequent first; never the name of a person."""
    if grammar.code == "other":
        return []
    whole = "\n".join(texts)
    counted: Counter[str] = Counter()
    if grammar.code == "en":
        pairs = Counter(
            f"{one} {two}" for one, two, after in _PAIR.findall(whole) if _is_noun_pair(one, two, after, grammar)
        )
        counted.update({pair: whole.casefold().count(pair) for pair in pairs})
    else:
        nouns = Counter(_SINGLE.findall(whole))
        counted.update({noun: count for noun, count in nouns.items() if count > 1 and _is_noun(noun, grammar)})
    counted.update({name: whole.count(name) for name in _things(whole)})
    return [phrase for phrase, count in counted.most_common() if count > 1][:_MOST]


def _things(whole: str) -> list[str]:
    """Names that take an article or an owner, as bridges and institutions do and people do not."""
    owned = re.findall(
        r"(?:\b[Tt]he |\b[Ll]a |\b[Ll]e |\b[Dd]e |\b[Hh]et |\b[Dd]ie |\b[Dd]er |\b[Dd]as "
        r"|\w['’]s )([A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){1,2})(?!['’\w])",
        whole,
    )
    speakers = set(re.findall(r"(?:said|says|told|zei|zegt|sagte) ([A-Z]\w+ [A-Z]\w+)", whole))
    return [name for name in dict.fromkeys(owned) if name not in speakers and len(name) <= 28]


def _is_noun_pair(one: str, two: str, after: str, grammar: Grammar) -> bool:
    """Whether the two words may be a noun with what describes it, and not a noun and its verb."""
    if after and after not in grammar.banned_ends | grammar.verbs | grammar.cut_before:
        return False
    for word in (one, two):
        if (
            word in grammar.banned_ends
            or word in grammar.verbs
            or word in grammar.auxiliaries
            or word in grammar.banned_openers
        ):
            return False
    if two.endswith(("ing", "ed", "ly", "ous", "al", "ive", "ful")) or one.endswith("ly"):
        return False
    return not read(f"{one} {two}", grammar).is_verb_at(1)


def _is_noun(word: str, grammar: Grammar) -> bool:
    if grammar.nouns_capitalised:
        return word[:1].isupper() and len(word) > 8 and word.casefold() not in _GENERAL
    plain = word.casefold()
    if plain in _GENERAL:
        return False
    return (
        word[:1].islower()
        and plain not in grammar.banned_ends
        and plain not in grammar.verbs
        and not plain.endswith(("ste", "ige", "ende"))
    )
