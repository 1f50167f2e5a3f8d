"""What is sent to review by hand, assigned, and left in which state."""

import pytest

from core.errors import BadInput, NotFound
from core.review import by_hand, overview, store, work
from core.review.item import Wanted
from tests.conftest import HeldClock
from tests.core.review.conftest import Newsroom
from tests.core.review.reviewed import done, events


class TestByHand:
    def test_a_trace_gets_in_with_a_reason(self, newsroom: Newsroom) -> None:
        trace = newsroom.has(source="eval")
        item = by_hand.add(newsroom.db, trace, person="lead", why="A nice example.")
        assert [(reason.kind, reason.person, reason.text) for reason in item.reasons] == [
            ("by_hand", "lead", "A nice example.")
        ]
        newsroom.catches_up()
        assert newsroom.takes("ada").trace == trace

    def test_a_trace_that_is_there_has_one_reason_more(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        item = by_hand.add(newsroom.db, trace, person="lead", why="Look at 3.")
        assert {reason.kind for reason in item.reasons} == {"thumb_down", "by_hand"}
        newsroom.says(trace, "thumb", value=1)
        newsroom.catches_up()
        assert store.get(newsroom.db, item.id).state == "waiting"

    def test_a_trace_that_was_done_waits_again(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada")
        assert by_hand.add(newsroom.db, trace, person="lead", why="Once more.").state == "waiting"

    def test_a_trace_without_headlines_is_refused(self, newsroom: Newsroom) -> None:
        for trace in (newsroom.has([]), newsroom.asks()):
            with pytest.raises(BadInput, match="no headlines that could be reviewed"):
                by_hand.add(newsroom.db, trace, person="lead", why="Look.")

    def test_a_reason_is_needed_and_a_trace(self, newsroom: Newsroom) -> None:
        with pytest.raises(BadInput, match="why somebody should look"):
            by_hand.add(newsroom.db, newsroom.has(), person="lead", why="")
        with pytest.raises(NotFound):
            by_hand.add(newsroom.db, "0" * 32, person="lead", why="Look.")


class TestAnAssignment:
    def test_gives_an_item_away(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        assert work.assign(newsroom.db, item.id, "ben", person="ada").holder is None
        assert events(newsroom, item)[-2:] == [("claimed", "ada"), ("assigned", "ada")]

    def test_can_be_taken_back(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        work.assign(newsroom.db, item.id, "ben", person="ada")
        assert work.assign(newsroom.db, item.id, "", person="ada").assignee is None
        assert newsroom.takes("cleo").id == item.id


class TestTheState:
    def test_is_told_by_desk_and_age(self, held: HeldClock, newsroom: Newsroom) -> None:
        newsroom.complaint(desk="sport")
        held.now += 8 * 86_400_000
        newsroom.complaint(desk="sport")
        held.now += 2 * 86_400_000
        newsroom.complaint(desk="politics")
        held.now += 2 * 3_600_000
        newsroom.complaint(desk="sport")
        newsroom.takes("ada", desk="politics")
        sport, politics = overview.by_desk(newsroom.db)
        assert (sport.desk, sport.by_age, sport.in_hand) == ("sport", (1, 0, 1, 1), 0)
        assert (politics.desk, politics.by_age, politics.in_hand) == ("politics", (0, 1, 0, 0), 1)
        assert overview.together([sport, politics]) == (1, 1, 1, 1)

    def test_is_narrowed_to_what_is_mine_or_nobodys(self, newsroom: Newsroom) -> None:
        mine, assigned = newsroom.complaint(), newsroom.complaint()
        newsroom.complaint()
        newsroom.takes("ada")
        item = store.of_trace(newsroom.db, assigned)
        assert item
        work.assign(newsroom.db, item.id, "ada", person="lead")
        found = overview.lines(newsroom.db, Wanted(whose="mine", person="ada"))
        assert [line.item.trace for line in found] == [mine, assigned]
        assert overview.count(newsroom.db, Wanted(whose="unassigned")) == 2

    def test_names_no_label_before_all_have_read_it(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada", second_reader=True)
        assert overview.lines(newsroom.db)[0].label is None
