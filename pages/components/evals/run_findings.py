"""What a run found, counted once: of a finished run the figures are kept, for they never change again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.copydesk import Copydesk
from core.evals.comparing import comparison
from core.evals.comparing.comparison import CaseChange, Compared, Question
from core.evals.comparing.table import Cell, table
from core.evals.results import Measure, measure
from core.evals.running import entries
from core.evals.running.runs import Run


@dataclass(frozen=True)
class Answer:
    """Two candidates compared by one measure."""

    compared: Compared
    changes: Sequence[CaseChange]


Table = Mapping[Measure, Mapping[int, Cell]]


@dataclass(frozen=True)
class Standing:
    """Every measure of every candidate; `judged` is a trace that a judge scored, if it scored any."""

    table: Table
    judged: str | None


def standing(copydesk: Copydesk, run: Run) -> Standing:
    """Where the candidates stand."""
    if run.status != "done" or run.finished_at is None:
        return _standing(copydesk, run.id)
    return _kept_standing(run.id, run.finished_at, copydesk)


def answer(copydesk: Copydesk, run: Run, asked: Question, *, most: int) -> Answer:
    """The comparison, and the cases that changed most; `BadInput` while a candidate has no result."""
    if run.status != "done" or run.finished_at is None:
        return _answer(copydesk, run.id, asked, most)
    pair = (asked.baseline, asked.candidate)
    return _kept_answer(run.id, run.finished_at, pair, asked.of.name, most, copydesk)


def question(run: Run, candidate: int, of: Measure) -> Question:
    return Question(run.plan.baseline, candidate, of, comparison.margin(of))


def _standing(copydesk: Copydesk, run_id: str) -> Standing:
    results = entries.results(copydesk.db, run_id)
    judged = (each.trace for each in results if any(name.startswith("judge:") for name in each.values))
    return Standing(table(results), next(judged, None))


def _answer(copydesk: Copydesk, run_id: str, asked: Question, most: int) -> Answer:
    results = entries.results(copydesk.db, run_id)
    return Answer(comparison.compare(results, asked), comparison.changes(results, asked, limit=most))


# A run that is resumed or retried ends anew, so that the moment of its end tells one state from the next.
@st.cache_data(max_entries=100, show_spinner="Counting …")
def _kept_standing(run_id: str, finished_at: int, _copydesk: Copydesk) -> Standing:
    del finished_at
    return _standing(_copydesk, run_id)


@st.cache_data(max_entries=500, show_spinner="Comparing …")
def _kept_answer(
    run_id: str, finished_at: int, pair: tuple[int, int], of: str, most: int, _copydesk: Copydesk
) -> Answer:
    del finished_at
    asked = measure(of)
    return _answer(_copydesk, run_id, Question(*pair, asked, comparison.margin(asked)), most)
