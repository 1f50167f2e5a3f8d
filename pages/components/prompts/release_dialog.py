"""Release, roll back, withdraw: what will change for whom, in words, before anybody confirms it.

What a person sees when a dialog opens is what their change names as seen. If somebody else is faster, it is refused.
"""

from collections.abc import Callable
from typing import cast

import streamlit as st

from core.copydesk import Copydesk
from core.errors import Conflict, CopydeskError, GateClosed
from core.evals.gates import gated
from core.prompts import compare, effect, releases, versions
from core.prompts.releases import ENVIRONMENTS, Environment, Place, Release
from core.prompts.versions import Version
from pages.components.diff_view import diff_view
from pages.components.evals.gate_rules import AGAINST, gate_rules
from pages.components.formats import plain
from pages.components.person import name_field
from pages.components.setting_changes import setting_changes

_SEEN = "releases_seen"
_DONE = "release_done"
_ALL = "all desks"


def start() -> None:
    """Forget what an earlier dialog showed."""
    st.session_state[_SEEN] = {}


def say_what_was_done() -> None:
    """Confirm, once, the change that was just made."""
    said = st.session_state.pop(_DONE, None)
    if said:
        st.success(plain(said), icon=":material/check:")


def done(place: Place, version: int | None) -> str:
    """What a change came to: who gets what from now on."""
    who = f"the {place.desk} desk now gets" if place.desk else "all desks now get"
    what = "what all desks have" if version is None else f"version {version}"
    return f"Done: in {place.environment}, {who} {what}, from the next call on."


@st.dialog("Release", width="large")
def release(copydesk: Copydesk, version: Version, asked: Place | None = None) -> None:
    """Put a version somewhere: where, and for whom, is chosen by a person, unless a place was asked for."""
    in_environment, for_desk = st.columns(2)
    environment = in_environment.selectbox(
        "Environment",
        ENVIRONMENTS,
        index=None if asked is None else ENVIRONMENTS.index(asked.environment),
        placeholder="Where?",
    )
    everybody = [_ALL, *copydesk.settings.desks]
    desk = for_desk.selectbox(
        "For",
        everybody,
        index=None if asked is None else everybody.index(asked.desk or _ALL),
        placeholder="All desks, or one?",
    )
    if environment is None or desk is None:
        st.caption("Choose where it goes and for whom. What that changes stands here before anything is released.")
        return
    place = Place(version.prompt, cast("Environment", environment), None if desk == _ALL else desk)
    seen = _seen(copydesk, place)
    st.info(plain(effect.sentence(copydesk.db, place, version.number, copydesk.settings.desks)))
    _differences(copydesk, place, version.number)
    override = gate_rules(copydesk, place, version.number)
    _confirm(
        f"Release {version.number} to {place}",
        place,
        lambda author, reason: gated.release(
            copydesk.db,
            copydesk.settings.gates,
            place,
            version.number,
            author=author,
            reason=reason,
            seen=seen,
            override=override or "",
        ),
        is_gated=override is not None,
    )


@st.dialog("Roll back", width="large")
def roll_back(copydesk: Copydesk, place: Place, to: Release | None = None) -> None:
    """Put back what a place had before, or what an earlier release put there."""
    seen = _seen(copydesk, place)
    target = to or (seen and releases.previous(copydesk.db, seen))
    version = target.version if target else None
    if seen is not None and to is None and (why_not := effect.no_way_back(copydesk.db, seen)):
        st.info(plain(why_not))
        return
    st.info(plain(effect.sentence(copydesk.db, place, version, copydesk.settings.desks)))
    if version is not None:
        _differences(copydesk, place, version)
    _confirm(
        "Roll back",
        place,
        lambda author, reason: releases.rollback(copydesk.db, place, author=author, reason=reason, seen=seen, to=to),
    )


@st.dialog("Follow all desks again", width="large")
def withdraw(copydesk: Copydesk, place: Place) -> None:
    """Take away a desk's own version."""
    seen = _seen(copydesk, place)
    st.info(plain(effect.sentence(copydesk.db, place, None, copydesk.settings.desks)))
    _confirm(
        "Withdraw",
        place,
        lambda author, reason: releases.withdraw(copydesk.db, place, author=author, reason=reason, seen=seen),
    )


def _seen(copydesk: Copydesk, place: Place) -> Release | None:
    store: dict[Place, Release | None] = st.session_state[_SEEN]
    if place not in store:
        store[place] = releases.current(copydesk.db, place)
    return store[place]


def _differences(copydesk: Copydesk, place: Place, version: int) -> None:
    now = releases.live_at(copydesk.db, place.prompt, place.environment, place.desk, None)
    if now is None or now.version is None or now.version == version:
        return
    before, after = (versions.get(copydesk.db, place.prompt, number).content for number in (now.version, version))
    with st.expander(f"What differs between {now.version} and {version}", icon=":material/compare_arrows:"):
        found = compare.compare(before, after)
        diff_view(found.messages, key="release_diff")
        setting_changes(found.settings, now.version, version)


def _confirm(label: str, place: Place, act: Callable[[str, str], Release], *, is_gated: bool = False) -> None:
    author = name_field("release_author")
    wanted = place.environment == "production"
    reason = st.text_input(
        "Reason" if wanted else "Reason (optional)",
        key="release_reason",
        max_chars=500,
        placeholder="Colleagues will read this in a year.",
    )
    if is_gated:
        st.caption(f"This is for the history, and opens no gate: that takes “{AGAINST}”, above.")
    if st.button(label, type="primary", width="stretch"):
        try:
            made = act(author, reason)
        except Conflict as error:
            start()
            st.error(plain(error.message), icon=":material/group:")
        except GateClosed as error:
            where = f"That reason goes into “{AGAINST}”, above, and not into “Reason”."
            st.error(plain(f"{error.message} {where}"), icon=":material/door_front:")
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            st.session_state[_DONE] = done(made.place, made.version)
            st.rerun()
