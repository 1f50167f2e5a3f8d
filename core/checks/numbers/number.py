"""What a number of a text is: its value, its place, its kind and its other readings."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "count", "percent", "money", "year", "decade", "ordinal", "fraction", "date", "time", "pair", "code", "loose"
]


@dataclass(frozen=True, slots=True)
class Number:
    """What the characters from start to end say.

    A fraction and a percentage are worth their hundredths (a third is 33.3…), a date its month × 100 + day, a time its
    minutes since midnight, a pair (a score, a range) its first part, and `also` holds the second. Elsewhere `also`
    holds other readings. What is *loose* (both, dozen, doubled) supports a number but claims none.
    """

    value: float
    start: int
    end: int
    kind: Kind
    also: tuple[float, ...] = ()


def decade(value: float, start: int, end: int) -> Number:
    """The 1990s, or the 90s: those of the last century."""
    full = value + 1900 if value < 100 else value
    return Number(full, start, end, "decade", (full % 100,))


def fraction(value: float, start: int, end: int) -> Number:
    return Number(value * 100, start, end, "fraction", (value,))


def significant(value: float) -> int:
    """How many digits of a value say something: 2 for 12,000, 3 for 12.5."""
    return len(f"{value:.11e}".partition("e")[0].replace(".", "").rstrip("0")) or 1


def exact(value: float) -> float:
    """A value that arithmetic has not blurred."""
    # Whole numbers of ten digits are never blurred, and most numbers are such.
    return value if value % 1 == 0 and -1e10 < value < 1e10 else float(f"{value:.10g}")
