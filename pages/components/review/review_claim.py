"""Whose an item is while somebody reads it, looked at again and again: a claim can run out under one's hands."""

import streamlit as st

from core import clock
from core.db import Database
from core.review import store
from core.review.item import Item
from pages.components.formats import plain

_GLANCE = 10.0


@st.fragment(run_every=_GLANCE)
def review_claim(db: Database, item_id: int, person: str) -> None:
    """Say until when it is theirs, or what became of it. What was typed is not touched."""
    item = store.get(db, item_id)
    if item.holder == person and item.held_until is not None:
        until = f"{clock.as_datetime(item.held_until):%H:%M} UTC"
        if item.held_by(clock.now_ms()):
            st.caption(f"Item {item.id} is yours until {until}, and longer while you are at work on it.")
        else:
            st.warning(
                f"Your time with it ran out at {until}. Nobody has taken it so far: go on, and it is yours again.",
                icon=":material/timer:",
            )
        return
    st.error(plain(f"{_lost(item)} What you typed is still here."), icon=":material/group:")


def _lost(item: Item) -> str:
    if item.state == "done":
        return "Somebody else was done with this one first."
    if item.state == "withdrawn":
        return "Nobody needs to read this any more: the complaints were taken back."
    reader = item.held_by(clock.now_ms())
    return f"Your time ran out, and {reader} is reading it now." if reader else "This one is not yours any more."
