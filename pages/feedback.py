"""What people think of headlines: work through what was complained about, compare blind, and read the reports."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.copydesk import Copydesk, shared
from pages.components.address_choice import address_choice
from pages.components.feedback import blind_pairs, feedback_reports
from pages.components.review import review_queue

_VIEWS: Mapping[str, Callable[[Copydesk], None]] = {
    "queue": review_queue.show,
    "pairs": blind_pairs.show,
    "reports": feedback_reports.show,
}
_NAMES = {"queue": "Review queue", "pairs": "Blind pairs", "reports": "Reports"}

copydesk = shared()
view = st.query_params.get("view", "queue")
if view not in _VIEWS:
    view = "queue"
address_choice("View", list(_VIEWS), view, address=lambda chosen: {"view": chosen}, key="feedback_view", names=_NAMES)
_VIEWS[view](copydesk)
