"""The replays that were started in this window: how far each is, and where it is once it is made.

One that was started alone leads to both sets side by side by itself. Of several, none takes its reader away from the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import CopydeskError
from core.headlines.running import Running
from pages.components.formats import plain
from pages.components.traces import trace_words

_STATE = "replays_under_way"
_GLANCE = 0.3


@dataclass(frozen=True)
class _Replay:
    label: str
    running: Running


def add(trace_id: str, label: str, running: Running) -> None:
    """Watch a replay of a trace; `label` says what was asked. Those made before are on record, and left to that."""
    started = [each for each in _started(trace_id) if not each.running.done]
    st.session_state.setdefault(_STATE, {})[trace_id] = [*started, _Replay(label, running)]


def wait_for_replays(trace_id: str) -> None:
    """Say how far the replays of this trace are; then go to where both sets stand side by side, or show the ways there."""
    if any(not each.running.done for each in _started(trace_id)):
        _watch(trace_id)
    else:
        _end(trace_id)


@st.fragment(run_every=_GLANCE)
def _watch(trace_id: str) -> None:
    started = _started(trace_id)
    if all(each.running.done for each in started):
        st.rerun()
    _draw(started, trace_id)


def _end(trace_id: str) -> None:
    started = _started(trace_id)
    if len(started) != 1:
        _draw(started, trace_id)
    elif (made := _made(started[0])) is not None:
        del st.session_state[_STATE][trace_id]
        st.query_params["with"] = made
        st.rerun()


def _draw(started: Sequence[_Replay], trace_id: str) -> None:
    for each in started:
        if not each.running.done:
            progress = each.running.progress
            many = len(progress.headlines) if progress else 0
            st.info(plain(f"{each.label}: {progress.note if progress else 'asking again'} … {many} headlines so far."))
            continue
        made = _made(each)
        if made is not None:
            both = trace_words.address(trace_id) | {"with": made}
            label = plain(f"{each.label}, asked again: both side by side")
            st.page_link("traces.py", label=label, icon=":material/compare_arrows:", query_params=both)


def _made(replay: _Replay) -> str | None:
    """The trace of a replay that has ended; None, and why, where it could not even be recorded."""
    try:
        return replay.running.result().trace.id
    except CopydeskError as error:
        st.error(plain(f"{replay.label}: {error.message}"), icon=":material/error:")
        return None


def _started(trace_id: str) -> list[_Replay]:
    return st.session_state.get(_STATE, {}).get(trace_id, [])
