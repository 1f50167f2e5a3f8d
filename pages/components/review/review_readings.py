"""What the readers of an item found, one beside the other: on the item itself, and to a second reader who is done with it."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.review import store
from core.review.item import Reading, rounds
from pages.components.formats import plain
from pages.components.review import review_address, review_next


def review_readings(readings: Sequence[Reading]) -> None:
    """Draw them in the order in which they were made."""
    for column, reading in zip(st.columns(max(len(readings), 1)), readings, strict=False):
        with column:
            _reading(reading)


def say_what_both_found(copydesk: Copydesk, *, on_item: int | None = None) -> None:
    """What a second reader was promised, until they are done with the next item or put it away; not on that item itself."""
    item_id = review_next.read_by_two()
    if item_id is None or item_id == on_item:
        return
    readings = rounds(store.events(copydesk.db, item_id))[-1]
    agree = len({reading.label for reading in readings}) == 1
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Item {item_id}: {'you agree' if agree else 'you do not agree'}**", width="content")
            address = {**review_address.address(review_address.wanted()), "item": str(item_id)}
            st.page_link("feedback.py", label="The item", icon=":material/rate_review:", query_params=address)
            st.button("Put away", icon=":material/close:", type="tertiary", on_click=review_next.put_away)
        review_readings(readings)


def _reading(reading: Reading) -> None:
    about = "the whole set" if reading.about is None else f"headline {reading.about + 1}"
    st.markdown(f"**{plain(reading.label)}**, found by {plain(reading.person)}, about {about}")
    if reading.comment:
        st.text(reading.comment)
    if reading.correction:
        st.caption("Better")
        st.text(reading.correction)
