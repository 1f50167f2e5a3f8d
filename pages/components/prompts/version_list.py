"""The versions of a prompt, newest first, each with where it is live; and the drafts that are not versions yet."""

from collections.abc import Sequence

import streamlit as st

from core.db import Database
from core.prompts import drafts, versions
from core.prompts.releases import ENVIRONMENTS, Release
from pages.components.formats import age
from pages.components.link_table import Column, Row, link_table


def version_list(db: Database, prompt: str, live: Sequence[Release], *, chosen: int | None) -> None:
    """Draw the lists; opening a line changes the address."""
    waiting = drafts.listing(db, prompt)
    if waiting:
        st.markdown("**Drafts**")
        rows = [
            Row(draft.id, (f"from {draft.parent}" if draft.parent else "new", draft.note or "no note yet", draft.author,
                           age(draft.updated_at)), {3: "quiet"})
            for draft in waiting
        ]  # fmt: skip
        columns = (Column("Draft"), Column("Note", wraps=True), Column("By"), Column("Age"))
        _open("draft", prompt, link_table(columns, rows, parameter="draft", key="drafts", more={"prompt": prompt}))
    st.markdown("**Versions**")
    lines = versions.listing(db, prompt)
    rows = [
        Row(
            str(line.number),
            (f"{line.number}", line.note, where_live(line.number, live), line.author, age(line.created_at)),
            {2: "green" if any(release.version == line.number for release in live) else "quiet", 4: "quiet"},
            chosen=line.number == chosen,
        )
        for line in lines
    ]
    columns = (
        Column("No.", number=True),
        Column("Note", wraps=True),
        Column("Live", wraps=True),
        Column("By"),
        Column("Age"),
    )
    _open("version", prompt, link_table(columns, rows, parameter="version", key="versions", more={"prompt": prompt}))


def where_live(version: int, live: Sequence[Release]) -> str:
    """Where a version is live, short: production (sport, tech), staging."""
    parts: list[str] = []
    for environment in ENVIRONMENTS:
        here = [each.desk for each in live if each.environment == environment and each.version == version]
        desks = [desk for desk in here if desk is not None]
        if None in here:
            parts.append(environment + (f" (and {', '.join(desks)})" if desks else ""))
        elif desks:
            parts.append(f"{environment} ({', '.join(desks)})")
    return ", ".join(parts) or "–"


def _open(what: str, prompt: str, opened: str | None) -> None:
    if opened:
        st.query_params.from_dict({"prompt": prompt, what: opened})
        st.rerun()
