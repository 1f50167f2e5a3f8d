"""Two readers of the same items: their agreement, once there is enough of it."""

import pytest

from core.review import agreement, by_hand, work
from core.review.agreement import FEWEST
from core.review.rules import Rules, Thresholds
from core.statistics.agreement import cohens_kappa
from tests.core.review.conftest import Newsroom


def read_twice(newsroom: Newsroom, first: str, second: str, *, desk: str = "sport") -> None:
    newsroom.complaint(desk=desk)
    for person, label in (("ada", first), ("ben", second)):
        item = newsroom.takes(person, desk=desk)
        work.label(newsroom.db, item.id, label, person=person)
        work.resolve(newsroom.db, item.id, person=person)


@pytest.fixture
def twice(newsroom: Newsroom) -> Newsroom:
    newsroom.rule(Rules(everywhere=Thresholds(random_share=0, failed_checks=None), second_share=1))
    return newsroom


class TestAgreement:
    def test_is_not_told_of_too_few(self, twice: Newsroom) -> None:
        read_twice(twice, "misleading", "misleading")
        found = agreement.of_labels(twice.db)
        assert (found.items, found.same, found.value) == (1, 1, None)
        assert found.sentence == "Not enough to tell: it takes 30 items that two people read, and there are 1."

    def test_is_cohens_kappa_of_the_first_and_second_reading(self, twice: Newsroom) -> None:
        for _ in range(FEWEST // 2):
            read_twice(twice, "misleading", "misleading")
        for _ in range(10):
            read_twice(twice, "off tone", "off tone")
        for _ in range(5):
            read_twice(twice, "off tone", "misleading")
        found = agreement.of_labels(twice.db)
        assert (found.items, found.same) == (30, 25)
        assert found.value
        assert found.value.estimate == pytest.approx(cohens_kappa(((15, 0), (5, 10))).estimate)
        assert found.value.low < found.value.estimate < found.value.high
        assert found.mixed_up == {("misleading", "off tone"): 5}
        assert "κ 0.67" in found.sentence

    def test_is_told_by_desk(self, twice: Newsroom) -> None:
        read_twice(twice, "misleading", "misleading", desk="sport")
        read_twice(twice, "misleading", "misleading", desk="world")
        assert agreement.of_labels(twice.db, desk="world").items == 1

    def test_of_readers_who_know_one_label_only_is_undefined(self, twice: Newsroom) -> None:
        for _ in range(FEWEST):
            read_twice(twice, "misleading", "misleading")
        found = agreement.of_labels(twice.db)
        assert found.value is None
        assert "undefined" in found.sentence

    def test_does_not_count_what_one_person_read(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        work.label(newsroom.db, item.id, "clickbait", person="ada")
        work.resolve(newsroom.db, item.id, person="ada")
        assert agreement.of_labels(newsroom.db).items == 0

    def test_counts_an_item_for_every_time_two_people_read_it(self, twice: Newsroom) -> None:
        read_twice(twice, "misleading", "clickbait")
        by_hand.reopen(twice.db, 1, person="lead", why="They disagree.")
        for person in ("ada", "ben"):
            item = twice.takes(person)
            work.label(twice.db, item.id, "clickbait", person=person)
            work.resolve(twice.db, item.id, person=person)
        found = agreement.of_labels(twice.db)
        assert (found.items, found.same) == (2, 1)
