"""Read the numbers of a text, however they are written, in English, French, Dutch and German.

A number that can be read in two ways (1.234, 100m) carries the other reading along, because a check that compares
numbers should keep quiet when one of the readings fits.

number.py       what a number is
vocabulary.py   the words of each language that say numbers
cursor.py       the words and digits of a text that can belong to a number
digits.py       12,000 and 24.12., 6 p.m., 3-2, the 1990s
spelled.py      twelve thousand, deux tiers, dreiundzwanzig
units.py        what follows: million, and a half, per cent, a currency
reading.py      all numbers of a text
index.py        the numbers of an article, for looking up
"""

from core.checks.numbers.number import Kind, Number, exact, significant
from core.checks.numbers.reading import MOST, numbers, read

__all__ = ["MOST", "Kind", "Number", "exact", "numbers", "read", "significant"]
