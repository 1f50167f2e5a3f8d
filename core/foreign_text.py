"""Foreign text on its way out, so that the place where it lands takes it for text: a page of Markdown, a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")

# What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), with the apostrophes that hide it from one.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_HIDDEN_FORMULA = re.compile(r"'+[=+\-@\t\r\n]")


def markdown(text: str) -> str:
    """Text that Markdown shows as it is: no link, picture, table cell or formula."""
    return _MARKS.sub(r"\\\1", text)


def csv_line(cells: Iterable[object], *, ends: str = "\n") -> str:
    """One record of a CSV file (RFC 4180), in which no text is a formula to a spreadsheet."""
    line = io.StringIO()
    csv.writer(line, lineterminator=ends).writerow(cell(each) if isinstance(each, str) else each for each in cells)
    return line.getvalue()


def cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: one that would be begins with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(text: str) -> str:
    """The text that `cell` made this of."""
    return text[1:] if _HIDDEN_FORMULA.match(text) else text
