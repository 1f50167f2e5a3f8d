"""Two versions, or a version and a draft, side by side: every word that differs, every setting, and what is live."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput, CopydeskError
from core.prompts import compare, drafts, files, releases, versions
from core.prompts.content import Content
from core.prompts.releases import Release
from pages.components.diff_view import diff_view
from pages.components.formats import plain
from pages.components.prompts.version_list import where_live
from pages.components.setting_changes import setting_changes


def comparison(copydesk: Copydesk, prompt: str, pair: str) -> None:
    """Draw the comparison that the address names as `before..after`; without one, of the newest with what is live."""
    db = copydesk.db
    live = releases.live(db, prompt)
    labels = {str(line.number): f"{line.number}: {line.note}" for line in versions.listing(db, prompt)}
    labels |= {
        draft.id: f"draft from {draft.parent or 'nothing'}, by {draft.author}" for draft in drafts.listing(db, prompt)
    }
    before, _, after = pair.partition("..")
    newest = next(iter(labels))
    before = before if before in labels else _live_number(live) or newest
    after = after if after in labels else newest
    left, right = st.columns(2)
    names = list(labels)
    before = left.selectbox("Before", names, names.index(before), format_func=lambda name: labels[name], key="before")
    after = right.selectbox("After", names, names.index(after), format_func=lambda name: labels[name], key="after")
    st.query_params.from_dict({"prompt": prompt, "compare": f"{before}..{after}"})
    for side, name in ((left, before), (right, after)):
        if name.isdigit():
            side.caption(plain(f"Live: {where_live(int(name), live)}"))
    try:
        found = compare.compare(_content(copydesk, prompt, before), _content(copydesk, prompt, after))
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    if found.same:
        st.info("The two have the same content.")
        return
    st.subheader("Messages", anchor=False)
    diff_view(found.messages, key="diff")
    st.subheader("Settings and contract", anchor=False)
    setting_changes(found.settings, _short(before), _short(after))


def _content(copydesk: Copydesk, prompt: str, name: str) -> Content:
    if name.isdigit():
        return versions.get(copydesk.db, prompt, int(name)).content
    try:
        return files.parse(drafts.get(copydesk.db, name).text, source="The draft").content
    except BadInput as error:
        raise BadInput(f"The draft cannot be compared yet. {error.message}") from error


def _live_number(live: list[Release]) -> str | None:
    return next((str(each.version) for each in live if each.environment == "production" and each.desk is None), None)


def _short(name: str) -> str:
    return name if name.isdigit() else "draft"
