"""The review queue: to be built."""

import streamlit as st

from core.copydesk import Copydesk


def show(copydesk: Copydesk) -> None:
    """Draw it."""
    st.caption("The review queue.")
