"""What waits in the review queue, by desk and by how long; a line leads to what waits on that desk."""

from collections.abc import Sequence

import streamlit as st

from core.review import overview
from core.review.item import Wanted
from core.review.overview import AGES, DeskState
from pages.components.link_table import Column, Row, Tone, link_table

_ALL = "all desks"
_COLUMNS = (
    Column("Desk"),
    Column("Waiting", number=True),
    *(Column(age[0].upper() + age[1:], number=True) for age in AGES),
    Column("Being read", number=True),
)


def review_state(states: Sequence[DeskState], wanted: Wanted) -> None:
    """Draw the table, all desks last."""
    st.subheader("What waits, on which desk, and for how long?", anchor=False)
    if not states:
        st.caption("Nothing waits at the moment.")
        return
    rows = [_row(state.desk, state.by_age, state.in_hand, chosen=state.desk == wanted.desk) for state in states]
    if len(states) > 1:
        in_hand = sum(state.in_hand for state in states)
        rows.append(_row(_ALL, overview.together(states), in_hand, chosen=wanted.desk is None))
    opened = link_table(_COLUMNS, rows, parameter="for_desk", key="review_state", more={"view": "queue"})
    if opened:
        st.query_params.from_dict({"view": "queue"} if opened == _ALL else {"view": "queue", "for_desk": opened})
        st.rerun()


def _row(desk: str, by_age: tuple[int, int, int, int], in_hand: int, *, chosen: bool) -> Row:
    tones: dict[int, Tone] = {place: "quiet" for place, many in enumerate((*by_age, in_hand), 2) if not many}
    figures = [f"{many:,}" if many else "–" for many in (*by_age, in_hand)]
    return Row(desk, (desk, f"{sum(by_age):,}", *figures), tones, chosen=chosen)
