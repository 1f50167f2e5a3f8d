"""The newest runs, a line each; a line opens the run."""

import streamlit as st

from core.copydesk import Copydesk
from core.evals import sets
from core.evals.running import runs
from core.evals.running.runs import Run
from pages.components.evals import run_words
from pages.components.formats import money, short_moment
from pages.components.link_table import Column, Row, link_table

_COLUMNS = (
    Column("Begun (UTC)"),
    Column("Status"),
    Column("Set"),
    Column("Candidates", wraps=True),
    Column("Done", number=True),
    Column("Failed", number=True),
    Column("Cost", number=True),
    Column("By"),
    Column("Note", wraps=True),
)


def run_list(copydesk: Copydesk) -> None:
    """Draw a page of the list: the newest, or those before the run that the address names."""
    before = st.query_params.get("before")
    found = runs.listing(copydesk.db, before=before, limit=runs.PAGE + 1)
    if not found and before is None:
        _nothing_yet(copydesk)
        return
    if st.button("Start a run", type="primary", icon=":material/play_arrow:"):
        st.query_params.from_dict({"view": "start"})
        st.rerun()
    page = found[: runs.PAGE]
    opened = link_table(_COLUMNS, [_row(copydesk, run) for run in page], parameter="run", key="runs")
    if opened:
        st.query_params.from_dict({"run": opened})
        st.rerun()
    with st.container(horizontal=True):
        if before is not None:
            st.page_link("evals.py", label="Newest", icon=":material/first_page:")
        if len(found) > runs.PAGE:
            older = {"view": "runs", "before": page[-1].id}
            st.page_link("evals.py", label="Older", icon=":material/chevron_right:", query_params=older)


def _nothing_yet(copydesk: Copydesk) -> None:
    st.info(
        "Every run will stand here: versions of a prompt on the same articles, compared desk by desk.",
        icon=":material/experiment:",
    )
    if sets.listing(copydesk.db):
        if st.button("Start the first run", type="primary", icon=":material/play_arrow:"):
            st.query_params.from_dict({"view": "start"})
            st.rerun()
    else:
        st.page_link("evals.py", label="First, make a set of articles", query_params={"view": "sets"})


def _row(copydesk: Copydesk, run: Run) -> Row:
    status = run_words.status(copydesk, run)
    cells = (
        short_moment(run.created_at),
        status,
        run_words.set_version(run.plan),
        ", ".join(run_words.names(run.plan)),
        f"{run.done:,} of {run.units:,}",
        f"{run.failed:,}" if run.failed else "–",
        money(run.cost).removeprefix("cost "),
        run.author,
        run.note,
    )
    return Row(run.id, cells, {1: run_words.tone(status, run), 5: "red" if run.failed else "quiet", 8: "quiet"})
