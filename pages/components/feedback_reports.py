"""Reports of feedback: to be built."""

import streamlit as st

from core.copydesk import Copydesk


def show(copydesk: Copydesk) -> None:
    """Draw it."""
    st.caption("Reports of feedback.")
