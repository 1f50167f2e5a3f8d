"""What quality costs, in money and in time, side by side."""

from collections.abc import Sequence

import streamlit as st

from core.evals.results import MEASURES, Measure, measure
from core.evals.running.runs import Run
from pages.components import chart_look
from pages.components.csv_download import csv_download
from pages.components.evals import tradeoff_chart
from pages.components.evals.run_findings import Table
from pages.components.evals.tradeoff_chart import Point
from pages.components.formats import plain

_PRICES = {"cost": "What does quality cost?", "duration_ms": "How long does quality take?"}
_NO_QUALITY = ("cost", "duration_ms", "first_headline_ms", "attempts")


def tradeoff(run: Run, table: Table, names: Sequence[str], of: Measure) -> None:
    """Draw both charts; quality is the chosen measure, unless that is a price itself."""
    quality = measure("met_at_once") if of.name in _NO_QUALITY else of
    for column, (price, question) in zip(st.columns(2, gap="large"), _PRICES.items(), strict=True):
        with column:
            st.subheader(question, anchor=False)
            _one(run, table, names, MEASURES[price], quality)


def _one(run: Run, table: Table, names: Sequence[str], price: Measure, quality: Measure) -> None:
    points = [
        Point(place, name, _mean(table, price, place), _mean(table, quality, place)) for place, name in enumerate(names)
    ]
    missing = tradeoff_chart.missing(points)
    if len(missing) == len(points):
        st.caption(plain(f"Not known: the {price.words} of no candidate was measured together with {quality.words}."))
        return
    if not any(point.price for point in points):
        st.caption("Nothing: every call of this run was free.")
        return
    name = f"{run.plan.set_name}-{quality.name}-by-{price.name}".replace(":", "-")
    chart_look.draw(tradeoff_chart.tradeoff_chart(points, price, quality), name=name, key=f"by_{price.name}")
    with st.container(horizontal=True, vertical_alignment="center"):
        better = "Higher" if quality.higher_is_better else "Lower"
        words = f"{better} and further left is better. For one set of headlines, on average."
        st.caption(plain(f"{words} Not known for {', '.join(missing)}." if missing else words))
        csv_download(tradeoff_chart.rows(points, price, quality), name, key=f"by_{price.name}_csv")


def _mean(table: Table, of: Measure, place: int) -> float | None:
    cell = table.get(of, {}).get(place)
    return cell and cell.mean
