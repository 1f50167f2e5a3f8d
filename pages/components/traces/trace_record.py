"""One call as a story: what was asked, by whom and what for; what came of it; what each attempt sent and got."""

import json

import streamlit as st

from core import story
from core.copydesk import Copydesk
from core.story import Story
from core.traces.model import Trace, TraceLine
from pages.components.headlines.headline_gestures import gestures_within
from pages.components.headlines.suggestion_columns import not_taken
from pages.components.traces.attempt_list import attempt_list
from pages.components.traces.compare_panel import related_calls
from pages.components.traces.fact_table import fact_table
from pages.components.traces.feedback_form import feedback_form
from pages.components.traces.feedback_history import feedback_history
from pages.components.traces.judge_panel import judge_panel
from pages.components.traces.judged_record import judged_record
from pages.components.traces.message_list import message_list
from pages.components.traces.own_scores import judge_is_hidden
from pages.components.traces.raw_answer import raw_answer
from pages.components.traces.trace_actions import trace_actions
from pages.components.traces.trace_heading import trace_heading

_GLANCE = 1.0


def trace_record(copydesk: Copydesk, trace_id: str) -> None:
    """Draw the full record; `NotFound` if there is none. All that a model or an article said is text, never Markdown."""
    told = story.of(copydesk.db, trace_id)
    trace = told.trace
    trace_heading(copydesk, told)
    trace_actions(copydesk, told)
    made, asked = st.columns([7, 5], gap="large")
    with made:
        _outcome(copydesk, told)
    with asked:
        _asked(trace)
        if not told.is_judging:
            _feedback(copydesk, told)
    attempt_list(trace)
    if not told.is_judging:
        related_calls(told)
    _settings(trace)
    if trace.line.status == "open":
        _follow(copydesk, told)


def _outcome(copydesk: Copydesk, told: Story) -> None:
    """The headlines to decide about, and what was found in them; for a judge's call, what it judged."""
    trace = told.trace
    if told.is_judging:
        judged_record(copydesk, trace)
        return
    st.subheader("Headlines", anchor=False)
    if trace.headlines:
        verdicts = told.judgings[0].verdicts if told.judgings and not judge_is_hidden() else ()
        gestures_within(copydesk.db, trace, key=f"headlines_{trace.line.id}", verdicts=verdicts)
        judge_panel(copydesk, trace, told.judgings)
    elif trace.headlines_are_gone:
        st.caption("Not kept any more.")
    else:
        st.caption("None so far." if trace.line.status == "open" else "None.")
    not_taken(trace)
    if trace.scoring:
        address = {"view": "versions", "hash": trace.scoring.profile}
        st.page_link(
            "checks.py", label="What they were checked for", icon=":material/fact_check:", query_params=address
        )


def _asked(trace: Trace) -> None:
    st.subheader("What was asked", anchor=False)
    message_list(trace.messages)
    if not trace.messages:
        st.caption("Nothing was sent." if trace.has_texts else "Not kept any more.")
        if trace.article:
            with st.expander("The article", expanded=True):
                st.code(trace.article, language=None, wrap_lines=True, height=320)


def _feedback(copydesk: Copydesk, told: Story) -> None:
    trace = told.trace
    st.subheader("What people did", anchor=False)
    if told.feedback:
        texts = [headline.text for headline in trace.headlines]
        feedback_history(told.feedback, texts, key=f"feedback-{trace.line.id}", gone=trace.headlines_are_gone)
    elif trace.headlines_are_gone:
        st.caption("Nothing.")
    else:
        st.caption("Nothing yet. What was picked, edited, rejected or said of these headlines will stand here.")
    if not trace.headlines_are_gone:
        feedback_form(copydesk, trace)


def _settings(trace: Trace) -> None:
    with st.expander("Settings and variables", icon=":material/tune:"):
        left, right = st.columns(2, gap="large")
        with left:
            settings = {name: value for name, value in trace.settings.items() if name != "draft"}
            fact_table("Setting", _facts(trace.line) | settings)
        with right:
            # The article stands in full above, within the messages.
            fact_table("Variable", {name: value for name, value in trace.variables.items() if name != "article"})
        if "draft" in trace.settings:
            st.markdown("**The draft that was asked**")
            draft = json.dumps(trace.settings["draft"], ensure_ascii=False)
            raw_answer(draft, label="the draft", key=f"draft-{trace.line.id}")


def _facts(line: TraceLine) -> dict[str, object]:
    names = ("environment", "release", "channel", "language", "model", "source", "person", "request_id")
    return {name: getattr(line, name) for name in names}


@st.fragment(run_every=_GLANCE)
def _follow(copydesk: Copydesk, told: Story) -> None:
    """Draw the page anew once there is more to see."""
    if story.goes_on(copydesk.db, told):
        st.rerun()
