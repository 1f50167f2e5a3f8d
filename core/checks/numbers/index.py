"""The numbers of an article, for looking up what a headline claims."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from itertools import pairwise

from core.checks.numbers.number import Number, exact

_OUT_OF = re.compile(
    r"\b(?:(?:one|1|un|une|een|één|eine?[rsnm]?)(?: \w{2,20})? (?:in|out of|in every|sur|op|op de|op elke|von)"
    r"|every|elke|iedere|jede[rsnm]?) ?$",
    re.IGNORECASE,
)
_LAST_OF_OUT_OF = re.compile(r"(?:in|of|ur|op|de|on|ry|ke|re|de[rsnm]) ?$", re.IGNORECASE)
OF_SO_MANY = re.compile(r" (?:\w{2,20} )?(?:in|out of|in every|sur|op|op de|op elke|von) ", re.IGNORECASE)
"""What stands between the numbers of four in five."""
_SHARES = frozenset(("percent", "fraction"))
_COUNTS = frozenset(("count", "money"))
_MEASURED = frozenset(("count", "percent", "money", "fraction", "loose", "pair"))
_LONGEST_OUT_OF = 40
_NONE: Set[int] = frozenset()


class Index:
    """What the numbers of a text say, and which sentences say it."""

    def __init__(self, numbers: Sequence[Number], text: str, sentence_at: Callable[[int], int]) -> None:
        self.numbers = numbers
        self.pairs: set[tuple[float, float]] = set()
        self.dates: set[float] = set()
        self.times: set[float] = set()
        self.shares: set[float] = set()
        """Hundredths: a fifth, 20 %, one in five, and 620 of 3,100 are all 20."""
        self.fractions: set[float] = set()
        """Those of them that stand in words, and so are no exact ones."""
        self._measured: set[float] = set()
        self._held: list[tuple[Number, Sequence[float], int]] = []
        self._sentences: dict[float, set[int]] = defaultdict(set)
        for number in numbers:
            self._add(number, text, sentence_at(number.start))
        self._sorted = sorted(self._measured)
        self._add_ratios(text)
        self.small: Sequence[float] = [value for value in self.between(1, 11) if 1 < value < 11]

    def __contains__(self, value: float) -> bool:
        return value in self._sentences

    def between(self, lowest: float, highest: float) -> Sequence[float]:
        """The values from one to another, both included, in their order; no dates, ordinals and codes, for nobody rounds them."""
        return self._sorted[bisect_left(self._sorted, lowest) : bisect_right(self._sorted, highest)]

    def sentences(self, value: float) -> Set[int]:
        """The numbers of the sentences that hold a value."""
        return self._sentences.get(value, _NONE)

    def sentences_without_date(self, value: float) -> Set[int]:
        """Those that hold it as something else than the day of a date."""
        return {sentence for number, values, sentence in self._held if number.kind != "date" and value in values}

    def sentences_of_month(self, month: int) -> Set[int]:
        """Those that hold a date in a month."""
        return {
            sentence for number, _, sentence in self._held if number.kind == "date" and number.value // 100 == month
        }

    def _add(self, number: Number, text: str, sentence: int) -> None:
        values = (number.value, *number.also)
        if number.kind == "date":
            self.dates.add(number.value)
            values = (number.value % 100, *number.also)
        elif number.kind == "time":
            self.times.add(number.value)
            values = number.also
        elif number.kind == "pair":
            self.pairs.add((number.value, number.also[0]))
            self.times.add(number.value * 60 + number.also[0])
        elif number.kind == "loose" and number.value >= 720:
            self.times.add(number.value)
        if number.value > 1 and text[number.start - 1 : number.start] == " " and is_out_of(text, number.start):
            values = (*values, 100 / number.value)
            self.shares.add(100 / number.value)
        values = [exact(value) for value in values]
        if number.kind == "fraction":
            self.fractions.add(number.value)
        if number.kind in _SHARES:
            self.shares.add(number.value)
        elif number.kind in ("loose", "ordinal"):
            self.shares.update(number.also if number.kind == "ordinal" else values)
        if number.kind in _MEASURED:
            self._measured.update(values)
        self._held.append((number, values, sentence))
        for value in values:
            self._sentences[value].add(sentence)

    def _add_ratios(self, text: str) -> None:
        """The share that the smaller of two neighbouring numbers of a sentence is of the other."""
        for (one, _, sentence), (other, _, same) in pairwise(self._held):
            if sentence != same or other.kind not in _COUNTS:
                continue
            # With its capital the first word of a sentence may be no number: Zwei von drei.
            is_share = OF_SO_MANY.fullmatch(text, one.end, other.start) is not None
            small, large = sorted((one.value, other.value))
            if 0 < small < large and (is_share or one.kind in _COUNTS):
                self.shares.add(100 * small / large)
                if is_share:
                    self.fractions.add(100 * small / large)


def is_out_of(text: str, start: int) -> bool:
    """Whether the number that starts there is the five of one in five."""
    # Most are not, and the end of the phrase tells it at once.
    before = text[max(0, start - _LONGEST_OUT_OF) : start]
    return _LAST_OF_OUT_OF.search(before, len(before) - 4) is not None and _OUT_OF.search(before) is not None
