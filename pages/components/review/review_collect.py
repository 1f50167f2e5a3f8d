"""From an item of the queue straight to a case of an eval set, with the corrected headline as its reference."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import collecting
from core.review import work
from core.review.item import Item
from pages.components.evals.eval_set_choice import eval_set_choice
from pages.components.formats import plain
from pages.components.traces.eval_case_panel import told_in_words

_DONE = "review_collected"


def review_collect(copydesk: Copydesk, item: Item, *, correction: str, person: str) -> None:
    """Draw the button, and behind it the set to choose; below it, once, what was done."""
    with st.popover("To an eval set", icon=":material/dataset:"):
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
            st.session_state[_DONE] = _collect(copydesk, item, chosen.name, correction, person)
    said: tuple[str, str] | None = st.session_state.pop(_DONE, None)
    if said:
        message, into = said
        st.caption(plain(message))
        if into:
            st.page_link("evals.py", label="The set", icon=":material/dataset:", query_params={"set": into})


def _collect(copydesk: Copydesk, item: Item, name: str, correction: str, person: str) -> tuple[str, str]:
    """Do it; returns a sentence, and the set if there is one to look at."""
    try:
        collected = collecting.collect(
            copydesk.db,
            [item.trace],
            name,
            author=person,
            note=f"From the review queue, item {item.id}.",
            article_limit=copydesk.settings.article_limit,
            references={item.trace: correction} if correction else {},
            tags=("review",),
        )
        if collected.plan.added or collected.plan.mended:
            work.note_collected(copydesk.db, item.id, person=person, into=name)
    except CopydeskError as error:
        return error.message, ""
    return told_in_words(name, collected), name if collected.version else ""
