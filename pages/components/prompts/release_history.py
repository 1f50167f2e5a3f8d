"""The history of an environment: who released what, for whom and why; and what was live when."""

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from core.copydesk import Copydesk
from core.evals.gates import gated
from core.prompts import effect, releases, versions
from core.prompts.releases import ENVIRONMENTS, Place, Release
from pages.components.address_choice import address_choice
from pages.components.formats import age, moment, plain
from pages.components.prompts import release_dialog

_ICONS = {"released": "publish", "rolled back": "undo", "withdrawn": "keyboard_return"}
_ALL = "all desks"


def release_history(copydesk: Copydesk, prompt: str, environment: str) -> None:
    """Draw the environment that the address names."""
    if environment not in ENVIRONMENTS:
        st.error(f"There is no environment {plain(environment)}.", icon=":material/error:")
        return
    address_choice(
        "Environment",
        ENVIRONMENTS,
        environment,
        address=lambda name: {"prompt": prompt, "history": name},
        key="environment_choice",
    )
    _now(copydesk, prompt, environment)
    _then(copydesk, prompt, environment)
    st.subheader("Everything that happened", anchor=False)
    entries = releases.history(copydesk.db, prompt, environment)
    if not entries:
        st.info(f"Nothing was released to {environment} yet. Open a version and press Release.")
    for entry in entries:
        _entry(copydesk, entry)
    if len(entries) == releases.PAGE:
        st.caption(f"Older ones: `python -m core releases list {plain(prompt)} --history`")


def _now(copydesk: Copydesk, prompt: str, environment: str) -> None:
    st.subheader("Live now", anchor=False)
    live = [each for each in releases.live(copydesk.db, prompt) if each.environment == environment]
    if not live:
        st.caption("Nothing.")
    for each in live:
        with st.container(horizontal=True, vertical_alignment="center"):
            desk = each.desk or _ALL
            st.markdown(f"**{plain(desk)}**: version {each.version}, {age(each.created_at)} ago", width="content")
            why_not = effect.no_way_back(copydesk.db, each)
            if why_not:
                _instead(copydesk, each)
            elif st.button("Roll back", key=f"roll_back_{desk}", icon=":material/undo:", help=f"Roll back {desk}"):
                release_dialog.start()
                release_dialog.roll_back(copydesk, each.place)
            if each.desk and st.button("Follow all desks again", key=f"withdraw_{desk}"):
                release_dialog.start()
                release_dialog.withdraw(copydesk, each.place)
        if why_not:
            st.caption(why_not)


def _instead(copydesk: Copydesk, live: Release) -> None:
    """Where nothing can be put back, an older version can still be released."""
    older = effect.older(copydesk.db, live)
    if older is not None and st.button(f"Release {older} instead", key="release_older", icon=":material/publish:"):
        release_dialog.start()
        release_dialog.release(copydesk, versions.get(copydesk.db, live.prompt, older), live.place)


def _then(copydesk: Copydesk, prompt: str, environment: str) -> None:
    zone = _zone()
    with st.expander("Which version was live at a certain time?", icon=":material/history:"):
        for_desk, on_day, at_time = st.columns(3)
        desk = for_desk.selectbox("Desk", copydesk.settings.desks, key="then_desk")
        now = datetime.now(zone)
        day = on_day.date_input("Day", now.date(), key="then_day")
        hour = at_time.time_input(f"Time ({zone.key})", time(now.hour, now.minute), key="then_time", step=60)
        when = datetime.combine(day, hour, tzinfo=zone)
        # The minute that a person names includes all of its seconds.
        found = releases.live_at(copydesk.db, prompt, environment, desk, int(when.timestamp() * 1000) + 59_999)
        said = f"{when:%a %d %b %Y, %H:%M}"
        if found is None:
            st.markdown(f"On {said}, nothing was live for {plain(desk)}.")
            return
        own = "its own" if found.desk else "for all desks"
        st.markdown(
            f"On {said}, **version {found.version}** was live for {plain(desk)} ({own}), "
            f"released by {plain(found.author)} on {plain(moment(found.created_at))}."
        )


def _entry(copydesk: Copydesk, entry: Release) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(entry.kind, icon=f":material/{_ICONS[entry.kind]}:", color="gray")
            before = None if entry.replaced is None else releases.get(copydesk.db, entry.replaced).version
            desk = f"{entry.desk} desk" if entry.desk else _ALL
            step = f"{before or 'nothing of its own' if entry.desk else before or 'nothing'} → {entry.version or _ALL}"
            st.markdown(f"**{plain(desk)}**: {plain(step)}", width="content")
            st.caption(
                plain(f"{entry.author}, {moment(entry.created_at)} ({age(entry.created_at)} ago)"), width="content"
            )
        if entry.reason:
            st.text(entry.reason)
        if entry.verdict is not None:
            _verdict(copydesk, entry, entry.verdict)
        with st.container(horizontal=True, vertical_alignment="center"):
            if before and entry.version and before != entry.version:
                st.page_link(
                    "prompts.py",
                    label=f"What differs between {before} and {entry.version}",
                    icon=":material/compare_arrows:",
                    query_params={"prompt": entry.prompt, "compare": f"{before}..{entry.version}"},
                )
            can_return = entry.version is not None and not _is_live(copydesk, entry)
            if can_return and st.button(
                f"Put {entry.version} back", key=f"put_back_{entry.id}", icon=":material/undo:"
            ):
                release_dialog.start()
                release_dialog.roll_back(copydesk, entry.place, entry)


def _verdict(copydesk: Copydesk, entry: Release, verdict_id: int) -> None:
    """What the gate said, and why it was released all the same."""
    verdict = gated.kept(copydesk.db, verdict_id)
    if entry.override is not None:
        st.badge("against the gate", icon=":material/door_front:", color="orange")
        st.text(entry.override)
    st.caption(plain(f"{verdict.sentence} ({verdict.set_name} {verdict.set_number})"))
    if verdict.run is not None:
        st.page_link("evals.py", label="The run", icon=":material/experiment:", query_params={"run": verdict.run})


def _is_live(copydesk: Copydesk, entry: Release) -> bool:
    current = releases.current(copydesk.db, Place(entry.prompt, entry.environment, entry.desk))
    return current is not None and current.version == entry.version


def _zone() -> ZoneInfo:
    """The time zone of the person's browser; UTC where it is not known."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
