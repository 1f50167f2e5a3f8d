"""Change, add or remove a case; each saves the set as a new version, and nobody overwrites what they never saw."""

from collections.abc import Callable

import streamlit as st

from core.copydesk import Copydesk
from core.errors import Conflict, CopydeskError
from core.evals import case, sets
from core.evals.case import Case
from core.evals.sets import Version
from pages.components import person
from pages.components.evals import case_fields, eval_set_address
from pages.components.evals.case_record import case_record
from pages.components.evals.eval_set_history import change_table
from pages.components.formats import plain

_DONE = "case_done"


def say_what_was_done() -> None:
    """Confirm, once, the change that was just made."""
    done = st.session_state.pop(_DONE, None)
    # A place of its own, also while it is empty: what follows must not be taken for something new once this is gone.
    with st.container():
        if done:
            st.success(plain(done), icon=":material/check:")


def one_case(copydesk: Copydesk, name: str, number: int | None, case_id: str) -> None:
    """Draw a case of the newest version to be edited, one of an earlier version to be read."""
    st.page_link(
        "evals.py", label="The set", icon=":material/arrow_back:", query_params=eval_set_address.of(name, number)
    )
    newest = sets.history(copydesk.db, name)[0].number
    if number is not None and number != newest:
        case_record(sets.case(copydesk.db, name, number, case_id), name, number)
        return
    st.subheader(plain(f"{case_id} in {name}"), anchor=False)
    key = f"case-{name}-{case_id}"
    if not case_fields.is_open(key):
        found = sets.case(copydesk.db, name, newest, case_id)
        case_fields.fill(key, found)
        st.session_state[f"{key}-seen"] = newest
        st.session_state[f"{key}-source"] = found.source_trace
    source: str | None = st.session_state[f"{key}-source"]

    def save(made: Case, note: str, author: str) -> Version:
        limit, seen = copydesk.settings.article_limit, st.session_state[f"{key}-seen"]
        return sets.replace(copydesk.db, name, made, note=note, author=author, seen=seen, article_limit=limit)

    _form(copydesk, key, name, save, fixed={"id": case_id, "source_trace": source})
    if source:
        st.page_link("traces.py", label="The trace it was made from", query_params={"trace": source})
    _remove(copydesk, key, name, case_id)


def new_case(copydesk: Copydesk, name: str | None) -> None:
    """Draw an empty form: for another case of a set, or for the first of a new one."""
    back = {"view": "sets"} if name is None else {"set": name}
    st.page_link("evals.py", label="Sets" if name is None else "The set", query_params=back)
    st.subheader("A new set, and its first case" if name is None else plain(f"A new case in {name}"), anchor=False)
    key = f"new-case-{name or ''}"
    if not case_fields.is_open(key):
        case_fields.fill(key, None)
        newest = name and sets.history(copydesk.db, name)[0].number
        st.session_state[f"{key}-seen"] = newest or None

    def save(made: Case, note: str, author: str) -> Version:
        limit, seen = copydesk.settings.article_limit, st.session_state[f"{key}-seen"]
        if name is None:
            called = st.session_state[f"{key}-set"].strip()
            return sets.save(copydesk.db, called, [made], note=note, author=author, seen=None, article_limit=limit)
        return sets.add(copydesk.db, name, [made], note=note, author=author, seen=seen, article_limit=limit)

    _form(copydesk, key, name, save, fixed=None)


def _form(
    copydesk: Copydesk,
    key: str,
    name: str | None,
    save: Callable[[Case, str, str], Version],
    *,
    fixed: dict[str, str | None] | None,
) -> None:
    with st.form(key, border=False):
        if name is None:
            st.text_input("Name of the set", key=f"{key}-set", placeholder="small letters, digits and hyphens")
        named = fixed or {"id": st.text_input("Id of the case", key=f"{key}-id", placeholder="such as final-3").strip()}
        typed = case_fields.case_fields(copydesk, key)
        note = st.text_input("What changes, and why?", key=f"{key}-note", max_chars=500)
        author = person.name_field(f"{key}-author")
        sent = st.form_submit_button("Save as a new version", type="primary", icon=":material/save:")
    if not sent:
        return
    try:
        made = case.make({**typed, **named})
        version = save(made, note, author)
    except Conflict as error:
        _overtaken(copydesk, key, name, error)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
    else:
        same = version.number == st.session_state[f"{key}-seen"]
        said = (
            f"Nothing differs from {version.name} {version.number}."
            if same
            else f"Saved as {version.name} {version.number}."
        )
        leave(said, {"set": version.name})


def _overtaken(copydesk: Copydesk, key: str, name: str | None, error: Conflict) -> None:
    """Say who was faster and what they changed; saving again puts what was typed on top of that."""
    st.error(
        plain(f"{error.message} What you typed is still here; save again to put it on top."), icon=":material/group:"
    )
    seen = st.session_state[f"{key}-seen"]
    newest = sets.newest(copydesk.db, name) if name else None
    if name and newest and seen:
        change_table(sets.changes(copydesk.db, name, seen, newest.number))
        st.session_state[f"{key}-seen"] = newest.number


def _remove(copydesk: Copydesk, key: str, name: str, case_id: str) -> None:
    with st.popover("Remove this case", icon=":material/delete:"), st.form(f"{key}-removal", border=False):
        st.write("Earlier versions of the set, and the runs on them, keep it.")
        note = st.text_input("Why?", key=f"{key}-why", max_chars=500)
        author = person.name_field(f"{key}-remover")
        if not st.form_submit_button("Remove it"):
            return
        seen = st.session_state[f"{key}-seen"]
        try:
            version = sets.remove(copydesk.db, name, [case_id], note=note, author=author, seen=seen)
        except Conflict as error:
            _overtaken(copydesk, key, name, error)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            leave(f"{case_id} is removed in {version.name} {version.number}.", {"set": name})


def leave(said: str, address: dict[str, str]) -> None:
    """Go to another place of this screen, which confirms what was done."""
    st.session_state[_DONE] = said
    st.query_params.from_dict(address)
    st.rerun()
