"""Write a new version: as a form or as the file, kept at every pause, saved when it has a note that says why."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import Conflict, CopydeskError
from core.prompts import drafts, files, tasks, template, versions
from core.prompts.content import Content
from core.prompts.drafts import Draft
from core.prompts.files import PromptFile
from pages.components import person
from pages.components.formats import age, plain
from pages.components.keep_typing import keep_typing
from pages.components.prompts.prompt_form import prompt_form, with_example, without

_FORM, _FILE = "Form", "File"
_TURN = "draft_turn"


def draft_editor(copydesk: Copydesk, draft: Draft) -> Content | None:
    """Draw the editor and return the content; None while it cannot be read, which the screen then says."""
    st.subheader(f"Draft of {plain(draft.prompt)}" + (f", from {draft.parent}" if draft.parent else ""), anchor=False)
    _known(draft)
    above, below = st.container(), st.container()
    with below:
        note = st.text_input(
            "What changes, and why?", draft.note, key=f"{draft.id}-note", placeholder="The note of the new version"
        )
    with above:
        text, content = _written(copydesk, draft, note)
    if text != draft.text or note != draft.note:
        _keep(copydesk, draft, text, note)
    with below:
        _finish(copydesk, draft, content, note)
    keep_typing()
    return content


def _keep(copydesk: Copydesk, draft: Draft, text: str, note: str) -> None:
    """Keep what was typed, unless another window kept something that this one has never shown."""
    # Streamlit may break off a run at any touch of its session state, so the moment is noted in a dict that is held.
    known = _known(draft)
    try:
        known["at"] = drafts.keep(copydesk.db, draft.id, text=text, note=note, seen=known["at"])
    except Conflict as error:
        st.error(plain(error.message), icon=":material/group:")


def _known(draft: Draft) -> dict[str, int]:
    """When the state of the draft that this window shows was kept."""
    return st.session_state.setdefault(f"{draft.id}-known", {"at": draft.updated_at})


def _written(copydesk: Copydesk, draft: Draft, note: str) -> tuple[str, Content | None]:
    """Draw form or file; the text as it is now, and what it holds if that can be read."""
    view = st.segmented_control("Edit as", (_FORM, _FILE), default=_FORM, required=True, key=f"{draft.id}-view")
    text = draft.text
    content: Content | None = None
    try:
        if view == _FILE:
            text = st.text_area(
                "The file", draft.text, height=560, key=f"{draft.id}-file", label_visibility="collapsed"
            )
        content = files.parse(text, source="The draft").content
        if view == _FORM:
            content = _form(copydesk, draft, content)
            text = files.dump(PromptFile(draft.prompt, content, note))
        _check(draft.prompt, content)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        if view == _FORM and content is None:
            st.caption("The form cannot show what the file does not hold. Mend it under File.")
        content = None
    return text, content


def _form(copydesk: Copydesk, draft: Draft, content: Content) -> Content:
    # Where a message is added or taken away, the fields of those behind it must not keep its text.
    turn = st.session_state.get(_TURN, 0)
    key = f"{draft.id}-{turn}"
    written = prompt_form(draft.prompt, content, copydesk.models, key=key)
    with st.container(horizontal=True):
        changed = None
        if st.button("Add an example", icon=":material/add:"):
            changed = with_example(written)
        for number in range(1, len(written.messages) - 1):
            if st.button(f"Remove message {number + 1}", icon=":material/delete:"):
                changed = without(written, number)
    if changed is not None:
        _keep(copydesk, draft, files.dump(PromptFile(draft.prompt, changed, draft.note)), draft.note)
        st.session_state[_TURN] = turn + 1
        st.rerun()
    return written


def _check(prompt: str, content: Content) -> None:
    """Say what would fail in every call (as an error), and what is only untidy."""
    for message in content.messages:
        template.check(message.content)
    unknown = tasks.unknown(prompt, content)
    if unknown:
        names = ", ".join(unknown)
        st.warning(
            plain(f"No call fills in {names}. There are {', '.join(tasks.variables(prompt))}."),
            icon=":material/warning:",
        )
    unused = tasks.unused(content)
    if unused:
        st.caption(plain(f"Described, but not used in any message: {', '.join(unused)}."))


def _finish(copydesk: Copydesk, draft: Draft, content: Content | None, note: str) -> None:
    author = person.name_field(f"{draft.id}-author")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Save as a version", type="primary", icon=":material/save:", disabled=content is None):
            assert content is not None
            try:
                saved = versions.save(copydesk.db, draft.prompt, content, note=note, author=author, parent=draft.parent)
            except CopydeskError as error:
                st.error(plain(error.message), icon=":material/error:")
                return
            drafts.discard(copydesk.db, draft.id)
            st.query_params.from_dict({"prompt": saved.prompt, "version": str(saved.number)})
            st.rerun()
        with st.popover("Discard", icon=":material/delete:"):
            st.write("What was written in this draft will be gone.")
            if st.button("Discard this draft"):
                drafts.discard(copydesk.db, draft.id)
                st.query_params.from_dict({"prompt": draft.prompt})
                st.rerun()
        st.caption(f"Kept {age(draft.updated_at)} ago. Nothing is live before you save and release it.")
