"""The review queue on its screen: what it says when it is empty, taken or overtaken, and what it keeps from whom."""

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.copydesk import shared
from core.evals import sets
from core.feedback import Given, give, of_trace
from core.keeping import erasing
from core.review import filling, rules, store, work
from core.review.rules import Rules, Thresholds
from tests.conftest import HeldClock
from tests.pages.test_gate_dialog import link_to
from tests.pages.test_screens import screen, sentences
from tests.records import put

HOSTILE = "**bold** [link](http://evil.example) <b> $x$ :red[x]"
HEADLINES = ("Bridge closes for eleven weeks", "Ferry carries pupils", "Traders fear for Easter")


@pytest.fixture(autouse=True)
def certain() -> None:
    """Rules that leave nothing to chance."""
    chosen = Rules(everywhere=Thresholds(random_share=0, failed_checks=None), second_share=0)
    rules.change(shared().db, chosen, note="For this test.", author="lead", seen=rules.in_force(shared().db))


def complaint(**more: Any) -> str:
    """A trace that somebody complained about, in the queue."""
    trace = put(shared().db, *HEADLINES)
    give(shared().db, Given(trace, **{"kind": "thumb", "person": "Editor", "source": "api", "value": -1, **more}))
    for _ in filling.catch_up(shared().db):
        pass
    return trace


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def said(at: AppTest) -> str:
    """All that the screen says, without the marks that keep foreign text from being Markdown."""
    return sentences(at).replace("\\", "")


def reading(person: str = "Ada") -> AppTest:
    """The screen of somebody who took the next item."""
    at = screen("feedback.py")
    at.text_input(key="review-reader").set_value(person).run()
    return press(at, "Review next")


class TestTheQueue:
    def test_that_is_empty_says_what_will_be_here(self) -> None:
        at = screen("feedback.py")
        assert not at.exception
        assert "Sets of headlines that people should look at will stand here" in at.info[0].value

    def test_brings_in_what_was_complained_about_when_it_is_opened(self) -> None:
        trace = put(shared().db, *HEADLINES)
        give(shared().db, Given(trace, "all_rejected", "Editor", "api"))
        at = screen("feedback.py")
        assert "What waits, on which desk, and for how long?" in [heading.value for heading in at.subheader]
        assert store.of_trace(shared().db, trace)

    def test_asks_who_is_there(self) -> None:
        complaint()
        at = press(screen("feedback.py"), "Review next")
        assert "Say who you are" in at.error[0].value

    def test_that_others_have_says_so(self) -> None:
        complaint()
        work.claim(shared().db, 1, "Ben")
        assert "The one that waits is being read by others" in reading().info[0].value

    def test_keeps_its_filters_in_the_address_on_the_way_to_the_next_item(self) -> None:
        complaint()
        at = screen("feedback.py", view="queue", for_desk="local", reason="thumb_down")
        at.text_input(key="review-reader").set_value("Ada").run()
        press(at, "Review next")
        address = {name: at.query_params[name] for name in ("for_desk", "reason", "item")}
        assert address == {"for_desk": "local", "reason": "thumb_down", "item": "1"}


class TestAnItem:
    def test_says_why_it_is_here(self) -> None:
        complaint(position=1)
        at = reading()
        assert "Thumb down on headline 2 by Editor" in sentences(at)
        assert at.selectbox(key="review-1-about").value == 1

    def test_shows_a_heavy_edit_beside_the_reason(self) -> None:
        trace = complaint(kind="edited", value=None, position=1, text="Nothing of it is left")
        item = store.of_trace(shared().db, trace)
        assert item
        (reason,) = item.reasons
        (edit,) = reason.edits(of_trace(shared().db, trace))
        assert (edit.text, edit.suggested) == ("Nothing of it is left", HEADLINES[1])
        keys = [str(each.key) for each in reading().main if "review_edit" in str(each.key)]
        assert keys

    def test_that_was_resolved_is_confirmed_on_the_next_and_in_the_queue(self) -> None:
        complaint()
        complaint()
        at = reading()
        at.button(key="review-1-label-3").click().run()
        press(at, "Resolve and next")
        assert "Saved: item 1, off tone." in said(at)
        at.button(key="review-2-label-1").click().run()
        assert "Saved" not in said(at)
        press(at, "Resolve and next")
        assert "Saved: item 2, factual error." in said(at)

    def test_that_is_not_there_is_told(self) -> None:
        assert "no such item" in screen("feedback.py", view="queue", item="99").error[0].value
        assert "no such item" in screen("feedback.py", view="queue", item="9" * 1000).error[0].value

    def test_needs_a_label_before_it_is_done_and_keeps_what_was_typed(self) -> None:
        complaint()
        at = reading()
        at.text_area(key="review-1-comment").set_value("Too jolly.")
        press(at, "Resolve and next")
        assert "Choose a label first" in at.error[0].value
        assert at.text_area(key="review-1-comment").value == "Too jolly."

    def test_that_somebody_took_over_says_so_and_keeps_what_was_typed(self, held: HeldClock) -> None:
        complaint()
        at = reading()
        at.text_area(key="review-1-comment").set_value("Too jolly.").run()
        held.now += work.CLAIM_MS
        work.claim(shared().db, 1, "Ben")
        at.run()
        assert "Your time ran out, and Ben is reading it now. What you typed is still here." in said(at)
        press(at, "Resolve and next")
        assert "Ben is reading this one at the moment" in said(at)
        assert at.text_area(key="review-1-comment").value == "Too jolly."

    def test_whose_time_ran_out_is_still_its_readers_if_nobody_else_came(self, held: HeldClock) -> None:
        complaint()
        at = reading()
        held.now += work.CLAIM_MS * 2
        at.button(key="review-1-label-1").click().run()
        press(at, "Resolve and next")
        assert store.get(shared().db, 1).state == "done"

    def test_can_be_taken_from_the_list(self) -> None:
        complaint()
        at = screen("feedback.py", view="queue", item="1")
        at.text_input(key="review-taker").set_value("Ada").run()
        press(at, "Take it")
        assert store.get(shared().db, 1).holder == "Ada"
        assert at.text_area(key="review-1-comment").value == ""

    def test_is_left_to_somebody_without_taking_it(self) -> None:
        complaint()
        at = screen("feedback.py", view="queue", item="1")
        at.text_input(key="review-taker").set_value("Lead").run()
        next(field for field in at.text_input if field.label == "To whom?").set_value("Ben")
        press(at, "Assign it")
        item = store.get(shared().db, 1)
        assert (item.assignee, item.holder) == ("Ben", None)
        assert "Assigned to Ben" in said(at)

    def test_that_is_left_to_somebody_else_makes_room_for_the_next(self) -> None:
        complaint()
        complaint()
        at = reading("Ada")
        next(field for field in at.text_input if field.label == "To whom?").set_value("Ben")
        press(at, "Assign it")
        assert at.query_params["item"] == ["2"] or at.query_params["item"] == "2"
        assert store.get(shared().db, 1).assignee == "Ben"

    def test_that_is_done_shows_what_was_found_and_can_be_read_again(self) -> None:
        complaint()
        at = reading()
        at.button(key="review-1-label-3").click().run()
        at.text_area(key="review-1-headline").set_value("Bridge shut until June")
        press(at, "Resolve and next")
        at = screen("feedback.py", view="queue", item="1")
        assert "**off tone**, found by Ada" in sentences(at)
        assert "Bridge shut until June" in [text.value for text in at.text]
        at.text_input(key="review-opener").set_value("Lead").run()
        at.text_input(key="review-1-again").set_value("The desk disagrees.").run()
        press(at, "Put it back into the queue")
        assert store.get(shared().db, 1).state == "waiting"

    def test_becomes_a_case_with_the_corrected_headline_as_its_reference(self) -> None:
        trace = complaint()
        at = reading()
        at.text_area(key="review-1-headline").set_value("Bridge shut until June").run()
        at.selectbox(key="review-1-set").set_value("regressions").run()
        press(at, "Add the case")
        newest = sets.newest(shared().db, "regressions")
        assert newest
        made = sets.case(shared().db, "regressions", newest.number, sets.from_trace(shared().db, trace).id)
        assert (made.reference, made.tags) == ("Bridge shut until June", ("review",))
        assert "Added as a case of regressions 2" in at.success[0].value.replace("\\", "")
        assert link_to(at, "The case") == f"set=regressions&version={newest.number}&case={made.id}"
        press(at, "Add the case")
        assert "Its case has" not in said(at)
        assert "Nothing was added to regressions: in the set already" in said(at)
        assert at.text_area(key="review-1-headline").value == "Bridge shut until June"


class TestAHeavyEdit:
    def test_stands_below_the_reason_that_it_is_about_and_above_the_headlines(self) -> None:
        trace = complaint(kind="edited", value=None, position=1, text="Nothing of it is left at all")
        give(shared().db, Given(trace, "edited", "Ben", "api", position=2, text="Nor is anything of this one"))
        list(filling.catch_up(shared().db))
        at = screen("feedback.py", view="queue", item="1")
        drawn = [name for name in map(drawn_as, everything(at.main)) if name]
        about = drawn.index("**Why it is here**")
        assert drawn[about : about + 6] == [
            "**Why it is here**",
            "- Editor edited headline 2 heavily", "review_edit_1_0",
            "- Ben edited headline 3 heavily", "review_edit_1_1",
            "review_headlines_1",
        ]  # fmt: skip

    def test_that_was_taken_back_is_shown_no_more(self) -> None:
        trace = complaint(kind="edited", value=None, position=1, text="Nothing of it is left at all")
        work.claim(shared().db, 1, "Ada")
        give(shared().db, Given(trace, "taken_back", "Editor", "api", position=1))
        at = screen("feedback.py", view="queue", item="1")
        assert "review_edit_1_0" not in map(drawn_as, everything(at.main))


def everything(block: Any) -> Iterator[Any]:
    """What stands in a block, from top to bottom."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from everything(child)
        else:
            yield child


def drawn_as(element: Any) -> str:
    """A paragraph by its first words, a component by its key."""
    if element.type == "markdown":
        return str(element.value).partition(",")[0]
    return element.proto.id.rpartition("-")[2] if element.type == "bidi_component" else ""


class TestATrace:
    def test_is_sent_to_review_from_its_page(self) -> None:
        trace = put(shared().db, *HEADLINES)
        at = screen("traces.py", trace=trace)
        at.text_input(key=f"review-add-{trace}").set_value("Is it 11 weeks?")
        at.text_input(key=f"review-adder-{trace}").set_value("Lead").run()
        press(at, "Put it into the queue")
        assert not at.exception
        item = store.of_trace(shared().db, trace)
        assert item
        assert [(reason.kind, reason.person, reason.text) for reason in item.reasons] == [
            ("by_hand", "Lead", "Is it 11 weeks?")
        ]


class TestASetThatIsErased:
    def test_is_still_an_item_and_fills_nothing_with_errors(self) -> None:
        trace = complaint(kind="edited", value=None, position=0, text="Nothing of it is left")
        erasing.trace(shared().db, trace, author="lead", reason="A source asked for it.")
        give(shared().db, Given(trace, "thumb", "Editor", "api", value=-1))
        at = reading()
        assert not at.exception
        at.button(key="review-1-label-1").click().run()
        press(at, "Resolve and next")
        at = screen("feedback.py", view="queue", item="1")
        assert not at.exception
        assert "**factual error**, found by Ada" in sentences(at)


class TestASecondReader:
    def test_sees_nothing_of_what_the_first_one_found(self) -> None:
        complaint()
        at = reading("Ada")
        at.button(key="review-1-label-2").click().run()
        at.text_area(key="review-1-comment").set_value("Wrong bridge.")
        at.toggle(key="review-1-second").set_value(True)
        press(at, "Resolve and next")
        at = reading("Ben")
        assert "You are the second reader" in at.info[0].value
        assert "Wrong bridge" not in sentences(at)
        assert "labelled it" not in sentences(at)
        assert not [button for button in at.button if button.icon == ":material/radio_button_checked:"]

    def test_sees_what_both_found_on_the_next_item_until_done_with_that(self) -> None:
        for _ in range(3):
            complaint()
        work.label(shared().db, 1, "clickbait", person="Ben")
        work.resolve(shared().db, 1, person="Ben", comment="A pun.", about=1, second_reader=True)
        at = reading("Ada")
        at.button(key="review-1-label-1").click().run()
        press(at, "Resolve and next")
        assert "Item 1: you do not agree" in said(at)
        assert "**clickbait**, found by Ben, about headline 2" in said(at)
        assert "**factual error**, found by Ada" in said(at)
        assert "A pun." in [text.value for text in at.text]
        at.button(key="review-2-label-1").click().run()
        assert "found by Ben" in said(at)
        press(at, "Resolve and next")
        assert "found by Ben" not in said(at)

    def test_sees_what_both_found_where_nothing_waits_any_more_until_it_is_put_away(self) -> None:
        complaint()
        work.label(shared().db, 1, "clickbait", person="Ben")
        work.resolve(shared().db, 1, person="Ben", second_reader=True)
        at = reading("Ada")
        at.button(key="review-1-label-4").click().run()
        press(at, "Resolve and next")
        assert "Item 1: you agree" in said(at)
        press(at, "Put away")
        assert "you agree" not in said(at)

    def test_is_announced_on_the_queue_and_what_they_differed_in_has_a_title(self) -> None:
        chosen = Rules(everywhere=Thresholds(random_share=0, failed_checks=None), second_share=0.125)
        rules.change(shared().db, chosen, note="Two.", author="lead", seen=rules.in_force(shared().db))
        complaint()
        for person, label in (("Ben", "clickbait"), ("Ada", "off tone")):
            work.label(shared().db, 1, label, person=person)
            work.resolve(shared().db, 1, person=person, second_reader=person == "Ben")
        st.cache_data.clear()  # It is counted anew twice a minute only.
        at = screen("feedback.py")
        assert "Of all items, 12.5 % are read by a second person" in said(at)
        assert "**Where two readers found different things**" in said(at)


class TestRules:
    def test_are_changed_on_the_screen(self) -> None:
        at = screen("feedback.py")
        at.number_input(key="review-rules-all desks-share").set_value(7.0)
        at.text_area(key="review-rules-labels").set_value("wrong\nugly\nfine")
        at.text_input(key="review-rules-note").set_value("Simpler.")
        at.text_input(key="review-rules-author").set_value("Lead")
        press(at, "Use these rules")
        assert not at.exception
        saved = rules.in_force(shared().db)
        assert (saved.number, saved.author, saved.rules.labels) == (3, "Lead", ("wrong", "ugly", "fine"))
        assert saved.rules.everywhere.random_share == 0.07
        assert saved.rules.everywhere.failed_checks is None

    def test_of_one_desk_stand_beside_those_of_all(self) -> None:
        at = screen("feedback.py")
        at.selectbox(key="review-rules-desk").set_value("sport").run()
        at.checkbox(key="review-rules-own-sport").check()
        at.checkbox(key="review-rules-sport-thumbs").uncheck()
        at.text_input(key="review-rules-note").set_value("Sport gets too many.")
        at.text_input(key="review-rules-author").set_value("Lead")
        press(at, "Use these rules")
        saved = rules.in_force(shared().db).rules
        assert (saved.of("sport").thumbs_down, saved.of("world").thumbs_down) == (False, True)

    def test_that_somebody_else_changed_are_not_lost(self) -> None:
        at = screen("feedback.py")
        other = Rules(second_share=0.5)
        rules.change(shared().db, other, note="For the audit.", author="ben", seen=rules.in_force(shared().db))
        at.number_input(key="review-rules-second").set_value(20.0)
        at.text_input(key="review-rules-note").set_value("Less.")
        at.text_input(key="review-rules-author").set_value("Lead")
        press(at, "Use these rules")
        assert "ben changed the rules: For the audit. Look again" in said(at)
        assert rules.in_force(shared().db).rules == other


class TestForeignText:
    def test_stays_text(self) -> None:
        trace = complaint(person=HOSTILE)
        give(shared().db, Given(trace, "comment", HOSTILE, "api", text=HOSTILE))
        at = screen("feedback.py", view="queue", for_desk=HOSTILE)
        assert not at.exception
        at = reading(HOSTILE)
        assert not at.exception
        shown = sentences(at) + "".join(str(table.value) for table in at.table)
        assert "**bold**" not in shown
        assert "](http" not in shown
