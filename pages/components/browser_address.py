"""The browser's address follows whoever steps within a screen by a link, so that it can be kept, sent and gone back from."""

import contextlib

import streamlit as st
from streamlit.errors import StreamlitAPIException

_ASKED = "browser_address"


def follow() -> None:
    """Tell the browser what this run was asked for, if it is something else than before.

    Streamlit changes the address for a link to another screen, and not for one to the same screen with other parameters.
    An address that is there already stays as it is, and makes no step to go back over.
    """
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    before = st.session_state.get(_ASKED)
    st.session_state[_ASKED] = asked
    if before is not None and before != asked:
        # Where widgets are bound to the address, Streamlit keeps it itself, and refuses to have it told.
        with contextlib.suppress(StreamlitAPIException):
            st.query_params.from_dict(asked)
