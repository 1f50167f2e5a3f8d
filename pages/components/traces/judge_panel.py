"""Below a set of headlines: who judged it, and a button to have it judged."""

from collections.abc import Sequence
from concurrent.futures import Future

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.judge import agreement
from core.judge.agreement import Judge
from core.judge.judging import Judged
from core.judge.store import Judging
from core.llm.models import OFFLINE_JUDGE
from core.prompts.tasks import JUDGE
from core.traces.model import Trace
from pages.components import person
from pages.components.formats import plain, prompt_version
from pages.components.judge_words import in_words
from pages.components.traces.own_scores import own_scores

_RUNNING = "judging"
_GLANCE = 0.3
_OWN = ""


def judge_panel(copydesk: Copydesk, trace: Trace, judged: Sequence[Judging]) -> None:
    """Draw the panel; `judged` is what was said so far, the newest first."""
    running: dict[str, Future[Judged]] = st.session_state.setdefault(_RUNNING, {})
    trace_id = trace.line.id
    if trace_id in running:
        _wait(running, trace_id)
        return
    if judged:
        _said_by(copydesk, judged[0], trace)
    _refusal(trace_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        _ask(copydesk, trace, judged, running)
        own_scores(copydesk, trace, is_judged=bool(judged))


def _ask(copydesk: Copydesk, trace: Trace, judged: Sequence[Judging], running: dict[str, Future[Judged]]) -> None:
    trace_id = trace.line.id
    with st.popover("Ask a judge" if not judged else "Ask again", icon=":material/gavel:"):
        st.write(
            "A model scores each headline for accuracy, clarity and tone, with a reason. It is asked once for the set."
        )
        models = {model.name: model for model in copydesk.models.judges()}
        model = st.selectbox(
            "Judge",
            [_OWN, *models],
            format_func=lambda name: (
                f"that of {JUDGE}" if name == _OWN else f"{name}, not set up" if models[name].missing else name
            ),
            key="judge_model",
        )
        if model == trace.line.answered_by:
            st.caption("This model wrote the headlines. Models are kind to their own: take another family.")
        if st.button("Judge these headlines", type="primary"):
            running[trace_id] = copydesk.judge(trace_id, model=model or None, person=person.name())
            st.rerun()


def _said_by(copydesk: Copydesk, judging: Judging, trace: Trace) -> None:
    by = f"Judged by {judging.judge} with {prompt_version(judging.prompt, judging.version)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(f"{by}, written by {trace.line.answered_by}."), width="content")
        address = {"trace": judging.trace}
        st.page_link("traces.py", label="Its trace", icon=":material/receipt_long:", query_params=address)
    judge = Judge(judging.judge, judging.prompt, judging.version)
    st.caption(plain(in_words(agreement.of_judge(copydesk.db, judge))))
    if judging.judge == OFFLINE_JUDGE:
        st.caption(
            f"{OFFLINE_JUDGE} is no language model. It counts words by a few rules, so that judging can be tried."
        )


def _refusal(trace_id: str) -> None:
    """What became of the judging that this window asked for, where it failed."""
    refusals: dict[str, str] = st.session_state.setdefault(f"{_RUNNING}_refusals", {})
    if trace_id in refusals:
        st.warning(plain(refusals[trace_id]), icon=":material/gavel:")


@st.fragment(run_every=_GLANCE)
def _wait(running: dict[str, Future[Judged]], trace_id: str) -> None:
    future = running.get(trace_id)
    if future is None or future.done():
        refusals: dict[str, str] = st.session_state.setdefault(f"{_RUNNING}_refusals", {})
        refusals.pop(trace_id, None)
        if future is not None:
            error = _error(future)
            if error:
                refusals[trace_id] = error
            running.pop(trace_id, None)
        st.rerun()
    st.caption("The judge reads the article and the headlines …")


def _error(future: Future[Judged]) -> str | None:
    try:
        return future.result().line.error
    except CopydeskError as error:
        return error.message
