"""Say what you think of a set or of one of its headlines: a thumb, marks from 1 to 5, a comment, a label."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from core import feedback
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.feedback import Given
from core.feedback.model import Kind
from core.traces.model import Trace
from pages.components import person
from pages.components.formats import plain

_SET = -1
_THUMBS = {"Good": 1, "Bad": -1}


def feedback_form(copydesk: Copydesk, trace: Trace) -> None:
    """Draw the button, and behind it the form; what is left empty is not given."""
    trace_id = trace.line.id
    # One form, one key: pressed twice, it is given once.
    form: dict[str, str] = st.session_state.setdefault("feedback_form", {})
    key = form.setdefault(trace_id, uuid.uuid4().hex)
    with st.popover("Give feedback", icon=":material/rate_review:"), st.form(f"feedback-{key}", border=False):
        position = st.selectbox(
            "About",
            [_SET, *range(len(trace.headlines))],
            format_func=lambda at: "the whole set" if at == _SET else f"{at + 1}. {trace.headlines[at].text}",
            key=f"{key}-about",
        )
        thumb = st.segmented_control("Good or bad?", list(_THUMBS), key=f"{key}-thumb")
        rating = st.segmented_control("From 1, useless, to 5, could be printed", range(1, 6), key=f"{key}-rating")
        comment = ""
        if trace.has_texts:
            comment = st.text_area("Comment", max_chars=5_000, height=90, key=f"{key}-comment")
        else:
            st.caption("No texts are kept of this call, and so no comment. A label is.")
        label = st.text_input("Label", max_chars=100, placeholder="such as wrong number", key=f"{key}-label")
        name = person.name_field(f"{key}-person")
        sent = st.form_submit_button("Save", type="primary", width="stretch")
        if not sent:
            return
        about = Given(trace_id, "comment", name, "app", position=None if position == _SET else position, key=key)
        given = _given(
            about, {"thumb": _THUMBS.get(thumb or ""), "rating": rating}, {"comment": comment, "label": label}
        )
        if not given:
            st.error("Choose or write something first.", icon=":material/error:")
            return
        try:
            feedback.give_all(copydesk.db, given)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
            return
        del form[trace_id]
        st.rerun()


def _given(about: Given, values: Mapping[Kind, int | None], texts: Mapping[Kind, str]) -> list[Given]:
    """One feedback for each thing that was said, with a key of its own."""
    return [
        *(replace(about, kind=kind, value=value, key=f"{about.key}-{kind}") for kind, value in values.items() if value),
        *(
            replace(about, kind=kind, text=text, key=f"{about.key}-{kind}")
            for kind, text in texts.items()
            if text.strip()
        ),
    ]
