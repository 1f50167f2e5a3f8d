"""The search of traces as it stands in the address of the screen."""

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import parse_qs, urlencode

import streamlit as st

from core.errors import BadInput
from core.traces.finding import find as finding
from core.traces.finding.find import FILTERS, OF_PEOPLE, ORDERS, Find, Order

Address = Mapping[str, str | Sequence[str]]


def is_there() -> bool:
    """Whether the address says anything about what is looked for."""
    return any(name in FILTERS or name == "order" for name in st.query_params)


def read() -> Find:
    """What is looked for; an address that says nothing looks for what people asked. `BadInput` if it cannot be read."""
    given = {name: st.query_params.get_all(name) for name in st.query_params if name in FILTERS}
    return finding.parse(given) if given else OF_PEOPLE


def order() -> Order:
    """The order, newest first if the address says nothing."""
    chosen = st.query_params.get("order", "newest")
    if chosen not in ORDERS:
        raise BadInput(f"There is no order {chosen[:40]!r}; there is {', '.join(ORDERS)}.")
    return cast("Order", chosen)


def of(find: Find, order: Order = "newest", **more: str) -> Address:
    """The address of a search, and of more."""
    ordered = {} if order == "newest" else {"order": order}
    return {**finding.address(find), **ordered, **more}


def go(find: Find, order: Order) -> None:
    """Look for something else, from the beginning."""
    st.query_params.from_dict(of(find, order))


def step(label: str, icon: str, address: Address, *, key: str, disabled: bool = False) -> None:
    """A button that leads to another address of this screen; unlike a link, it can be disabled."""
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=disabled,
        on_click=lambda: st.query_params.from_dict(dict(address)),
    )


def text(find: Find, order: Order) -> str:
    """The address as it is kept in a saved view."""
    return urlencode(of(find, order), doseq=True)


def parsed(kept: str) -> dict[str, list[str]]:
    """The address of a saved view."""
    return parse_qs(kept)
