"""A case of an earlier version of its set, to be read."""

import streamlit as st

from core.evals.case import Case
from pages.components.formats import plain


def case_record(found: Case, name: str, number: int) -> None:
    """Draw the whole case."""
    st.subheader(plain(f"{found.id} in {name} {number}"), anchor=False)
    st.caption("This is an earlier version of the set, which stays as it was.")
    facts = {field: getattr(found, field) for field in Case.model_fields if field not in ("id", "article")}
    rows = [
        {
            "What": field.replace("_", " "),
            "Value": plain(", ".join(value) if isinstance(value, tuple) else str(value or "–")),
        }
        for field, value in facts.items()
    ]
    st.table(rows, border="horizontal", hide_index=True)
    st.code(found.article, language=None, wrap_lines=True)
