"""How far a run is, drawn anew every second while somebody carries it out, whichever process that is."""

import streamlit as st

from core.copydesk import Copydesk
from core.evals.running import entries, runs
from core.evals.running.runs import Run
from pages.components.evals import run_words
from pages.components.evals.run_failures import run_failures
from pages.components.formats import duration, money, plain

_GLANCE = 1.0
_WIDTH = 200


def run_progress(copydesk: Copydesk, run: Run, *, under_way: bool) -> None:
    """Draw how far the run is; of one that is under way, live.

    Whether it is comes from the caller: a run that ends while the page is drawn must not leave half of it behind.
    """
    if under_way:
        _watch(copydesk, run.id)
    else:
        _draw(copydesk, run, under_way=False)


@st.fragment(run_every=_GLANCE)
def _watch(copydesk: Copydesk, run_id: str) -> None:
    run = runs.get(copydesk.db, run_id)
    if not run_words.is_under_way(copydesk, run):
        st.rerun()
    _draw(copydesk, run, under_way=True)


def _draw(copydesk: Copydesk, run: Run, *, under_way: bool) -> None:
    tried = run.done + run.failed
    st.progress(tried / run.units, text=plain(_said(copydesk, run, under_way=under_way)))
    pace = entries.pace(copydesk.db, run.id) if under_way else _average(run)
    limit = run.plan.spending_limit
    figures = {
        "Done": f"{run.done:,} of {run.units:,}",
        "Failed": f"{run.failed:,}",
        "Pace": "–" if pace is None else f"{pace:.1f} per s",
        **_when(run, pace, under_way=under_way),
        "Cost": money(run.cost).removeprefix("cost ") + (f" of ${limit:.2f}" if limit is not None else ""),
    }
    with st.container(horizontal=True, gap="small"):
        for label, value in figures.items():
            # Of one width, or the figures would jump as they grow.
            st.metric(label, value, width=_WIDTH)
    run_failures(copydesk.db, run)


def _said(copydesk: Copydesk, run: Run, *, under_way: bool) -> str:
    if under_way and runs.is_cancelled(copydesk.db, run.id):
        return "Stopping …"
    if under_way and not run.left:
        return "Trying again what failed …"
    if under_way:
        return f"{run.left:,} left"
    return "Everything was tried." if not run.left else f"{run.left:,} were not tried."


def _when(run: Run, pace: float | None, *, under_way: bool) -> dict[str, str]:
    if under_way:
        return {"Ends in about": duration(run.left / pace * 1000) if pace and run.left else "–"}
    if run.started_at is None or run.finished_at is None:
        return {"Took": "–"}
    return {"Took": duration(run.worked_ms)}


def _average(run: Run) -> float | None:
    return (run.done + run.failed) * 1000 / run.worked_ms if run.worked_ms else None
