"""What was taken out of an article before it was asked about."""

import streamlit as st

from core.traces.model import Trace
from pages.components.formats import plain

_KINDS = {
    "email": ("e-mail address", "e-mail addresses"),
    "phone": ("telephone number", "telephone numbers"),
    "word": ("word of the newsroom's list", "words of the newsroom's list"),
}


def redaction_note(trace: Trace) -> None:
    """A line that counts it by kind; nothing where nothing was taken out."""
    found: dict[str, int] = trace.settings.get("redacted", {})
    if found:
        told = ", ".join(f"{many:,} {_KINDS[kind][many > 1]}" for kind, many in found.items())
        st.caption(plain(f"Taken out before it was asked: {told}."))
