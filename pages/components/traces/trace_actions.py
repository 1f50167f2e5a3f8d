"""What can be done with a call: ask again, take it to the playground, make a case of it, have it reviewed, send its address."""

import streamlit as st

from core.copydesk import Copydesk
from core.story import Story
from pages.components import article_form
from pages.components.copy_link import copy_link
from pages.components.review.review_add import review_add
from pages.components.traces import erase_dialog, trace_words
from pages.components.traces.compare_panel import compare_panel
from pages.components.traces.eval_case_panel import eval_case_panel, say_what_was_collected
from pages.components.traces.replay_panel import replay_panel
from pages.components.traces.replays_under_way import wait_for_replays


def trace_actions(copydesk: Copydesk, told: Story) -> None:
    """Draw them; a call that is still being asked has only its address."""
    trace = told.trace
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not told.is_judging and trace.line.status != "open":
            replay_panel(copydesk, told)
            compare_panel(told)
            if trace.article is not None and st.button("Open in the playground", icon=":material/edit_note:"):
                article_form.fill(copydesk, trace)
                st.switch_page("playground.py", query_params=trace_words.address(trace.line.id))
            eval_case_panel(copydesk, told)
            review_add(copydesk, trace)
        copy_link(trace_words.address(trace.line.id), key="copy_link")
        erase_dialog.erase(copydesk, trace)
    say_what_was_collected(trace.line.id)
    wait_for_replays(trace.line.id)
