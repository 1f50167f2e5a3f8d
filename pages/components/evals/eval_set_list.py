"""All eval sets, a line each; a line opens the set."""

import streamlit as st

from core.db import Database
from core.evals import sets
from core.evals.sets import Version
from pages.components.formats import age
from pages.components.link_table import Column, Row, link_table

_COLUMNS = (
    Column("Set"),
    Column("Version", number=True),
    Column("Cases", number=True),
    Column("Desks", wraps=True),
    Column("Last change", wraps=True),
    Column("By"),
    Column("Age"),
)


def eval_set_list(db: Database) -> None:
    """Draw the list, or say what will be here."""
    found = sets.listing(db)
    if not found:
        st.info(
            "Sets of articles will stand here: each a collection on which versions of a prompt are compared.",
            icon=":material/dataset:",
        )
    else:
        opened = link_table(_COLUMNS, [_row(version) for version in found], parameter="set", key="eval_sets")
        if opened:
            st.query_params.from_dict({"set": opened})
            st.rerun()
    with st.container(horizontal=True):
        if st.button("New set", icon=":material/add:", type="secondary" if found else "primary"):
            st.query_params.from_dict({"view": "sets", "new": "1"})
            st.rerun()
        if st.button("Import a file", icon=":material/upload_file:"):
            st.query_params.from_dict({"view": "sets", "import": "1"})
            st.rerun()


def _row(version: Version) -> Row:
    desks = ", ".join(f"{desk} {cases}" for desk, cases in version.desks.items())
    cells = (
        version.name,
        str(version.number),
        f"{version.cases:,}",
        desks,
        version.note,
        version.author,
        age(version.created_at),
    )
    return Row(version.name, cells, {3: "quiet", 6: "quiet"})
