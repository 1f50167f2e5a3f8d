"""Who judges, what they give, and what their word is worth."""

import streamlit as st

from core.db import Database
from core.feedback.model import CRITERIA
from core.judge import agreement
from core.judge.agreement import Standing
from core.llm.models import OFFLINE_JUDGE
from pages.components.formats import plain, prompt_version
from pages.components.judge_words import in_words


def judge_quality(db: Database) -> None:
    """Draw every judge with its agreement with people."""
    found = agreement.judges(db)
    if not found:
        st.caption("No judge has scored anything yet. Open a trace and ask one.")
        st.page_link("traces.py", label="Traces", icon=":material/receipt_long:")
        return
    for each in found:
        _judge(each)
    st.caption(
        "κ (for one person) and α (for several) are 1 for full agreement and 0 for what chance would give. The range holds "
        "the true value in 95 of 100 cases. Scores count as agreeing the more, the closer they are."
    )


def _judge(standing: Standing) -> None:
    judge = standing.judge
    with st.container(border=True):
        title = f"**{plain(judge.model)}** with {plain(prompt_version(judge.prompt, judge.version))}"
        st.markdown(title + (", no language model" if judge.model == OFFLINE_JUDGE else ""))
        means = " · ".join(f"{name} {standing.means[name]:.1f} of 5" for name in CRITERIA if name in standing.means)
        st.caption(f"{standing.headlines:,} headlines judged · on average {means}")
        st.markdown(plain(in_words(standing.agreements)))
