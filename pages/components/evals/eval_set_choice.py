"""Which eval set something goes into: one that is there, or a new one, made only for whoever asked for it by name."""

from dataclasses import dataclass

import streamlit as st

from core.db import Database
from core.evals import sets
from core.prompts import names
from pages.components.formats import plain

_NEW = ""


@dataclass(frozen=True)
class ChosenSet:
    """The name of a set, and whether it is still to be made."""

    name: str
    is_new: bool


def eval_set_choice(db: Database, *, key: str) -> ChosenSet | None:
    """Ask for the set; None until one is chosen, or a new one has a name of its own."""
    known = [version.name for version in sets.listing(db)]
    name = st.selectbox(
        "Set",
        [*known, _NEW],
        index=None,
        format_func=lambda name: name or "A new set",
        placeholder="Choose a set, or a new one",
        key=key,
    )
    if name != _NEW:
        return None if name is None else ChosenSet(name, is_new=False)
    called = st.text_input(
        "Name of the new set", max_chars=names.LONGEST, placeholder="such as cup-finals", key=f"{key}-name"
    ).strip()
    if called in known:
        st.error(plain(f"There is a set {called} already. Choose it above."), icon=":material/error:")
    elif not names.is_name(called):
        st.caption("Small letters, digits and hyphens, a letter first. The set is made when you add to it, not before.")
    else:
        st.caption(plain(f"The set {called} will be made, and what you add now is its version 1."))
        return ChosenSet(called, is_new=True)
    return None
