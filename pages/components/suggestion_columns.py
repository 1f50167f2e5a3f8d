"""Sets of suggestions side by side: growing while they are made, then each with how it was made."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines.request import Progress
from core.headlines.running import Running
from core.traces import record
from core.traces.model import Trace
from pages.components import status
from pages.components.formats import duration, money, plain, prompt_version, tokens
from pages.components.headline_list import headline_list

_STATE = "running"
_ADDRESS = "trace"
_GLANCE = 0.2
"""Seconds between two looks at an answer that is being made."""


def start(running: Sequence[Running], *, places: int) -> None:
    """Show these from now on; `places` is how many headlines each is expected to bring."""
    st.session_state[_STATE] = (list(running), places)
    st.query_params.pop(_ADDRESS, None)


def show(copydesk: Copydesk) -> None:
    """Draw what is being made, or what was made last, or what the address names."""
    running, places = st.session_state.get(_STATE, ([], 0))
    if running and not all(each.done for each in running):
        _growing(running, places)
        return
    if running:
        _finish(running)
    ids = [name for name in st.query_params.get(_ADDRESS, "").split(",") if name]
    if not ids and not st.session_state.get("refusals"):
        st.caption(
            "Ten headlines will stand here, each within the limit of its channel, with a record of how they were made."
        )
    _refusals()
    for column, trace_id in zip(_columns(len(ids)), ids, strict=True):
        with column:
            _made(copydesk, trace_id)


def _columns(many: int) -> Sequence[DeltaGenerator]:
    return st.columns(many, gap="medium") if many else []


@st.fragment(run_every=_GLANCE)
def _growing(running: Sequence[Running], places: int) -> None:
    if all(each.done for each in running):
        st.rerun()
    for number, (column, each) in enumerate(zip(_columns(len(running)), running, strict=True)):
        progress = each.progress or Progress("", (), "Starting")
        with column:
            headline_list(
                progress.headlines, limit=None, places=places, note=f"{progress.note} …", key=f"growing_{number}"
            )


def _finish(running: Sequence[Running]) -> None:
    """Put the traces into the address, so that a reload, or a colleague, sees the same; keep what could not be recorded."""
    ids: list[str] = []
    refusals: list[str] = []
    for each in running:
        try:
            ids.append(each.result().trace.id)
        except CopydeskError as error:
            refusals.append(error.message)
    del st.session_state[_STATE]
    st.session_state["refusals"] = refusals
    if ids:
        st.query_params[_ADDRESS] = ",".join(ids)


def _refusals() -> None:
    for message in st.session_state.get("refusals", []):
        st.error(plain(message), icon=":material/error:")


def _made(copydesk: Copydesk, trace_id: str) -> None:
    try:
        trace = record.get(copydesk.db, trace_id)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    line = trace.line
    if line.error:
        show_error = st.warning if line.given else st.error
        show_error(plain(line.error))
    elif line.status == "incomplete":
        st.warning(f"{line.given} of {line.asked} headlines keep the contract, even after asking again.")
    headline_list(
        [headline.text for headline in trace.headlines], limit=trace.settings.get("limit"), key=f"made_{trace_id}"
    )
    how_it_was_made(trace)


def how_it_was_made(trace: Trace) -> None:
    """One line below the headlines: which prompt and model, how long, at what cost, and where the record is."""
    line = trace.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        status.badge(line.status)
        facts = [
            prompt_version(line.prompt, line.version),
            line.answered_by or line.model or "no model",
            duration(line.duration_ms),
            tokens(line.input_tokens, line.output_tokens),
            money(line.cost),
        ]
        st.caption(plain(" · ".join(facts)), width="content")
        st.page_link("traces.py", label="Trace", icon=":material/receipt_long:", query_params={"trace": line.id})
    not_taken(trace)


def not_taken(trace: Trace) -> None:
    """What the model sent and the contract refused, folded."""
    if not trace.rejections:
        return
    with st.expander(f"{len(trace.rejections)} not taken"):
        for rejection in trace.rejections:
            rules = ", ".join(rule.replace("_", " ") for rule in rejection.rules)
            st.text(f"{rejection.text}\n{rules}, {len(rejection.text)} characters, attempt {rejection.attempt + 1}")
