"""Headlines to pick, edit and reject in one gesture each, and what stands of that.

The browser keeps each gesture until it is answered here and sends it again if need be; its key, made once in the
browser, is that of the feedback. So a click is neither lost in a rerun nor kept twice.
"""

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st
from pydantic import BaseModel

from core import feedback
from core.checks.finding import Finding
from core.db import Database
from core.errors import CopydeskError, DatabaseError
from core.feedback import Feedback, Given
from core.headlines import edited
from core.judge.verdict import Verdict
from core.traces.model import Trace
from pages.components import person
from pages.components.headlines.headline_list import Answer, Gestures, headline_list


class _Gesture(BaseModel):
    key: str
    kind: Literal["picked", "edited", "rejected", "all_rejected", "taken_back", "thumb", "comment"]
    person: str
    position: int | None = None
    text: str | None = None
    value: int | None = None


class _Outbox(BaseModel):
    """What the browser has no answer to yet, in the order in which it was done, and who is there now."""

    gestures: list[_Gesture] = []
    person: str = ""


@st.fragment
def headline_gestures(db: Database, trace: Trace, *, key: str, verdicts: Sequence[Verdict] = ()) -> None:
    """Draw the headlines of a trace that is on record; what people do with them is kept at once."""
    gestures_within(db, trace, key=key, verdicts=verdicts)


def gestures_within(db: Database, trace: Trace, *, key: str, verdicts: Sequence[Verdict] = ()) -> None:
    """The same as a part of what is drawn anew with every gesture, for a page that shows more of what people did."""
    trace_id, answers = trace.line.id, f"{key}_answers"
    standing = feedback.standing(db, trace_id)
    headline_list(
        [headline.text for headline in trace.headlines],
        limit=trace.settings.get("limit"),
        key=key,
        findings=trace.scoring.findings if trace.scoring else (),
        verdicts=verdicts,
        gestures=Gestures(
            trace=trace_id,
            person=person.known(),
            final=True,
            standing=standing,
            answered=st.session_state.get(answers, {}),
            edits=_found_in_edits(db, trace, standing),
        ),
        on_gestures=lambda: st.session_state.update({answers: _keep(db, trace_id, st.session_state[key].outbox)}),
    )


def growing_gestures(trace_id: str) -> Gestures | None:
    """Those for a set that is still being made; None while it has no trace yet."""
    return Gestures(trace_id, person.known(), final=False) if trace_id else None


def _found_in_edits(db: Database, trace: Trace, standing: Sequence[Feedback]) -> dict[int, Sequence[Finding]]:
    written = {each.id: each.text for each in standing if each.kind == "edited" and each.text}
    return dict(zip(written, edited.findings(db, trace, list(written.values())), strict=True))


def _keep(db: Database, trace_id: str, sent: Any) -> dict[str, Answer]:
    """Keep what the browser sent, in the order in which it was done; what is wrong with one does not touch the others."""
    answers: dict[str, Answer] = {}
    outbox = _Outbox.model_validate(sent or {})
    gestures = outbox.gestures
    person.remember(outbox.person)
    for number, gesture in enumerate(gestures):
        try:
            feedback.give(db, Given(trace=trace_id, source="app", **gesture.model_dump()))
        except DatabaseError as error:
            # What came after it waits too, for what is given later stands.
            again = Answer(f"{error.message} What you did is kept here and sent again.", again=True)
            return answers | {each.key: again for each in gestures[number:]}
        except CopydeskError as error:
            answers[gesture.key] = Answer(error.message)
        else:
            answers[gesture.key] = Answer()
    return answers
