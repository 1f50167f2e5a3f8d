"""What a run will take, before anybody starts it: calls, cost and time, and what that rests on."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import plan as planning
from core.evals.running.estimate import Estimate, estimate
from core.evals.running.plan import Plan
from pages.components.evals import run_words
from pages.components.formats import duration, money, plain


def run_estimate(copydesk: Copydesk, plan: Plan) -> None:
    """Draw it; a plan that cannot be carried out is `BadInput`."""
    cases = _cases(str(copydesk.db.path), plan.set_name, plan.set_number, copydesk)
    planning.check(plan, cases)
    _taken(estimate(copydesk.db, plan, cases), plan)


def _taken(expected: Estimate, plan: Plan) -> None:
    cost = "not known" if expected.cost is None else money(expected.cost)
    time = "not known" if expected.seconds is None else duration(expected.seconds * 1000)
    with st.container(horizontal=True, gap="large"):
        st.metric("Calls", f"{expected.calls:,}", width="content")
        st.metric("Expected cost", cost, width="content")
        st.metric("Expected time", time, width="content")
    basis = [f"{name}: {known.basis}" for name, known in zip(run_words.names(plan), expected.known, strict=True)]
    rests = "Nothing like it was ever measured here" if cost == time == "not known" else "It rests on averages"
    st.caption(plain(f"{rests}: {'; '.join(basis)}."))
    if plan.judge:
        st.caption("The judge's calls come on top: one for each set of headlines.")


@st.cache_resource(max_entries=2, show_spinner=False)
def _cases(database: str, name: str, number: int, _copydesk: Copydesk) -> Sequence[Case]:
    """A version of a set never changes, and every touch of the form asks for its cases."""
    return sets.get(_copydesk.db, name, number).cases
