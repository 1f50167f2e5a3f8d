"""Who is at the keyboard: asked for where a change bears a name, remembered until the browser window is closed."""

import streamlit as st

_REMEMBERED = "person"


def name_field(key: str, *, placeholder: str = "It will stand beside this change.") -> str:
    """Ask for the name; empty while there is none."""
    remembered: str = st.session_state.get(_REMEMBERED, "")
    name = st.text_input(
        "Your name",
        value=remembered,
        key=key,
        max_chars=80,
        placeholder=placeholder,
    ).strip()
    if name:
        remember(name)
    return name


def name() -> str:
    """The name that was given so far, or a word for somebody who gave none."""
    return st.session_state.get(_REMEMBERED, "somebody")


def known() -> str:
    """The name that was given so far; empty while there is none."""
    return st.session_state.get(_REMEMBERED, "")


def remember(name: str) -> None:
    """Take a name that was given elsewhere on a screen."""
    st.session_state[_REMEMBERED] = name
