"""What the word of the judge of a run is worth, to stand beside its name."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core.db import Database
from core.judge import agreement, store
from core.judge.agreement import Agreement, Judge
from pages.components.formats import prompt_version
from pages.components.judge_words import in_words


@dataclass(frozen=True)
class JudgeStanding:
    """A judge in words, and its agreement with people in a word or two by criterion."""

    sentence: str
    short: Mapping[str, str]


def judge_standing(db: Database, judged: str | None) -> JudgeStanding | None:
    """The standing of whoever scored this trace last; None if nobody did."""
    judgings = store.judgings(db, judged) if judged else []
    if not judgings:
        return None
    last = judgings[0]
    judge = Judge(last.judge, last.prompt, last.version)
    agreements = _agreements(judge, db)
    name = f"The judge: {judge.model} with {prompt_version(judge.prompt, judge.version)}."
    return JudgeStanding(f"{name} {in_words(agreements)}", {each.criterion: _short(each) for each in agreements})


@st.cache_data(ttl=60, show_spinner=False)
def _agreements(judge: Judge, _db: Database) -> list[Agreement]:
    """People score all the time, but what a judge is worth does not change by the second."""
    return agreement.of_judge(_db, judge)


def _short(of: Agreement) -> str:
    if not of.is_calibrated or of.value is None:
        return "not calibrated"
    return f"{'κ' if of.measure == 'kappa' else 'α'} {of.value.estimate:.2f}"
