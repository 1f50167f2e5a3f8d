"""The shipped cases are fit to be evaluated on: nothing that a set says of its articles is wrong."""

from collections import Counter
from functools import cache

import pytest

from core.evals.case import Case
from core.evals.exchange import jsonl
from core.settings import DESKS, Settings
from tests.conftest import ROOT

NAMES = ("newsroom", "regressions")


@cache
def cases(name: str) -> tuple[Case, ...]:
    path = ROOT / "prompts" / "evals" / f"{name}.jsonl"
    return tuple(jsonl.read(path.read_bytes(), path.name).cases)


ALL = [pytest.param(case, id=case.id) for name in NAMES for case in cases(name)]


@pytest.mark.parametrize("case", ALL)
class TestEveryCase:
    def test_mentions_what_a_headline_must(self, case: Case) -> None:
        text = case.article.casefold()
        assert [word for word in case.must_mention if word.casefold() not in text] == []

    def test_has_a_reference_that_meets_its_expectations(self, case: Case) -> None:
        assert case.reference
        reference = case.reference.casefold()
        assert [word for word in case.must_mention if word.casefold() not in reference] == []
        assert [word for word in case.must_not_mention if word.casefold() in reference] == []

    def test_can_be_asked_with_the_settings_as_they_come(self, case: Case) -> None:
        assert case.desk in DESKS.split(",")
        assert len(case.article) <= Settings.model_fields["article_limit"].default


class TestNewsroom:
    def test_has_eight_articles_for_each_of_eight_desks(self) -> None:
        assert set(Counter(case.desk for case in cases("newsroom")).values()) == {8}
        assert len(cases("newsroom")) == 64

    def test_has_sixteen_in_other_languages(self) -> None:
        assert sum(case.language in ("fr", "nl", "de") for case in cases("newsroom")) == 16


class TestRegressions:
    def test_says_what_each_is_for(self) -> None:
        assert [case.id for case in cases("regressions") if not case.tags] == []

    @pytest.mark.parametrize(
        "tag",
        [
            "numbers",
            "names",
            "injection",
            "disguise",
            "short",
            "long",
            "rtl",
            "markup",
            "table",
            "empty",
            "unsupported",
        ],
    )
    def test_has_cases_for(self, tag: str) -> None:
        assert [case.id for case in cases("regressions") if tag in case.tags]

    def test_has_short_and_long_articles(self) -> None:
        lengths = sorted(len(case.article) for case in cases("regressions"))
        assert lengths[0] < 50
        assert lengths[-1] >= 20_000
