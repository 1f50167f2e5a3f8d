"""The newest calls, a line each; a line opens the record."""

import streamlit as st

from core.db import Database
from core.traces import search
from core.traces.model import TraceLine
from pages.components.formats import duration, money, prompt_version, short_moment
from pages.components.link_table import Column, Row, link_table
from pages.components.status import LOOKS

_COLUMNS = (
    Column("Asked (UTC)"),
    Column("Status"),
    Column("Headlines", number=True),
    Column("Desk"),
    Column("Prompt"),
    Column("Model"),
    Column("Time", number=True),
    Column("Cost", number=True),
    Column("From"),
    Column("What went wrong"),
)


def show(db: Database) -> None:
    """Draw a page of the list: the newest, or those before the trace that the address names."""
    before = st.query_params.get("before")
    page = search.page(db, after=before)
    total = search.count(db)
    st.header("Traces", anchor=False)
    if not total.number:
        st.info("Every call will stand here, with what went in and what came out, attempt by attempt.")
        st.page_link("playground.py", label="Suggest the first headlines", icon=":material/edit_note:")
        return
    st.caption(f"{total.number:,} on record" if total.exact else f"more than {total.number:,} on record")
    opened = link_table(_COLUMNS, [_row(line) for line in page.lines], parameter="trace", key="traces")
    if opened:
        st.query_params.clear()
        st.query_params["trace"] = opened
        st.rerun()
    with st.container(horizontal=True):
        if before is not None:
            st.page_link("traces.py", label="Newest", icon=":material/first_page:")
        if page.more:
            older = {"before": page.lines[-1].id}
            st.page_link("traces.py", label="Older", icon=":material/chevron_right:", query_params=older)


def _row(line: TraceLine) -> Row:
    cells = (
        short_moment(line.started_at),
        line.status,
        f"{line.given} of {line.asked}" if line.asked else "–",
        line.desk,
        prompt_version(line.prompt, line.version),
        line.answered_by or line.model or "–",
        duration(line.duration_ms),
        money(line.cost).removeprefix("cost "),
        line.source,
        line.error or "",
    )
    return Row(line.id, cells, {1: "blue" if line.status == "repaired" else LOOKS[line.status].colour, 9: "quiet"})
