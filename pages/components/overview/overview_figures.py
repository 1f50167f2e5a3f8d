"""The figures of an overview: all together as tiles, their course as charts, and a table by desk and by version."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go
import streamlit as st

from core.reports.measures import MEASURES, Measure
from core.reports.overview import Compared, Overview, Version
from core.traces.finding.find import Find
from pages.components import chart_look, executions
from pages.components.csv_download import csv_download
from pages.components.figure_table import Cell, figure_table
from pages.components.formats import plain, prompt_version, short_moment
from pages.components.overview import course_charts
from pages.components.overview.course_charts import Course
from pages.components.overview.figure_tiles import Tile, figure_tiles
from pages.components.overview.figure_words import told

_IN_TABLES = tuple(measure for name, measure in MEASURES.items() if name not in ("first_p50",))


def tiles(found: Overview) -> None:
    """All calls together."""
    figure_tiles(
        [
            Tile(
                measure.words,
                told(measure, found.all, found.period.hours),
                measure.executions(found.find(), found.all.now),
                measure.explained,
            )
            for measure in MEASURES.values()
        ],
        key="overview_tiles",
    )


def course(found: Overview) -> None:
    """Three charts over the same time."""
    steps = Course(found.course, found.period.step, found.releases)
    st.subheader("How many calls were there, and what became of them?", anchor=False)
    _drawn(course_charts.calls_chart(steps), found, "calls")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("How long did people wait?", anchor=False)
        _drawn(course_charts.wait_chart(steps), found, "waiting")
    with right:
        st.subheader("What did it cost?", anchor=False)
        _drawn(course_charts.cost_chart(steps), found, "cost")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("A dashed line is a release. Click on a part of a bar, or on a point, for the executions behind it.")
        csv_download(course_charts.rows(steps), "overview", key="overview_csv")


def by_desk(found: Overview) -> None:
    """A line a desk."""
    st.subheader("Which desk stands out?", anchor=False)
    lines = [_line(desk, each, found, found.find(desk=(desk,))) for desk, each in found.by_desk.items()]
    _table("Desk", lines, key="overview_desks")


def by_version(found: Overview) -> None:
    """A line a version."""
    st.subheader("Which version did the work?", anchor=False)
    lines = [
        _line(_version(version), each, found, found.find(version=(_fact(version),)))
        for version, each in found.by_version.items()
    ]
    _table("Version", lines, key="overview_versions")
    st.caption(
        "Versions are told apart here, models are not: a version names its model. Feedback has reports by model, and a search "
        "finds the calls that one model answered."
    )


def releases(found: Overview) -> None:
    """What was released in this time, in words, the newest first."""
    if found.releases:
        st.subheader("What was released meanwhile?", anchor=False)
    for release in reversed(found.releases):
        words = f"{short_moment(release.created_at)} UTC: {course_charts.release_words(release)}, by {release.author}."
        st.markdown(plain(f"{words} {release.reason}".strip()))


def _drawn(chart: go.Figure, found: Overview, name: str) -> None:
    chosen = chart_look.draw_for_choice(chart, name=f"overview-{name}", key=f"overview_{name}")
    if isinstance(chosen, list):
        executions.go(_of_mark(found, *chosen))


def _of_mark(found: Overview, start: int, name: str) -> Find:
    behind = found.step(start)
    if name == course_charts.SLOWEST:
        return found.slowest(start)
    return replace(behind, status=course_charts.STATUSES[name]) if name in course_charts.STATUSES else behind


def _table(what: str, lines: Sequence[Sequence[Cell]], *, key: str) -> None:
    figure_table([what, *(measure.words for measure in _IN_TABLES)], lines, key=key)


def _line(name: str, figures: Compared, found: Overview, behind: Find) -> list[Cell]:
    return [Cell(name, behind), *(_cell(measure, figures, found, behind) for measure in _IN_TABLES)]


def _cell(measure: Measure, figures: Compared, found: Overview, behind: Find) -> Cell:
    words = told(measure, figures, found.period.hours)
    mark = None if words.tone == "quiet" else (words.change[:1], words.tone)
    hint = "; ".join(each for each in (words.note, words.change) if each)
    return Cell(words.value, measure.executions(behind, figures.now), mark, hint)


def _version(version: Version) -> str:
    return prompt_version(version.prompt, version.number) if version.number else f"{version.prompt}, drafts"


def _fact(version: Version) -> str:
    return f"{version.prompt}@{version.number or 'draft'}"
