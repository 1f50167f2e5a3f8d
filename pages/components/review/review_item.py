"""One item of the review queue: read it, say what it is, go on to the next."""

import streamlit as st

from core import clock
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import by_hand, store, work
from core.review.item import Item, Wanted, rounds
from core.traces import record
from core.traces.model import Trace
from pages.components import person
from pages.components.formats import plain
from pages.components.person import name_field
from pages.components.review import review_address, review_next
from pages.components.review.review_assign import review_assign
from pages.components.review.review_collect import OPENER, review_collect, say_what_was_collected
from pages.components.review.review_form import ABOUT, COMMENT, HEADLINE, review_form
from pages.components.review.review_keys import review_keys
from pages.components.review.review_readings import review_readings, say_what_both_found
from pages.components.review.review_record import review_history, review_record

_TAKER = "review-taker"
_SHORT = 1_200
"""Characters of an article that needs no frame to scroll in."""


def review_item(copydesk: Copydesk, item_id: int, wanted: Wanted) -> None:
    """Draw the item: the set on the left; what is said about it, and the article, on the right."""
    item = store.get(copydesk.db, item_id)
    trace = record.get(copydesk.db, item.trace)
    with st.container(horizontal=True, vertical_alignment="center"):
        back = review_address.address(wanted, state="done" if item.state == "done" else None)
        st.page_link("feedback.py", label="The queue", icon=":material/arrow_back:", query_params=back)
        review_next.say_what_was_kept()
    say_what_both_found(copydesk, on_item=item.id)
    made, said = st.columns(2, gap="large")
    with made:
        review_record(copydesk, item, trace)
        review_history(copydesk, item)
    with said:
        _said(copydesk, item, trace, wanted)
        _article(trace)
    if review_next.is_open(item.id):
        review_keys({"M": COMMENT, "H": HEADLINE, "A": ABOUT}, {"E": OPENER}, item=item.id)


def _said(copydesk: Copydesk, item: Item, trace: Trace, wanted: Wanted) -> None:
    reader = wanted.person
    mine = bool(reader) and item.state == "waiting" and item.holder == reader
    if mine:
        review_next.opened(item.id)
        work.renew(copydesk.db, item.id, reader)
    if mine or review_next.is_open(item.id):
        review_form(copydesk, item, trace, wanted)
    elif item.state == "waiting":
        _take(copydesk, item)
    else:
        _outcome(copydesk, item)


def _take(copydesk: Copydesk, item: Item) -> None:
    reader = item.held_by(clock.now_ms())
    if reader is not None:
        st.info(plain(f"{reader} is reading this one at the moment."), icon=":material/group:")
        return
    if item.assignee:
        st.caption(plain(f"Assigned to {item.assignee}."))
    name = name_field(_TAKER)
    with st.container(horizontal=True):
        st.button(
            "Take it",
            type="primary",
            shortcut="T",
            icon=":material/front_hand:",
            on_click=_claim,
            args=(copydesk, item.id),
        )
        if review_assign(copydesk, item, name) is not None:
            st.rerun()
    review_next.say_what_was_refused()


def _claim(copydesk: Copydesk, item_id: int) -> None:
    name = st.session_state[_TAKER].strip()
    person.remember(name)
    try:
        work.claim(copydesk.db, item_id, name)
    except CopydeskError as error:
        review_next.refuse(error.message)


def _outcome(copydesk: Copydesk, item: Item) -> None:
    """What its readers found, and a way to have it read again."""
    if item.state == "withdrawn":
        st.info("The complaints were taken back before anybody took this up.", icon=":material/undo:")
    readings = rounds(store.events(copydesk.db, item.id))[-1]
    review_readings(readings)
    name = name_field("review-opener")
    with st.container(horizontal=True):
        with st.popover("Have it read again", icon=":material/refresh:"):
            why = st.text_input("Why?", key=f"review-{item.id}-again", max_chars=500)
            if st.button("Put it back into the queue"):
                try:
                    by_hand.reopen(copydesk.db, item.id, person=name, why=why)
                except CopydeskError as error:
                    st.error(plain(error.message), icon=":material/error:")
                else:
                    st.rerun()
        correction = next((each.correction for each in reversed(readings) if each.correction), "")
        review_collect(copydesk, item, correction=correction, person=name)
    say_what_was_collected(item)


def _article(trace: Trace) -> None:
    with st.expander("The article", icon=":material/article:", expanded=True):
        if trace.article:
            with st.container(height=420 if len(trace.article) > _SHORT else "content", border=False):
                st.text(trace.article)
        else:
            st.caption("Not kept any more.")
