"""Score a headline as a judge does: what people say is what a judge's word is measured by."""

import streamlit as st

from core import feedback
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.feedback import Given
from core.feedback.model import CRITERIA, Criterion
from core.traces.model import Trace
from pages.components import person
from pages.components.formats import plain

_QUESTIONS = {
    "accuracy": "Accuracy: does the article say it?",
    "clarity": "Clarity: is it understood at once?",
    "tone": "Tone: does it sound like the desk?",
}


_HIDDEN = "judge_hidden"


def judge_is_hidden() -> bool:
    """Whether this person wants to score without seeing what the judge said."""
    return bool(st.session_state.get(_HIDDEN, False))


def own_scores(copydesk: Copydesk, trace: Trace, *, is_judged: bool) -> None:
    """Draw the button, and behind it the form; below it, how many headlines people have scored."""
    with st.popover("Score them yourself", icon=":material/star_half:"):
        if is_judged:
            st.toggle("Hide what the judge said", key=_HIDDEN, help="Whoever sees its scores is swayed by them.")
        _form(copydesk, trace)
    given = feedback.standing(copydesk.db, trace.line.id)
    scored = {each.position for each in given if each.kind == "score"}
    if scored:
        st.caption(f"People scored {len(scored)} of the {len(trace.headlines)} headlines.", width="content")


def _form(copydesk: Copydesk, trace: Trace) -> None:
    # The next headline comes up by itself, so that ten are done in a minute.
    turn: dict[str, int] = st.session_state.setdefault("own_scores", {"position": 0})
    position = min(turn["position"], len(trace.headlines) - 1)
    st.markdown(f"**{position + 1} of {len(trace.headlines)}** · {plain(trace.headlines[position].text)}")
    key = f"{trace.line.id}-{position}"
    values: dict[Criterion, int | None] = {
        criterion: st.segmented_control(_QUESTIONS[criterion], range(1, 6), key=f"{key}-{criterion}")
        for criterion in CRITERIA
    }
    st.caption("1 is bad, 5 could be printed as it is. What you leave empty is not scored.")
    name = person.name_field(f"own-scores-{trace.line.id}")
    back, save = st.columns(2)
    if back.button("Back", disabled=position == 0, width="stretch"):
        turn["position"] = position - 1
        st.rerun()
    if save.button("Save and go on", type="primary", width="stretch"):
        chosen: list[tuple[Criterion, int]] = [
            (criterion, value) for criterion, value in values.items() if value is not None
        ]
        if not chosen:
            st.error("Choose at least one score.", icon=":material/error:")
            return
        try:
            for criterion, value in chosen:
                given = Given(trace.line.id, "score", name, "app", position=position, value=value, criterion=criterion)
                feedback.give(copydesk.db, given)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
            return
        turn["position"] = (position + 1) % len(trace.headlines)
        st.rerun()
