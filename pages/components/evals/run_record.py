"""One run: how far it is, what can be done with it, and what it does."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals.running import runs
from core.evals.running.runs import Run
from pages.components.evals import run_words
from pages.components.evals.run_progress import run_progress
from pages.components.evals.run_releases import run_releases
from pages.components.formats import moment, plain


def run_record(copydesk: Copydesk, run: Run) -> None:
    """Draw the run."""
    run = run_words.settled(copydesk, run)
    st.page_link("evals.py", label="All runs", icon=":material/arrow_back:")
    status = run_words.status(copydesk, run)
    st.subheader(plain(run_words.title(run)), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(status, run)
        st.caption(plain(f"by {run.author} · {moment(run.created_at)} · run {run.id}"), width="content")
    if run.note:
        st.text(run.note)
    run_releases(copydesk, run)
    if run.why:
        st.warning(plain(run.why))
    under_way = run_words.is_under_way(copydesk, run)
    _actions(copydesk, run, under_way=under_way)
    run_progress(copydesk, run, under_way=under_way)
    with st.expander("What this run does", icon=":material/list_alt:"):
        _plan(run)


def badge(status: str, run: Run) -> None:
    colours = {"blue": "blue", "green": "green", "orange": "orange", "red": "red", "gray": "gray"}
    icons = {
        "waiting": "hourglass_empty",
        "running": "play_arrow",
        "done": "check",
        "cancelled": "block",
        "stopped": "pause",
        "interrupted": "power_off",
    }
    tone = colours[run_words.tone(status, run)]
    failed = run.failed and status == "done"
    words, icon = (f"done, {run.failed:,} failed", "warning") if failed else (status, icons[status])
    st.badge(words, icon=f":material/{icon}:", color=tone, help=run_words.MEANINGS[status])  # pyright: ignore[reportArgumentType]


def _actions(copydesk: Copydesk, run: Run, *, under_way: bool) -> None:
    resumable = not under_way and run.left > 0 and run.status != "done"
    with st.container(horizontal=True):
        if resumable and st.button("Resume", type="primary", icon=":material/play_arrow:"):
            _go_on(copydesk, run)
        if st.button(
            "Open the comparison",
            type="secondary" if resumable else "primary",
            icon=":material/balance:",
            disabled=len(run.plan.candidates) < 2,
        ):
            st.query_params.from_dict({"run": run.id, "compare": "1"})
            st.rerun()
        if under_way and st.button("Cancel", icon=":material/stop:"):
            runs.cancel(copydesk.db, run.id)
            st.rerun()
        if not under_way and run.failed and st.button(f"Retry {run.failed:,} failed", icon=":material/refresh:"):
            _go_on(copydesk, run, again=True)


def _go_on(copydesk: Copydesk, run: Run, *, again: bool = False) -> None:
    try:
        copydesk.runs.resume(run.id, again=again)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.rerun()


def _plan(run: Run) -> None:
    plan = run.plan
    candidates = [
        f"{each.label}{', the baseline' if place == plan.baseline else ''}"
        for place, each in enumerate(plan.candidates)
    ]
    facts = {
        "Set": run_words.set_version(plan),
        "Candidates": "; ".join(candidates),
        "Desks": ", ".join(plan.desks) or "all",
        "Repeats of each case": str(plan.repeats),
        "Calls at once": str(plan.concurrency),
        "One call may take": "as everywhere else" if plan.timeout is None else f"{plan.timeout:g} s",
        "Spend at most": "no limit" if plan.spending_limit is None else f"${plan.spending_limit:.2f}",
        "A judge scores": "yes" if plan.judge else "no",
        "Results of earlier runs": "taken where the call is the same" if plan.reuse else "not taken",
        "Checked by": f"profiles {plan.profile}",
        "Environment": plan.environment,
    }
    rows = [{"What": name, "Value": plain(value)} for name, value in facts.items()]
    st.table(rows, border="horizontal", hide_index=True)
    with st.container(horizontal=True):
        of_set = {"set": plan.set_name, "version": str(plan.set_number)}
        st.page_link("evals.py", label="The set", icon=":material/dataset:", query_params=of_set)
        for each in plan.candidates:
            if each.version is not None:
                address = {"prompt": each.prompt, "version": str(each.version)}
                label = plain(f"{each.prompt} {each.version}")
                st.page_link("prompts.py", label=label, icon=":material/history_edu:", query_params=address)
