"""From a trace to those before and after it in the search that led to it, and back to that search."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput
from core.traces import search
from pages.components import find_address


def trace_neighbours(copydesk: Copydesk, trace_id: str) -> None:
    """Draw the links; without a search in the address, only the one to all traces."""
    with st.container(horizontal=True):
        if not find_address.is_there():
            st.page_link("traces.py", label="All traces", icon=":material/arrow_back:", width="content")
            return
        try:
            find, order = find_address.read(), find_address.order()
            before, after = search.neighbours(copydesk.db, find, trace_id, order=order)
        except BadInput:
            # A search that cannot be read says so on its own screen; the record is here all the same.
            st.page_link("traces.py", label="All traces", icon=":material/arrow_back:", width="content")
            return
        st.page_link(
            "traces.py", label="The search", icon=":material/arrow_back:", query_params=find_address.of(find, order),
            width="content",
        )  # fmt: skip
        for label, icon, other in (("Previous", "chevron_left", before), ("Next", "chevron_right", after)):
            st.page_link(
                "traces.py", label=label, icon=f":material/{icon}:", disabled=other is None, width="content",
                query_params=find_address.of(find, order, trace=other or trace_id),
            )  # fmt: skip
