"""Who takes an item of the review queue has it alone until it is resolved, by one reader or two."""

import threading
from collections import Counter
from contextlib import closing

import pytest

from core import feedback
from core.db import open_database
from core.errors import BadInput, Conflict, CopydeskError
from core.review import by_hand, overview, store, work
from core.review.item import Wanted
from core.review.rules import Rules, Thresholds
from core.traces.finding import search
from core.traces.finding.find import Find
from tests.conftest import HeldClock
from tests.core.db.conftest import Start, start  # noqa: F401 - a fixture
from tests.core.review.conftest import Newsroom
from tests.core.review.reviewed import done, events

TAKE_AND_RESOLVE = """
import sys
from pathlib import Path
from core.db import open_database
from core.errors import Conflict
from core.review import work

db = open_database(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
while item := work.claim_next(db, sys.argv[2]):
    work.label(db, item.id, "clickbait", person=sys.argv[2])
    work.resolve(db, item.id, person=sys.argv[2])
    print(item.id, flush=True)
db.close()
"""


class TestTheNextItem:
    def test_is_the_one_that_waits_longest(self, newsroom: Newsroom) -> None:
        first, second = newsroom.complaint(), newsroom.complaint()
        assert [newsroom.takes("ada").trace, newsroom.takes("ben").trace] == [first, second]

    def test_is_what_one_has_already(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        newsroom.complaint()
        assert newsroom.takes("ada").id == newsroom.takes("ada").id

    def test_is_rather_what_is_assigned_to_one(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        mine = newsroom.complaint()
        item = store.of_trace(newsroom.db, mine)
        assert item
        work.assign(newsroom.db, item.id, "ada", person="lead")
        assert newsroom.takes("ada").trace == mine

    def test_is_never_what_is_assigned_to_others(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        work.assign(newsroom.db, newsroom.takes("lead").id, "ben", person="lead")
        assert work.claim_next(newsroom.db, "ada") is None

    def test_is_of_the_desk_and_for_the_reason_that_are_wanted(self, newsroom: Newsroom) -> None:
        newsroom.complaint(desk="sport")
        politics = newsroom.complaint(desk="politics")
        assert newsroom.takes("ada", desk="politics").trace == politics
        assert work.claim_next(newsroom.db, "ben", wanted=Wanted(reason="random")) is None

    def test_is_none_that_was_passed_over(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        second = newsroom.complaint()
        item = newsroom.takes("ada")
        work.release(newsroom.db, item.id, "ada")
        taken = work.claim_next(newsroom.db, "ada", passing=[item.id])
        assert taken
        assert taken.trace == second
        assert work.claim_next(newsroom.db, "ben", passing=[item.id]) is None

    def test_needs_to_know_who_reads(self, newsroom: Newsroom) -> None:
        with pytest.raises(BadInput, match="Say who you are"):
            work.claim_next(newsroom.db, "  ")


class TestAClaim:
    def test_keeps_others_away(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        assert work.claim_next(newsroom.db, "ben") is None
        with pytest.raises(Conflict, match="ada is reading this one at the moment"):
            work.claim(newsroom.db, item.id, "ben")
        with pytest.raises(Conflict, match="ada is reading"):
            work.label(newsroom.db, item.id, "clickbait", person="ben")

    def test_is_over_after_a_quarter_of_an_hour(self, held: HeldClock, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        held.now += work.CLAIM_MS - 1
        assert work.claim_next(newsroom.db, "ben") is None
        held.now += 1
        assert newsroom.takes("ben").id == item.id

    def test_lasts_while_its_reader_is_at_work(self, held: HeldClock, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        for _ in range(4):
            held.now += work.CLAIM_MS // 2
            assert work.renew(newsroom.db, item.id, "ada")
        assert work.claim_next(newsroom.db, "ben") is None

    def test_that_is_over_goes_on_if_nobody_took_the_item(self, held: HeldClock, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        held.now += work.CLAIM_MS * 3
        assert done(newsroom, item, "ada").state == "done"

    def test_that_somebody_took_over_cannot_be_renewed_or_used(self, held: HeldClock, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        held.now += work.CLAIM_MS
        newsroom.takes("ben")
        assert not work.renew(newsroom.db, item.id, "ada")
        with pytest.raises(Conflict, match="ben is reading"):
            work.resolve(newsroom.db, item.id, person="ada")
        work.release(newsroom.db, item.id, "ada")
        assert store.get(newsroom.db, item.id).holder == "ben"

    def test_of_what_somebody_finished_says_who_and_what(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        done(newsroom, item, "ada", "off tone")
        with pytest.raises(Conflict, match="ada was done with this one first: off tone"):
            work.claim(newsroom.db, item.id, "ben")

    def test_is_given_to_one_of_many_threads(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        together = threading.Barrier(8)
        taken: list[str] = []

        def take(person: str) -> None:
            together.wait()
            if work.claim_next(newsroom.db, person):
                taken.append(person)

        threads = [threading.Thread(target=take, args=(f"reader {number}",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) == 1

    def test_is_never_given_to_two_processes(self, newsroom: Newsroom, start: Start) -> None:  # noqa: F811
        traces = [newsroom.has() for _ in range(24)]
        for trace in traces:
            newsroom.complains(trace)
        newsroom.catches_up()
        processes = [start(TAKE_AND_RESOLVE, newsroom.db.path, name) for name in ("ada", "ben")]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        said: list[str] = []
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            output, problems = process.communicate(timeout=60)
            assert process.returncode == 0, problems
            said += output.split()
        assert Counter(said) == {str(number): 1 for number in range(1, 25)}


class TestResolving:
    def test_needs_a_label(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        with pytest.raises(BadInput, match="Choose a label first"):
            work.resolve(newsroom.db, newsroom.takes("ada").id, person="ada")

    def test_takes_labels_of_the_newsrooms_list_only(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        with pytest.raises(BadInput, match="There is no label 'meh'; there is factual error, misleading"):
            work.label(newsroom.db, newsroom.takes("ada").id, "meh", person="ada")

    def test_makes_feedback_of_what_was_said(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada", "off tone", comment="Too jolly.", about=1)
        said = [(each.kind, each.person, each.position, each.text) for each in feedback.standing(newsroom.db, trace)][
            1:
        ]
        assert said == [("comment", "ada", 1, "Too jolly."), ("label", "ada", 1, "off tone")]
        assert [line.id for line in search.page(newsroom.db, Find(text="jolly", feedback=("label",))).lines] == [trace]

    def test_of_the_last_label_keeps_all_of_them_on_record(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        work.label(newsroom.db, item.id, "clickbait", person="ada")
        done(newsroom, item, "ada", "off tone")
        kinds = [event.text for event in store.events(newsroom.db, item.id) if event.kind == "labelled"]
        assert kinds == ["clickbait", "off tone"]
        assert overview.lines(newsroom.db, state="done")[0].label == "off tone"

    def test_refuses_a_correction_that_is_no_headline(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        for text in ("…", "Two\nlines"):
            with pytest.raises(BadInput, match="one line"):
                done(newsroom, item, "ada", correction=text)

    def test_that_fails_leaves_nothing_behind(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        work.label(newsroom.db, item.id, "clickbait", person="ada")
        before = events(newsroom, item)
        with pytest.raises(BadInput, match="positions are 0 to 2"):
            work.resolve(newsroom.db, item.id, person="ada", comment="So.", about=7)
        assert events(newsroom, item) == before

    def test_is_not_undone_by_what_was_known_then(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada")
        newsroom.complains(trace)
        newsroom.catches_up()
        assert work.claim_next(newsroom.db, "ben") is None

    def test_is_undone_by_a_new_complaint(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada")
        newsroom.complains(trace, person="ben")
        newsroom.catches_up()
        assert newsroom.takes("ada").trace == trace

    def test_by_hand_is_undone_with_a_reason(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = done(newsroom, newsroom.takes("ada"), "ada")
        with pytest.raises(BadInput, match="why it should be read again"):
            by_hand.reopen(newsroom.db, item.id, person="lead", why=" ")
        by_hand.reopen(newsroom.db, item.id, person="lead", why="The desk disagrees.")
        assert newsroom.takes("ada").id == item.id
        with pytest.raises(BadInput, match="Choose a label first"):
            work.resolve(newsroom.db, item.id, person="ada")


class TestASecondReader:
    def test_is_somebody_else(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = done(newsroom, newsroom.takes("ada"), "ada", second_reader=True)
        assert (item.state, item.readings, item.wanted) == ("waiting", 1, 2)
        assert work.claim_next(newsroom.db, "ada") is None
        with pytest.raises(Conflict, match="You have read this one already"):
            work.claim(newsroom.db, item.id, "ada")
        with pytest.raises(BadInput, match="a second reader has to be somebody else"):
            work.assign(newsroom.db, item.id, "ada", person="lead")
        assert done(newsroom, newsroom.takes("ben"), "ben").state == "done"

    def test_finds_nothing_of_the_first_ones_words_on_the_trace(self, newsroom: Newsroom) -> None:
        trace = newsroom.complaint()
        done(newsroom, newsroom.takes("ada"), "ada", second_reader=True, comment="Wrong.")
        assert [each.kind for each in feedback.of_trace(newsroom.db, trace)] == ["thumb"]
        done(newsroom, newsroom.takes("ben"), "ben", "off tone")
        said = {(each.person, each.kind, each.text) for each in feedback.of_trace(newsroom.db, trace)}
        assert said >= {("ada", "label", "misleading"), ("ada", "comment", "Wrong."), ("ben", "label", "off tone")}

    def test_is_wanted_for_a_share_of_all_items(self, newsroom: Newsroom) -> None:
        newsroom.rule(Rules(everywhere=Thresholds(random_share=0, failed_checks=None), second_share=1))
        newsroom.complaint()
        assert done(newsroom, newsroom.takes("ada"), "ada").state == "waiting"

    def test_can_be_chosen(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = done(newsroom, newsroom.takes("ada"), "ada", second_reader=True)
        work.assign(newsroom.db, item.id, "ben", person="ada")
        assert work.claim_next(newsroom.db, "cleo") is None
        assert newsroom.takes("ben").id == item.id


class TestAnotherProcess:
    def test_sees_what_was_done(self, newsroom: Newsroom) -> None:
        newsroom.complaint()
        item = newsroom.takes("ada")
        with closing(open_database(newsroom.db.path)) as other, pytest.raises(CopydeskError, match="ada is reading"):
            work.claim(other, item.id, "ben")
