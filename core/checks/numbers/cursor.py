"""A text cut into the words and digits that can belong to a number, and a place among them."""

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple

from core.checks.numbers.vocabulary import Vocabulary

_MOST = 20_000
# Words of plain letters first: nearly all are such, and are read in half the time. The brackets keep what `split` would drop.
_TOKEN = re.compile(
    r"((?:[a-zA-Z]+[^\W\d_]*|[^\W\d_]+)(?:[\u0300-\u036f]+[^\W\d_]*)*"
    r"|\d+(?:[.,'’]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*|[¼½¾⅓⅔%‰])"
)
_NEAR = frozenset((" ", "\u00a0", "\u202f", "\u2009", "-", "\u2010", "\u2011"))
_LONGEST_WORD = 60


class Token(NamedTuple):
    """A word in lower case with composed letters, or digits, and where they stand."""

    text: str
    start: int
    end: int


NOTHING = Token("", -1, -1)
"""Stands before and after all tokens, and for words that no number has."""


class Cursor:
    """A place among the tokens of a text: whoever reads one moves it on, so that none is read twice."""

    __slots__ = ("_read", "at", "text", "tokens", "words")

    def __init__(self, text: str, words: Vocabulary) -> None:
        self.text = text
        self.words = words
        self.tokens, self._read = _tokens(text, words)
        self.at = 0

    @property
    def reads_all(self) -> bool:
        """Whether the text has no more tokens than are read of one."""
        return self._read < _MOST

    @property
    def previous(self) -> Token:
        """The token before the one that was read last."""
        return self.tokens[self.at - 2] if self.at >= 2 else NOTHING

    def peek(self, ahead: int = 0) -> Token:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else NOTHING

    def near(self, end: int, right: Token) -> bool:
        """Whether at most a space or a hyphen stands between a place and a token."""
        gap = right.start - end
        return gap == 0 or (gap == 1 and self.text[end] in _NEAR)

    def divide(self, token: Token) -> Token:
        """The first number of a token: 12 000 is one, 2019 200 are two. The other is left for later."""
        for space in () if token.text.isdecimal() else (" ", "\u00a0", "\u202f", "\u2009"):
            head, found, tail = token.text.partition(space)
            # In front of a space stand at most three digits.
            if found and (len(head) > 3 or head == "0"):
                end = token.start + len(head)
                first = Token(head, token.start, end)
                self.tokens[self.at : self.at + 1] = [first, Token(tail, end + 1, token.end)]
                self._read += 1
                return first
        return token


def _tokens(text: str, words: Vocabulary) -> tuple[list[Token], int]:
    """What may belong to a number, with `NOTHING` for what is between, and how many tokens there were at first."""
    parts = _TOKEN.split(text, _MOST)
    # Between, token, between, token, …: where a part ends, the next one starts.
    starts = list(accumulate(map(len, parts)))[::2]
    folded = [word.lower() if word.isascii() else _composed(word) for word in parts[1::2]]
    known, thousand = words.known, words.thousand
    kept = [
        at
        for at, word in enumerate(folded)
        # What is no word, or a fraction in one character, is not alphabetic.
        if word in known or not word.isalpha() or (thousand and thousand in word)
    ]
    tokens: list[Token] = []
    following = 0
    for at in kept:
        if at > following:
            tokens.append(NOTHING)
        start = starts[at]
        tokens.append(Token(folded[at], start, start + len(parts[2 * at + 1])))
        following = at + 1
    return tokens, len(folded)


def _composed(word: str) -> str:
    # Lower case keeps the number of characters of what we look for; the vocabulary holds composed letters.
    return unicodedata.normalize("NFC", word[:_LONGEST_WORD].lower())
