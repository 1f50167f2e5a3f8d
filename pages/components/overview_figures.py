"""The figures of an overview: all together as tiles, their course as charts, and a table by desk and by version."""

from collections.abc import Sequence

import streamlit as st

from core.reports.measures import MEASURES, Measure
from core.reports.overview import Compared, Overview, Version
from core.traces.find import Find
from pages.components import chart_look, course_charts, figure_links
from pages.components.csv_download import csv_download
from pages.components.figure_table import Cell, Line, figure_table
from pages.components.figure_tiles import Tile, figure_tiles
from pages.components.figure_words import told
from pages.components.formats import plain, prompt_version, short_moment

_IN_TABLES = tuple(measure for name, measure in MEASURES.items() if name not in ("first_p50",))


def tiles(found: Overview) -> str | None:
    """All calls together; returns the query of a figure just opened."""
    return figure_tiles(
        [
            Tile(
                measure.words,
                told(measure, found.all, found.period.hours),
                figure_links.query(measure.executions(found.find(), found.all.now)),
                measure.explained,
            )
            for measure in MEASURES.values()
        ],
        key="overview_tiles",
    )


def course(found: Overview) -> str | None:
    """Three charts over the same time; returns the query of a step just opened."""
    charts = course_charts
    steps = course_charts.Course(found.course, found.period.step, found.releases)
    st.subheader("How many calls were there, and what became of them?", anchor=False)
    opened = _drawn(charts.calls_chart(steps), found, "calls")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("How long did people wait?", anchor=False)
        opened = _drawn(charts.wait_chart(steps), found, "waiting") or opened
    with right:
        st.subheader("What did it cost?", anchor=False)
        opened = _drawn(charts.cost_chart(steps), found, "cost") or opened
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("A dashed line is a release. Click on a bar or a point for the executions behind it.")
        csv_download(charts.rows(steps), "overview", key="overview_csv")
    return opened


def by_desk(found: Overview) -> str | None:
    """A line a desk; returns the query of a figure just opened."""
    lines = [_line(desk, each, found, found.find(desk=(desk,))) for desk, each in found.by_desk.items()]
    return _table("Desk", lines, key="overview_desks")


def by_version(found: Overview) -> str | None:
    """A line a version; returns the query of a figure just opened."""
    lines = [
        _line(_version(version), each, found, found.find(version=(_fact(version),)))
        for version, each in found.by_version.items()
    ]
    return _table("Version", lines, key="overview_versions")


def releases(found: Overview) -> None:
    """What was released in this time, in words."""
    if found.releases:
        st.subheader("What was released meanwhile?", anchor=False)
    for release in reversed(found.releases):
        words = f"{short_moment(release.created_at)} UTC: {course_charts.release_words(release)}, by {release.author}."
        st.markdown(plain(f"{words} {release.reason}".strip()))


def _drawn(chart: "course_charts.go.Figure", found: Overview, name: str) -> str | None:
    start = chart_look.draw_for_choice(chart, name=f"overview-{name}", key=f"overview_{name}")
    if not isinstance(start, int):
        return None
    return figure_links.query(found.find(since=max(start, found.period.now.since), until=start + found.period.step))


def _table(what: str, lines: Sequence[Line], *, key: str) -> str | None:
    return figure_table([what, *(measure.words for measure in _IN_TABLES)], lines, key=key)


def _line(name: str, figures: Compared, found: Overview, find: Find) -> Line:
    def cell(measure: Measure) -> Cell:
        return Cell(
            told(measure, figures, found.period.hours), figure_links.query(measure.executions(find, figures.now))
        )

    return Line(name, figure_links.query(find), [cell(measure) for measure in _IN_TABLES])


def _version(version: Version) -> str:
    return prompt_version(version.prompt, version.number) if version.number else f"{version.prompt}, drafts"


def _fact(version: Version) -> str:
    return f"{version.prompt}@{version.number or 'draft'}"
