"""Find a call and see all of it, or two side by side: the newest first, each at its own address."""

import streamlit as st

from core.copydesk import shared
from core.errors import NotFound
from pages.components.formats import plain
from pages.components.traces import trace_list
from pages.components.traces.trace_comparison import trace_comparison
from pages.components.traces.trace_neighbours import trace_neighbours
from pages.components.traces.trace_record import trace_record

copydesk = shared()
trace_id = st.query_params.get("trace")

if trace_id is None:
    trace_list.show(copydesk)
else:
    try:
        if "with" in st.query_params:
            trace_comparison(copydesk, trace_id, st.query_params["with"])
        else:
            trace_neighbours(copydesk, trace_id)
            trace_record(copydesk, trace_id)
    except NotFound as error:
        st.error(plain(error.message), icon=":material/search_off:")
        st.page_link("traces.py", label="All traces", icon=":material/arrow_back:")
