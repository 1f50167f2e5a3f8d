"""Who gets what: for a desk, channel and language every check, limit and word that applies, and who said so."""

from itertools import groupby
from typing import cast

import streamlit as st

from core import profiles
from core.checks.profile import Level, Profiles
from core.checks.profile_origins import Applied, Origin, Said, applied
from core.checks.run import LOOKS_FOR
from core.copydesk import Copydesk
from core.headlines.language import language_name
from core.profiles import Release
from pages.components.checks import profile_words
from pages.components.checks.profile_choices import channels, desks, languages
from pages.components.formats import age, plain

_UNKNOWN = ""

# On a telephone, what a check looks for stands below it: a fourth column would be a word wide.
_NARROW = """<style>@media (max-width: 640px) {
  .st-key-checks_that_apply tr { display: grid; grid-template-columns: 1fr 4.5rem 5.5rem; }
  .st-key-checks_that_apply td:nth-child(-n+3) { border-bottom: 0; }
  .st-key-checks_that_apply td:nth-child(4) { grid-column: 1 / -1; padding-top: 0; opacity: .7; }
  .st-key-checks_that_apply th:nth-child(4) { display: none; }
}</style>"""


def profile_view(copydesk: Copydesk, release: Release) -> None:
    """Draw the choice and what applies there."""
    served = profiles.get(copydesk.db, release.version).profiles
    at_desk, in_channel, in_language = st.columns(3)
    desk = at_desk.selectbox("Desk", desks(copydesk, served), key="for_desk", bind="query-params")
    channel = in_channel.selectbox("Channel", channels(copydesk, served), key="in_channel", bind="query-params")
    language = in_language.selectbox(
        "Language",
        [*languages(served), _UNKNOWN],
        key="in_language",
        bind="query-params",
        format_func=lambda code: language_name(code) if code else "not known",
    )
    st.caption(
        plain(f"Version {release.version} is in use, put there by {release.author} {age(release.created_at)} ago.")
    )
    found = applied(served, desk=desk, channel=channel, language=language or None)
    checks, rest = st.columns([7, 5], gap="large")
    with checks:
        _checks(found, served)
    with rest:
        _limits(found, served)
        _words(found, served)
        _reasons(served, desk=desk, channel=channel, language=language or None)


def _checks(found: Applied, served: Profiles) -> None:
    st.subheader("Checks", anchor=False)
    rows = [
        {
            "Check": plain(profile_words.check_name(said.name)),
            "Severity": profile_words.SEVERITIES[cast("Level", said.value)],
            "Set by": plain(_by(said.by, served)),
            "Looks for": plain(LOOKS_FOR[said.name]),
        }
        for said in found.checks
    ]
    st.html(_NARROW)
    with st.container(key="checks_that_apply"):
        st.table(rows, border="horizontal", hide_index=True)


def _limits(found: Applied, served: Profiles) -> None:
    st.subheader("Limits", anchor=False)
    rows = [
        {
            "Limit": profile_words.LIMITS[said.name],
            "Value": "the prompt's own limit" if said.value is None else f"{said.value} characters",
            "Set by": plain(_by(said.by, served)),
        }
        for said in found.limits
    ]
    st.table(rows, border="horizontal", hide_index=True)
    st.caption("A prompt's own limit can be stricter; longer headlines are then never shown.")


def _words(found: Applied, served: Profiles) -> None:
    st.subheader("Words", anchor=False)
    if not found.words:
        st.caption("None are banned or discouraged here.")
        return
    rows = [
        {
            "List": profile_words.WORD_LISTS[name],
            "Words": plain(", ".join(str(said.value) for said in group)),
            "Set by": plain(_by(by, served)),
        }
        for (name, by), group in groupby(found.words, key=_list_and_origin)
    ]
    st.table(rows, border="horizontal", hide_index=True)


def _reasons(served: Profiles, *, desk: str, channel: str, language: str | None) -> None:
    rules = [rule for _, rule in served.met(desk=desk, channel=channel, language=language) if rule.why]
    if rules:
        st.subheader("Why", anchor=False)
    for rule in rules:
        name = profile_words.rule_name(rule.desk, rule.channel, rule.language)
        st.markdown(f"**{plain(name)}**: {plain(rule.why)}")


def _by(origin: Origin, served: Profiles) -> str:
    if isinstance(origin, int):
        rule = served.rules[origin]
        return profile_words.rule_name(rule.desk, rule.channel, rule.language)
    return "the check" if origin == "itself" else profile_words.EVERYBODY


def _list_and_origin(said: Said) -> tuple[str, Origin]:
    return said.name, said.by
