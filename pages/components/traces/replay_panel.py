"""Ask a call again: the same, or another version or model on the same variables; then both sets side by side."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines import replay
from core.headlines.running import Running
from core.prompts import versions
from core.story import Story
from pages.components import person
from pages.components.formats import plain

_RUNNING = "replaying"
_GLANCE = 0.3
_SAME = 0


def replay_panel(copydesk: Copydesk, told: Story) -> None:
    """Draw the button, and behind it what can be asked another way."""
    trace = told.trace
    obstacle = replay.obstacle(trace)
    with st.popover("Replay", icon=":material/replay:", disabled=obstacle is not None, help=obstacle):
        st.write("Asks again about the same article, with the same variables. The answer is a trace of its own.")
        version, model = _choice(copydesk, told)
        if st.button("Ask again", type="primary", icon=":material/replay:", width="stretch"):
            _start(copydesk, trace.line.id, version, model)


def _choice(copydesk: Copydesk, told: Story) -> tuple[int | None, str | None]:
    trace, line = told.trace, told.trace.line
    lines = {each.number: each for each in versions.listing(copydesk.db, line.prompt)}
    numbers = (
        list(lines) if replay.lacks_its_draft(trace) else [_SAME, *(each for each in lines if each != line.version)]
    )
    own = "the draft that was asked" if "draft" in trace.settings else f"{line.version or 'what is live'}, as before"
    version = st.selectbox(
        "Version",
        numbers,
        key=f"replay-version-{line.id}",
        format_func=lambda number: own if number == _SAME else f"{number}: {lines[number].note}",
    )
    before = line.model or ""
    names = {each.name: each for each in copydesk.models}

    def label(name: str) -> str:
        if name == before:
            return f"{name}, as before" if name else "the version's own"
        return f"{name}, not set up" if names[name].missing else name

    model = st.selectbox(
        "Model",
        [before, *(name for name in names if name != before)],
        key=f"replay-model-{line.id}",
        format_func=label,
    )
    return version or None, None if model == before else model


def _start(copydesk: Copydesk, trace_id: str, version: int | None, model: str | None) -> None:
    try:
        request = replay.request(copydesk.db, trace_id, version=version, model=model, person=person.known() or None)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.session_state[_RUNNING] = {trace_id: copydesk.start(request)}
    st.rerun()


def wait_for_replay(trace_id: str) -> None:
    """While a replay of this trace is made, say how far it is; then go to where both sets stand side by side."""
    if trace_id in st.session_state.get(_RUNNING, {}):
        _watch(trace_id)


@st.fragment(run_every=_GLANCE)
def _watch(trace_id: str) -> None:
    running: Running | None = st.session_state.get(_RUNNING, {}).get(trace_id)
    if running is None:
        return
    if not running.done:
        progress = running.progress
        many = len(progress.headlines) if progress else 0
        st.info(plain(f"{progress.note if progress else 'Asking again'} … {many} headlines so far."))
        return
    del st.session_state[_RUNNING]
    try:
        made = running.result().trace.id
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.query_params["with"] = made
    st.rerun()
