"""Leave an item of the queue to somebody, or to nobody in particular."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import work
from core.review.item import Item
from pages.components.formats import plain


def review_assign(copydesk: Copydesk, item: Item, person: str) -> str | None:
    """Draw the button, and behind it the form; returns to whom it was just assigned, empty for nobody."""
    with st.popover("Assign", icon=":material/person_add:"), st.form(f"review-{item.id}-assign", border=False):
        to = st.text_input("To whom?", value=item.assignee or "", max_chars=80, placeholder="Nobody, if this is empty.")
        if not st.form_submit_button("Assign it"):
            return None
        try:
            work.assign(copydesk.db, item.id, to, person=person)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
            return None
        return to.strip()
