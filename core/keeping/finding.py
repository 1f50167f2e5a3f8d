"""What an examination of an installation finds: a sentence that says what is wrong, and one that says what to do."""

from dataclasses import dataclass
from typing import Literal

Weight = Literal["mend", "mind"]
"""*mend*: something does not work, or is not safe. *mind*: it works, and somebody should know."""


@dataclass(frozen=True)
class Finding:
    """`about` names the thing that was looked at, in a word or two."""

    weight: Weight
    about: str
    sentence: str
    remedy: str


def mend(about: str, sentence: str, remedy: str) -> Finding:
    return Finding("mend", about, sentence, remedy)


def mind(about: str, sentence: str, remedy: str) -> Finding:
    return Finding("mind", about, sentence, remedy)
