"""What went wrong in a run, in the words of each error, with a way to the calls that failed so."""

import streamlit as st

from core.db import Database
from core.evals.running import entries
from core.evals.running.runs import Run
from pages.components.formats import plain

_MOST_NAMED = 8


def run_failures(db: Database, run: Run) -> None:
    """Draw the errors, the most frequent first; nothing where nothing failed."""
    if not run.failed:
        return
    for failure in entries.failures(db, run.id):
        many = "1 result" if failure.results == 1 else f"{failure.results:,} results"
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{many}:** {plain(failure.error)}")
            with st.container(horizontal=True, gap="small"):
                for case, trace in list(failure.traces.items())[:_MOST_NAMED]:
                    if trace is None:
                        st.markdown(plain(case), width="content")
                    else:
                        st.page_link("traces.py", label=plain(case), query_params={"trace": trace}, width="content")
                more = len(failure.traces) - _MOST_NAMED
                if more > 0:
                    st.caption(f"and {more:,} more", width="content")
