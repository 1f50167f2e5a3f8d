"""Reports of feedback: what people made of the headlines, and the record of who accepted which text."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import get_args

import streamlit as st

from core import clock, feedback
from core.copydesk import Copydesk
from core.reports import feedback as reports
from core.reports.feedback import ALL, MEASURES, Asked, Axis, Group, Measure
from core.traces.counting import receptions
from pages.components import chart_look, executions
from pages.components.address_choice import address_choice, address_selectbox
from pages.components.csv_download import csv_download
from pages.components.feedback import feedback_charts
from pages.components.figure_table import Cell, figure_table
from pages.components.formats import version_fact
from pages.components.review.review_export import review_export

_DAY = 86_400_000
_ANEW_MS = 10_000
"""While older feedback is read in, a report is made anew after so long."""
_PERIODS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"}
_AXES = {axis: f"By {axis}" for axis in get_args(Axis)}
_BESIDE_TABLE_ONLY = "word_edits"


def show(copydesk: Copydesk) -> None:
    """Draw them; period, desk and what they are apart by stand in the address."""
    axis, days, desk = _choices(copydesk)
    # To the minute, so that looking again, or at another axis, asks the same.
    since = clock.now_ms() // 60_000 * 60_000 - int(days) * _DAY
    waiting = receptions.are_waiting(copydesk.db)
    read_to = feedback.newest(copydesk.db), clock.now_ms() // _ANEW_MS if waiting else 0
    groups = _groups(copydesk, str(copydesk.db.path), axis, Asked(since, desk=desk), read_to)
    if waiting:
        st.caption(
            "Feedback of an older Copydesk is still being read in, the newest first; until then, some of it is missing."
        )
    if not groups:
        st.info(
            "How often headlines are taken, from which place and with how many changes will stand here, as soon as somebody "
            "picks, edits or rejects one. In this time, nobody did."
        )
        st.page_link("playground.py", label="Suggest headlines and pick one", icon=":material/edit_note:")
    else:
        _report(groups, axis)
    review_export(copydesk)


@st.cache_resource(show_spinner="Reading what people did …", max_entries=16)
def _groups(_copydesk: Copydesk, path: str, axis: Axis, asked: Asked, read_to: tuple[int, int]) -> list[Group]:
    """The same answer holds until more feedback is `read_to` in the database at `path`."""
    return reports.groups(_copydesk.db, axis, asked)


def _choices(copydesk: Copydesk) -> tuple[Axis, str, str | None]:
    wanted = st.query_params
    axes: tuple[Axis, ...] = get_args(Axis)
    axis = axes[axes.index(by)] if (by := wanted.get("by")) in axes else axes[0]
    days = wanted.get("days", "30") if wanted.get("days") in _PERIODS else "30"
    desk = wanted.get("desk") if wanted.get("desk") in copydesk.settings.desks else None

    def address(**changed: str) -> dict[str, str]:
        return {"view": "reports", "by": axis, "days": days, "desk": desk or ALL} | changed

    with st.container(horizontal=True, vertical_alignment="bottom"):
        address_choice("By", list(_AXES), axis, address=lambda by: address(by=by), key="report_by", names=_AXES)
        with st.container(width=160):
            address_selectbox(
                "In the last",
                list(_PERIODS),
                days,
                address=lambda days: address(days=days),
                key="report_days",
                names=_PERIODS,
            )
        with st.container(width=200):
            address_selectbox(
                "Desk",
                [ALL, *copydesk.settings.desks],
                desk or ALL,
                address=lambda desk: address(desk=desk),
                key="report_desk",
                names={ALL: "all desks"},
            )
    return axis, days, desk


def _report(groups: Sequence[Group], axis: Axis) -> None:
    if axis == "version":
        groups = [each if each.name == ALL else replace(each, name=version_fact(each.name)) for each in groups]
    many = groups[0].sets
    st.caption(
        f"{many:,} {'set' if many == 1 else 'sets'} about which somebody decided or said something. A set counts once, "
        "whoever did it. The lines are 95 % intervals: Wilson's for rates and for shares that are the same in every set, "
        "bootstrap (BCa) over sets for other means; a hollow mark has fewer than six sets and no interval. Sets nobody decided "
        "on are left out: nobody knows whether they were seen."
    )
    charted = [each for each in MEASURES.values() if each.name != _BESIDE_TABLE_ONLY]
    drawn = [partial(_chart, groups, axis, each) for each in charted if each.name in groups[0].figures]
    if groups[0].ranks:
        drawn.append(partial(_ranks, groups, axis))
    # Two by two, so that they stand beside each other in a line, and below each other in their order on a telephone.
    for start in range(0, len(drawn), 2):
        for column, draw in zip(st.columns(2, gap="large"), drawn[start : start + 2], strict=False):
            with column:
                draw()
    st.subheader("All figures", anchor=False)
    _table(groups, axis)


def _chart(groups: Sequence[Group], axis: Axis, measure: Measure) -> None:
    st.subheader(measure.question, anchor=False)
    chart = feedback_charts.interval_chart(groups, measure)
    chosen = chart_look.draw_for_choice(chart, name=f"feedback-{measure.name}-by-{axis}", key=f"chart_{measure.name}")
    if isinstance(chosen, list):
        executions.go(next(each for each in groups if each.name == chosen[1]).behind(measure))


def _ranks(groups: Sequence[Group], axis: Axis) -> None:
    st.subheader("From which place are headlines taken?", anchor=False)
    chart_look.draw(feedback_charts.rank_chart(groups), name=f"feedback-ranks-by-{axis}", key="chart_ranks")


def _table(groups: Sequence[Group], axis: Axis) -> None:
    measures = [each for each in MEASURES.values() if each.name in groups[0].figures]
    rows = [
        [
            Cell(group.name),
            Cell(f"{group.sets:,}", group.behind()),
            *(
                Cell(feedback_charts.words(measure, group.figures[measure.name]), group.behind(measure))
                if measure.name in group.figures
                else Cell("–")
                for measure in measures
            ),
        ]
        for group in groups
    ]
    figure_table([axis.capitalize(), "Sets", *(each.words for each in measures)], rows, key="report_table")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "Estimate, its interval, and how many sets it is made of. A figure leads to the sets behind it, and so does "
            "a mark in a chart."
        )
        csv_download(feedback_charts.rows(groups, measures), f"feedback-by-{axis}", key="report_csv")
