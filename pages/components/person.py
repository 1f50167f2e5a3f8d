"""Who is at the keyboard: asked for where a change bears a name, and remembered by this browser.

The name is kept in a cookie, which a script of ours writes and a window that is opened anew reads. It spares typing and
proves nothing: whoever uses the browser may change it, and nothing is allowed or refused by it.
"""

from pathlib import Path
from urllib.parse import unquote

import streamlit as st
from streamlit.components.v2 import component

LONGEST = 80

_REMEMBERED = "person"
_FIELDS = "person_fields"
_COOKIE = "copydesk_person"

JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""The same name for the scripts of components: `personName`, `setPersonName`, `followServer`."""

_keeper = component(
    "copydesk.person", html="<span></span>", js=f"{JS}\nexport default ({{ data }}) => followServer(data.name);"
)


def name_field(key: str, *, placeholder: str = "It will stand beside this change.") -> str:
    """Ask for the name; empty while there is none. A name that was given elsewhere meanwhile stands in it, too."""
    drawn: dict[str, tuple[str, str]] = st.session_state.setdefault(_FIELDS, {})
    stood, was_known = drawn.get(key, ("", ""))
    is_news = key in st.session_state and st.session_state[key].strip() == stood and known() != was_known
    if is_news:
        st.session_state[key] = known()
    # As the default it is told anew in every run: what is set is told in one, which a click may cut short.
    name = st.text_input(
        "Your name", "" if is_news else known(), key=key, max_chars=LONGEST, placeholder=placeholder
    ).strip()
    if name:
        remember(name)
    drawn[key] = name, known()
    return name


def name() -> str:
    """The name that was given so far, or a word for somebody who gave none."""
    return known() or "somebody"


def known() -> str:
    """The name that was given so far, in this window or in this browser before; empty while there is none."""
    if _REMEMBERED not in st.session_state:
        st.session_state[_REMEMBERED] = from_cookie(st.context.cookies.get(_COOKIE, ""))
    return st.session_state[_REMEMBERED]


def remember(name: str) -> None:
    """Take a name that was given elsewhere on a screen; an empty one was taken back."""
    st.session_state[_REMEMBERED] = name


def keep_in_browser() -> None:
    """Have the browser keep the name as it stands at the end of a run."""
    _keeper(data={"name": known()}, key="person_keeper")


def from_cookie(written: str) -> str:
    """The name in a cookie, as far as it is one: anybody may have written anything there."""
    name = "".join(character for character in unquote(written) if character.isprintable()).strip()
    return name if len(name) <= LONGEST else ""
