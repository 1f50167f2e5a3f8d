"""Start a run: which candidates, on which cases, how; what it will take stands there before it starts."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import sets
from core.evals.running.plan import Candidate, Plan
from core.evals.sets import Version
from pages.components import person
from pages.components.evals.run_candidates import run_candidates
from pages.components.evals.run_estimate import run_estimate
from pages.components.formats import plain


def run_form(copydesk: Copydesk, *, set_name: str | None) -> None:
    """Draw the form, beginning with the set that the address names."""
    listing = sets.listing(copydesk.db)
    if not listing:
        st.info("A run needs a set of articles first.", icon=":material/dataset:")
        st.page_link("evals.py", label="Make a set", query_params={"view": "sets"})
        return
    st.page_link("evals.py", label="All runs", icon=":material/arrow_back:")
    asked, taken = st.columns([7, 5], gap="large")
    with asked:
        version = _set_version(copydesk, listing, set_name)
        st.subheader("What is compared", anchor=False)
        try:
            candidates = run_candidates(copydesk)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
            return
        plan = _plan(version, candidates)
    with taken:
        st.subheader("What it will take", anchor=False)
        _start(copydesk, plan)


def _set_version(copydesk: Copydesk, listing: Sequence[Version], name: str | None) -> Version:
    names = [version.name for version in listing]
    chosen, which = st.columns([3, 2])
    found = chosen.selectbox("Set", names, index=names.index(name) if name in names else 0, key="run_set")
    history = sets.history(copydesk.db, found)
    label = {version.number: f"{version.number}: {version.cases:,} cases" for version in history}
    number = which.selectbox(
        "Version of the set", list(label), format_func=lambda each: label[each], key=f"run_{found}"
    )
    return next(version for version in history if version.number == number)


def _plan(version: Version, candidates: Sequence[Candidate]) -> Plan:
    st.subheader("How", anchor=False)
    desks = st.multiselect("Desks", list(version.desks), key=f"run_desks_{version.name}", placeholder="all desks")
    one, two, three = st.columns(3)
    repeats = one.number_input("Repeats of each case", 1, 20, 1, key="run_repeats")
    limit = two.number_input(
        "Spend at most (US dollars)", 0.01, None, None, key="run_limit", placeholder="no limit", format="%.2f"
    )
    concurrency = three.number_input("Calls at once", 1, 200, 8, key="run_concurrency")
    judge = st.checkbox("Have a judge score every set of headlines, too", key="run_judge")
    reuse = st.checkbox(
        "Take the results of identical calls of earlier runs",
        key="run_reuse",
        help="Cheaper, but nothing is asked anew: chance has no say in it.",
    )
    timeout = st.number_input(
        "Seconds that one call may take", 1, 600, None, key="run_timeout", placeholder="as everywhere else"
    )
    return Plan(
        set_name=version.name,
        set_number=version.number,
        candidates=tuple(candidates),
        repeats=int(repeats),
        concurrency=int(concurrency),
        timeout=timeout or None,
        spending_limit=limit,
        judge=judge,
        reuse=reuse,
        desks=tuple(desks),
    )


def _start(copydesk: Copydesk, plan: Plan) -> None:
    """Say what the run takes, or why it cannot be; then ask for a note and a name, and start it."""
    problem = None
    try:
        run_estimate(copydesk, plan)
    except CopydeskError as error:
        problem = error.message
        st.error(plain(problem), icon=":material/error:")
    note = st.text_input("Note", key="run_note", max_chars=500, placeholder="What do you want to know?")
    author = person.name_field("run_author")
    if st.button("Start", type="primary", icon=":material/play_arrow:", disabled=problem is not None):
        try:
            run = copydesk.runs.start(plan, note=note, author=author)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
            return
        st.query_params.from_dict({"run": run.id})
        st.rerun()
