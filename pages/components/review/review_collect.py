"""From an item of the queue straight to a case of an eval set, with the corrected headline as its reference."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import collecting
from core.evals.collecting import Collected
from core.review import work
from core.review.item import Item
from pages.components.evals import eval_set_address
from pages.components.evals.eval_set_choice import eval_set_choice
from pages.components.formats import plain
from pages.components.traces.eval_case_panel import told_in_words

OPENER = "To an eval set"
_DONE = "review_collected"
_TURN = "review_collected_turn"


def review_collect(copydesk: Copydesk, item: Item, *, correction: str, person: str) -> None:
    """Draw the button, and behind it the set to choose."""
    # Once something came of it, the form is another one, which is closed: what came of it stands on the page.
    key = f"review-{item.id}-collect-{st.session_state.get(_TURN, 0)}"
    with st.popover(OPENER, icon=":material/dataset:", key=key):
        st.write("The article becomes a case, on which versions of the prompt are compared from then on.")
        if correction:
            st.caption(plain(f"Its reference will be: {correction}"))
        else:
            st.caption(
                "Its reference will be what somebody picked or edited, if anybody did. Write a better headline first."
            )
        chosen = eval_set_choice(copydesk.db, key=f"review-{item.id}-set")
        label = "Make the set and add the case" if chosen and chosen.is_new else "Add the case"
        if st.button(label, disabled=chosen is None) and chosen is not None:
            _collect(copydesk, item, chosen.name, correction, person)


def say_what_was_collected(item: Item) -> None:
    """What came of it, and the way there; it stays until another item is opened."""
    collected: tuple[int, str, Collected] | None = st.session_state.get(_DONE)
    if collected is None or collected[0] != item.id:
        return
    _, name, done = collected
    said, icon = (st.info, "info") if done.plan.skipped else (st.success, "check")
    said(plain(told_in_words(name, done)), icon=f":material/{icon}:")
    if done.version is not None:
        there = {} if done.plan.skipped else {"case": done.cases[item.trace]}
        st.page_link(
            "evals.py",
            label="The case" if there else "The set",
            icon=":material/dataset:",
            query_params=eval_set_address.of(name, done.version.number, **there),
        )


def _collect(copydesk: Copydesk, item: Item, name: str, correction: str, person: str) -> None:
    try:
        done = collecting.collect(
            copydesk.db,
            [item.trace],
            name,
            author=person,
            note=f"From the review queue, item {item.id}.",
            article_limit=copydesk.settings.article_limit,
            references={item.trace: correction} if correction else {},
            tags=("review",),
        )
        if done.plan.added or done.plan.mended:
            work.note_collected(copydesk.db, item.id, person=person, into=name)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.session_state[_DONE] = (item.id, name, done)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()
