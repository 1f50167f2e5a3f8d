"""The review queue: what waits, the next item for whoever is here, the rules that bring things in, how far readers agree."""

from dataclasses import replace

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import filling, overview, rules
from core.review.item import Wanted
from pages.components import person
from pages.components.formats import plain
from pages.components.person import name_field
from pages.components.review import review_address, review_next
from pages.components.review.review_agreement import review_agreement
from pages.components.review.review_item import review_item
from pages.components.review.review_list import review_list
from pages.components.review.review_readings import say_what_both_found
from pages.components.review.review_rules import review_rules
from pages.components.review.review_state import review_state

_NAME = "review-reader"


def show(copydesk: Copydesk) -> None:
    """Draw the queue, or the item that the address names."""
    wanted, item_id = review_address.wanted(), review_address.item_id()
    try:
        if item_id is not None:
            review_item(copydesk, item_id, wanted)
        else:
            filling.briefly(copydesk.db)
            _queue(copydesk, wanted)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")


def _queue(copydesk: Copydesk, wanted: Wanted) -> None:
    states = overview.by_desk(copydesk.db)
    if not states and not overview.count(copydesk.db, state="done"):
        st.info(
            "Sets of headlines that people should look at will stand here: those that somebody complained about or "
            "changed heavily, those that failed checks, and a few at random. On a trace, you can put it here yourself.",
            icon=":material/inbox:",
        )
        st.page_link("playground.py", label="Suggest headlines", icon=":material/edit_note:")
        review_rules(copydesk)
        return
    say_what_both_found(copydesk)
    state, start = st.columns([7, 4], gap="large")
    with state:
        review_state(states, wanted)
    with start:
        _start(copydesk, wanted)
    st.space("small")
    review_list(copydesk, wanted)
    st.space("small")
    review_agreement(copydesk.db, wanted.desk)
    review_rules(copydesk)


def _start(copydesk: Copydesk, wanted: Wanted) -> None:
    with st.container(border=True):
        name_field(_NAME)
        st.button(
            "Review next",
            type="primary",
            shortcut="N",
            icon=":material/rate_review:",
            width="stretch",
            on_click=_next,
            args=(copydesk, wanted),
        )
        st.caption(
            "N takes the next item, the digits label it, Ctrl+Enter resolves it and brings the next one. The other keys stand "
            "on the item."
        )
        twice = rules.in_force(copydesk.db).rules.second_share
        if twice:
            st.caption(
                f"Of all items, {twice * 100:g} % are read by a second person as well, by lot; neither sees what the other "
                "found until both are done."
            )
        review_next.say_what_was_refused()
        review_next.say_what_was_kept()
        review_next.say()


def _next(copydesk: Copydesk, wanted: Wanted) -> None:
    """Take the next one in the name that stands in the field at this moment."""
    name = st.session_state[_NAME].strip()
    person.remember(name)
    review_next.go_on(copydesk, replace(wanted, person=name))
