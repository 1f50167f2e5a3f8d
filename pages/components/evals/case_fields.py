"""The fields of a case, as they are typed into a form; what was typed stays until it is saved or left."""

from collections.abc import Mapping

import streamlit as st

from core.copydesk import Copydesk
from core.evals.case import Case
from core.headlines.language import LANGUAGES, language_name
from pages.components.checks.profile_choices import channels

_UNKNOWN = ""
_TEXTS = ("desk", "channel", "language", "article", "reference", "must_mention", "must_not_mention", "tags")
_LIMITS = {"fewest_characters": "Fewest characters", "most_characters": "Most characters"}


def is_open(key: str) -> bool:
    """Whether this form was drawn at the last run, so that what is typed in it must stay."""
    return f"{key}-article" in st.session_state


def fill(key: str, case: Case | None) -> None:
    """Put a case into the form that is about to be drawn; None for an empty one."""
    for name in _TEXTS:
        value = getattr(case, name) if case else ()
        text = "\n".join(value) if isinstance(value, tuple) else value or ""
        st.session_state[f"{key}-{name}"] = text
    for name in _LIMITS:
        st.session_state[f"{key}-{name}"] = getattr(case, name) if case else None
    if case is None:
        del st.session_state[f"{key}-desk"], st.session_state[f"{key}-channel"]


def case_fields(copydesk: Copydesk, key: str) -> Mapping[str, object]:
    """Draw the fields, and return what they hold, unchecked."""
    desk, channel, language = st.columns(3)
    typed: dict[str, object] = {
        "desk": desk.selectbox(
            "Desk", _with(copydesk.settings.desks, key, "desk"), key=f"{key}-desk", accept_new_options=True
        ),
        "channel": channel.selectbox(
            "Channel", _with(channels(copydesk, copydesk.profiles), key, "channel"), key=f"{key}-channel"
        ),
        "language": language.selectbox(
            "Language",
            _with([_UNKNOWN, *LANGUAGES], key, "language"),
            key=f"{key}-language",
            format_func=lambda code: language_name(code) if code else "not known",
        )
        or None,
        "article": st.text_area("Article", key=f"{key}-article", height=360),
        "reference": st.text_input(
            "Reference headline", key=f"{key}-reference", placeholder="A headline that a good editor would print."
        ).strip()
        or None,
    }
    must, must_not, tags = st.columns(3)
    listed = {"must_mention": (must, "Must mention"), "must_not_mention": (must_not, "Must not mention")}
    for name, (column, label) in ({**listed, "tags": (tags, "Tags")}).items():
        text = column.text_area(label, key=f"{key}-{name}", height=100, placeholder="One a line.")
        typed[name] = tuple(line.strip() for line in text.splitlines() if line.strip())
    for column, (name, label) in zip(st.columns(3), _LIMITS.items(), strict=False):
        typed[name] = column.number_input(
            label, min_value=1, max_value=1_000, key=f"{key}-{name}", placeholder="Of each headline, if it matters."
        )
    return typed


def _with(known: tuple[str, ...] | list[str], key: str, name: str) -> list[str]:
    """What can be chosen, and what is there."""
    there = st.session_state.get(f"{key}-{name}")
    return list(dict.fromkeys([*known, *([there] if there else [])]))
