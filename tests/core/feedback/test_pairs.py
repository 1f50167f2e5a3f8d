"""A blind comparison is kept as it was shown, once, and can be taken back; nobody gets the same pair twice."""

import pytest

from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.feedback import pairs
from core.feedback.pairs import Shown
from tests.core.feedback.conftest import Traces
from tests.records import put


@pytest.fixture
def shown(traces: Traces) -> Shown:
    """Two sets for the same article."""
    return Shown(traces.closed(), traces.closed())


def other_way(shown: Shown) -> Shown:
    return Shown(shown.second, shown.first)


class TestAJudgement:
    def test_is_kept_in_the_order_shown(self, db: Database, shown: Shown) -> None:
        kept = pairs.judge(db, shown, "second", person=" ada ", key="k")
        assert pairs.of_person(db, "ada") == [kept]
        assert (kept.shown, kept.better, kept.person) == (shown, "second", "ada")

    def test_tells_what_won_by_its_version(self, db: Database) -> None:
        one, two = put(db, "A headline", version=1, model="gpt"), put(db, "Another headline", version=2, model="gpt")
        pairs.judge(db, Shown(two, one), "second", person="ada", key="k")
        (compared,) = pairs.standing(db)
        assert (compared.winner, compared.first.name, compared.desk) == (
            "headlines 1 on gpt",
            "headlines 2 on gpt",
            "local",
        )

    def test_under_the_same_key_is_the_same(self, db: Database, shown: Shown) -> None:
        first = pairs.judge(db, shown, "tie", person="ada", key="k")
        assert pairs.judge(db, shown, "tie", person="ada", key="k") == first
        with pytest.raises(Conflict, match="used for another judgement"):
            pairs.judge(db, shown, "first", person="ada", key="k")

    def test_of_the_same_pair_is_refused_in_either_order(self, db: Database, shown: Shown) -> None:
        pairs.judge(db, shown, "tie", person="ada", key="k")
        for again in (shown, other_way(shown)):
            with pytest.raises(Conflict, match="You judged this pair already"):
                pairs.judge(db, again, "first", person="ada", key="l")

    def test_of_another_person_stands_beside_it(self, db: Database, shown: Shown) -> None:
        pairs.judge(db, shown, "first", person="ada", key="k")
        pairs.judge(db, other_way(shown), "first", person="ben", key="l")
        assert [each.judgement.person for each in pairs.standing(db)] == ["ada", "ben"]

    def test_that_was_taken_back_does_not_stand_and_can_be_given_again(self, db: Database, shown: Shown) -> None:
        pairs.judge(db, shown, "first", person="ada", key="k")
        pairs.take_back(db, other_way(shown), person="ada", key="l")
        assert (pairs.of_person(db, "ada"), pairs.standing(db)) == ([], [])
        pairs.judge(db, shown, "tie", person="ada", key="m")
        assert [each.better for each in pairs.of_person(db, "ada")] == ["tie"]

    def test_that_was_not_given_cannot_be_taken_back(self, db: Database, shown: Shown) -> None:
        pairs.judge(db, shown, "first", person="ben", key="k")
        with pytest.raises(NotFound, match="no judgement of yours"):
            pairs.take_back(db, shown, person="ada", key="l")


class TestWhatCannotBeCompared:
    def test_a_set_with_itself(self, db: Database, shown: Shown) -> None:
        with pytest.raises(BadInput, match="with itself"):
            pairs.judge(db, Shown(shown.first, shown.first), "tie", person="ada", key="k")

    def test_sets_for_different_articles(self, db: Database, shown: Shown) -> None:
        with pytest.raises(BadInput, match="not for the same article"):
            pairs.judge(db, Shown(shown.first, put(db, "A headline")), "tie", person="ada", key="k")

    def test_a_set_without_headlines(self, db: Database, traces: Traces, shown: Shown) -> None:
        with pytest.raises(BadInput, match="no headlines to compare"):
            pairs.judge(db, Shown(shown.first, traces.closed([])), "tie", person="ada", key="k")

    def test_a_trace_that_is_not_there(self, db: Database, shown: Shown) -> None:
        with pytest.raises(NotFound, match="There is no trace '0'"):
            pairs.judge(db, Shown("0", shown.first), "tie", person="ada", key="k")

    @pytest.mark.parametrize("person", ["", "  ", "x" * 201])
    def test_by_nobody(self, db: Database, shown: Shown, person: str) -> None:
        with pytest.raises(BadInput, match="whose is it"):
            pairs.judge(db, shown, "tie", person=person, key="k")

    def test_by_another_word(self, db: Database, shown: Shown) -> None:
        with pytest.raises(BadInput, match="first or second"):
            pairs.judge(db, shown, "third", person="ada", key="k")  # pyright: ignore[reportArgumentType]
