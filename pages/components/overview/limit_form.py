"""Set a limit: for which figure, whose, over how long, and where it lies."""

import streamlit as st

from core.alerts import limits
from core.alerts.limits import HOURS, KINDS, Kind, Wanted
from core.copydesk import Copydesk
from core.errors import CopydeskError
from pages.components.formats import plain
from pages.components.person import name_field

_ALL = "all desks together"
# What a figure is written in here, and how much of its own unit that is.
_UNITS = {"rate": ("%", 0.01), "time": ("seconds", 1000.0), "money": ("dollars", 1.0)}


def limit_form(copydesk: Copydesk, environment: str) -> None:
    """Draw the form; a limit that was set is in the list at the next run."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = st.selectbox(
            "Figure", list(KINDS), key="limit_measure", format_func=lambda name: KINDS[name].measure.words, width=220
        )
        kind = KINDS[measure]
        desk = st.selectbox("Desk", [_ALL, *copydesk.settings.desks], key="limit_desk", width=200)
        hours = st.selectbox(
            "In", kind.hours, key=f"limit_hours_{len(kind.hours)}", format_func=lambda each: HOURS[each], width=140
        )
        value = _value(measure, kind)
    with st.container(width=420):
        author = name_field("limit_author")
    if st.button("Set limit", type="primary", key="limit_set"):
        wanted = Wanted(measure, environment, None if desk == _ALL else desk, hours, value)
        try:
            limits.put(copydesk.db, wanted, author=author)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            st.rerun()


def _value(measure: str, kind: Kind) -> float:
    unit, scale = _UNITS[kind.measure.kind]
    return scale * st.number_input(
        f"Alert when it is {kind.bound} ({unit})",
        min_value=0.0,
        max_value=kind.largest / scale,
        value=kind.example / scale,
        step=1.0,
        # Rounded, the field would say something else than what is set.
        format="%g",
        key=f"limit_value_{measure}",
        width=260,
    )
