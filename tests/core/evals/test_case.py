"""A case holds what every file format gives back, and says in sentences what it cannot hold."""

import pytest

from core.errors import BadInput
from core.evals.case import MOST_VALUES, Case, make
from tests.core.evals.cases import case

GOOD = {"id": "a", "article": "Some text.", "desk": "sport"}


class TestACase:
    def test_is_trimmed_at_the_edges_of_all_but_its_article(self) -> None:
        made = case(" a ", desk="\u00a0sport ", article=" Text. \n", tags=[" x "], reference=" R ")
        assert (made.id, made.desk, made.article, made.tags, made.reference) == ("a", "sport", " Text. \n", ("x",), "R")

    @pytest.mark.parametrize("field", ["id", "desk", "channel", "language", "reference", "source_trace"])
    @pytest.mark.parametrize("text", ["", " ", "a\nb", "a\x00b", "a\x1bb", "a\u2028b", "a\ud800b"])
    def test_has_whole_lines_or_none(self, field: str, text: str) -> None:
        with pytest.raises(BadInput, match=f"^{field} is wrong: "):
            make(GOOD | {field: text})

    @pytest.mark.parametrize("field", ["tags", "must_mention", "must_not_mention"])
    @pytest.mark.parametrize("values", [[""], ["a\nb"], ["x" * 201], ["a"] * (MOST_VALUES + 1), "text", [1]])
    def test_has_lists_of_whole_words(self, field: str, values: object) -> None:
        with pytest.raises(BadInput, match=f"^{field} is wrong: "):
            make(GOOD | {field: values})

    @pytest.mark.parametrize("article", ["", " \n\u00a0", "a\x00b", "a\ud800", 7, None, ["a"]])
    def test_has_an_article_that_can_be_read(self, article: object) -> None:
        with pytest.raises(BadInput, match=r"^article is wrong: "):
            make(GOOD | {"article": article})

    @pytest.mark.parametrize("value", [0, -1, 1_001, "many", 1.5])
    def test_has_limits_that_a_headline_can_have(self, value: object) -> None:
        with pytest.raises(BadInput, match=r"^most_characters is wrong: "):
            make(GOOD | {"most_characters": value})

    def test_leaves_room_between_its_limits(self) -> None:
        with pytest.raises(BadInput, match=r"^Fewest_characters is more than most_characters\.$"):
            make(GOOD | {"fewest_characters": 41, "most_characters": 40})

    def test_keeps_odd_line_ends_in_its_article(self) -> None:
        assert case("a", article="\x85a\r\nb\x0bc\u2028").article == "\x85a\r\nb\x0bc\u2028"


class TestWhatIsWrong:
    def test_is_said_of_every_field(self) -> None:
        with pytest.raises(BadInput) as caught:
            make({"id": 7, "desk": "sport", "colour": "red"})
        assert caught.value.message == (
            "id is wrong: input should be a valid string. article is missing. A case has no 'colour'; it has "
            f"{', '.join(Case.model_fields)}."
        )

    def test_is_said_without_the_value(self) -> None:
        with pytest.raises(BadInput) as caught:
            make(GOOD | {"desk": "secret" * 100})
        assert "secret" not in caught.value.message
