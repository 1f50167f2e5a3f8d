"""Limits that are broken now, each with the way to the calls that broke it, and whether somebody was told."""

import streamlit as st

from core.alerts import breaches, messages, watch
from core.alerts.breaches import Breach
from core.alerts.messages import Delivery
from core.copydesk import Copydesk
from core.traces.finding import find
from pages.components.formats import plain, short_moment


def alert_list(copydesk: Copydesk) -> None:
    """Draw what is broken; nothing where nothing is."""
    for breach in breaches.under_way(copydesk.db):
        with st.container(horizontal=True, vertical_alignment="center"):
            stands = watch.standing(breach, watch.look(copydesk.db, breach.limit))
            st.error(plain(f"{stands} {_since(copydesk, breach)}"), icon=":material/notifications_active:")
            st.page_link(
                "traces.py",
                label="The calls",
                icon=":material/arrow_forward:",
                query_params=find.address(watch.executions(breach)),
            )


def told(deliveries: list[Delivery]) -> str:
    """Whether the webhook was told, in a few words; nothing where there is none."""
    if not deliveries:
        return ""
    latest = deliveries[-1]
    if latest.sent_at is not None:
        return f"Told by webhook at {short_moment(latest.sent_at)}."
    if latest.given_up_at is not None:
        return f"The webhook could not be told: {latest.error}."
    if latest.error is not None:
        return f"The webhook could not be told yet: {latest.error}; next try at {short_moment(latest.next_at)}."
    return "The webhook is told within a minute."


def _since(copydesk: Copydesk, breach: Breach) -> str:
    return f"Since {short_moment(breach.opened_at)} UTC. {told(messages.of_breach(copydesk.db, breach.id))}".strip()
