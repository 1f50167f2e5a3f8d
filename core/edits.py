"""How much of a suggestion an editor changed, counted in words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput

LONGEST = 1_000
"""Characters of a text that is measured: far more than any headline, and few enough that hostile ones cost nothing."""

_TOKEN = re.compile(r"\w+(?:['.,-]\w+)*|[^\w\s]")
# An editorial system sets these marks by itself; that is nobody's edit.
_PLAIN_MARKS = str.maketrans("’‘ʼ“”„", "'''\"\"\"")


@dataclass(frozen=True)
class Edit:
    """`word_edits` words were put in, left out or replaced to come to a text of `words` words."""

    word_edits: int
    words: int

    @property
    def hter(self) -> float:
        """Word edits by words of the edited text: 0 for no change; over 1 where more was left out than remains."""
        return self.word_edits / self.words


def measure(suggested: str, edited: str) -> Edit:
    """HTER: the word edits from a suggestion to what an editor made of it, by the words of the latter.

    HTER = (insertions + deletions + substitutions) / words of the edited text, with the fewest edits there are: the
    Levenshtein distance of the two sequences of words (Snover et al. 2006, A Study of Translation Edit Rate with Targeted
    Human Annotation). As there, a mark of punctuation is a word, and a change of case is an edit; unlike there, a phrase
    that was moved is no single edit. Straight and curly quotation marks are the same, and so is whatever is equal once
    composed (NFC). `BadInput` if the edited text has no word, or either one more than `LONGEST` characters.
    """
    for text in (suggested, edited):
        if len(text) > LONGEST:
            raise BadInput(f"The text has {len(text):,} characters; edits are counted up to {LONGEST:,}. Shorten it.")
    if not has_word(edited):
        raise BadInput("The edited headline holds no word. Write one, or reject the suggestion.")
    after = _words(edited)
    return Edit(_distance(_words(suggested), after), len(after))


def has_word(text: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(character.isalnum() for character in text)


def _words(text: str) -> list[str]:
    """Words with what is inside them (don't, 4.2, U-turn), and each mark of punctuation by itself."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS))


def _distance(before: Sequence[str], after: Sequence[str]) -> int:
    """Levenshtein distance, a column of its table at a time as the bits of a number (Myers 1999, after Hyyrö 2003).

    Bit i of `up` says that the distance grows by one from row i to the next, bit i of `down` that it shrinks.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(after):
        places[word] = places.get(word, 0) | 1 << place
    every, last = (1 << len(after)) - 1, 1 << len(after) >> 1
    up, down, distance = every, 0, len(after)
    for word in before:
        same = places.get(word, 0)
        diagonal = (((same & up) + up) ^ up) | same
        grows = down | ~(diagonal | up)
        shrinks = up & diagonal
        distance += bool(grows & last) - bool(shrinks & last)
        grows, shrinks = grows << 1 | 1, shrinks << 1
        vertical = same | down
        up = (shrinks | ~(vertical | grows)) & every
        down = grows & vertical & every
    return distance
