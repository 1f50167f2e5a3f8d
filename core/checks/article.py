"""An article as the checks see it: read once, however many headlines are checked against it."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import islice

from core.checks.frequent_words import MEASURES, SMALL
from core.checks.numbers import Number, read
from core.checks.numbers.index import Index

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
# One or more line ends, or the mark that ends a sentence and what follows it. It begins with one of a few characters,
# because that is found many times sooner than a place that such a character stands before. A day of the month
# (am 3. Juni) ends no sentence, nor does what goes on in lower case.
_SENTENCE_END = re.compile(r"[\n.!?…](?:(?<=\n)\n*|(?<!\n)(?<!\s\d\.)(?<!\s\d\d\.)(?P<space>[\"'”’»]?\s+(?![a-zà-ÿ])))")
_MOST_SENTENCES = 2_000
_PIECE = re.compile(r"\w+")
_MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
_FIRST_LETTER = re.compile(r"([^\W\d_])([\w\u0300-\u036f]*)")
_NAME_WITHIN = re.compile(r"(?<=[a-z0-9,;)] |\b[dlDL]['’])[A-Z][\w-]+(?:[ \-][A-Z][\w-]*)*")
_NAME_BEHIND = re.compile(r"\b[A-Z][\w-]+ (?=([A-Z][\w-]+))")
_ELISION = re.compile(r"\A(?:[cdjlmnst]|qu)['’]|['’]s\Z")

LONGEST = 100_000
"""Characters that are read; what stands further down supports nothing."""
_READ_FOR_STYLE = 20_000
_MAIN_WORDS = 3
_SHORTEST_MAIN_WORD = 4


class Article:
    """The text and what follows from it, each found out when first asked for.

    `language` is a code such as en, or None if nobody knows.
    """

    def __init__(self, text: str, language: str | None) -> None:
        self.text = text[:LONGEST]
        self.language = language

    @cached_property
    def language_without_region(self) -> str:
        """en for en-GB; empty if nobody knows."""
        return re.split("[-_]", (self.language or "").casefold(), maxsplit=1)[0]

    @cached_property
    def is_empty(self) -> bool:
        return not self.text.strip()

    @cached_property
    def sentences(self) -> list[str]:
        return [self.text[start:end] for start, end in self._spans]

    def sentence_at(self, position: int) -> int:
        """Which sentence holds a character; -1 if none does."""
        return bisect_right(self._starts, position) - 1

    def closest(self, text: str) -> str | None:
        """The sentence that shares most words with a text, the first of equals; None if none shares any."""
        shared: dict[int, int] = defaultdict(int)
        for word in set(words(text)):
            for sentence in self._sentences_of.get(word, ()):
                shared[sentence] += 1
        return self.sentences[min(shared, key=lambda sentence: (-shared[sentence], sentence))] if shared else None

    @cached_property
    def folded(self) -> str:
        """All its words as `fold` writes them."""
        return fold(self.text)

    def holds_stem(self, word: str) -> bool:
        """Whether it has a folded word, or one that begins alike."""
        if f" {word} " in self.folded:
            return True
        if len(word) <= 3:
            return f" {word}s " in self.folded
        return word[: max(4, len(word) - 3) if len(word) > 4 else 4] in self.folded

    @property
    def numbers(self) -> list[Number]:
        return self._numbers[0]

    @property
    def numbers_are_all_read(self) -> bool:
        """False for a table of thousands of numbers: what it lacks cannot be told."""
        return self._numbers[1]

    @cached_property
    def number_index(self) -> Index:
        """Its numbers, for looking up."""
        return Index(self.numbers, self.text, self.sentence_at)

    @cached_property
    def initials(self) -> tuple[str, str]:
        """The first letters of all its words, and of its longer or capitalised ones only."""
        found = _FIRST_LETTER.findall(self.text)
        letters = "".join(first for first, _ in found)
        names = "".join(first for first, rest in found if len(rest) > 2 or first.isupper())
        return fold(letters).replace(" ", ""), fold(names).replace(" ", "")

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that it writes with a capital within a sentence; lines that are no sentences, such as titles, aside."""
        lines = self.text[:_READ_FOR_STYLE].splitlines()
        sentences = [line for line in lines if line.rstrip(" \"'”’)»").endswith((".", "!", "?", "…"))]
        return frozenset(
            word for line in sentences for match in _NAME_WITHIN.finditer(line) for word in re.split("[ -]", match[0])
        )

    @cached_property
    def folded_names(self) -> frozenset[str]:
        """Those words folded, with what stands behind another capital: Femke Oldenhage may begin a sentence."""
        behind = _NAME_BEHIND.findall(self.text[:_READ_FOR_STYLE])
        return frozenset(fold(" ".join((*self.names, *behind))).split())

    @cached_property
    def main_words(self) -> tuple[str, ...]:
        """Its three most frequent words that are no small ones, and those as frequent as the third; folded.

        Empty for an article that says no word three times, or in a language whose small words are not known.
        """
        small = SMALL.get(self.language_without_region)
        if small is None:
            return ()
        counted = Counter(
            word
            for word in map(_without_elision, words(self.text[:_READ_FOR_STYLE]))
            if len(word) >= _SHORTEST_MAIN_WORD and word not in small and word not in MEASURES and not word.isdigit()
        )
        first = counted.most_common(_MAIN_WORDS)
        if len(first) < _MAIN_WORDS or first[-1][1] < _MAIN_WORDS:
            return ()
        return tuple(word for word, count in counted.items() if count >= first[-1][1])

    @cached_property
    def _numbers(self) -> tuple[list[Number], bool]:
        return read(self.text, self.language)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        start = 0
        matches = islice(_SENTENCE_END.finditer(self.text), _MOST_SENTENCES)
        ends = [(match.start() if match["space"] is None else match.start("space"), match.end()) for match in matches]
        for end, following in [*ends, (len(self.text), 0)]:
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
    return [word.casefold() for word in _WORD.findall(text)]


def _without_elision(word: str) -> str:
    """French l'incendie is an incendie, English mayor's is a mayor."""
    return _ELISION.sub("", word) if "'" in word or "’" in word else word
