"""Find a call and see all of it: the newest first, each at its own address."""

import streamlit as st

from core.copydesk import shared
from core.errors import NotFound
from core.traces import record
from pages.components import trace_list, trace_record
from pages.components.formats import plain

copydesk = shared()
trace_id = st.query_params.get("trace")

if trace_id is None:
    trace_list.show(copydesk.db)
else:
    try:
        trace_record.show(copydesk, record.get(copydesk.db, trace_id))
    except NotFound as error:
        st.error(plain(error.message), icon=":material/search_off:")
        st.page_link("traces.py", label="All traces", icon=":material/arrow_back:")
