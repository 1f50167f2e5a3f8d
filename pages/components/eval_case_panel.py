"""Make an eval case of a call: its article, with the headline that a person made of it as the reference."""

import streamlit as st

from core import feedback
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import collecting, sets
from core.evals.collecting import Collected
from core.story import Story
from pages.components import person
from pages.components.formats import plain

_DONE = "case_collected"


def eval_case_panel(copydesk: Copydesk, told: Story) -> None:
    """Draw the button, and behind it the form."""
    trace_id = told.trace.line.id
    proposed = feedback.accepted(told.feedback) or ""
    with st.popover("Add to an eval set", icon=":material/dataset:", disabled=told.trace.article is None):
        with st.form(f"collect-{trace_id}", border=False):
            name = st.selectbox(
                "Set",
                [each.name for each in sets.listing(copydesk.db)],
                index=None,
                accept_new_options=True,
                placeholder="Choose a set, or name a new one",
                key=f"collect-set-{trace_id}",
            )
            reference = st.text_input(
                "Reference headline",
                proposed,
                max_chars=1_000,
                placeholder="A headline that a good editor would print.",
                help="Later answers are measured by how like it they are. What somebody picked or edited is proposed.",
                key=f"collect-reference-{trace_id}-{proposed}",
            ).strip()
            note = st.text_input("Why?", max_chars=500, key=f"collect-note-{trace_id}")
            author = person.name_field(f"collect-author-{trace_id}")
            sent = st.form_submit_button("Add the case", type="primary", icon=":material/add:", width="stretch")
        if sent:
            _collect(copydesk, trace_id, name, reference, note, author)
    _say_what_was_done(trace_id)


def _collect(copydesk: Copydesk, trace_id: str, name: str | None, reference: str, note: str, author: str) -> None:
    if not name:
        st.error("Choose a set, or name a new one.", icon=":material/error:")
        return
    try:
        done = collecting.collect(
            copydesk.db,
            [trace_id],
            name,
            author=author,
            note=note,
            article_limit=copydesk.settings.article_limit,
            references={trace_id: reference} if reference else {},
        )
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.session_state[_DONE] = (trace_id, name, done)
    st.rerun()


def _say_what_was_done(trace_id: str) -> None:
    """The sentence stays on the page until another one is opened."""
    collected: tuple[str, str, Collected] | None = st.session_state.get(_DONE)
    if collected is None or collected[0] != trace_id:
        return
    _, name, done = collected
    st.success(plain(told_in_words(name, done)), icon=":material/check:")
    if done.version is not None:
        address = {"set": name, "version": str(done.version.number)}
        st.page_link("evals.py", label=plain(f"Open {name}"), icon=":material/dataset:", query_params=address)


def told_in_words(name: str, done: Collected) -> str:
    """What became of it."""
    if done.plan.skipped:
        return f"Nothing was added to {name}: {done.plan.skipped[0].why}."
    assert done.version is not None
    version = f"{name} {done.version.number}"
    if done.plan.mended:
        return f"The article was in the set already; its case has this reference now, in {version}."
    return f"Added as a case of {version}."
