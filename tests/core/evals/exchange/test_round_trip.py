"""Whatever cases a set holds, every format gives back the same ones; and no cell of a CSV runs in a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.evals import exchange
from core.evals.case import Case
from core.evals.exchange import FORMATS, FREE, Format, jsonl, sheet
from tests.conftest import ROOT
from tests.core.evals.cases import case

NASTY = "=+-@\t\r\n'\"|\\,;: \u00a0\x0b\x1c\x85\u2028\ufeff{}[]<ü‏🌉ab"

texts = st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=["Cs"])), max_size=30)


def lines(longest: int) -> st.SearchStrategy[str]:
    printable = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    text = st.text(alphabet=st.one_of(st.sampled_from("=+-@'\"|\\,;: ab"), printable), min_size=1, max_size=longest)
    return text.filter(lambda each: each.strip())


def may_be(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), strategy)


words = st.lists(lines(10), max_size=3)


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    made: dict[str, Case] = {}
    for _ in range(draw(st.integers(1, 3))):
        fields = {
            "id": draw(lines(10)), "article": draw(texts.filter(lambda each: "\x00" not in each)),
            "desk": draw(lines(10)), "channel": draw(lines(10)), "language": draw(may_be(lines(5))),
            "reference": draw(may_be(lines(20))), "must_mention": draw(words), "must_not_mention": draw(words),
            "tags": draw(words), "source_trace": draw(may_be(lines(10))),
            "fewest_characters": draw(st.none() | st.integers(1, 20)),
            "most_characters": draw(st.none() | st.integers(20, 1_000)),
        }  # fmt: skip
        try:
            one = Case.model_validate(fields)
        except ValidationError:
            one = case(f"{len(made)}")
        made[one.id] = one
    return list(made.values())


def written(form: Format, given_cases: list[Case]) -> bytes:
    return "".join(exchange.write(given_cases, form)).encode()


@pytest.mark.parametrize("form", FORMATS)
class TestAnyCases:
    @given(given_cases=cases())
    def test_come_back_equal(self, form: Format, given_cases: list[Case]) -> None:
        found = exchange.read(written(form, given_cases), form, source="f", terms=FREE)
        assert (list(found.cases), found.remarks) == (given_cases, ())

    def test_come_back_equal_from_a_file_with_a_mark_in_front(self, form: Format) -> None:
        data = b"\xef\xbb\xbf" + written(form, [case("a"), case("b")])
        assert list(exchange.read(data, form, source="f", terms=FREE).cases) == [case("a"), case("b")]


@pytest.mark.parametrize("form", [form for form in FORMATS if "csv" in form])
class TestASpreadsheet:
    @given(given_cases=cases())
    def test_finds_no_formula(self, form: Format, given_cases: list[Case]) -> None:
        text = written(form, given_cases).decode()
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


class TestTheShippedSets:
    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("path", sorted((ROOT / "prompts" / "evals").glob("*.jsonl")), ids=lambda path: path.stem)
    def test_come_back_equal(self, form: Format, path: Path) -> None:
        shipped = list(jsonl.read(path.read_bytes(), path.name).cases)
        again = written(form, shipped)
        assert list(exchange.read(again, form, source="f", terms=FREE).cases) == shipped


class TestSeveralValuesInACell:
    @given(values=st.lists(texts.filter(lambda each: each.strip()), max_size=4), separator=st.sampled_from("|,"))
    def test_come_back_equal(self, values: list[str], separator: str) -> None:
        assert sheet.split(sheet.joined(values, separator), separator) == values

    def test_may_be_written_with_spaces_and_nothing_between(self) -> None:
        assert [value.strip() for value in sheet.split("a | b||c\\d")] == ["a", "b", "c\\d"]
