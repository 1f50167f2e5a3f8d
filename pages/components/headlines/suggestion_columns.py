"""Sets of suggestions side by side: growing while they are made, then each with how it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines.request import Progress, Suggestions
from core.headlines.running import Running
from core.traces import record
from core.traces.model import Trace
from pages.components import status
from pages.components.formats import duration, money, plain, prompt_version, tokens
from pages.components.headlines.headline_gestures import growing_gestures, headline_gestures
from pages.components.headlines.headline_list import headline_list
from pages.components.headlines.whose_headlines import PLACE, say_whose

_STATE = "running"
_ADDRESS = "trace"
_LAST = "suggested_last"
_ARTICLES = "suggested_about"
_UNKEPT = "unkept"
_GLANCE = 0.2
"""Seconds between two looks at an answer that is being made."""


@dataclass(frozen=True)
class _Growing:
    """Sets that are being made: for which article, how many headlines each is expected to bring, and how long they may be."""

    running: Sequence[Running]
    article: str
    places: int
    limit: int | None


def start(running: Sequence[Running], article: str, *, places: int, limit: int | None) -> None:
    """Show these from now on, made for `article`, `places` headlines each, with room for so many characters."""
    st.session_state[_STATE] = _Growing(list(running), article, places, limit)
    st.session_state.pop(_LAST, None)
    st.query_params.pop(_ADDRESS, None)


def addressed() -> list[str]:
    """The traces that the address names."""
    return [name for name in st.query_params.get(_ADDRESS, "").split(",") if name]


def show(copydesk: Copydesk, article: str) -> None:
    """Draw what is being made, or what the address names, or what was drawn last; `article` is in the form now."""
    growing: _Growing | None = st.session_state.get(_STATE)
    if growing and not all(each.done for each in growing.running):
        say_whose(growing.article, article)
        with st.container(key=PLACE):
            _watch(growing)
        return
    if growing:
        _finish(copydesk, growing)
    # Whoever comes back by the menu comes without the address.
    ids = st.session_state[_LAST] = addressed() or st.session_state.get(_LAST, [])
    if not ids and not st.session_state.get("refusals"):
        st.caption(
            "Ten headlines will stand here, each within the limit of its channel, with a record of how they were made."
        )
    _refusals()
    asked_about = next(filter(None, (_article(copydesk, trace_id) for trace_id in ids)), None)
    if asked_about is not None:
        say_whose(asked_about, article, trace_id=ids[0])
    with st.container(key=PLACE):
        for column, trace_id in zip(_columns(len(ids)), ids, strict=True):
            with column:
                made(copydesk, trace_id, titled=len(ids) > 1)


def _article(copydesk: Copydesk, trace_id: str) -> str | None:
    """What was asked about, as it was typed in this window, or as it is on record; None where it is not."""
    typed: str | None = st.session_state.get(_ARTICLES, {}).get(trace_id)
    try:
        return typed or record.get(copydesk.db, trace_id).article
    except CopydeskError:
        return None  # The place where its headlines would be says that it is not there.


def _columns(many: int) -> Sequence[DeltaGenerator]:
    return st.columns(many, gap="medium") if many else []


@st.fragment(run_every=_GLANCE)
def _watch(growing: _Growing) -> None:
    if all(each.done for each in growing.running):
        st.rerun()
    for number, (column, each) in enumerate(zip(_columns(len(growing.running)), growing.running, strict=True)):
        progress = each.progress or Progress("", (), "Starting")
        with column:
            headline_list(
                progress.headlines,
                limit=growing.limit,
                places=growing.places,
                note=f"{progress.note} …",
                key=f"growing_{number}",
                gestures=growing_gestures(progress.trace_id),
            )


def _finish(copydesk: Copydesk, growing: _Growing) -> None:
    """Put the traces into the address, so that a reload, or a colleague, sees the same; keep what could not be recorded."""
    ids: list[str] = []
    unkept: dict[str, Suggestions] = {}
    refusals: list[str] = []
    for each in growing.running:
        try:
            suggestions = each.result()
            ids.append(suggestions.trace.id)
            if not copydesk.db.policy.keeps_texts(suggestions.trace.desk):
                unkept[suggestions.trace.id] = suggestions
        except CopydeskError as error:
            refusals.append(error.message)
    del st.session_state[_STATE]
    st.session_state["refusals"] = refusals
    # Nowhere else: these are gone with this window.
    st.session_state[_UNKEPT] = unkept
    st.session_state[_ARTICLES] = dict.fromkeys(ids, growing.article)
    if ids:
        st.query_params[_ADDRESS] = ",".join(ids)


def _refusals() -> None:
    for message in st.session_state.get("refusals", []):
        st.error(plain(message), icon=":material/error:")


def made(copydesk: Copydesk, trace_id: str, *, titled: bool = False) -> None:
    """Draw a set that is on record; `titled` says above it what made it, where several stand side by side."""
    try:
        trace = record.get(copydesk.db, trace_id)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    trace = _with_texts(trace)
    line = trace.line
    if titled:
        st.markdown(f"**{plain(prompt_version(line.prompt, line.version))}**, {plain(line.model or 'no model')}")
    if line.error:
        show_error = st.warning if line.given else st.error
        show_error(plain(line.error))
    elif line.status == "incomplete":
        st.warning(f"Only {line.given} of {line.asked} headlines came that keep the limits, even after asking again.")
    headline_gestures(copydesk.db, trace, key=f"made_{trace_id}")
    how_it_wasmade(trace)


def _with_texts(trace: Trace) -> Trace:
    """The trace of a desk that keeps no texts with those that this window still has; otherwise as it is on record."""
    made: Suggestions | None = st.session_state.get(_UNKEPT, {}).get(trace.line.id)
    if trace.has_texts or not trace.line.given:
        return trace
    if made is None:
        st.info("The headlines of this set are not on record.", icon=":material/ink_eraser:")
        return trace
    st.info("This desk keeps no texts: copy what you need before you leave this page.", icon=":material/ink_eraser:")
    scoring = trace.scoring and replace(trace.scoring, findings=made.findings)
    return replace(
        trace, headlines=made.headlines, rejections=made.rejections, settings={"limit": made.limit}, scoring=scoring
    )


def how_it_wasmade(trace: Trace) -> None:
    """One line below the headlines: which prompt and model, how long, at what cost, and where the record is."""
    line = trace.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        status.badge(line.status)
        facts = [
            f"{line.prompt}, a draft" if "draft" in trace.settings else prompt_version(line.prompt, line.version),
            line.answered_by or line.model or "no model",
            duration(line.duration_ms),
        ]
        if line.attempts:
            facts += [tokens(line.input_tokens, line.output_tokens), money(line.cost)]
        else:
            facts.append("nothing was sent")
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
