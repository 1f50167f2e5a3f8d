"""Searches under a name: those that everybody has, and a person's own."""

from collections.abc import Callable

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.traces.finding import views
from core.traces.finding.find import Find, Order
from core.traces.finding.views import View
from pages.components import person
from pages.components.formats import plain
from pages.components.traces import find_address

_TOLD = "view_told"


def saved_views(copydesk: Copydesk, find: Find, order: Order) -> None:
    """Draw the button that opens them."""
    with st.popover("Views", icon=":material/bookmarks:"):
        for view in views.BUILT_IN:
            _link(view)
        st.divider()
        name = person.name_field("views_of", placeholder="To save views of your own")
        own = views.of_person(copydesk.db, name) if name else []
        for view in own:
            _link(view)
        if name and not own:
            st.caption("You have none yet. Save this search, and it stands here.")
        if name:
            _save(copydesk, name, View("", find_address.text(find, order)))
        if own:
            _change(copydesk, name, own)
        told = st.session_state.pop(_TOLD, None)
        if told:
            (st.success if told[0] else st.error)(plain(told[1]))


def _link(view: View) -> None:
    find_address.step(plain(view.name), "bookmark", find_address.parsed(view.address), key=f"view_{view.name}")


def _save(copydesk: Copydesk, name: str, view: View) -> None:
    with st.form("save_view", border=False, clear_on_submit=True):
        called = st.text_input("Save this search as", max_chars=views.LONGEST_NAME, key="view_name")
        if st.form_submit_button("Save", icon=":material/bookmark_add:"):
            _do(
                lambda: views.save(copydesk.db, name, View(called, view.address)), f"Saved as {' '.join(called.split())}."
            )  # fmt: skip


def _change(copydesk: Copydesk, name: str, own: list[View]) -> None:
    with st.expander("Rename or delete"):
        chosen = st.selectbox("View", [view.name for view in own], key="view_chosen")
        new = st.text_input("New name", max_chars=views.LONGEST_NAME, key="view_new_name")
        rename, delete = st.columns(2)
        if rename.button("Rename", key="view_rename", disabled=not new.strip(), width="stretch"):
            _do(lambda: views.rename(copydesk.db, name, chosen, new), f"{chosen} is now {' '.join(new.split())}.")
        if delete.button("Delete", key="view_delete", icon=":material/delete:", width="stretch"):
            _do(lambda: views.delete(copydesk.db, name, chosen), f"{chosen} is deleted.")


def _do(act: Callable[[], None], said: str) -> None:
    try:
        act()
    except CopydeskError as error:
        st.session_state[_TOLD] = (False, error.message)
    else:
        st.session_state[_TOLD] = (True, said)
    st.rerun()
