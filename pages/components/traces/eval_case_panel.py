"""Make an eval case of a call: its article, with the headline that a person made of it as the reference."""

import streamlit as st

from core import feedback
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import collecting
from core.evals.collecting import Collected
from core.story import Story
from pages.components import person
from pages.components.evals.eval_set_choice import eval_set_choice
from pages.components.formats import plain

_DONE = "case_collected"
_TURN = "case_turn"


def eval_case_panel(copydesk: Copydesk, told: Story) -> None:
    """Draw the button, and behind it the form."""
    trace_id = told.trace.line.id
    proposed = feedback.accepted(told.feedback) or ""
    # Once a case was added, the form is another one, empty and closed.
    turn = st.session_state.get(_TURN, 0)
    of = f"{trace_id}-{turn}" if turn else trace_id
    unfit = told.trace.article is None
    with st.popover("Add to an eval set", icon=":material/dataset:", disabled=unfit, key=f"collect-{of}-open"):
        # Outside the form, for what the form is about to do hangs on the set.
        chosen = eval_set_choice(copydesk.db, key=f"collect-set-{of}")
        with st.form(f"collect-{of}", border=False):
            reference = st.text_input(
                "Reference headline",
                proposed,
                max_chars=1_000,
                placeholder="A headline that a good editor would print.",
                help="Later answers are measured by how like it they are. What somebody picked or edited is proposed.",
                key=f"collect-reference-{of}-{proposed}",
            ).strip()
            note = st.text_input("Why?", max_chars=500, key=f"collect-note-{of}")
            author = person.name_field(f"collect-author-{of}")
            label = "Make the set and add the case" if chosen and chosen.is_new else "Add the case"
            sent = st.form_submit_button(label, type="primary", icon=":material/add:", width="stretch")
        if sent:
            _collect(copydesk, trace_id, chosen and chosen.name, reference, note, author)


def say_what_was_collected(trace_id: str) -> None:
    """The sentence stays on the page until another one is opened."""
    collected: tuple[str, str, Collected] | None = st.session_state.get(_DONE)
    if collected is None or collected[0] != trace_id:
        return
    _, name, done = collected
    st.success(plain(told_in_words(name, done)), icon=":material/check:")
    if done.version is not None:
        address = {"set": name, "version": str(done.version.number)}
        st.page_link("evals.py", label=plain(f"Open {name}"), icon=":material/dataset:", query_params=address)


def _collect(copydesk: Copydesk, trace_id: str, name: str | None, reference: str, note: str, author: str) -> None:
    if not name:
        st.error("Choose a set first, or name the new one.", icon=":material/error:")
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
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()


def told_in_words(name: str, done: Collected) -> str:
    """What became of it."""
    if done.plan.skipped:
        return f"Nothing was added to {name}: {done.plan.skipped[0].why}."
    assert done.version is not None
    version = f"{name} {done.version.number}"
    if done.plan.mended:
        return f"The article was in the set already; its case has this reference now, in {version}."
    return f"Added as a case of {version}."
