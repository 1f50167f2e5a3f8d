"""Take a version of an eval set along as a file."""

import streamlit as st

from core.db import Database
from core.evals import exchange, sets
from core.evals.exchange import FORMATS
from core.evals.sets import Version
from pages.components.evals.eval_set_import import FORMAT_NAMES


def eval_set_export(db: Database, version: Version) -> None:
    """Draw the button that opens to a choice of formats; the file is written once it is asked for."""
    with st.popover("Export", icon=":material/download:"):
        form = st.selectbox("Format", FORMATS, format_func=FORMAT_NAMES.__getitem__, key="export_format")

        def written() -> bytes:
            return "".join(exchange.write(sets.get(db, version.name, version.number).cases, form)).encode()

        ending = "csv" if form.endswith("csv") else "jsonl"
        st.download_button(
            "Download",
            written,
            f"{version.name}-{version.number}.{ending}",
            "text/csv" if ending == "csv" else "application/jsonl",
            key="export_download",
            on_click="ignore",
        )
