"""The executions behind a figure: their address, and the way there and back."""

from dataclasses import fields
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from core.traces.finding import find
from core.traces.finding.find import Find

_SCREEN = "traces"
_OF_A_SEARCH = {each.name for each in fields(Find)}


def href(behind: Find) -> str:
    """Where the executions are found, for a link."""
    return f"{_SCREEN}?{urlencode(find.address(behind), doseq=True)}"


def go(behind: Find) -> NoReturn:
    """Open the screen that finds them."""
    # Streamlit notes the new address for this screen before it goes to the other one, and the way back leads there.
    # So what this screen was about stays in it; a search passes over what it does not know.
    own = {name: value for name, value in st.query_params.to_dict().items() if name not in _OF_A_SEARCH}
    st.switch_page(f"{_SCREEN}.py", query_params=own | find.address(behind))
