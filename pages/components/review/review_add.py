"""Put a trace into the review queue by hand; where it is there already, say how it stands."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import by_hand, store
from core.traces.model import Trace
from pages.components.formats import plain
from pages.components.person import name_field

_STATES = {"waiting": "In the review queue", "done": "Reviewed", "withdrawn": "Taken back before a review"}


def review_add(copydesk: Copydesk, trace: Trace) -> None:
    """Draw the button, and a link to the item if there is one; nothing for a set without headlines."""
    if trace.line.status == "open" or not trace.headlines:
        return
    item = store.of_trace(copydesk.db, trace.line.id)
    if item is not None:
        address = {"view": "queue", "item": str(item.id)}
        st.page_link("feedback.py", label=_STATES[item.state], icon=":material/rate_review:", query_params=address)
        if item.state == "waiting":
            return
    with st.popover("Send to review", icon=":material/rate_review:"):
        why = st.text_input("What should somebody look at?", key=f"review-add-{trace.line.id}", max_chars=500)
        name = name_field(f"review-adder-{trace.line.id}")
        if not st.button("Put it into the queue"):
            return
        try:
            by_hand.add(copydesk.db, trace.line.id, person=name, why=why)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            st.rerun()
