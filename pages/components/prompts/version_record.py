"""One version as it stands: what it sends, with which settings, under which contract; and what can be done with it."""

import streamlit as st

from core.copydesk import Copydesk
from core.prompts import compare, drafts, files
from core.prompts.files import PromptFile
from core.prompts.releases import Release
from core.prompts.versions import Version
from pages.components import person
from pages.components.formats import moment, plain
from pages.components.prompts import release_address, release_dialog
from pages.components.prompts.version_list import where_live


def version_record(copydesk: Copydesk, version: Version, live: list[Release]) -> None:
    """Draw a version and its actions."""
    text = files.dump(PromptFile(version.prompt, version.content, version.note))
    st.subheader(f"{plain(version.prompt)} {version.number}", anchor=False)
    st.text(version.note)
    facts = [f"by {version.author}", moment(version.created_at), f"live: {where_live(version.number, live)}"]
    if version.parent is not None:
        facts.append(f"from {version.parent}")
    st.caption(plain(" · ".join(facts)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Edit a copy", type="primary", icon=":material/edit:"):
            draft = drafts.start(copydesk.db, version.prompt, version.number, text, author=person.name())
            st.query_params.from_dict({"prompt": version.prompt, "draft": draft.id})
            st.rerun()
        asked = release_address.take(version.prompt, copydesk.settings.desks)
        if st.button("Release", icon=":material/publish:") or asked is not None:
            release_dialog.start()
            release_dialog.release(copydesk, version, asked)
        if version.parent is not None:
            st.page_link(
                "prompts.py",
                label=f"Compare with {version.parent}",
                icon=":material/compare_arrows:",
                query_params={"prompt": version.prompt, "compare": f"{version.parent}..{version.number}"},
            )
        st.download_button(
            "File",
            text,
            f"{version.prompt}-{version.number}.prompt.yml",
            "application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
    if version.content.description:
        st.text(version.content.description)
    for message in version.content.messages:
        st.markdown(f"**{message.role}**")
        st.code(message.content, language=None, wrap_lines=True)
    st.markdown("**Settings and contract**")
    settings = compare.flat(version.content.model_copy(update={"variables": {}, "description": ""}))
    st.dataframe(
        [{"Setting": name, "Value": value} for name, value in settings.items()],
        hide_index=True,
        width="stretch",
    )
    st.caption(f"Content hash `{version.hash}`")
