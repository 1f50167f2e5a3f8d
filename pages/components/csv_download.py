"""The figures of a table or a chart as a CSV file, in which a spreadsheet finds no formula."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.foreign_text import csv_line


def csv_download(rows: Sequence[Mapping[str, object]], name: str, *, key: str) -> None:
    """Draw the button; nothing without rows."""
    if not rows:
        return
    st.download_button(
        "CSV",
        csv_text(rows),
        f"{name}.csv",
        "text/csv",
        key=key,
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def csv_text(rows: Sequence[Mapping[str, object]]) -> str:
    """A header from the first row, then all rows."""
    return "".join([csv_line(rows[0]), *(csv_line(row.values()) for row in rows)])
