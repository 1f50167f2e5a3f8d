"""Two texts beside each other, line by line and word by word, in a time that is bounded.

Whichever comes first, the same is found: the other way round it is the comparison mirrored.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, groupby, zip_longest
from operator import itemgetter
from typing import Literal

Kind = Literal["same", "removed", "added"]

# The time that a comparison takes grows with the cube of what repeats; when so many steps are done (well under a
# second), what was not compared yet is shown as replaced.
MOST_STEPS = 4_000_000
# For a text of one line, of which a screen may show fifty at once.
MOST_STEPS_OF_A_LINE = MOST_STEPS // 50

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# Whether both have it, and what the one and the other have there.
_Stretch = tuple[bool, Sequence[str], Sequence[str]]

_MIRRORED: dict[Kind, Kind] = {"same": "same", "removed": "added", "added": "removed"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether only the one side has it."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Row:
    """Lines that stand beside each other; None where a side has no line there."""

    before: Sequence[Piece] | None
    after: Sequence[Piece] | None

    @property
    def changed(self) -> bool:
        sides = (*(self.before or ()), *(self.after or ()))
        return self.before is None or self.after is None or any(piece.kind != "same" for piece in sides)

    def mirrored(self) -> "Row":
        """The same line, compared the other way round."""
        return Row(_mirrored(self.after), _mirrored(self.before))


def rows(before: str, after: str) -> list[Row]:
    """Two texts line beside line, and within lines that changed, which words did.

    The other way round it is the same comparison, mirrored.
    """
    if before > after:
        # What is found depends on which text comes first.
        return [row.mirrored() for row in rows(after, before)]
    effort = _Effort(MOST_STEPS)
    found: list[Row] = []
    # Not `splitlines`: a text with a newline at its end and one without would look the same.
    for same, old, new in _aligned(before.split("\n"), after.split("\n"), effort):
        if same:
            found += [Row(*([Piece(line, "same")],) * 2) for line in old]
        else:
            found += [_row(one, other, effort) for one, other in zip_longest(old, new)]
    return found


def words(before: str, after: str) -> Row:
    """Two short texts, and which words only the one or the other has."""
    if before > after:
        return words(after, before).mirrored()
    return _row(before, after, _Effort(MOST_STEPS_OF_A_LINE))


def rewritten(before: str, after: str) -> list[Piece]:
    """A short text and what became of it in one: what was removed stands before what was added in its place."""
    pieces: list[Piece] = []
    for same, one, other in _in_words(before, after, _Effort(MOST_STEPS_OF_A_LINE)):
        if same:
            pieces.append(Piece(one, "same"))
            continue
        pieces += [Piece(one, "removed")] if one else []
        pieces += [Piece(other, "added")] if other else []
    return pieces


def _row(before: str | None, after: str | None, effort: "_Effort") -> Row:
    if before is None or after is None:
        return Row(
            None if before is None else [Piece(before, "removed")], None if after is None else [Piece(after, "added")]
        )
    left: list[Piece] = []
    right: list[Piece] = []
    for same, one, other in _in_words(before, after, effort):
        left += [Piece(one, "same" if same else "removed")] if one else []
        right += [Piece(other, "same" if same else "added")] if other else []
    return Row(left, right)


def _in_words(before: str, after: str, effort: "_Effort") -> Iterator[tuple[bool, str, str]]:
    """Stretches of words that both have, and stretches in the place of each other, in order."""
    stretches = (each for each in _aligned(_WORDS.findall(before), _WORDS.findall(after), effort) if each[1] or each[2])
    for same, several in groupby(stretches, key=itemgetter(0)):
        pairs = [("".join(old), "".join(new)) for _, old, new in several]
        one, other = ("".join(texts) for texts in zip(*pairs, strict=True))
        yield same, one, other


def _mirrored(pieces: Sequence[Piece] | None) -> Sequence[Piece] | None:
    return None if pieces is None else [Piece(piece.text, _MIRRORED[piece.kind]) for piece in pieces]


def _aligned(old: Sequence[str], new: Sequence[str], effort: "_Effort") -> Iterator[_Stretch]:
    """Stretches that both have, and stretches in the place of each other, in order."""
    # The same start and end cost nothing, so that a small change in a huge text is always found.
    start, end = _same_ends(old, new)
    yield True, old[:start], new[:start]
    yield from _anchored(old[start : len(old) - end], new[start : len(new) - end], effort)
    yield True, old[len(old) - end :], new[len(new) - end :]


def _anchored(old: Sequence[str], new: Sequence[str], effort: "_Effort") -> Iterator[_Stretch]:
    """What `_aligned` says. White space is no anchor: between words that were replaced, a space is nothing to show."""
    old_anchors, new_anchors = _anchors(old), _anchors(new)
    matcher = _Matcher([old[index] for index in old_anchors], [new[index] for index in new_anchors], effort)
    old_from = new_from = 0
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            old_at, new_at = old_anchors[block.a + step], new_anchors[block.b + step]
            yield from _replaced(old[old_from:old_at], new[new_from:new_at])
            yield True, old[old_at : old_at + 1], new[new_at : new_at + 1]
            old_from, new_from = old_at + 1, new_at + 1
    yield from _replaced(old[old_from:], new[new_from:])


def _anchors(elements: Sequence[str]) -> Sequence[int]:
    return [index for index, each in enumerate(elements) if not each.isspace()]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """What stands between two anchors: the same at its ends, perhaps, and different in the middle."""
    start, end = _same_ends(old, new)
    yield True, old[:start], new[:start]
    yield False, old[start : len(old) - end], new[start : len(new) - end]
    yield True, old[len(old) - end :], new[len(new) - end :]


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many elements are the same from the first on, and of the rest from the last back."""
    start = _same_start(old, new)
    return start, _same_start(old[start:][::-1], new[start:][::-1])


def _same_start(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


class _Effort:
    """How much may still be spent on one comparison."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def allows(self, steps: int) -> bool:
        """Spend so many steps, if there are as many."""
        if steps > self._left:
            return False
        self._left -= steps
        return True


class _Matcher(SequenceMatcher[str]):
    """Finds what two sequences share, as long as its effort allows; what is left then is taken for different."""

    def __init__(self, old: Sequence[str], new: Sequence[str], effort: _Effort) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._effort = effort
        repeats = Counter(new)
        self._steps = list(accumulate((1 + repeats[each] for each in old), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        if not self._effort.allows(self._steps[-1 if ahi is None else ahi] - self._steps[alo]):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
