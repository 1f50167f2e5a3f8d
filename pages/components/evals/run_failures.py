"""What went wrong in a run, in the words of each error, with a way to the calls that failed so."""

import streamlit as st

from core.db import Database
from core.evals.running import entries
from core.evals.running.runs import Run
from pages.components.evals import run_words
from pages.components.formats import plain

_MOST_NAMED = 8


def run_failures(db: Database, run: Run) -> None:
    """Draw the errors, the most frequent first; nothing where nothing failed."""
    if not run.failed:
        return
    names = run_words.names(run.plan)
    of_each = run.units // len(names)
    for place, failed in entries.failed(db, run.id).items():
        name = f"{names[place][0].upper()}{names[place][1:]}"
        st.markdown(plain(f"{name}: {failed:,} of {of_each:,} failed"))
    for failure in entries.failures(db, run.id):
        many = "1 result" if failure.results == 1 else f"{failure.results:,} results"
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{many}:** {plain(failure.error)}")
            if failure.tries > 1:
                st.caption(
                    f"Tried {failure.tries} times. What fails in the same words each time does not get better by trying "
                    "again: open one to see what was sent."
                )
            with st.container(horizontal=True, gap="small"):
                for case, trace in list(failure.traces.items())[:_MOST_NAMED]:
                    if trace is None:
                        st.markdown(plain(case), width="content")
                    else:
                        st.page_link("traces.py", label=plain(case), query_params={"trace": trace}, width="content")
                more = len(failure.traces) - _MOST_NAMED
                if more > 0:
                    st.caption(f"and {more:,} more", width="content")
