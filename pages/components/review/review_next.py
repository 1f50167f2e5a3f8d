"""From one item of the queue to the next, and the sentence that says why there is none."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import filling, overview, work
from core.review.item import Wanted
from pages.components.formats import plain
from pages.components.review import review_address

_SKIPPED = "review_skipped"
_OPENED = "review_opened"
_SAID = "review_said"
_REFUSED = "review_refused"
_KEPT = "review_kept"
_BY_TWO = "review_by_two"


def go_on(copydesk: Copydesk, wanted: Wanted, *, by_two: int | None = None) -> None:
    """Take the next item and lead to it; where there is none, lead back to the queue and say why.

    `by_two` is the item that this person was done with just now as its second reader.

    Whoever calls this from a button's callback is sure that it is done: what a run does below a button is lost if the next
    key comes before it is reached.
    """
    st.session_state[_BY_TWO] = by_two
    filling.briefly(copydesk.db)
    try:
        item = work.claim_next(copydesk.db, wanted.person, wanted=wanted, passing=_skipped())
    except CopydeskError as error:
        refuse(error.message)
        return
    if item is None:
        st.session_state[_SAID] = _why_none(copydesk, wanted)
        st.query_params.from_dict(review_address.address(wanted))
    else:
        opened(item.id)
        st.query_params.from_dict(review_address.address(wanted, item=str(item.id)))


def opened(item_id: int) -> None:
    """Remember that this window has an item, whatever becomes of the claim."""
    st.session_state[_OPENED] = item_id


def is_open(item_id: int) -> bool:
    """Whether this window had the item last, so that what was typed about it must stay."""
    return st.session_state.get(_OPENED) == item_id


def skip(item_id: int) -> None:
    """Leave an item to others, or for later."""
    _skipped().add(item_id)


def refuse(message: str) -> None:
    """Say at the next run what could not be done."""
    st.session_state[_REFUSED] = message


def say_what_was_refused() -> None:
    """Say it, once."""
    message: str | None = st.session_state.pop(_REFUSED, None)
    if message:
        st.error(plain(message), icon=":material/error:")


def keep(words: str) -> None:
    """Say at the next run what was kept."""
    st.session_state[_KEPT] = words


def say_what_was_kept() -> None:
    """Say it, once."""
    words: str | None = st.session_state.pop(_KEPT, None)
    if words:
        st.caption(f":material/check: {plain(words)}", width="content")


def read_by_two() -> int | None:
    """The item that this window's person read last, if they were its second reader."""
    return st.session_state.get(_BY_TWO)


def put_away() -> None:
    """Show no more what both found."""
    st.session_state[_BY_TWO] = None


def say() -> None:
    """Say, once, why there is no next item; skipped ones can be had again."""
    said: str | None = st.session_state.pop(_SAID, None)
    if said:
        st.info(plain(said), icon=":material/inbox:")
    if _skipped():
        st.button(f"Take up the {len(_skipped())} that you skipped", icon=":material/undo:", on_click=_skipped().clear)


def _skipped() -> set[int]:
    return st.session_state.setdefault(_SKIPPED, set())


def _why_none(copydesk: Copydesk, wanted: Wanted) -> str:
    waiting = overview.count(copydesk.db, wanted)
    if not waiting:
        return "Nothing more is waiting here."
    if _skipped():
        return "What is left you skipped, or others have it."
    them = "The one that waits is" if waiting == 1 else f"The {waiting:,} that wait are"
    return f"{them} being read by others, assigned to others, or waiting for a second reader after you."
