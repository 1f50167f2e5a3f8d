"""From a trace to those before and after it in the search that led to it, and back to that search."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput
from core.traces.finding import search
from pages.components.traces import find_address


def trace_neighbours(copydesk: Copydesk, trace_id: str) -> None:
    """Draw the links; without a search in the address, only the one to all traces."""
    with st.container(horizontal=True):
        if not find_address.is_there():
            find_address.step("All traces", "arrow_back", {}, key="all_traces")
            return
        try:
            find, order = find_address.read(), find_address.order()
            before, after = search.neighbours(copydesk.db, find, trace_id, order=order)
        except BadInput:
            # A search that cannot be read says so on its own screen; the record is here all the same.
            find_address.step("All traces", "arrow_back", {}, key="all_traces")
            return
        find_address.step("The search", "arrow_back", find_address.of(find, order), key="the_search")
        for label, icon, other in (("Previous", "chevron_left", before), ("Next", "chevron_right", after)):
            address = find_address.of(find, order, trace=other or trace_id)
            find_address.step(label, icon, address, key=f"trace_{label.lower()}", disabled=other is None)
