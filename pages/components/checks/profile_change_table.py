"""What differs between two versions of the profiles, as a table."""

from collections.abc import Sequence

import streamlit as st

from core.checks.profile_changes import Change
from pages.components.checks import profile_words
from pages.components.formats import plain


def profile_change_table(changes: Sequence[Change], before: str, after: str) -> None:
    """Draw the changes; `before` and `after` name the two sides."""
    if not changes:
        st.caption("They are the same.")
        return
    rows = [
        {
            "For": plain(profile_words.EVERYBODY if each.where is None else profile_words.rule_name(*each.where)),
            "What": plain(each.what),
            before: plain(each.before or "–"),
            after: plain(each.after or "–"),
        }
        for each in changes
    ]
    st.table(rows, border="horizontal", hide_index=True)
