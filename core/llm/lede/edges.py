"""How a headline may begin and end, and whether what it opens it also closes."""

import re
from collections.abc import Sequence

from core.llm.lede.grammar import Grammar, vocabulary
from core.llm.lede.tokens import bare, core, is_number

_BROKEN_ENDS = vocabulary("a.m p.m e.g i.e no")
_MARKS = re.compile(r"[][(){}«»„“”‘’'\"]")
_AFTER_NUMBER = vocabulary("the les de die than als dan")
"""Words that cannot open a headline but may follow a number: 'more than 400'."""


def opens_well(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the first words mean something to a reader who has not read the article."""
    first = core(words[0])
    if not first or first in grammar.banned_openers or bare(words[0]) in grammar.banned_openers:
        return False
    if first in grammar.vague_nouns or (
        first in grammar.determiners and len(words) > 1 and core(words[1]) in grammar.vague_nouns
    ):
        return False
    if len(words) > 1 and (is_number(words[0]) or first in grammar.quantifiers):
        second = core(words[1])
        if second in grammar.auxiliaries or second in grammar.verbs:
            return False
        return second not in grammar.banned_openers or second in _AFTER_NUMBER
    return not first.endswith(("'ll", "'re", "'ve", "'d"))


def ends_well(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether the last word leaves nothing hanging."""
    last = core(words[-1])
    if words[-1].startswith("May") and len(words) > 1:
        return True
    if words[-1] == "»" and len(words) > 1:
        last = core(words[-2])
    if not last or last in grammar.banned_ends or last in _BROKEN_ENDS or last.endswith(("'s", "'")):
        return False
    return not words[-1].endswith(("-", "–", "—", ":", "/"))


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark has its partner."""
    if not _MARKS.search(text):
        return True
    pairs = (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}"))
    if any(text.count(opening) != text.count(closing) for opening, closing in pairs) or text.count('"') % 2:
        return False
    low, high, closing = text.count("„"), text.count("“"), text.count("”")
    if (low != high + closing) if low else (high != closing):
        return False
    return _singles_balanced(text)


def _singles_balanced(text: str) -> bool:
    """The same for single marks, which are also apostrophes."""
    if "‘" in text:
        return len(re.findall(r"(?<!\w)‘(?=\S)", text)) <= len(re.findall(r"’(?!\w)", text))
    if re.search(r"(?<![\wsxz])’(?!\w)|[^sxzSXZ\W]’(?!\w)", text):
        return False
    return len(re.findall(r"(?<!\w)'(?=\w)", text)) == len(re.findall(r"(?<=\S)'(?!\w)", text))
