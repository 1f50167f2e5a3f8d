"""Take out of a text what must not be kept: e-mail addresses, telephone numbers, a newsroom's own words.

    redaction = Redaction(("email", "phone"), words=["Jane Doe"])
    redaction.text("Write to jane@doe.example")        # Write to [e-mail]

What stands in its place is never taken for something else. Own words are words and not patterns: no entry can make this
slow, and whoever reads the list knows what it does. They are found in any letter case, composed or not, between what is no
letter or digit; one that ends with * is a beginning.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, cast, get_args

from core.errors import BadInput

Kind = Literal["email", "phone"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MARKERS: Mapping[str, str] = {"email": "[e-mail]", "phone": "[phone]", "word": "[withheld]"}

MOST_WORDS = 5_000
LONGEST_WORD = 100

# Every repetition has an end, and what follows it begins with another character: there is one way to read a text, so the
# time is a multiple of its length.
_PATTERNS: Mapping[Kind, str] = {
    "email": r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])",
    "phone": (
        r"(?<![\w+.,/-])(?:"
        r"(?:\+|00)[1-9](?:[ \xa0./()-]{0,4}[0-9]){4,19}"  # +44 20 7946 0018, 0049 (0)30 901820
        r"|\(?0[1-9][0-9]{0,4}\)?(?:[ \xa0./-]{1,2}[0-9]{2,8}){1,5}"  # 020 7946 0018, 030/901820, (0161) 496 0000
        r"|0[1-9][0-9]{7,10}"  # 02079460018
        r"|(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}"  # (212) 555-0142, 212-555-0142
        r")(?![\w]|[.,/-][0-9])"
    ),
}
_FEWEST_DIGITS = 7
_MARKED = re.compile(f"({'|'.join(map(re.escape, MARKERS.values()))})")
_PART = re.compile(r"\w[\w\u0300-\u036f]*")
_WIDEST_GAP = 3
"""Characters that may stand between the parts of what is one word on the list."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


class Redaction:
    """What is taken out of every text; without kinds and words, nothing."""

    def __init__(self, kinds: Iterable[Kind] = (), words: Iterable[str] = ()) -> None:
        self.kinds = tuple(kinds)
        patterns = [f"(?P<{kind}>{_PATTERNS[kind]})" for kind in self.kinds]
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        words = tuple(words)
        self._words = _Words(words) if words else None

    @property
    def is_active(self) -> bool:
        return self._pattern is not None or self._words is not None

    @property
    def has_words(self) -> bool:
        """Whether a newsroom's own words are taken out."""
        return self._words is not None

    def text(self, text: str) -> str:
        """The text without what is to be taken out."""
        return self.counted(text)[0]

    def optional(self, text: str | None) -> str | None:
        return None if text is None else self.text(text)

    def counted(self, text: str) -> tuple[str, Mapping[str, int]]:
        """The same, with how often each kind was found: `email`, `phone` or `word`."""
        if not self.is_active:
            return text, {}
        found: Counter[str] = Counter()
        # What stands in the place of something is left as it is, whatever words there are.
        pieces = _MARKED.split(text)
        return "".join(piece if number % 2 else self._piece(piece, found) for number, piece in enumerate(pieces)), dict(
            found
        )

    def _piece(self, text: str, found: Counter[str]) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(lambda match: _replaced(match, found), text)
        if self._words is None:
            return text
        pieces = _MARKED.split(text)
        return "".join(
            piece if number % 2 else self._without_words(piece, found) for number, piece in enumerate(pieces)
        )

    def _without_words(self, text: str, found: Counter[str]) -> str:
        assert self._words is not None
        kept: list[str] = []
        last = 0
        for start, end in self._words.places(text):
            kept += [text[last:start], MARKERS["word"]]
            last = end
            found["word"] += 1
        return "".join([*kept, text[last:]])

    def answer(self, text: str | None) -> str | None:
        """The same for what a model sent: what JSON spells as a number is read as the character that it is."""
        if text is None or not self.is_active:
            return text
        return self.text(_ESCAPED.sub(_unescaped, text))

    def value(self, value: object) -> object:
        """The same for all texts in plain data; the names of fields stay."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {name: self.value(each) for name, each in cast("dict[str, object]", value).items()}
            case list() | tuple():
                return [self.value(each) for each in cast("Sequence[object]", value)]
            case _:
                return value


def read_words(text: str, *, source: str) -> list[str]:
    """The words of a list, one a line; what follows a # is a remark. `BadInput` names the line that is none."""
    words: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = " ".join(line.partition("#")[0].split())
        if not word:
            continue
        bare = word.removesuffix("*")
        if len(word) > LONGEST_WORD or sum(map(str.isalnum, bare)) < 2 or "*" in bare:
            raise BadInput(
                f"{source}, line {number}: write a word or a few, of 2 to {LONGEST_WORD} characters; a * only at its end."
            )
        words.append(word)
    if len(words) > MOST_WORDS:
        raise BadInput(f"{source} has {len(words):,} words; at most {MOST_WORDS:,} are taken out.")
    return words


class _Words:
    """Own words as a tree of their parts, so that a text is read once, however many words there are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tree = _Node()
        for word in words:
            parts = [_plain(part[0]) for part in _PART.finditer(word)]
            node = self._tree
            for part in parts[:-1]:
                node = node.below.setdefault(part, _Node())
            if word.endswith("*"):
                node.beginnings.add(parts[-1])
            else:
                node.below.setdefault(parts[-1], _Node()).ends = True

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, the longest first where several begin, none within another."""
        parts = list(_PART.finditer(text))
        free = 0
        for number, part in enumerate(parts):
            end = self._end(text, parts, number) if part.start() >= free else None
            if end is not None:
                yield part.start(), end
                free = end

    def _end(self, text: str, parts: Sequence[re.Match[str]], number: int) -> int | None:
        node, end = self._tree, None
        for at in range(number, len(parts)):
            part = parts[at]
            if at > number and (gap := text[parts[at - 1].end() : part.start()]) and len(gap) > _WIDEST_GAP:
                break
            plain = _plain(part[0])
            if any(plain[:length] in node.beginnings for length in {len(each) for each in node.beginnings}):
                end = part.end()
            below = node.below.get(plain)
            if below is None:
                break
            node = below
            end = part.end() if node.ends else end
        return end


class _Node:
    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.beginnings: set[str] = set()
        self.ends = False


def _plain(part: str) -> str:
    return unicodedata.normalize("NFC", part).casefold()


def _replaced(match: re.Match[str], found: Counter[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "phone" and sum(map(str.isdigit, match[0])) < _FEWEST_DIGITS:
        return match[0]
    found[kind] += 1
    return MARKERS[kind]


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    # What would end the string, or is half a character, stays as it was.
    return character if character.isprintable() and character not in '"\\' else match[0]


NOTHING = Redaction()
"""Takes nothing out."""
