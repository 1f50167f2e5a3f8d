"""Blind pairs: to be built."""

import streamlit as st

from core.copydesk import Copydesk


def show(copydesk: Copydesk) -> None:
    """Draw it."""
    st.caption("Blind pairs.")
