"""Where somebody is in the review queue, as it stands in the address: what they want to see, and which item."""

import streamlit as st

from core.review.item import REASONS, WHOSE, ReasonKind, Wanted, Whose
from pages.components import person


def wanted() -> Wanted:
    """The filters in the address; what cannot be one is passed over."""
    address = st.query_params
    reason: ReasonKind | None = next((each for each in REASONS if each == address.get("reason")), None)
    whose: Whose | None = next((each for each in WHOSE if each == address.get("whose")), None)
    return Wanted(address.get("for_desk"), reason, whose or "all", person.known())


def shows_done() -> bool:
    return st.query_params.get("state") == "done"


def item_id() -> int | None:
    """The item that the address names; 0, which none has, if what stands there is no number."""
    named = st.query_params.get("item")
    if named is None:
        return None
    # A number of a thousand digits is no item, and no reason to fail.
    return int(named) if named.isdecimal() and len(named) < 16 else 0


def address(of: Wanted, **more: str | None) -> dict[str, str]:
    """The parameters of the queue with these filters, and `more`."""
    parts = {
        "view": "queue",
        "for_desk": of.desk,
        "reason": of.reason,
        "whose": None if of.whose == "all" else of.whose,
        **more,
    }
    return {name: value for name, value in parts.items() if value is not None}
