"""A choice that stands in the address: a reload, a link or the back button leads to the same view."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st


def address_choice(
    label: str,
    options: Sequence[str],
    chosen: str,
    *,
    address: Callable[[str], Mapping[str, str]],
    key: str,
    names: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Draw the options with `chosen` marked; choosing another one goes to its `address`. `names` are for the eye."""
    # The address decides, whatever was chosen on this screen before.
    st.session_state[key] = chosen

    def go() -> None:
        if st.session_state[key] is not None:
            st.query_params.from_dict(dict(address(st.session_state[key])))

    st.segmented_control(
        label,
        options,
        key=key,
        format_func=lambda option: names.get(option, option),
        label_visibility="collapsed",
        required=True,
        on_change=go,
    )


def address_selectbox(
    label: str,
    options: Sequence[str],
    chosen: str,
    *,
    address: Callable[[str], Mapping[str, str]],
    key: str,
    names: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The same as a list that opens, for more options than stand beside each other."""
    st.session_state[key] = chosen

    def go() -> None:
        st.query_params.from_dict(dict(address(st.session_state[key])))

    st.selectbox(label, options, key=key, format_func=lambda option: names.get(option, option), on_change=go)
