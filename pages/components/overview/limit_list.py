"""The limits that hold, how each stands now, and what was broken lately."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from core.alerts import breaches, limits, messages, watch
from core.alerts.limits import FEWEST, FEWEST_THUMBS, Limit
from core.alerts.watch import Look, State
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.reports import words
from pages.components.formats import plain, short_moment
from pages.components.overview import alert_list
from pages.components.overview.limit_form import limit_form
from pages.components.person import name_field

_STATES: Mapping[State, tuple[Literal["green", "red", "gray"], str]] = {
    "kept": ("green", ":material/check:"),
    "broken": ("red", ":material/error:"),
    "too few": ("gray", ":material/hourglass_empty:"),
}


def limit_list(copydesk: Copydesk, environment: str) -> None:
    """Draw the section."""
    st.subheader("Which limits are watched?", anchor=False)
    held = limits.in_force(copydesk.db)
    if not held:
        st.caption("None yet. A figure that passes a limit shows as an alert at the top of this screen.")
    for limit in held:
        _line(copydesk, limit)
    st.caption(
        f"Looked at every minute, over calls that people made; cost over all calls. Under {FEWEST} calls, or "
        f"{FEWEST_THUMBS} thumbs, nothing is said. A breach is over once its limit was kept for five minutes. "
        + (
            "Alerts go to the webhook, too."
            if copydesk.webhook
            else "Set COPYDESK\\_WEBHOOK to have alerts posted to another system, too."
        )
    )
    with st.expander("Set a limit", icon=":material/add:"):
        limit_form(copydesk, environment)
    _lately(copydesk)


def _line(copydesk: Copydesk, limit: Limit) -> None:
    seen = watch.look(copydesk.db, limit)
    colour, icon = _STATES[seen.state]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(plain(_now(limit, seen)), color=colour, icon=icon)
        st.markdown(plain(f"{limit.words}, {limit.environment}. Set by {limit.author}."), width="stretch")
        with st.popover("Withdraw", type="tertiary"):
            author = name_field(f"limit_author_{limit.id}")
            if st.button("Withdraw this limit", key=f"limit_withdraw_{limit.id}"):
                try:
                    limits.withdraw(copydesk.db, limit.id, author=author)
                except CopydeskError as error:
                    st.error(plain(error.message), icon=":material/error:")
                else:
                    st.rerun()


def _now(limit: Limit, seen: Look) -> str:
    if seen.state == "too few":
        return f"too few {limit.kind.thing}s"
    return f"{seen.state}, now {words.figure(limit.kind.measure, seen.figure)}"


def _lately(copydesk: Copydesk) -> None:
    newest = breaches.newest(copydesk.db)
    if not newest:
        return
    with st.expander("What was broken lately", icon=":material/history:"):
        rows = [
            {
                "From (UTC)": short_moment(breach.opened_at),
                "Until": "goes on" if breach.closed_at is None else short_moment(breach.closed_at),
                "What": plain(breach.later),
                "Told": plain(alert_list.told(messages.of_breach(copydesk.db, breach.id))),
            }
            for breach in newest
        ]
        st.table(rows, border="horizontal", hide_index=True)
