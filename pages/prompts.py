"""Prompts under version control: read, write, compare and release their versions, and roll back."""

import streamlit as st

from core.copydesk import shared
from core.errors import CopydeskError
from core.prompts import drafts, releases, tasks, versions
from pages.components.address_choice import address_choice
from pages.components.formats import plain
from pages.components.prompts import release_dialog
from pages.components.prompts.comparison import comparison
from pages.components.prompts.draft_editor import draft_editor
from pages.components.prompts.draft_preview import draft_preview
from pages.components.prompts.draft_trial import draft_trial
from pages.components.prompts.release_history import release_history
from pages.components.prompts.version_list import version_list
from pages.components.prompts.version_record import version_record

copydesk = shared()
db = copydesk.db
address = st.query_params
names = versions.prompts(db)
prompt = address.get("prompt", "headlines" if "headlines" in names else names[0])


VIEWS = {"versions": "Versions", "compare": "Compare", "history": "Releases"}


def heading() -> None:
    view = next((name for name in VIEWS if name in address), "versions")
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(names) > 1:
            address_choice("Prompt", names, prompt, address=lambda name: {"prompt": name}, key="prompt_choice")
        address_choice("View", list(VIEWS), view, address=_address, key="view_choice", names=VIEWS)
    release_dialog.say_what_was_done()


def _address(view: str) -> dict[str, str]:
    place = {"versions": {}, "compare": {"compare": ".."}, "history": {"history": copydesk.settings.environment}}
    return {"prompt": prompt, **place[view]}


def all_versions() -> None:
    live = releases.live(db, prompt)
    lines = versions.listing(db, prompt)
    wanted = address.get("version", "")
    number = int(wanted) if wanted.isdigit() else lines[0].number
    listed, shown = st.columns([5, 7], gap="large")
    with listed:
        version_list(db, prompt, live, chosen=number)
    with shown:
        version_record(copydesk, versions.get(db, prompt, number), live)


def one_draft() -> None:
    draft = drafts.get(db, address["draft"])
    writing, reading = st.columns([6, 6], gap="large")
    with writing:
        content = draft_editor(copydesk, draft)
    with reading:
        st.subheader("What it would send", anchor=False)
        if content is None:
            st.caption("Nothing yet: the draft cannot be read.")
        elif tasks.judges(prompt):
            st.caption("A judge is tried on headlines that are there: save and release it, then ask it on a trace.")
        else:
            draft_trial(copydesk, prompt, content, draft_preview(copydesk, prompt, content))


heading()
try:
    if prompt not in names:
        st.error(f"There is no prompt {plain(prompt)}.", icon=":material/search_off:")
    elif "draft" in address:
        one_draft()
    elif "compare" in address:
        comparison(copydesk, prompt, address["compare"])
    elif "history" in address:
        release_history(copydesk, prompt, address["history"])
    else:
        all_versions()
except CopydeskError as error:
    st.error(plain(error.message), icon=":material/error:")
