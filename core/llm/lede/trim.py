"""What a sentence loses first: ties to the one before, asides, times, the name of who says so."""

import re
from collections.abc import Iterator

from core.llm.lede.clauses import Row, read
from core.llm.lede.grammar import Grammar, vocabulary
from core.llm.lede.inversion import without_lead_phrase
from core.llm.lede.tokens import core, is_number

_HIDDEN_COMMA = "\ue000"
_BRACKETS = re.compile(r" ?\([^()]{0,200}\)| ?\[[^\[\]]{0,200}\]")
_ASIDE = re.compile(r" [–—-] [^–—]{3,120} [–—-] (?=[a-zà-ÿ])")
_RELATIVE_OF_SUBJECT = re.compile(r"^([^,]{4,50}), (?:which|who|qui) ([^,;]{8,150})(?:,|$)")
_RANGE = re.compile(
    r"\b(?:from|von|van) [£$€]?[\d.,\ue000]+(?: (?:million|Millionen|miljoen))? (?=(?:to|auf"
    r"|naar) [£$€\w])"
)
_AUXILIARY = re.compile(
    r" (?:(?:has|have|had) been|is|are|was|were) (?:still |now )?(?=(?:\w{2,}ed|put|cut|due"
    r"|hit|set|held|found|built|sold|shut) )"
)
_SUBJECT_PHRASES = vocabulary(
    "in at on from with near im am an aus mit für bei von voor met uit bij op sur dans avec pour"
)
_LIMITED = vocabulary(
    "first second third last only most all every no each both half none best worst more "
    "fewer less erste ersten einzige alle jeder "
    "premier première seul seule tous toutes eerste enige alle helft one"
)
_JOINED = vocabulary("that who which whose qui que dont and et und en or")
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "un", "une"})


def tidy(sentence: str) -> str:
    """The sentence without brackets, asides between dashes and its stop; commas in numbers are hidden."""
    text = _ASIDE.sub(" ", _BRACKETS.sub("", sentence))
    return hide_commas(text.strip().rstrip(".!…; ").strip())


def hide_commas(text: str) -> str:
    """The text with the commas inside its numbers hidden."""
    return re.sub(r"(?<=\d),(?=\d)", _HIDDEN_COMMA, text)


def show_commas(text: str) -> str:
    """The text with hidden commas back in place."""
    return text.replace(_HIDDEN_COMMA, ",")


def without_lead(text: str, grammar: Grammar) -> str:
    """The sentence without the words that tie it to the one before or set the scene."""
    for _ in range(3):
        shorter = grammar.connective.sub("", text, count=1)
        rest = without_lead_phrase(shorter, grammar) if grammar.verb_second else _after_phrase(shorter, grammar)
        if rest and len(rest) > 20:
            shorter = rest
        if shorter == text:
            break
        text = shorter[:1].upper() + shorter[1:]
    return text


def lean(text: str, grammar: Grammar, *, dates: bool = True) -> str:
    """The sentence without asides: relative clauses, appositions, weak adverbs and, if wanted, times."""
    text = _without_relatives(text, grammar)
    text = grammar.weak_adverbs.sub("", text)
    if dates:
        text = without_times(text, grammar)
    return re.sub(r"\s+", " ", _without_asides(text, grammar)).strip()


def without_times(text: str, grammar: Grammar) -> str:
    """The sentence without its days and dates, save where a preposition needs them: 'since last week'."""

    def kept(found: re.Match[str]) -> str:
        before = text[: found.start()].rsplit(" ", 1)[-1]
        needed = core(before) in grammar.banned_ends and core(before) not in grammar.auxiliaries
        if needed or not before:
            return found.group()
        return "," if found.group().endswith(",") and not found.group().startswith(",") else ""

    return grammar.time_phrase.sub(kept, text)


def untitled(text: str, grammar: Grammar) -> str | None:
    """'Ferry operator Halvern Lines has' without 'Ferry operator'; None when no title precedes a name."""
    row = read(" ".join(text.split()[:12]), grammar)
    verb = next((place for place in row.verbs if place > 0), 0)
    if not 1 < verb <= 7 or any(word.endswith(",") for word in row.words[:verb]):
        return None
    start = 1
    while start < verb and row.words[start][:1].islower() and row.cores[start] not in grammar.banned_ends:
        start += 1
    if grammar.nouns_capitalised:
        start = 2 if row.cores[0] in grammar.determiners and verb == 4 else verb
    names = row.words[start:verb]
    if not names or row.cores[0] in grammar.banned_ends - {"the", "de", "le", "la", "der", "die"}:
        return None
    if not all(word[:1].isupper() for word in names) or (
        start == 1 and len(names) < 3 and not grammar.nouns_capitalised
    ):
        return None
    return text[text.index(" ".join(names)) :] if " ".join(names) in text and start > 1 else None


def barer(text: str, grammar: Grammar) -> Iterator[str]:
    """The sentence without what a figure was before, where its subject is, the auxiliary of a passive."""
    shorter = _RANGE.sub("", text)
    if shorter != text:
        yield shorter
    if without := _without_subject_phrase(shorter, grammar):
        yield without
        shorter = without
    passive = _AUXILIARY.sub(" ", shorter, count=1) if grammar.code == "en" else shorter
    if passive != shorter and not read(shorter[: _start_of_auxiliary(shorter)], grammar).verbs:
        yield passive


def _start_of_auxiliary(text: str) -> int:
    found = _AUXILIARY.search(text)
    return found.start() if found else 0


def _without_subject_phrase(text: str, grammar: Grammar) -> str | None:
    """'Soldiers on both banks lifted' without the banks; not where the phrase says which or how many."""
    row = read(text, grammar)
    verb = next((place for place in row.verbs if place > 0), 0)
    start = next((place for place in range(1, verb) if row.cores[place] in _SUBJECT_PHRASES), 0)
    if not start or verb - start < 2 or any(word.endswith(",") for word in row.words[:verb]):
        return None
    subject = row.cores[:start]
    if any(
        word in _LIMITED or word in grammar.quantifiers or word.endswith("est") or is_number(word) for word in subject
    ):
        return None
    if _JOINED & set(row.cores[:verb]) or (grammar.code == "nl" and "die" in row.cores[:verb]):
        return None
    return " ".join([*row.words[:start], *row.words[verb:]])


def of_subject(text: str, grammar: Grammar) -> Iterator[str]:
    """'The bridge, which carries 12,400 vehicles a day, …' says of the bridge that it carries them."""
    match = _RELATIVE_OF_SUBJECT.match(text)
    if match and grammar.code in {"en", "fr"}:
        subject, predicate = match.groups()
        if not read(subject, grammar).verbs and read(predicate, grammar).is_verb_at(0):
            yield f"{subject} {predicate}"


def _after_phrase(text: str, grammar: Grammar) -> str | None:
    """The sentence without an adverbial or adjectival phrase in front."""
    match = grammar.leading_phrase.match(text)
    if match:
        conditional = any(core(word) in grammar.conditions for word in match.group().split())
        return None if conditional else _after_name(text[match.end() :])
    first, comma, rest = text.partition(", ")
    words = first.split()
    if not comma or not 1 < len(words) <= 9 or core(words[0]) in grammar.determiners or words[0][1:2].isupper():
        return None
    opens_clause = core(rest.split(" ", 1)[0]) in _ARTICLES or rest.startswith(("l’", "l'"))
    if (
        not opens_clause
        or read(first, grammar).has_main_verb()
        or not read(rest.partition(", ")[0], grammar).has_main_verb()
    ):
        return None
    return rest if core(words[0]) not in grammar.conditions else None


def _without_relatives(text: str, grammar: Grammar) -> str:
    """The sentence without ', which …'; a clause with a verb in second place is not one."""

    def cut(found: re.Match[str]) -> str:
        if grammar.verb_second:
            row = read(found.group(), grammar)
            verbs = [place for place in row.verbs if place > 0]
            if not verbs or (verbs[0] <= 3 and verbs[0] < len(row.words) - 1):
                return found.group()
        return " " if found.group().endswith(",") else ""

    return grammar.relative.sub(cut, text)


def _after_name(rest: str) -> str:
    """'In the capital, Varsh, people marched': with the capital goes its name."""
    match = re.match(r"^(?:[A-ZÀ-Þ][\w’'-]+ ?){1,3}, (?=\S)", rest)
    return rest[match.end() :] if match and len(rest) - match.end() > 20 else rest


def _without_asides(text: str, grammar: Grammar) -> str:
    """The sentence without what stands between two commas right before or right after its verb."""
    parts = text.split(", ")
    for index in range(1, min(len(parts) - 1, 4)):
        before = read(parts[index - 1], grammar)
        if not before.words or not parts[index] or not parts[index + 1]:
            continue
        if _splits_subject(before, parts, index, grammar) or _splits_object(before, parts[index], grammar):
            return ", ".join([*parts[: index - 1], f"{parts[index - 1]} {parts[index + 1]}", *parts[index + 2 :]])
    return text


def _splits_subject(before: Row, parts: list[str], index: int, grammar: Grammar) -> bool:
    """'Ann Day, 54, was': no verb yet, an aside without one of its own, then the verb."""
    aside, after = read(parts[index], grammar), read(" ".join(parts[index + 1].split()[:3]), grammar)
    first_wrong = before.has_main_verb() or len(before.words) > 9 or len(aside.words) > 14
    return not first_wrong and after.is_verb_at(0) and not any(aside.sure)


def _splits_object(before: Row, aside: str, grammar: Grammar) -> bool:
    """'a adopté, par 38 voix, la gratuité': the verb waits for its object."""
    if len(before.words) < 3 or not before.has_main_verb() or not before.hangs_on_verb(len(before.words)):
        return False
    first = core(aside.split()[0])
    return first in grammar.cut_reluctantly or first in grammar.cut_before
