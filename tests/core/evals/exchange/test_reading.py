"""Files as they come from anywhere: what can be read is, and what cannot is said with its line, all or nothing."""

import json

import pytest

from core.errors import BadInput
from core.evals import exchange
from core.evals.exchange import FORMATS, FREE, LARGEST_FILE, Format, Found, Terms, sheet
from tests.core.evals.cases import LIMIT

TERMS = Terms(("sport", "local"), LIMIT)


def read(text: str | bytes, form: Format = "jsonl", terms: Terms = FREE) -> Found:
    data = text if isinstance(text, bytes) else text.encode()
    return exchange.read(data, form, source="cases", terms=terms)


def faults(text: str | bytes, form: Format = "jsonl", terms: Terms = FREE) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(text, form, terms)
    first, *rest = caught.value.message.split("\n")
    assert first == "cases cannot be read; nothing was taken from it."
    return rest


def refusal(text: str | bytes, form: Format = "jsonl") -> str:
    with pytest.raises(BadInput) as caught:
        read(text, form)
    return caught.value.message


def line(**fields: object) -> str:
    return json.dumps({"id": "a", "article": "Text.", "desk": "sport"} | fields) + "\n"


@pytest.mark.parametrize("form", FORMATS)
class TestAnyFile:
    def test_that_is_empty_is_a_sentence(self, form: Format) -> None:
        assert refusal(b" \n\n", form) == "cases is empty."

    def test_in_another_encoding_is_a_sentence(self, form: Format) -> None:
        assert refusal("Größe".encode("latin-1"), form) == "cases is not UTF-8 text. Save it as UTF-8."

    def test_in_utf16_is_told_so(self, form: Format) -> None:
        assert "It seems to be UTF-16" in refusal("\ufeffGröße".encode("utf-16-le"), form)

    def test_with_a_nul_names_its_line(self, form: Format) -> None:
        assert refusal(b"a\nb\nc\x00", form).startswith("cases, line 3: a NUL stands there")

    def test_that_is_too_large_is_a_sentence(self, form: Format) -> None:
        assert refusal(bytes(LARGEST_FILE + 1), form) == "cases is larger than 100 MB. Split it."

    @pytest.mark.parametrize(
        "data", [b"\xff\xfe", b"{", b'"', b"[[[", b",,,\n,,,", b'a,b\n"', bytes(range(1, 256)), b"\r"]
    )
    def test_of_rubbish_is_a_sentence(self, form: Format, data: bytes) -> None:
        assert "cases" in refusal(data, form).split("\n")[0]


class TestJsonl:
    def test_needs_no_more_than_an_article_and_a_desk(self) -> None:
        (made,) = read('\n  {"article": "Text.", "desk": "sport", "language": null}\r\n\n').cases
        assert (made.id, made.article, made.channel) == ("case-1", "Text.", "web")

    def test_with_faults_names_each_by_its_line(self) -> None:
        text = line() + "{\n" + line(desk=7) + '["a"]\n' + line(id="b", colour="red")
        assert faults(text) == [
            "Line 2: It is not JSON: Expecting property name enclosed in double quotes at character 2.",
            "Line 3: desk is wrong: input should be a valid string.",
            "Line 4: A case is a JSON object in braces, on a line of its own.",
            f"Line 5: A case has no 'colour'; it has {', '.join(sheet.FIELDS)}.",
        ]

    def test_with_many_faults_names_twenty(self) -> None:
        said = faults("{\n" * 1000)
        assert (len(said), said[-2][:8], said[-1]) == (21, "Line 20:", "There may be more.")

    def test_with_an_id_twice_names_both_lines(self) -> None:
        assert faults(line() + line(id="b") + line(id=" a ")) == ["Line 3: The id 'a' stands in line 1 already."]

    def test_with_a_key_twice_says_so(self) -> None:
        assert faults('{"id": "a", "desk": "x", "id": "b"}') == ["Line 1: It cannot be read: 'id' is there twice."]

    @pytest.mark.parametrize("opening", ["[", '{"a":'])
    def test_nested_deeply_is_a_sentence(self, opening: str) -> None:
        assert faults(opening * 200_000) == ["Line 1: It is nested too deeply."]

    def test_with_a_huge_number_is_a_sentence(self) -> None:
        assert faults('{"id": ' + "1" * 5000 + "}")[0].startswith("Line 1: It cannot be read: Exceeds the limit")

    @pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
    def test_with_what_is_no_number_is_a_sentence(self, value: str) -> None:
        assert "no number of JSON" in faults('{"id": ' + value + "}")[0]

    def test_with_half_a_character_is_a_sentence(self) -> None:
        assert faults(line(article="\ud800"))[0].startswith("Line 1: article is wrong: ")

    def test_keeps_line_ends_of_unicode_in_an_article(self) -> None:
        text = json.dumps({"id": "a", "desk": "sport", "article": "One.\u2028Two.\x85"}, ensure_ascii=False)
        assert read(text).cases[0].article == "One.\u2028Two.\x85"

    def test_with_too_many_cases_is_a_sentence(self) -> None:
        text = "".join(line(id=str(number)) for number in range(10_001))
        assert refusal(text) == "cases holds more than 10,000 cases. Make several sets of it."


class TestTerms:
    def test_name_a_desk_that_there_is_not_by_its_line(self) -> None:
        assert faults(line() + line(id="b", desk="Sport"), terms=TERMS) == [
            "Line 2: There is no desk 'Sport'; there are sport, local."
        ]

    def test_name_an_article_that_is_too_long_by_its_line(self) -> None:
        assert faults(line(article="x" * 60_001), terms=TERMS) == [
            "Line 1: The article has 60,001 characters; at most 60,000 are read."
        ]

    def test_give_a_desk_to_cases_that_name_none(self) -> None:
        text = '{"article": "One."}\n{"article": "Two.", "desk": "local"}'
        assert [each.desk for each in read(text, terms=Terms(None, None, desk="sport")).cases] == ["sport", "local"]


class TestCsv:
    def test_is_read_by_headers_that_say_the_same(self) -> None:
        (made,) = read("Ressort;Artikel;Schlagzeile;Überflüssig\nsport;Ein Text.;Ein Titel;x\n", "csv").cases
        assert (made.desk, made.article, made.reference) == ("sport", "Ein Text.", "Ein Titel")

    def test_names_the_columns_that_it_leaves_out(self) -> None:
        found = read("desk,article,colour\nsport,One.,red\nsport,Two.,blue\n", "csv")
        assert found.remarks == ("Column 'colour': not used by Copydesk, once.",)

    def test_is_read_by_the_mapping_that_was_chosen(self) -> None:
        data = b"title,text,where\nA title,A text,sport\n"
        mapping = {"article": "title", "reference": "text", "desk": "where"}
        (made,) = sheet.read_mapped(data, mapping, source="cases", terms=FREE).cases
        assert (made.article, made.reference, made.desk) == ("A title", "A text", "sport")

    @pytest.mark.parametrize(
        ("mapping", "said"),
        [
            ({"desk": "where"}, "Say which header holds the article; cases has 'text', 'where'."),
            ({"article": "story"}, "cases has no header 'story'; it has 'text', 'where'."),
            ({"colour": "text"}, "A case has no 'colour'"),
        ],
    )
    def test_with_a_mapping_that_cannot_be_is_a_sentence(self, mapping: dict[str, str], said: str) -> None:
        with pytest.raises(BadInput) as caught:
            sheet.read_mapped(b"text,where\na,b\n", mapping, source="cases", terms=FREE)
        assert caught.value.message.startswith(said)

    def test_without_an_article_says_which_headers_there_are(self) -> None:
        assert refusal("a,b\n1,2\n", "csv") == "Say which header holds the article; cases has 'a', 'b'."

    def test_has_several_values_in_a_cell(self) -> None:
        (made,) = read('article,desk,tags,must_mention\nA text,sport,"a | b|",c\\|d|e\n', "csv").cases
        assert (made.tags, made.must_mention) == (("a", "b"), ("c|d", "e"))

    def test_names_each_fault_by_the_line_where_its_row_begins(self) -> None:
        text = 'article,desk\n"One\n\ntext",sport\nTwo,\nThree\n,,\n\n ,sport\nFour,sport,x\n'
        assert faults(text, "csv") == [
            "Line 5: desk is missing.",
            "Line 6: It has 1 cells; the header has 2.",
            "Line 9: article is missing.",
            "Line 10: It has 3 cells; the header has 2.",
        ]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ('"never ends,sport', "Line 2: A cell begins here with a quotation mark and never ends."),
            ('"a"b,sport', "Line 2: A quotation mark stands where none can. Within a quoted cell, write it twice."),
            ("x" * 10_000_001 + ",sport", "Line 2: A cell is longer than 10,000,000 characters."),
        ],
    )
    def test_with_broken_quotation_marks_is_a_sentence(self, row: str, said: str) -> None:
        assert faults(f"article,desk\n{row}\n", "csv")[0].startswith(said)

    def test_reads_a_cell_of_more_than_python_would(self) -> None:
        assert len(read("article,desk\n" + "x" * 200_000 + ",sport\n", "csv").cases[0].article) == 200_000

    def test_with_a_header_twice_is_a_sentence(self) -> None:
        assert refusal("article,desk,desk\na,b,c\n", "csv").startswith("cases has the header 'desk' twice.")

    def test_with_too_many_columns_is_a_sentence(self) -> None:
        assert refusal("," * 100_000, "csv") == "cases has 100,001 columns; at most 200 are read."

    def test_takes_the_apostrophe_from_a_cell_that_hides_a_formula(self) -> None:
        (made,) = read("article,desk,reference\n'=1+1,sport,'Tis the season\n", "csv").cases
        assert (made.article, made.reference) == ("=1+1", "'Tis the season")

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_may_have_its_cells_apart_by(self, separator: str) -> None:
        assert read(f"article{separator}desk\nOne, two; three{separator}sport\n".replace(
            "One, two; three", '"One, two; three"'), "csv").cases[0].article == "One, two; three"  # fmt: skip


class TestProposedHeaders:
    def test_are_those_that_are_called_like_a_field(self) -> None:
        assert sheet.propose(["ID", "Must mention", "Text", "SECTION", "Headline", "Price"]) == {
            "id": "ID", "article": "Text", "desk": "SECTION", "reference": "Headline", "must_mention": "Must mention"
        }  # fmt: skip

    def test_hold_one_field_each(self) -> None:
        assert sheet.propose(["title", "headline", "input", "article"]) == {
            "article": "article",
            "reference": "headline",
        }

    def test_are_all_of_our_own(self) -> None:
        assert sheet.propose(sheet.FIELDS) == {field: field for field in sheet.FIELDS}


PROMPTFOO = {
    "description": "The bridge",
    "vars": {"story": "A text.", "desk": "local", "mood": "calm"},
    "assert": [
        {"type": "icontains", "value": "bridge"},
        {"type": "contains-all", "value": ["ferry", 160]},
        {"type": "not-icontains", "value": "tunnel"},
        {"type": "similar", "value": "Bridge closes", "threshold": 0.7},
        {"type": "javascript", "value": "process.exit()"},
        {"type": "icontains", "value": "file:///etc/passwd"},
    ],
    "metadata": {"tags": ["a"], "colour": "red"},
    "options": {},
}


class TestPromptfoo:
    def test_has_its_assertions_as_expectations(self) -> None:
        (made,) = read(json.dumps(PROMPTFOO), "promptfoo-jsonl").cases
        assert (made.id, made.article, made.desk, made.tags) == ("The bridge", "A text.", "local", ("a",))
        assert (made.must_mention, made.must_not_mention) == (("bridge", "ferry", "160"), ("tunnel",))
        assert made.reference == "Bridge closes"

    def test_names_what_it_leaves_out(self) -> None:
        remarks = read(json.dumps(PROMPTFOO), "promptfoo-jsonl").remarks
        assert [remark.partition(":")[0] for remark in remarks] == [
            "Key 'options'", "Metadata 'colour'", "Variable 'mood'", "Assertion 'javascript'", "Assertion 'icontains'"
        ]  # fmt: skip

    def test_takes_an_only_variable_for_the_article(self) -> None:
        test = {"vars": {"q": "A text."}}
        assert read(json.dumps(test), "promptfoo-jsonl", Terms(None, None, "sport")).cases[0].article == "A text."

    def test_never_opens_a_file(self) -> None:
        test = {"vars": {"article": "file:///etc/passwd"}}
        assert faults(json.dumps(test), "promptfoo-jsonl") == [
            "Line 1: The article is a path to another file, which is not opened. Put the text here."
        ]

    @pytest.mark.parametrize("key", ["vars", "assert", "metadata", "description"])
    @pytest.mark.parametrize("value", [7, ["a"], True])
    def test_with_a_wrong_type_is_a_fault(self, key: str, value: object) -> None:
        assert faults(json.dumps({"vars": {"article": "A"}} | {key: value}), "promptfoo-jsonl")[0].startswith(
            f"Line 1: {key}"
        )

    def test_is_read_from_a_sheet(self) -> None:
        text = (
            "article,desk,mood,__expected,__expected2,__expected3,__description,__metadata:tags[],__metadata:id,__prefix\n"
            'A text,sport,calm,icontains: bridge,"not-contains-any: a, b",similar(0.8): Bridge closes,Why,"x,y\\,z",7,p\n'
        )
        found = read(text, "promptfoo-csv")
        (made,) = found.cases
        assert (made.id, made.desk, made.must_mention, made.must_not_mention) == ("7", "sport", ("bridge",), ("a", "b"))
        assert (made.reference, made.tags) == ("Bridge closes", ("x", "y,z"))
        assert [remark.partition(":")[0] for remark in found.remarks] == ["Column '__prefix'", "Variable 'mood'"]

    def test_takes_a_bare_expectation_for_the_reference(self) -> None:
        assert read("article,desk,__expected\nA text,sport,Bridge closes\n", "promptfoo-csv").cases[0].reference == (
            "Bridge closes"
        )

    def test_in_a_sheet_with_an_empty_article_takes_no_other_column_for_it(self) -> None:
        assert faults("article,desk\nA,sport\n ,sport\n", "promptfoo-csv") == ["Line 3: article is missing."]

    def test_is_written_without_a_space_that_would_be_looked_for(self) -> None:
        made = read(line(must_mention=["bridge"], must_not_mention=["tunnel"])).cases
        text = "".join(exchange.write(made, "promptfoo-csv"))
        assert ",icontains:bridge,not-icontains:tunnel," in text


class TestInspect:
    @pytest.mark.parametrize(
        "article", ["A text.", [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "A text."}]]
    )
    def test_has_its_input_as_the_article(self, article: object) -> None:
        sample = {"input": article, "target": ["One", "Two"], "id": 7, "metadata": {"desk": "sport", "x": 1}}
        found = read(json.dumps(sample), "inspect-jsonl")
        (made,) = found.cases
        assert (made.id, made.article, made.reference, made.desk) == ("7", "A text.", "One", "sport")
        assert [remark.partition(":")[0] for remark in found.remarks] == ["Metadata 'x'", "Targets but for the first"]

    @pytest.mark.parametrize(
        "sample", [{"input": 7}, {"input": []}, {"input": [{"role": "user"}]}, {}, {"input": {"a": 1}}]
    )
    def test_without_an_article_is_a_fault(self, sample: dict[str, object]) -> None:
        assert faults(json.dumps(sample | {"metadata": {"desk": "sport"}}), "inspect-jsonl")[0].startswith(
            "Line 1: article"
        )

    @pytest.mark.parametrize("cell", ["{", "7", "[1]", "[" * 200_000])
    def test_with_broken_metadata_is_a_fault(self, cell: str) -> None:
        assert faults(f"input,target,metadata\nA text,,{cell}\n", "inspect-csv")[0].startswith("Line 2: metadata is no")


class TestAProposedFormat:
    @pytest.mark.parametrize("form", FORMATS)
    def test_is_what_was_written(self, form: Format) -> None:
        made = read(line(must_mention=["a"], tags=["b"])).cases
        data = "".join(exchange.write(made, form)).encode()
        assert (
            exchange.propose_format(data, source="cases." + form.removeprefix("promptfoo-").removeprefix("inspect-"))
            == form
        )

    def test_of_another_end_of_a_name_is_a_question(self) -> None:
        with pytest.raises(BadInput, match=r"cases.xlsx is neither .jsonl nor .csv"):
            exchange.propose_format(b"x", source="cases.xlsx")
