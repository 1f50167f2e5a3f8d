"""Names and values in two columns, as they are."""

from collections.abc import Mapping

import streamlit as st


def fact_table(what: str, values: Mapping[str, object]) -> None:
    """Draw the table; `what` stands above the names."""
    if not values:
        st.caption("None on record.")
        return
    shown = {name: "–" if value in (None, "", [], {}) else str(value) for name, value in values.items()}
    st.dataframe(
        [{what: name, "Value": value} for name, value in shown.items()],
        hide_index=True,
        width="stretch",
        height="content",
    )
