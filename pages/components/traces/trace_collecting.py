"""All that a search finds into an eval set: how many that would be, what is left out and why, and then it is done."""

from collections import Counter

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals import collecting
from core.evals.collecting import MOST, Plan
from core.traces.finding import search
from core.traces.finding.find import Find
from pages.components import person
from pages.components.evals.eval_set_choice import ChosenSet, eval_set_choice
from pages.components.formats import plain

_DONE = "traces_collected"


def collect_traces(copydesk: Copydesk, find: Find) -> None:
    """Draw the button that opens the dialog."""
    if st.button("Add to eval set", icon=":material/dataset:", key="collect_traces"):
        _dialog(copydesk, find)


def say_what_was_done() -> None:
    """Confirm, once, what was added."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        said, address = done
        st.success(plain(said), icon=":material/check:")
        st.page_link("evals.py", label="Open the set", icon=":material/dataset:", query_params=address)


@st.dialog("Add what was found to an eval set")
def _dialog(copydesk: Copydesk, find: Find) -> None:
    try:
        count = search.count(copydesk.db, find, limit=MOST)
        found = [line.id for line in search.everything(copydesk.db, find, limit=MOST)]
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    if not count.exact:
        st.caption(f"The newest {MOST:,} of more than {MOST:,}: as many as are added at once.")
    chosen = eval_set_choice(copydesk.db, key="collect_set")
    if chosen is None:
        st.caption(f"{len(found):,} traces were found.")
        return
    planned = collecting.plan(copydesk.db, found, chosen.name, article_limit=copydesk.settings.article_limit)
    st.markdown(plain(_sentence(planned, chosen)))
    note = st.text_input("Why?", max_chars=500, key="collect_note")
    author = person.name_field("collect_author")
    made = "Make the set and add" if chosen.is_new else "Add"
    if st.button(
        f"{made} {_cases(len(planned.added))}",
        type="primary",
        key="collect_add",
        disabled=not planned.added,
        width="stretch",
    ):
        _collect(copydesk, found, chosen.name, note, author)


def _sentence(planned: Plan, chosen: ChosenSet) -> str:
    """What would be added and what not."""
    skipped = Counter(each.why for each in planned.skipped)
    reasons = "; ".join(f"{many:,} left out, {why}" for why, many in skipped.most_common())
    into = f"the new set {chosen.name}" if chosen.is_new else f"{chosen.name}, after its version {planned.seen}"
    return f"{_cases(len(planned.added))} for {into}." + (f" {reasons[0].upper()}{reasons[1:]}." if reasons else "")


def _cases(many: int) -> str:
    return "1 case" if many == 1 else f"{many:,} cases"


def _collect(copydesk: Copydesk, found: list[str], name: str, note: str, author: str) -> None:
    limit = copydesk.settings.article_limit
    try:
        with st.spinner("Reading the articles …"):
            done = collecting.collect(copydesk.db, found, name, author=author, note=note, article_limit=limit)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    assert done.version is not None
    said = f"{_cases(len(done.plan.added))} added: {name} is at version {done.version.number} now."
    st.session_state[_DONE] = (said, {"set": name, "version": str(done.version.number)})
    st.rerun()
