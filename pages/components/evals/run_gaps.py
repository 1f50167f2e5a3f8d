"""What is not in the figures of a comparison: which results failed and why, and which cases are in no pair."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.evals.comparing import wording
from core.evals.comparing.comparison import Compared, Gaps
from core.evals.results import Measure
from core.evals.running import entries
from core.evals.running.runs import Run
from pages.components.formats import plain


def run_gaps(copydesk: Copydesk, run: Run, found: Compared, names: Sequence[str]) -> None:
    """Draw the section; nothing where everything is counted."""
    asked = found.asked
    sides = ((asked.baseline, found.baseline_gaps), (asked.candidate, found.candidate_gaps))
    if not any(gaps.failed_runs or gaps.lacking or gaps.unmeasured for _, gaps in sides):
        return
    st.subheader("What is not in these figures?", anchor=False)
    rows = [row for place, gaps in sides for row in _rows(copydesk, run, place, gaps, names[place], asked.of)]
    st.table(rows, border="horizontal", hide_index=True)
    if run.failed:
        st.page_link(
            "evals.py",
            label="Retry what failed on the run's page",
            icon=":material/refresh:",
            query_params={"run": run.id},
        )


def _rows(copydesk: Copydesk, run: Run, place: int, gaps: Gaps, name: str, of: Measure) -> list[dict[str, str]]:
    found = [
        (f"failed, {each.results:,}: {each.error}", each.cases) for each in entries.failures(copydesk.db, run.id, place)
    ]
    if gaps.unmeasured:
        found.append((f"not measured: {wording.why_unmeasured(of)}", gaps.unmeasured))
    if gaps.lacking:
        found.append(("not run", gaps.lacking))
    return [{"Candidate": plain(name), "What": plain(what), "Cases": plain(", ".join(cases))} for what, cases in found]
