"""The versions of the profiles, what each one changed, and which was in use when."""

import streamlit as st

from core import profiles
from core.checks.profile_changes import changes
from core.checks.profile_files import dump
from core.copydesk import Copydesk
from core.profiles import Release, Version
from pages.components.checks import profile_dialog
from pages.components.checks.profile_change_table import profile_change_table
from pages.components.formats import age, moment, plain
from pages.components.link_table import Column, Row, link_table

_COLUMNS = (Column("No.", number=True), Column("Note", wraps=True), Column("In use"), Column("By"), Column("Age"))


def profile_history(copydesk: Copydesk, *, number: str | None, version_hash: str | None) -> None:
    """Draw the list and the version that the address names by its number or, as a trace does, by its hash."""
    db = copydesk.db
    used = profiles.in_use(db)
    if version_hash is not None:
        version = profiles.find(db, version_hash)
    else:
        version = profiles.get(db, int(number) if number and number.isdigit() else used.version)
    listed, shown = st.columns([5, 7], gap="large")
    with listed:
        _list(copydesk, used, version.number)
        _what_was_in_use(copydesk)
    with shown:
        _record(copydesk, version, used)


def _list(copydesk: Copydesk, used: Release, chosen: int) -> None:
    rows = [
        Row(
            str(line.number),
            (
                str(line.number),
                line.note,
                "in use" if line.number == used.version else "–",
                line.author,
                age(line.created_at),
            ),
            {2: "green" if line.number == used.version else "quiet", 4: "quiet"},
            chosen=line.number == chosen,
        )
        for line in profiles.versions(copydesk.db)
    ]
    opened = link_table(_COLUMNS, rows, parameter="version", key="profile_versions", more={"view": "versions"})
    if opened:
        st.query_params.from_dict({"view": "versions", "version": opened})
        st.rerun()


def _record(copydesk: Copydesk, version: Version, used: Release) -> None:
    st.subheader(f"Version {version.number}", anchor=False)
    st.text(version.note)
    st.caption(plain(f"by {version.author} · {moment(version.created_at)} · hash {version.hash}, as traces name it"))
    with st.container(horizontal=True, vertical_alignment="center"):
        if version.number != used.version and st.button(
            "Use this version", type="primary", icon=":material/published_with_changes:"
        ):
            profile_dialog.start(used)
            profile_dialog.use(copydesk, version)
        st.download_button(
            "File",
            dump(version.profiles),
            f"profiles-{version.number}.yml",
            "application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
    if version.number != used.version:
        st.markdown(f"**What differs from version {used.version}, in use now**")
        before = profiles.get(copydesk.db, used.version).profiles
        profile_change_table(changes(before, version.profiles), f"In use: {used.version}", f"Version {version.number}")
        return
    st.markdown(plain(f"In use since {moment(used.created_at)}, by {used.author}: {used.reason}"))
    if version.parent is not None:
        st.markdown(f"**What it changed in version {version.parent}**")
        before = profiles.get(copydesk.db, version.parent).profiles
        profile_change_table(
            changes(before, version.profiles), f"Version {version.parent}", f"Version {version.number}"
        )


def _what_was_in_use(copydesk: Copydesk) -> None:
    with st.expander("What was in use when", icon=":material/history:"):
        rows = [
            {
                "From": moment(release.created_at),
                "Version": str(release.version),
                "By": plain(release.author),
                "Reason": plain(release.reason),
            }
            for release in profiles.history(copydesk.db)
        ]
        st.table(rows, border="horizontal", hide_index=True)
