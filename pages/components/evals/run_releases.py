"""What a run is there for and what rests on it: the release that asked for it, and those that it let through, or not."""

import streamlit as st

from core.copydesk import Copydesk
from core.evals.gates import gated
from core.evals.running.runs import Run
from core.prompts.releases import Release
from pages.components.formats import moment, plain
from pages.components.prompts import release_address


def run_releases(copydesk: Copydesk, run: Run) -> None:
    """Draw the ways to them, if there are any."""
    rested = gated.released_on(copydesk.db, run.id)
    for release in rested:
        _released(release)
    place, version = run.plan.asked_by, run.plan.candidates[-1].version
    if place is None or version is None or any(each.place == place for each in rested):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(f"The gate of {place} asked for this run."), width="content")
        st.page_link(
            "prompts.py",
            label=plain(f"Release {place.prompt} {version} …"),
            icon=":material/publish:",
            query_params=release_address.to_release(place, version),
        )


def _released(release: Release) -> None:
    against = ", against its gate" if release.override is not None else ""
    said = f"{release.prompt} {release.version} was released to {release.place}{against}, by {release.author}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(f"On this run {said}, {moment(release.created_at)}."), width="content")
        st.page_link(
            "prompts.py",
            label="The release",
            icon=":material/publish:",
            query_params={"prompt": release.prompt, "history": release.environment},
        )
