"""The items of the review queue, a line each: those that wait, the oldest first, or those that are done."""

from collections.abc import Sequence

import streamlit as st

from core import clock
from core.copydesk import Copydesk
from core.review import overview
from core.review.item import REASONS, Wanted
from core.review.item import WHOSE as ALL_WHOSE
from core.review.overview import PAGE, Line
from pages.components.address_choice import address_choice, address_selectbox
from pages.components.formats import age
from pages.components.link_table import Column, Row, link_table
from pages.components.review import review_address
from pages.components.review.review_words import REASONS as REASON_WORDS
from pages.components.review.review_words import WHOSE, kinds

_ANY = ""
_WAITING = (
    Column("Waits for"), Column("Desk"), Column("Why"), Column("First headline"), Column("Read by"), Column("Assigned to"),
)  # fmt: skip
_DONE = (Column("Age"), Column("Desk"), Column("Why"), Column("First headline"), Column("Found"))
_STATES = {"waiting": "Waiting", "done": "Done"}


def review_list(copydesk: Copydesk, wanted: Wanted) -> None:
    """Draw the filters and what they leave."""
    done = review_address.shows_done()
    _filters(copydesk, wanted, done=done)
    state = "done" if done else "waiting"
    lines = overview.lines(copydesk.db, wanted, state=state)
    if not lines:
        st.caption("Nothing is done yet." if done else "Nothing waits that fits.")
        return
    rows = [_done(line) if done else _waiting(line) for line in lines]
    more = review_address.address(wanted, state="done" if done else None)
    opened = link_table(_DONE if done else _WAITING, rows, parameter="item", key=f"review_{state}", more=more)
    many = overview.count(copydesk.db, wanted, state=state)
    if many > PAGE:
        st.caption(f"The {'newest' if done else 'oldest'} {PAGE} of {many:,}.")
    if opened:
        st.query_params.from_dict({**more, "item": opened})
        st.rerun()


def _filters(copydesk: Copydesk, wanted: Wanted, *, done: bool) -> None:
    state = "done" if done else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        address_choice(
            "Which",
            list(_STATES),
            "done" if done else "waiting",
            address=lambda chosen: review_address.address(wanted, state=None if chosen == "waiting" else chosen),
            key="review_which",
            names=_STATES,
        )
        if not done:
            address_choice(
                "Whose",
                list(ALL_WHOSE),
                wanted.whose,
                address=lambda whose: review_address.address(
                    Wanted(wanted.desk, wanted.reason), state=state, whose=None if whose == "all" else whose
                ),
                key="review_whose",
                names={**WHOSE},
            )
        with st.container(width=200):
            address_selectbox(
                "Desk",
                _with(copydesk.settings.desks, wanted.desk),
                wanted.desk or _ANY,
                address=lambda desk: review_address.address(wanted, state=state, for_desk=desk or None),
                key="review_desk",
                names={_ANY: "all desks"},
            )
        with st.container(width=200):
            address_selectbox(
                "Why",
                [_ANY, *REASONS],
                wanted.reason or _ANY,
                address=lambda reason: review_address.address(wanted, state=state, reason=reason or None),
                key="review_reason",
                names={_ANY: "for any reason", **REASON_WORDS},
            )


def _with(desks: Sequence[str], chosen: str | None) -> list[str]:
    """All desks, and the one in the address, which may be one of before."""
    return [_ANY, *dict.fromkeys([*desks, *([chosen] if chosen else [])])]


def _waiting(line: Line) -> Row:
    item = line.item
    reader = item.held_by(clock.now_ms())
    if reader is None:
        reader = "a second reader is wanted" if item.readings else "–"
    cells = (age(item.waiting_since), item.desk, kinds(item), line.headline or "–", reader, item.assignee or "–")
    return Row(str(item.id), cells, {4: "quiet", 5: "quiet"})


def _done(line: Line) -> Row:
    item = line.item
    cells = (age(item.waiting_since), item.desk, kinds(item), line.headline or "–", line.label or "–")
    return Row(str(item.id), cells, {0: "quiet"})
