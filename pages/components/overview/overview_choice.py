"""Which time, environment, source and desk the overview is about; all of it stands in the address.

Its parameters have other names than those of a search, with which they share an address on the way back from one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from core.copydesk import Copydesk
from core.prompts.releases import ENVIRONMENTS
from core.reports.overview import BY_PEOPLE, LENGTHS, SOURCES, Length
from core.traces.counting.sums import Scope
from pages.components.address_choice import address_choice, address_selectbox

T = TypeVar("T", bound=str)
PERIODS = {"24h": "24 hours", "7d": "7 days", "30d": "30 days"}
_PEOPLE, _EVERYTHING, _ALL_DESKS = "people", "everything", "all"
_PARAMETERS = ("over", "at", "by", "for")
_SOURCES = {_PEOPLE: "Editors and the CMS", _EVERYTHING: "Everything"}


@dataclass(frozen=True)
class Choice:
    length: Length
    scope: Scope


def overview_choice(copydesk: Copydesk) -> Choice:
    """Draw the choices and return what the address says; what it cannot mean is the usual."""
    length: Length = _known("over", LENGTHS, "7d")
    environment = _known("at", ENVIRONMENTS, copydesk.settings.environment)
    source = _known("by", [_PEOPLE, _EVERYTHING, *SOURCES], _PEOPLE)
    desk = _known("for", (_ALL_DESKS, *copydesk.settings.desks), _ALL_DESKS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        address_choice("Period", LENGTHS, length, address=_with("over"), key="overview_period", names=PERIODS)
        for name, label, options, chosen, names in (
            ("at", "Environment", ENVIRONMENTS, environment, {}),
            ("by", "Asked by", (_PEOPLE, _EVERYTHING, *SOURCES), source, _SOURCES),
            ("for", "Desk", (_ALL_DESKS, *copydesk.settings.desks), desk, {_ALL_DESKS: "All desks"}),
        ):
            with st.container(width=190):
                address_selectbox(label, options, chosen, address=_with(name), key=f"overview_{name}", names=names)
    sources: Sequence[str] = {_PEOPLE: BY_PEOPLE, _EVERYTHING: SOURCES}.get(source, (source,))
    return Choice(length, Scope(environment, sources, None if desk == _ALL_DESKS else desk))


def _known(name: str, options: Sequence[T], usual: T) -> T:
    given = st.query_params.get(name)
    return next((option for option in options if option == given), usual)


def _with(name: str) -> Callable[[str], Mapping[str, str]]:
    """The address of now with another value of one parameter, and without those of a search that somebody came back from."""
    own = {each: value for each, value in st.query_params.to_dict().items() if each in _PARAMETERS}
    return lambda chosen: own | {name: chosen}
