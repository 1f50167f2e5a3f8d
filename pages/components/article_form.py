"""The form that says what headlines are wanted for: the article and what is known about it; prompt and model folded.

Streamlit forgets the fields of a screen that is left. A copy of what they hold is kept until the window is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines import language, samples
from core.traces import record
from core.traces.model import Trace
from pages.components import variants
from pages.components.formats import plain
from pages.components.keep_typing import keep_typing
from pages.components.variants import Variant

_UNKNOWN = ""
_MISSING = "not_on_offer"
_KEPT = "article_form"
_LENT = "lent_desk"
_KEYS = (
    "Ctrl+Enter suggests headlines and goes on to them, Escape goes to those that are there. "
    "Among them, ↑ ↓ or a number goes to one, P picks it, E edits it, R rejects it."
)
_FIELDS = ("article", "desk", "channel", "language", *variants.FIELDS)


@dataclass(frozen=True)
class _Lent:
    """The desk that a sample brought with it, for as long as its text is in the form, and the person's own."""

    text: str
    desk: str
    own: str


@dataclass(frozen=True)
class Wish:
    """What is in the form, and whether the button was just pressed."""

    asked: bool
    article: str
    desk: str
    channel: str
    language: str | None
    variants: Sequence[Variant]


def article_form(copydesk: Copydesk, *, trace_id: str = "") -> Wish:
    """Draw the form and return what it holds.

    Whoever comes back to it finds it as it was; whoever comes with an empty one, what `trace_id` was asked.
    """
    _take_up(copydesk, trace_id)
    # Before the field is there to be typed into.
    keep_typing()
    _say_what_is_missing()
    _sample_picker(copydesk)
    article = st.text_area(
        "Article",
        key="article",
        height=360,
        placeholder="Paste the text that needs a headline.",
        help=_KEYS,
        on_change=_read_article,
    )
    at_desk, in_channel, in_language = st.columns(3)
    desk = at_desk.selectbox("Desk", copydesk.settings.desks, key="desk")
    contract = variants.served(copydesk, desk).content.contract
    channel = in_channel.selectbox(
        "Channel",
        contract.channels,
        key="channel",
        format_func=lambda name: f"{name}, {contract.limits.get(name)} max.",
    )
    spoken = in_language.selectbox(
        "Language",
        [_UNKNOWN, *language.LANGUAGES],
        key="language",
        format_func=lambda code: language.LANGUAGES.get(code, "not known yet"),
    )
    with st.expander("Prompt and model", icon=":material/tune:"):
        chosen = variants.picker(copydesk, desk)
    asked = st.button("Suggest headlines", type="primary", shortcut="Ctrl+Enter", width="stretch")
    if asked:
        # Not sooner: the button would move from under the pointer of whoever leaves a field to press it.
        st.session_state.pop(_MISSING, None)
    variants.say_what_is_offline(copydesk, desk, chosen)
    _keep()
    return Wish(asked, article, desk, channel, spoken or None, chosen)


def fill(copydesk: Copydesk, trace: Trace) -> None:
    """Put what a trace asked into the form that is drawn next: the article, what it was for, and what answered.

    What is not on offer is left open, and the form says so.
    """
    line = trace.line
    is_ours = line.prompt == variants.PROMPT
    missing = ["the draft"] if "draft" in trace.settings else []
    missing += [] if is_ours else [f"the prompt {line.prompt}"]
    missing += variants.fill(copydesk, line.version if is_ours else None, line.model)
    missing += _fill_request(copydesk, trace)
    st.session_state[_MISSING] = missing


def _take_up(copydesk: Copydesk, trace_id: str) -> None:
    if "article" in st.session_state:
        return
    for name, value in st.session_state.get(_KEPT, {}).items():
        st.session_state.setdefault(name, value)
    if st.session_state.get("article") or not trace_id:
        return
    try:
        trace = record.get(copydesk.db, trace_id)
    except CopydeskError:
        return  # The place where its headlines would be says that it is not there.
    st.session_state[_MISSING] = _fill_request(copydesk, trace)


def _keep() -> None:
    st.session_state[_KEPT] = {name: st.session_state[name] for name in _FIELDS if name in st.session_state}


def _fill_request(copydesk: Copydesk, trace: Trace) -> list[str]:
    """Put the article and what it was for into the form; returns what is not on offer."""
    line = trace.line
    missing: list[str] = []
    filled = {"article": trace.article or "", "language": line.language if line.language in language.LANGUAGES else ""}
    if line.desk not in copydesk.settings.desks:
        missing.append(f"the desk {line.desk}")
    else:
        filled["desk"] = line.desk
        if line.channel in variants.served(copydesk, line.desk).content.contract.channels:
            filled["channel"] = line.channel
        else:
            missing.append(f"the channel {line.channel}")
    st.session_state.update(filled | {"sample": None})
    st.session_state.pop(_LENT, None)
    return missing


def _say_what_is_missing() -> None:
    missing = st.session_state.get(_MISSING)
    if missing:
        st.info(plain(f"Not on offer here: {', '.join(missing)}. Choose what to ask instead."))


def _read_article() -> None:
    """Name the language of a text that was just pasted. Whoever knows better changes it; the next text is guessed anew."""
    _give_desk_back()
    st.session_state.language = language.guess(st.session_state.article) or _UNKNOWN
    # Who types and goes to another screen at once has left before the form is drawn again.
    _keep()


def _give_desk_back() -> None:
    lent: _Lent | None = st.session_state.get(_LENT)
    if lent is None or any(each in st.session_state.article for each in lent.text.split("\n\n")):
        return  # A sample that somebody works on is still that sample.
    del st.session_state[_LENT]
    st.session_state.sample = None
    if st.session_state.desk == lent.desk:
        st.session_state.desk = lent.own


def _sample_picker(copydesk: Copydesk) -> None:
    offered = {sample.name: sample for sample in samples.listing(copydesk.settings.prompts / "samples")}

    def take() -> None:
        sample = offered.get(st.session_state.sample or "")
        if sample is None:
            return
        st.session_state.pop(_MISSING, None)
        st.session_state.article = sample.text
        st.session_state.language = sample.language
        if sample.desk in copydesk.settings.desks:
            before: _Lent | None = st.session_state.get(_LENT)
            own = before.own if before and before.desk == st.session_state.desk else st.session_state.desk
            st.session_state[_LENT] = _Lent(sample.text, sample.desk, own)
            st.session_state.desk = sample.desk

    st.selectbox(
        "Sample article",
        list(offered),
        index=None,
        key="sample",
        placeholder="Pick a sample, or paste your own below",
        filter_mode="contains",
        format_func=lambda name: (
            f"{offered[name].desk}: {offered[name].title} ({language.LANGUAGES[offered[name].language]})"
        ),
        on_change=take,
    )
