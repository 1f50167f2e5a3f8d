"""The call of a judge, seen from its own trace: which headlines it was asked about."""

import streamlit as st

from core.copydesk import Copydesk
from core.judge import store
from core.traces.model import Trace
from pages.components.formats import plain
from pages.components.traces import trace_words


def judged_record(copydesk: Copydesk, trace: Trace) -> None:
    """Draw what was judged, with the way there."""
    st.subheader("What was judged", anchor=False)
    judged = str(trace.settings.get("judged", ""))
    comparing = next((each for each in store.comparings(copydesk.db, judged) if each.trace == trace.line.id), None)
    if comparing is None:
        st.caption("This is the call of a judge. What it said stands beside the headlines.")
    else:
        better = {"first": "The first is better.", "second": "The second is better.", "tie": "They are equally good."}
        st.caption("This is the call of a judge that compared two sets.")
        st.text(f"{better[comparing.better]} {comparing.reason}")
    if judged:
        with st.container(horizontal=True):
            address = trace_words.address(judged)
            st.page_link("traces.py", label="The headlines", icon=":material/gavel:", query_params=address)
            if comparing is not None:
                both = {"trace": comparing.first, "with": comparing.second}
                st.page_link("traces.py", label="Both sets", icon=":material/compare_arrows:", query_params=both)
    written_by = trace.settings.get("written_by")
    if written_by:
        st.caption(plain(f"The headlines were written by {written_by}."))
