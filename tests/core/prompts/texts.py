"""Two texts as the tests of differences make them up, and what was found between them in one line a row."""

from collections.abc import Iterable, Sequence

from hypothesis import settings
from hypothesis import strategies as st

from core.prompts.differences import Piece, Row

LINE_ENDS = "\n\r\x0b\x0c\x1c\x85\u2028"
# Few letters, so that the same words and lines come up on both sides all the time.
TEXTS = st.one_of(
    st.lists(st.sampled_from(["a ", "b ", "c\n", "a\n", "b\n", ".", "\n"]), max_size=12).map("".join),
    st.text(alphabet="ab  \n\n.", max_size=60),
    st.text(alphabet="aé\u0301 🌉\u202e" + LINE_ENDS, max_size=30),
    st.text(max_size=40),
)
properties = settings(deadline=None, max_examples=150)


def side(sides: Iterable[Sequence[Piece] | None]) -> str:
    """The text that the pieces of one side make."""
    return "\n".join("".join(piece.text for piece in pieces) for pieces in sides if pieces is not None)


def told(rows: Sequence[Row]) -> list[str]:
    """Each row as `[-removed-]` and `{+added+}`, the sides apart by `|`; nothing where a side has no line."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}

    def one(pieces: Sequence[Piece] | None) -> str:
        return "" if pieces is None else "".join(marks[piece.kind].format(piece.text) for piece in pieces)

    return [f"{one(row.before)}|{one(row.after)}" for row in rows]
