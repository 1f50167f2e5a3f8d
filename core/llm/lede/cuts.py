"""Where a clause may end early.

A cut is made before a word that opens something the clause can do without, never inside a phrase. What is cut
off must not hold a condition: 'will close if …' is not 'will close'.
"""

import re
from collections.abc import Iterator

from core.llm.lede.clauses import Row, read
from core.llm.lede.grammar import Grammar, vocabulary
from core.llm.lede.tokens import core, is_number, is_unit

_MOST_WORDS = 45
_DASHES = frozenset({"–", "—", "-", ":", ";"})
_LOOSE = frozenset({"to", "zum", "zur", "tot", "naar", "à", "au", "aux", "en"})
_PAIRED = vocabulary("both between either neither entre tussen zowel zwischen sowohl weder noch")
_SMALL_NUMBERS = vocabulary("two three four five six seven eight nine ten")
_RELATIVES = vocabulary("that which who qui que die dat dont to pour")
_OPEN_VERBS = vocabulary("when where while as wo où waar waarbij wobei because")
_OPENS_MEASURE = vocabulary("for in within during over pendant en binnen gedurende für in")
_AT_JOINTS = (0.6, 0.7)
"""What commas and conjunctions cost: there even a denial is whole."""
_WITH_TO = vocabulary(
    "up due according next prior close thanks subject able likely set ready need needs want "
    "wants plans hopes right chance time"
)
_RANGES = {"to": "from", "auf": "von", "bis": "von", "tot": "van", "naar": "van"}
_JOINTS = {
    "en": re.compile(
        r"(?:, (?:and|but|while|so|as|after|because|although|when)|;| (?:after|because|as|while"
        r"|when|although|and|but)|:) "
    ),
    "fr": re.compile(
        r"(?:, (?:et|mais|tandis que|alors que|car)|[ \u00a0\u202f]?;| (?:alors que|tandis que"
        r"|parce que|et|mais|car)|[ \u00a0\u202f]:) "
    ),
    "nl": re.compile(r"(?:, (?:en|maar|want)|;|:| en) "),
    "de": re.compile(r"(?:, (?:und|aber|doch|denn)|;|:| und|,) "),
}
_NO_JOINT = re.compile(r"; ")


def cuts(text: str, grammar: Grammar, *, firm: bool = False) -> Iterator[tuple[str, float]]:
    """The beginnings of a clause that end at a natural boundary, or a firm one, with what each costs."""
    row = read(text, grammar)
    if grammar.code == "other":
        yield from _clips(row)
        return
    last = max((place for place, word in enumerate(row.cores) if word in grammar.conditions), default=-1)
    denial = next((place for place, word in enumerate(row.cores) if word in grammar.negations), _MOST_WORDS)
    for index in range(max(3, last + 1), min(len(row.words), _MOST_WORDS)):
        cost = _boundary(row, index)
        if cost is None or (firm and cost > 1) or (denial < index and cost not in _AT_JOINTS):
            continue
        size = index - 1 if row.words[index - 1] in _DASHES else index
        if row.complete(size):
            kept = " ".join(row.words[:size]).rstrip(" ,;:–—-")
            if not _ends_with_time(kept, grammar):
                yield kept, cost


def inner_clauses(text: str, grammar: Grammar) -> Iterator[str]:
    """The main clauses inside a sentence that have a subject of their own."""
    for match in _JOINTS.get(grammar.code, _NO_JOINT).finditer(text):
        rest = text[match.end() :].strip()
        row = read(rest, grammar)
        if len(row.words) >= 4 and _own_subject(row) and read(text[: match.start()], grammar).has_main_verb():
            yield rest


def is_clause(text: str, grammar: Grammar) -> bool:
    """Whether a subject and then a verb come first."""
    return _own_subject(read(text, grammar))


def _clips(row: Row) -> Iterator[tuple[str, float]]:
    """Without a grammar: at the commas, and where need be after any word that is not a short one."""
    for index in range(3, min(len(row.words), _MOST_WORDS)):
        if row.words[index - 1].endswith((",", ";", ":")):
            yield " ".join(row.words[:index]).rstrip(" ,;:"), 0.6
        elif index > 4 and len(row.cores[index - 1]) > 4:
            yield " ".join(row.words[:index]), 3.0


def _own_subject(row: Row) -> bool:
    places = [place for place in row.verbs if 0 < place < 10]
    if not places or row.is_verb_at(0) or row.cores[places[0] - 1] in row.grammar.conjunctions:
        return False
    subject = range(places[0])
    return not any(row.words[place].endswith((",", ";")) or row.cores[place] in _RELATIVES for place in subject)


def _boundary(row: Row, index: int) -> float | None:
    """What it costs to end before this word, None when it would break a phrase."""
    word, before, grammar = row.cores[index], row.words[index - 1], row.grammar
    if before.endswith((",", ";", ":")) or before in _DASHES:
        measured = is_unit(before) and is_number(row.words[index])
        return None if measured or _adjective_comma(row, index) or row.hangs_on_verb(index) else 0.6
    if (
        is_unit(before)
        and row.cores[max(0, index - 3)] not in _OPENS_MEASURE
        and word
        in {
            "from",
            "before",
            "after",
            "na",
            "voor",
            "nach",
            "vor",
            "après",
            "avant",
            "later",
            "behind",
            "into",
        }
    ):
        return None
    if word == "as" and not _own_subject(read(" ".join(row.words[index + 1 :]), grammar)):
        return None
    if word in grammar.cut_before or (grammar.code == "fr" and _two_words(row, index) in grammar.cut_before):
        return None if row.hangs_on_verb(index) and (grammar.code != "en" or word in _OPEN_VERBS) else 0.4
    if word in grammar.conjunctions:
        return 0.7 if _joins_clauses(row, index) else None
    if grammar.code == "fr" and _complement(row, index):
        return 3.2
    if (
        word not in grammar.cut_reluctantly
        or row.hangs_on_verb(index)
        or _belongs(row, index)
        or _starts_time(row, index)
    ):
        return None
    return 2.2 if word in _LOOSE else 1.5


def _complement(row: Row, index: int) -> bool:
    """'repousse la rénovation de l'hôtel': the noun has its article, and may do without what it is of."""
    opener = row.cores[index] in {"de", "du", "des"} or row.cores[index].startswith("d'")
    articled = index > 3 and row.cores[index - 2] in {"le", "la", "les", "un", "une"}
    return opener and articled and not _belongs(row, index)


def _starts_time(row: Row, index: int) -> bool:
    """Whether a day or date stands here with more to follow: the clause is cut without it elsewhere."""
    found = row.grammar.time_phrase.search("x " + " ".join(row.words[index : index + 6]))
    return found is not None and found.start() <= 1


def _belongs(row: Row, index: int) -> bool:
    """Whether what starts here belongs to the words before: 'from 6 to 10', 'put on', 'one in five'."""
    word, before = row.cores[index], row.words[index - 1]
    if any(row.cores[place] in row.grammar.takes_place for place in range(index)):
        return True
    opener = _RANGES.get(word)
    if opener and opener in row.cores[max(0, index - 6) : index]:
        return True
    if word in {"to", "of"} and row.cores[index - 1] in _WITH_TO:
        return True
    if word in {"to", "in"} and is_number(before):
        return True
    return (
        index + 1 < len(row.words)
        and word == "in"
        and row.cores[index + 1] in _SMALL_NUMBERS
        and row.cores[index - 1] in _SMALL_NUMBERS | {"tenant", "one"}
    )


def _two_words(row: Row, index: int) -> str:
    """'alors que' as 'alors-que', also when the second is elided."""
    if index + 1 >= len(row.words):
        return ""
    second = row.cores[index + 1]
    if second.startswith(("qu'", "que")):
        second = "que"
    elif second.startswith(("d'", "du", "des")):
        second = "de"
    return f"{row.cores[index]}-{second}"


def _adjective_comma(row: Row, index: int) -> bool:
    """'a big, red bus': the comma ends nothing."""
    return (
        row.cores[index - 2] in {"a", "an", "the", "de", "het", "een"}
        and row.cores[index] not in row.grammar.banned_ends
    )


def _joins_clauses(row: Row, index: int) -> bool:
    if index + 1 >= len(row.words) or _PAIRED & set(row.cores[max(0, index - 7) : index]):
        return False
    if is_number(row.words[index + 1]):
        return not is_number(row.words[index - 1])
    return row.cores[index + 1] in row.grammar.determiners | row.grammar.pronouns or row.is_verb_at(index + 1)


def _ends_with_time(text: str, grammar: Grammar) -> bool:
    tail = " ".join(text.split()[-5:])
    return (
        any(match.end() == len(tail) for match in grammar.time_phrase.finditer(tail)) and core(tail.split()[-1]) != ""
    )
