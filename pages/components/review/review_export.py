"""The editorial review record as a file: who accepted which text, and when, of a period and of one desk or of all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from core import clock, feedback
from core.copydesk import Copydesk
from core.feedback import review

_ALL = "all desks"
_FORMS = {
    "CSV": (review.csv_lines, "csv", "text/csv"),
    "JSON Lines": (review.json_lines, "jsonl", "application/jsonl"),
}


def review_export(copydesk: Copydesk) -> None:
    """Draw the choice of period, desk and form, and the button; the file is made when it is asked for."""
    st.subheader("Who accepted which text, and when?", anchor=False)
    st.caption(
        "The editorial review record holds every decision with name and time, what was suggested and what was accepted. Later "
        "decisions supersede earlier ones; both are in it. In a CSV file, a text that a spreadsheet would run begins with an "
        "apostrophe."
    )
    today = clock.as_datetime(clock.now_ms()).date()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.date_input("From", today.replace(day=1), key="record_from", width=160)
        last = st.date_input("To, included", today, key="record_to", width=160)
        desk = st.selectbox("Of", [_ALL, *copydesk.settings.desks], key="record_desk", width=200)
        form = st.selectbox("As", list(_FORMS), key="record_form", width=160)
        if not isinstance(first, date) or not isinstance(last, date) or first > last:
            st.caption("Choose a first and a last day, in this order.")
            return
        _, ending, mime = _FORMS[form]
        st.download_button(
            "Download",
            _maker(copydesk, first, last, None if desk == _ALL else desk, form),
            f"review-record-{first}-to-{last}.{ending}",
            mime,
            key="record_download",
            icon=":material/download:",
            on_click="ignore",
        )


def _maker(copydesk: Copydesk, first: date, last: date, desk: str | None, form: str) -> Callable[[], bytes]:
    lines, _, _ = _FORMS[form]

    def make() -> bytes:
        record = feedback.review_record(
            copydesk.db, since=_midnight(first), until=_midnight(last + timedelta(days=1)), desk=desk
        )
        return "".join(lines(record)).encode()

    return make


def _midnight(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
