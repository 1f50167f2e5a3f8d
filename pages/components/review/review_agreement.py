"""Do two readers agree? What the labels of the queue are worth."""

import streamlit as st

from core.db import Database
from core.review import agreement
from core.review.agreement import Agreement
from pages.components.formats import plain

_MOST_NAMED = 5


def review_agreement(db: Database, desk: str | None) -> None:
    """Draw the section, folded."""
    with st.expander("Do two readers agree?", icon=":material/group:"):
        found = _of_labels(desk, db)
        of = f"On {desk}: " if desk else ""
        st.markdown(plain(of + found.sentence))
        st.caption(
            "Some items are read by a second person, who does not see the first one's label. Cohen's κ is 1 if they always "
            "agree, and 0 if they agree as often as chance has it; the interval is a bootstrap over items."
        )
        if found.mixed_up:
            st.markdown("**Where two readers found different things**")
            rows = [
                {"One said": plain(one), "The other": plain(other), "On how many items": f"{many:,}"}
                for (one, other), many in list(found.mixed_up.items())[:_MOST_NAMED]
            ]
            st.table(rows, border="horizontal", hide_index=True)


@st.cache_data(ttl=30, show_spinner=False)
def _of_labels(desk: str | None, _db: Database) -> Agreement:
    """Readings come all day, but what labels are worth does not change by the second."""
    return agreement.of_labels(_db, desk=desk)
