"""Put a version of the profiles in use: what will change, a reason, a name; and say once what was done."""

import streamlit as st

from core import profiles
from core.checks.profile_changes import changes
from core.copydesk import Copydesk
from core.errors import Conflict, CopydeskError
from core.profiles import Release, Version
from pages.components.checks.profile_change_table import profile_change_table
from pages.components.formats import plain
from pages.components.person import name_field

_SEEN = "profiles_seen"
_DONE = "profiles_done"
_REFUSED = "profiles_refused"


def done(made: Release) -> None:
    """Show the version that is in use now, and say so there."""
    st.session_state[_DONE] = f"Version {made.version} is in use: every headline from now on is checked by it."
    st.query_params.from_dict({"view": "versions", "version": str(made.version)})
    st.rerun()


def refused(message: str) -> None:
    """Say at the next run why a change was not made."""
    st.session_state[_REFUSED] = message


def say_what_was_done() -> None:
    """Confirm, once, the change that was just made, or say why it was not."""
    made, not_made = st.session_state.pop(_DONE, None), st.session_state.pop(_REFUSED, None)
    if made:
        st.success(plain(made), icon=":material/check:")
    if not_made:
        st.error(plain(not_made), icon=":material/group:")


def start(seen: Release) -> None:
    """Remember what was in use when the dialog opened."""
    st.session_state[_SEEN] = seen


@st.dialog("Use this version", width="large")
def use(copydesk: Copydesk, version: Version) -> None:
    """Put a version in use, an earlier one to go back."""
    seen: Release = st.session_state[_SEEN]
    st.info(f"From version {seen.version} to {version.number}, for every headline from now on.")
    before = profiles.get(copydesk.db, seen.version).profiles
    with st.expander("What changes by that", icon=":material/compare_arrows:", expanded=True):
        profile_change_table(changes(before, version.profiles), f"In use: {seen.version}", f"Then: {version.number}")
    author = name_field("profiles_author")
    reason = st.text_input(
        "Reason", key="profiles_reason", max_chars=500, placeholder="Colleagues will read this in a year."
    )
    if st.button(f"Use version {version.number}", type="primary", width="stretch"):
        try:
            made = profiles.use(copydesk.db, version.number, author=author, reason=reason, seen=seen)
        except Conflict as error:
            start(profiles.in_use(copydesk.db))
            st.error(plain(error.message), icon=":material/group:")
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            done(made)
