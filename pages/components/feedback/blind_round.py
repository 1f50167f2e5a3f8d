"""A round of blind pairs: one after the other, until this person has seen them all; then what came of it."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st
from pydantic import BaseModel

from core.copydesk import Copydesk
from core.db import Database
from core.errors import CopydeskError, NotFound
from core.evals import pairing
from core.evals.pairing import Recent, Slot
from core.feedback import pairs
from core.feedback.pairs import Judgement, Shown
from core.traces import record
from pages.components.headlines.blind_pair import Turn, blind_pair

_AHEAD = 3
"""Pairs that are asked for before they are needed."""
_GLANCE = 1.0
_KEY = "blind_pair"
_ANSWER = "blind_answer"
_ASKED = "blind_asked"


class _Judged(BaseModel):
    """What comes from the browser; `better` is None for what is taken back."""

    key: str
    first: str
    second: str
    better: Literal["first", "second", "tie"] | None


class _Answer(BaseModel):
    key: str = ""
    error: str = ""


def blind_round(copydesk: Copydesk, slots: Callable[[], Sequence[Slot]], person: str, recent: Recent | None) -> bool:
    """Draw what is next for this person; returns whether they have judged everything.

    `slots` reads the round anew; with `recent`, what is missing of it is asked for a little ahead.
    """
    open_slots, _ = _left(copydesk.db, slots(), person)
    if not open_slots:
        return True
    st.fragment(_turn, run_every=None if recent is None else _GLANCE)(copydesk, slots, person, recent)
    return False


def _turn(copydesk: Copydesk, slots: Callable[[], Sequence[Slot]], person: str, recent: Recent | None) -> None:
    every = slots()
    open_slots, done = _left(copydesk.db, every, person)
    if not open_slots:
        st.rerun()
    if recent is not None:
        _ask_ahead(copydesk, recent, open_slots)
    answer: _Answer = st.session_state.get(_ANSWER, _Answer())
    shown = open_slots[0].shown(person)
    blind_pair(
        Turn(
            done=len(done),
            total=len(done) + len(open_slots),
            shown=shown,
            article=_article(copydesk.db, open_slots[0].article) if shown else "",
            sets=[_texts(copydesk.db, trace) for trace in (shown.first, shown.second)] if shown else (),
            last=done[-1].shown if done else None,
            told=answer.error,
            answered=[answer.key],
        ),
        key=_KEY,
        on_judged=lambda: _keep(copydesk.db, person),
    )
    if shown is None:
        st.caption("Both versions are writing headlines for the next article …")
    left_out(every)


def left_out(slots: Sequence[Slot]) -> None:
    """Say of how many articles there is no pair, and why."""
    for many, why in (
        (sum(slot.failed for slot in slots), "one of the versions gave no headline for them."),
        (sum(slot.same for slot in slots), "both gave the same headlines."),
    ):
        if many:
            st.caption(f"Left out {many} of {len(slots)} articles: {why}")


def _left(db: Database, slots: Sequence[Slot], person: str) -> tuple[list[Slot], list[Judgement]]:
    """The places of a round that this person has not judged yet, and the judgements of the others, the oldest first."""
    judged = {each.shown.pair: each for each in pairs.of_person(db, person)}
    own = {frozenset((slot.one, slot.other)): slot for slot in slots if slot.one and slot.other}
    done = sorted((judged[pair] for pair in own if pair in judged), key=lambda each: each.id)
    open_slots = [slot for slot in slots if slot.is_pair and frozenset((slot.one, slot.other)) not in judged]
    return open_slots, done


def _ask_ahead(copydesk: Copydesk, recent: Recent, open_slots: Sequence[Slot]) -> None:
    asked: set[str] = st.session_state.setdefault(_ASKED, set())
    for slot in open_slots[:_AHEAD]:
        for request in pairing.missing(copydesk.db, recent, slot):
            if request.request_id is not None and request.request_id not in asked:
                asked.add(request.request_id)
                copydesk.start(request)


def _keep(db: Database, person: str) -> None:
    """Keep what the browser sent, once however often it sends it; what is wrong stands below the next pair."""
    sent = st.session_state[_KEY].judged
    if sent is None:
        return
    judged = _Judged.model_validate(sent)
    shown = Shown(judged.first, judged.second)
    answer = _Answer(key=judged.key)
    try:
        if judged.better is None:
            pairs.take_back(db, shown, person=person, key=judged.key)
        else:
            pairs.judge(db, shown, judged.better, person=person, key=judged.key)
    except CopydeskError as error:
        answer = _Answer(key=judged.key, error=error.message)
    st.session_state[_ANSWER] = answer


def _texts(db: Database, trace: str) -> list[str]:
    with db.read() as connection:
        return [headline.text for headline in record.headlines(connection, trace)]


def _article(db: Database, article: str) -> str:
    try:
        with db.read() as connection:
            return record.articles(connection, [article])[article]
    except NotFound:
        return "The article is no longer on record."
