"""The cases that changed most, worst first; any case opens to both sets of headlines with their flags and traces."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.evals import sets
from core.evals.comparing import figures
from core.evals.comparing.comparison import CaseChange, Question
from core.evals.running import entries
from core.evals.running.runs import Run
from core.headlines.language import language_name
from pages.components.address_choice import address_selectbox
from pages.components.csv_download import csv_download
from pages.components.evals import comparison_address
from pages.components.formats import plain
from pages.components.headlines.suggestion_columns import made
from pages.components.link_table import Column, Row, link_table


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
    _any_case(copydesk, run, wanted)
    if wanted is not None:
        _opened(copydesk, run, wanted, asked)


def _any_case(copydesk: Copydesk, run: Run, wanted: str | None) -> None:
    """Open one that is not on the list, too: most cases did not change."""
    plan = run.plan
    ids = [line.id for line in sets.lines(copydesk.db, plan.set_name, plan.set_number)]
    address_selectbox(
        "Open a case",
        ["", *ids],
        wanted if wanted in ids else "",
        address=lambda chosen: comparison_address.of(run, **({"case": chosen} if chosen else {})),
        key="any_case",
        names={"": "any case of the set"},
    )


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
        language_name(change.language) if change.language else "–",
        figures.figure(of, change.baseline),
        figures.figure(of, change.candidate),
        f"{'better' if better else 'worse'} by {size}",
    )
    return Row(change.case, cells, {5: "green" if better else "red"}, chosen=chosen)


def _opened(copydesk: Copydesk, run: Run, case: str, asked: Question) -> None:
    """Both candidates' headlines for a case, repeat by repeat, whatever became of them."""
    sides = [entries.of_case(copydesk.db, run.id, each, case) for each in (asked.baseline, asked.candidate)]
    if not any(sides):
        st.warning(plain(f"This run has no result of a case {case[:100]!r}."))
        return
    first = next(result for side in sides for result in side)
    st.markdown(f"**{plain(case)}**, {plain(first.desk)}")
    repeat = 0
    if run.plan.repeats > 1:
        chosen = st.segmented_control(
            "Repeat", range(1, run.plan.repeats + 1), default=1, key=f"repeat_{case}", required=True
        )
        repeat = (chosen or 1) - 1
    for column, side in zip(st.columns(2, gap="large"), sides, strict=True):
        with column:
            trace = next((each.trace for each in side if each.repeat == repeat), None)
            if trace is not None:
                made(copydesk, trace, titled=True)
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
