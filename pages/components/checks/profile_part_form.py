"""One part of the profiles as a form: for whom, how severe, how long, which words, and why."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast, get_args

import streamlit as st

from core.checks.profile import LONGEST_WORD, Level, Profile
from core.checks.run import SEVERITIES
from core.headlines.language import LANGUAGES
from pages.components.checks import profile_words
from pages.components.checks.profile_draft import EVERYBODY, Part

T = TypeVar("T")

_UNSET = ""
_LEVELS = (_UNSET, *get_args(Level))
_NAMED = {"desk": "Desk", "channel": "Channel", "language": "Language"}


def profile_part_form(part: Part, choices: Mapping[str, Sequence[str]], *, key: str) -> None:
    """Draw the form and keep in `part` what it holds. `choices` are the desks, channels and languages there are."""
    key = f"{key}-{part.id}"
    is_rule = part.id != EVERYBODY
    if is_rule:
        _conditions(part, choices, key)
        part.why = st.text_input(
            "Why", part.why, key=f"{key}-why", max_chars=1_000, placeholder="Colleagues will read this in a year."
        )
    st.markdown("**Severity**")
    _severities(part, key, unset="not set here" if is_rule else None)
    st.markdown("**Limits, in characters**")
    _limits(part, key, is_rule=is_rule)
    st.markdown("**Words, one a line**")
    _words(part, key)


def _conditions(part: Part, choices: Mapping[str, Sequence[str]], key: str) -> None:
    for column, (name, label) in zip(st.columns(3), _NAMED.items(), strict=True):
        own = part.named.get(name, _UNSET)
        options = list(dict.fromkeys([_UNSET, *choices[name], own]))
        chosen = column.selectbox(
            label,
            options,
            options.index(own),
            key=f"{key}-{name}",
            format_func=lambda value, name=name: LANGUAGES.get(value, value) or f"any {name}",
        )
        _put(part.named, name, chosen or None)


def _severities(part: Part, key: str, *, unset: str | None) -> None:
    # Three by three, so that on a telephone, too, they stand in their order.
    columns = [column for _ in range(0, len(SEVERITIES), 3) for column in st.columns(3)]
    for column, (name, usual) in zip(columns, SEVERITIES.items(), strict=False):
        level = column.selectbox(
            profile_words.check_name(name).capitalize(),
            _LEVELS,
            _LEVELS.index(cast("Level", part.checks.get(name, _UNSET))),
            key=f"{key}-check-{name}",
            format_func=lambda level, usual=usual: level or unset or f"{usual}, as usual",
        )
        _put(part.checks, name, level or None)


def _limits(part: Part, key: str, *, is_rule: bool) -> None:
    for column, (name, label) in zip(st.columns(3), profile_words.LIMITS.items(), strict=True):
        # A rule may leave the longest to the prompt, where an earlier one set it; then None is what it says.
        says_none = is_rule and part.limits.get(name, 0) is None
        usual = getattr(Profile(), name)
        nothing = "not set here" if is_rule and not says_none else "the prompt's own" if usual is None else str(usual)
        value = column.number_input(
            label,
            0 if name == "shortest" else 1,
            10_000,
            part.limits.get(name),
            key=f"{key}-limit-{name}",
            placeholder=nothing,
        )
        if value is not None or not says_none:
            _put(part.limits, name, value)


def _words(part: Part, key: str) -> None:
    for column, (name, label) in zip(st.columns(3), profile_words.WORD_LISTS.items(), strict=True):
        text = column.text_area(
            label,
            part.words.get(name, ""),
            height=160,
            key=f"{key}-words-{name}",
            help=_HELP[name],
        )
        _put(part.words, name, text or None)


_ANY_ENDING = f"A * at the end stands for any ending. A word has at most {LONGEST_WORD} characters."
_HELP = {"banned": _ANY_ENDING, "discouraged": _ANY_ENDING, "acronyms": "They may stand in capitals."}


def _put(values: dict[str, T], name: str, value: T | None) -> None:
    """Set a value, or take it away."""
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value
