"""An article as the checks see it: read once, however many headlines are checked against it."""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import islice

from core.checks.numbers import Number, read

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
# A day of the month (am 3. Juni) ends no sentence, nor does what goes on in lower case.
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\s\d\.)(?<!\s\d\d\.)[\"'”’»]?\s+(?![a-zà-ÿ])|\n+")
_MOST_SENTENCES = 2_000
_PIECE = re.compile(r"\w+")
_MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")

LONGEST = 100_000
"""Characters that are read; what stands further down supports nothing."""


class Article:
    """The text and what follows from it. `language` is a code such as en, or None if nobody knows."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text = text[:LONGEST]
        self.language = language

    @cached_property
    def sentences(self) -> list[str]:
        return [self.text[start:end] for start, end in self._spans]

    def sentence_at(self, position: int) -> int:
        """Which sentence holds a character; -1 if none does."""
        return bisect_right(self._starts, position) - 1

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words, folded."""
        return frozenset(words(self.text))

    @cached_property
    def folded(self) -> str:
        """All its words as `fold` writes them."""
        return fold(self.text)

    @property
    def numbers(self) -> list[Number]:
        return self._numbers[0]

    @property
    def numbers_are_all_read(self) -> bool:
        """False for a table of thousands of numbers: what it lacks cannot be told."""
        return self._numbers[1]

    @cached_property
    def _numbers(self) -> tuple[list[Number], bool]:
        return read(self.text, self.language)

    def closest(self, text: str) -> str | None:
        """The sentence that shares most words with a text, the first of equals; None if none shares any."""
        shared: dict[int, int] = defaultdict(int)
        for word in set(words(text)):
            for sentence in self._sentences_of.get(word, ()):
                shared[sentence] += 1
        return self.sentences[min(shared, key=lambda sentence: (-shared[sentence], sentence))] if shared else None

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        start = 0
        matches = islice(_SENTENCE_END.finditer(self.text), _MOST_SENTENCES)
        for end, following in [*((match.start(), match.end()) for match in matches), (len(self.text), 0)]:
            sentence = self.text[start:end]
            if stripped := sentence.strip():
                left = start + len(sentence) - len(sentence.lstrip())
                spans.append((left, left + len(stripped)))
            start = following
        return spans

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._spans]

    @cached_property
    def _sentences_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for word in set(words(sentence)):
                found[word].append(number)
        return found


def fold(text: str) -> str:
    """The words of a text without case, accents and punctuation, a space before and after each."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return f" {' '.join(_PIECE.findall(text.casefold()))} "


def words(text: str) -> list[str]:
    """The words of a text in their order, case folded."""
    return [match[0].casefold() for match in _WORD.finditer(text)]
