"""Every measure of every candidate in one table."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.evals.comparing import figures
from core.evals.comparing.table import Cell
from core.evals.results import Measure
from core.evals.running.runs import Run
from pages.components.csv_download import csv_download
from pages.components.evals.judge_standing import JudgeStanding
from pages.components.evals.run_findings import Table
from pages.components.formats import plain


def measure_table(run: Run, table: Table, names: Sequence[str], judge: JudgeStanding | None) -> None:
    """Draw the table, with how many results failed, and what the judge's word is worth."""
    heads = {place: _head(run, place, name) for place, name in enumerate(names)}
    most = max(cell.articles for cells in table.values() for cell in cells.values())
    never = [of.name.partition(":")[2].replace("_", " ") for of, cells in table.items() if _never_flagged(of, cells)]
    rows = [
        {"Measure": plain(_words(of, judge))}
        | {plain(head): _cell(of, cells.get(place), most) for place, head in heads.items()}
        for of, cells in table.items()
        if not _never_flagged(of, cells)
    ]
    failed = _failed(table)
    rows.append(
        {"Measure": "results that failed"} | {plain(head): f"{failed.get(p, 0):,}" for p, head in heads.items()}
    )
    st.table(rows, border="horizontal", hide_index=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        about = [f"Means over {most:,} articles; over fewer where it says so."]
        if never:
            about.append(f"Never flagged: {', '.join(never)}.")
        if judge:
            about.append(judge.sentence)
        st.caption(plain(" ".join(about)))
        csv_download(_file(table, heads), f"{run.plan.set_name}-measures", key="measures_csv")


def _head(run: Run, place: int, name: str) -> str:
    return f"{name}, baseline" if place == run.plan.baseline else name


def _words(of: Measure, judge: JudgeStanding | None) -> str:
    kind, _, criterion = of.name.partition(":")
    if kind != "judge" or judge is None:
        return of.words
    return f"{of.words} ({judge.short.get(criterion, 'not calibrated')})"


def _never_flagged(of: Measure, cells: Mapping[int, Cell]) -> bool:
    return of.name.startswith("flagged:") and not any(cell.mean for cell in cells.values())


def _cell(of: Measure, cell: Cell | None, most: int) -> str:
    if cell is None or cell.mean is None:
        return "–"
    fewer = f" (of {cell.articles:,})" if cell.articles < most else ""
    return plain(f"{figures.figure(of, cell.mean)}{fewer}")


def _failed(table: Table) -> Mapping[int, int]:
    return {place: cell.failed for cells in table.values() for place, cell in cells.items()}


def _file(table: Table, heads: Mapping[int, str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for of, cells in table.items():
        row: dict[str, object] = {"measure": of.words, "unit": of.unit or ("share" if of.kind == "rate" else "")}
        for place, head in heads.items():
            cell = cells.get(place)
            row[head] = None if cell is None else cell.mean
            row[f"{head}, articles"] = 0 if cell is None else cell.articles
        rows.append(row)
    return rows
