"""Two calls beside each other: their headlines, their figures, and only those settings and words that differ."""

import streamlit as st

from core.copydesk import Copydesk
from core.headlines.side_by_side import SideBySide, side_by_side
from core.traces import record
from core.traces.model import Trace
from pages.components import status
from pages.components.copy_link import copy_link
from pages.components.diff_view import diff_view
from pages.components.formats import duration, moment, money, plain, tokens
from pages.components.setting_changes import setting_changes
from pages.components.traces import trace_words
from pages.components.traces.headline_pairs import headline_pairs


def trace_comparison(copydesk: Copydesk, one_id: str, other_id: str) -> None:
    """Draw the comparison that the address names; `NotFound` if one of the two is not on record."""
    one, other = record.get(copydesk.db, one_id), record.get(copydesk.db, other_id)
    found = side_by_side(one, other)
    # Back to the record, and the search that led to it.
    back = {name: st.query_params.get_all(name) for name in st.query_params if name != "with"}
    st.page_link("traces.py", label="The first call", icon=":material/arrow_back:", query_params=back)
    st.subheader("Two calls side by side", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(_verdict(found)), width="content")
        copy_link({"trace": one_id, "with": other_id}, key="copy_link")
    for name, column, trace in zip(("First", "Second"), st.columns(2, gap="large"), (one, other), strict=True):
        with column:
            _side(name, trace)
    if found.headlines:
        headline_pairs(found.headlines, one, other, key=f"pairs-{one_id}-{other_id}")
    st.subheader("Figures", anchor=False)
    st.dataframe(_figures(one, other), hide_index=True, width="stretch", height="content")
    st.subheader("Settings that differ", anchor=False)
    setting_changes(found.settings, "First", "Second")
    st.subheader("Messages", anchor=False)
    if not any(change.changed for change in found.messages):
        st.caption("Both were sent the same messages." if found.messages else "No messages are on record.")
    else:
        diff_view(found.messages, key=f"messages-{one_id}-{other_id}")


def _verdict(found: SideBySide) -> str:
    about = {True: "Both are about the same article. ", False: "They are about different articles. ", None: ""}
    if not found.headlines:
        return f"{about[found.same_article]}Neither brought a headline."
    changed = len(found.headlines) - found.shared - found.alone
    counts = f"{found.shared} headlines are in both, {changed} were changed, {found.alone} are in one of them only."
    return about[found.same_article] + counts


def _side(name: str, trace: Trace) -> None:
    line = trace.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{name}**: {plain(trace_words.called(line))}", width="content")
        status.badge(line.status)
        st.page_link(
            "traces.py", label="Trace", icon=":material/receipt_long:", query_params=trace_words.address(line.id)
        )
    st.caption(plain(f"{moment(line.started_at)}, {trace_words.asked_from(line)}, {line.desk}, {line.channel}"))
    if line.error:
        (st.warning if line.given else st.error)(plain(line.error))


def _figures(one: Trace, other: Trace) -> list[dict[str, str]]:
    return [
        {"Figure": name, "First": first, "Second": second}
        for (name, first), second in zip(_figures_of(one).items(), _figures_of(other).values(), strict=True)
    ]


def _figures_of(trace: Trace) -> dict[str, str]:
    line, scoring = trace.line, trace.scoring
    findings = [finding.severity for found in (scoring.findings if scoring else ()) for finding in found]
    flags = ", ".join(f"{findings.count(kind)} {kind}" for kind in ("fail", "warn", "hint") if kind in findings)
    return {
        "Headlines": f"{line.given} of {line.asked}" if line.asked else "–",
        "Flags": (flags or "none") if scoring else "not checked",
        "Not taken": str(len(trace.rejections)),
        "Attempts": str(line.attempts),
        "Time": duration(line.duration_ms),
        "First headline after": duration(line.first_headline_ms),
        "Tokens": tokens(line.input_tokens, line.output_tokens),
        "Cost": money(line.cost),
    }
