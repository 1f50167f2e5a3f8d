"""Say which article the headlines on the screen were made for, and mark them once the form holds another one.

The line is there before and after, so that nothing moves under the pointer of whoever leaves the article to press a button.
"""

import streamlit as st

from pages.components.formats import plain

PLACE = "suggestions"
"""The key of the container that holds the headlines."""

_LONGEST = 52

# On a telephone the view must not move when the final set takes the place of the growing one, and there is none for a moment.
_ROOM = f"<style>@media (max-width: 640px) {{ .st-key-{PLACE} {{ min-height: 100vh; }} }}</style>"


def say_whose(asked_about: str, article: str, *, trace_id: str = "") -> None:
    """Name the article that was asked about; `article` is what the form holds, `trace_id` the record of the call."""
    st.html(_ROOM)
    if asked_about.strip() == article.strip():
        st.caption(plain(_quoted("Headlines for", asked_about)))
        return
    # Streamlit's own link would be taller than the line.
    link = f" · [its trace](traces?trace={trace_id})" if trace_id else ""
    words = "Of an earlier article:"
    st.caption(f"**:orange[{words}]**{plain(_quoted(words, asked_about, room=10).removeprefix(words))}{link}")
    st.html(f"<style>.st-key-{PLACE} {{ opacity: .55; }}</style>")


def _quoted(words: str, article: str, *, room: int = 0) -> str:
    """The words and the start of the article, in one line of a telephone; `room` is for what comes behind it."""
    start = " ".join(article.split()) or "no text"
    longest = _LONGEST - len(words) - room
    return f"{words} “{start if len(start) <= longest else f'{start[:longest].rstrip()} …'}”"
