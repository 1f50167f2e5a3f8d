"""Where a figure leads: the executions behind it, as an address of the screen that finds them."""

from typing import NoReturn
from urllib.parse import parse_qs, urlencode

import streamlit as st

from core.traces.find import Find, address


def query(find: Find) -> str:
    """A search as the part of an address after the question mark."""
    return urlencode(address(find), doseq=True)


def go(to: str) -> NoReturn:
    """Open the executions that a query finds."""
    st.switch_page("traces.py", query_params=parse_qs(to))
