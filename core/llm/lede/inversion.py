"""Dutch and German sentences, set upright again once their first phrase is gone.

In both languages the verb comes second: 'Am Dienstag beschloss der Rat die Sanierung'. Without the day the
sentence would begin with its verb, which is a question; the subject has to come first.
"""

from core.llm.lede.clauses import read
from core.llm.lede.edges import opens_well
from core.llm.lede.grammar import Grammar, vocabulary
from core.llm.lede.tokens import core, is_number

_NOMINATIVE = vocabulary("der die das ein eine de het een 't seine ihre zijn haar hun")


def without_lead_phrase(text: str, grammar: Grammar) -> str | None:
    """The sentence without its first phrase, set upright; None where that cannot be told."""
    row = read(" ".join(text.split()[:16]), grammar)
    if not row.cores or row.cores[0] not in grammar.lead_openers:
        return None
    verb = next((place for place in row.verbs if place > 0), None)
    if verb is None or any(word in grammar.conditions for word in row.cores[:verb]):
        return None
    return set_upright(" ".join(text.split()[verb:]), grammar)


def set_upright(rest: str, grammar: Grammar) -> str | None:
    """The clause with its subject before its verb; None where the subject's end cannot be told."""
    words = rest.split()
    if len(words) < 4 or not read(rest, grammar).is_verb_at(0):
        return None
    size = _subject_size(words[1:], grammar)
    if size is None or size + 1 >= len(words):
        return None
    subject = words[1 : size + 1]
    if not opens_well(subject, grammar) or subject[-1].endswith(","):
        return None
    return " ".join([*subject, words[0], *words[size + 1 :]])


def _subject_size(words: list[str], grammar: Grammar) -> int | None:
    """How many words the subject takes, None when that is not plain to see."""
    if grammar.nouns_capitalised:
        return _capitalised_size(words, grammar)
    return _plain_size(words, grammar)


def _capitalised_size(words: list[str], grammar: Grammar) -> int | None:
    first = core(words[0])
    size = 1 if first in _NOMINATIVE or is_number(words[0]) else 0
    while (
        size < len(words) and words[size][:1].islower() and core(words[size]).endswith(("e", "en", "er")) and size < 4
    ):
        if core(words[size]) in grammar.banned_ends:
            return None
        size += 1
    nouns = 0
    while size < len(words) and words[size][:1].isupper() and nouns < 4:
        size, nouns = size + 1, nouns + 1
        if words[size - 1].endswith(","):
            return None
    follows = words[size] if size < len(words) else ""
    if nouns == 0 or core(follows) in {"der", "des", "und", "von", "oder", "sowie"}:
        return None
    return None if first in _NOMINATIVE and nouns == 2 else size


def _plain_size(words: list[str], grammar: Grammar) -> int | None:
    first = core(words[0])
    size = 0
    if first in _NOMINATIVE:
        size = 1
        while size < min(3, len(words)) and core(words[size]).endswith("e") and len(words[size]) > 4:
            size += 1
        size += 1
    else:
        while size < len(words) and words[size][:1].isupper() and size < 3:
            size += 1
    if not 0 < size < len(words) or any(word.endswith(",") for word in words[:size]):
        return None
    follows = core(words[size])
    plain = (
        follows in grammar.determiners
        or follows in grammar.banned_ends
        or is_number(words[size])
        or follows in grammar.particles
    )
    return size if plain and follows not in {"van", "en", "of", "zich", "die", "dat", "te"} else None
