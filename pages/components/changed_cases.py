"""The cases that changed most, worst first; one opens to both sets of headlines with their flags and traces."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.evals import figures
from core.evals.comparison import CaseChange, Question
from core.evals.runs import Run
from pages.components import comparison_address, run_findings
from pages.components.csv_download import csv_download
from pages.components.formats import plain
from pages.components.link_table import Column, Row, link_table
from pages.components.suggestion_columns import made

_EVERY = 100_000


def changed_cases(
    copydesk: Copydesk, run: Run, changes: Sequence[CaseChange], asked: Question, names: Sequence[str]
) -> None:
    """Draw the list, and the case that the address names."""
    st.subheader("Which cases changed most?", anchor=False)
    wanted = st.query_params.get("case")
    if not changes:
        st.caption(plain(f"No case changed in {asked.of.words}. Choose another measure above."))
    else:
        _list(run, changes, asked, names, wanted)
    if wanted is None:
        return
    change = next((each for each in _all(copydesk, run, changes, asked, wanted) if each.case == wanted), None)
    if change is None:
        st.warning(plain(f"The case {wanted[:100]} did not change in {asked.of.words}, or is in no pair."))
        return
    _opened(copydesk, change, asked)


def _list(run: Run, changes: Sequence[CaseChange], asked: Question, names: Sequence[str], wanted: str | None) -> None:
    columns = (
        Column("Case"),
        Column("Desk"),
        Column("Language"),
        Column(names[asked.baseline], number=True),
        Column(names[asked.candidate], number=True),
        Column("Change"),
    )
    rows = [_row(each, asked, chosen=each.case == wanted) for each in changes]
    opened = link_table(columns, rows, parameter="case", key="changed_cases", more=comparison_address.of(run))
    if opened:
        st.query_params.from_dict(comparison_address.of(run, case=opened))
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Those that got worse come first. Open one to see both sets of headlines.", width="content")
        if len(changes) == 10:
            st.page_link("evals.py", label="Show 50", query_params=comparison_address.of(run, most="50"))
        csv_download(_file(changes, asked, names), f"{run.plan.set_name}-changed-cases", key="changed_csv")


def _row(change: CaseChange, asked: Question, *, chosen: bool) -> Row:
    of = asked.of
    better = change.difference > 0
    size = figures.margin_words(of, abs(change.difference))
    cells = (
        change.case,
        change.desk,
        change.language or "–",
        figures.figure(of, change.baseline),
        figures.figure(of, change.candidate),
        f"{'better' if better else 'worse'} by {size}",
    )
    return Row(change.case, cells, {5: "green" if better else "red"}, chosen=chosen)


def _all(
    copydesk: Copydesk, run: Run, changes: Sequence[CaseChange], asked: Question, wanted: str
) -> Sequence[CaseChange]:
    """The listed changes, or every one where the wanted case is not among them."""
    if any(each.case == wanted for each in changes):
        return changes
    return run_findings.answer(copydesk, run, asked, most=_EVERY).changes


def _opened(copydesk: Copydesk, change: CaseChange, asked: Question) -> None:
    st.markdown(f"**{plain(change.case)}**, {plain(change.desk)}")
    repeats = min(len(change.baseline_traces), len(change.candidate_traces))
    repeat = 0
    if repeats > 1:
        chosen = st.segmented_control(
            "Repeat", range(1, repeats + 1), default=1, key=f"repeat_{change.case}", required=True
        )
        repeat = (chosen or 1) - 1
    sides = (change.baseline_traces, change.candidate_traces)
    for side, traces in zip(st.columns(2, gap="large"), sides, strict=True):
        with side:
            if repeat < len(traces):
                made(copydesk, traces[repeat], titled=True)
            else:
                st.caption("There is no trace of it.")


def _file(changes: Sequence[CaseChange], asked: Question, names: Sequence[str]) -> list[dict[str, object]]:
    return [
        {
            "case": each.case,
            "desk": each.desk,
            "language": each.language,
            f"{asked.of.words}, {names[asked.baseline]}": each.baseline,
            f"{asked.of.words}, {names[asked.candidate]}": each.candidate,
            "difference (above 0 is better)": each.difference,
        }
        for each in changes
    ]
