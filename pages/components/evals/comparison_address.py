"""The address of a comparison: which candidate, by which measure, and the case that is open."""

import streamlit as st

from core.evals.running.runs import Run


def of(run: Run, **more: str) -> dict[str, str]:
    """The address with what is chosen now, but for `more`; another candidate or measure closes the case."""
    kept = {name: st.query_params[name] for name in ("candidate", "of", "most") if name in st.query_params}
    return {"run": run.id, "compare": "1", **kept, **more}
