"""A choice that stands in the address: a reload, a link or the back button leads to the same view."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
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
    as_list: bool = False,
) -> None:
    """Draw the options with `chosen` marked; choosing another one goes to its `address`. `names` are for the eye.

    `as_list` is for more options than stand beside each other.
    """
    # The address decides, whatever was chosen on this screen before.
    st.session_state[key] = chosen

    def go() -> None:
        if st.session_state[key] is not None:
            st.query_params.from_dict(dict(address(st.session_state[key])))

    def named(option: str) -> str:
        return names.get(option, option)

    if as_list:
        st.selectbox(label, options, key=key, format_func=named, on_change=go)
    else:
        st.segmented_control(
            label, options, key=key, format_func=named, label_visibility="collapsed", required=True, on_change=go
        )


address_selectbox = partial(address_choice, as_list=True)
