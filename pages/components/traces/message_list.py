"""Messages as they were sent, each under the role of who says it; that of the user stands open."""

from collections.abc import Sequence

import streamlit as st

from core.llm.attempt import Message


def message_list(messages: Sequence[Message]) -> None:
    """Draw them in their order."""
    for message in messages:
        with st.expander(message["role"], expanded=message["role"] == "user"):
            st.code(message["content"], language=None, wrap_lines=True, height=320)
