"""Choose another call to put beside this one: a replay, another about the same article, or any whose link is pasted."""

import re

import streamlit as st

from core.story import Story
from core.traces.model import TraceLine
from pages.components.formats import moment
from pages.components.link_table import Column, Row, link_table
from pages.components.traces import trace_words

_ID = re.compile(r"\b[0-9a-f]{32}\b")


def compare_panel(told: Story) -> None:
    """Draw the button, and behind it the place for a link."""
    trace_id = told.trace.line.id
    with st.popover("Compare", icon=":material/compare_arrows:"):
        pasted = st.text_input(
            "With which call?", key=f"compare-{trace_id}", placeholder="A link to a trace, or its id"
        )
        found = [each for each in _ID.findall(pasted) if each != trace_id]
        if found:
            _go(found[0])
        elif pasted:
            st.caption("There is no other trace id in that. Copy the link of a trace.")
        if told.related:
            st.caption("Other calls about this article stand at the end of this page.")


def related_calls(told: Story) -> None:
    """Draw the calls that asked this one again, and the others about its article; each leads to both side by side."""
    lines = told.related
    if not lines:
        return
    st.subheader("Other calls about this article", anchor=False)
    columns = (
        Column("Asked (UTC)"),
        Column("Compare with"),
        Column("Headlines", number=True),
        Column("Desk"),
        Column("How"),
    )
    again = {line.id for line in told.replays}
    opened = link_table(
        columns,
        [_row(line, is_replay=line.id in again) for line in lines],
        parameter="with",
        key=f"related-{told.trace.line.id}",
        more=trace_words.address(told.trace.line.id),
    )
    if opened:
        _go(opened)


def _go(other: str) -> None:
    # The search that led here stays in the address.
    st.query_params["with"] = other
    st.rerun()


def _row(line: TraceLine, *, is_replay: bool) -> Row:
    cells = (
        moment(line.started_at).removesuffix(" UTC"),
        trace_words.called(line),
        f"{line.given} of {line.asked}" if line.asked else "–",
        line.desk,
        "a replay of this" if is_replay else trace_words.asked_from(line),
    )
    return Row(line.id, cells, {4: "quiet"})
