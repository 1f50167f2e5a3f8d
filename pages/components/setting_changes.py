"""The settings that differ between two versions, as a table."""

from collections.abc import Sequence

import streamlit as st

from core.prompts.compare import Change


def setting_changes(changes: Sequence[Change], before: object, after: object) -> None:
    """Draw the changes; `before` and `after` name the two sides."""
    if not changes:
        st.caption("Settings and contract are the same.")
        return
    rows = [
        {"Setting": change.name, str(before): change.before or "not set", str(after): change.after or "not set"}
        for change in changes
    ]
    st.dataframe(rows, hide_index=True, width="stretch")
