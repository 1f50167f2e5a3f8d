"""Foreign text stays text where it lands."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.foreign_text import cell, csv_line, from_cell, markdown


class TestACell:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "'=1"])
    def test_that_would_be_a_formula_begins_with_an_apostrophe(self, text: str) -> None:
        assert cell(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "a=1", "'tis", "3-1"])
    def test_that_is_none_stays_as_it_is(self, text: str) -> None:
        assert cell(text) == text

    @given(st.text(alphabet="=+-@'\t\r\nab ", max_size=6))
    def test_comes_back_as_it_was(self, text: str) -> None:
        assert from_cell(cell(text)) == text


class TestALineOfCsv:
    def test_is_read_back_by_a_spreadsheet(self) -> None:
        line = csv_line(["a,b", 'c"d', "e\nf", -1, None, "=x"])
        assert next(csv.reader(io.StringIO(line, newline=""))) == ["a,b", 'c"d', "e\nf", "-1", "", "'=x"]


class TestMarkdown:
    def test_shows_marks_as_they_are(self) -> None:
        assert markdown("*a* [b](c) <i> $x$ :red[x]") == r"\*a\* \[b\]\(c\) \<i\> \$x\$ \:red\[x\]"
