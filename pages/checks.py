"""What headlines are checked for, by whom it is changed, and how good checks and judges are."""

import streamlit as st

from core import profiles
from core.copydesk import shared
from core.errors import CopydeskError
from pages.components.address_choice import address_choice
from pages.components.checks import profile_dialog
from pages.components.checks.check_quality import check_quality
from pages.components.checks.judge_quality import judge_quality
from pages.components.checks.profile_editor import profile_editor
from pages.components.checks.profile_history import profile_history
from pages.components.checks.profile_view import profile_view
from pages.components.formats import plain

copydesk = shared()
address = st.query_params

VIEWS = {
    "profiles": "Who gets what",
    "edit": "Edit",
    "versions": "Versions",
    "quality": "How good is each?",
    "judges": "Judges",
}


def heading(view: str) -> None:
    address_choice("View", list(VIEWS), view, address=lambda name: {"view": name}, key="checks_view", names=VIEWS)
    profile_dialog.say_what_was_done()


view = address.get("view", "profiles")
heading(view if view in VIEWS else "profiles")
try:
    if view == "edit":
        profile_editor(copydesk)
    elif view == "versions":
        profile_history(copydesk, number=address.get("version"), version_hash=address.get("hash"))
    elif view == "quality":
        check_quality(copydesk)
    elif view == "judges":
        judge_quality(copydesk.db)
    elif view == "profiles":
        profile_view(copydesk, profiles.in_use(copydesk.db))
    else:
        st.error(f"There is no view {plain(view)}.", icon=":material/search_off:")
except CopydeskError as error:
    st.error(plain(error.message), icon=":material/error:")
