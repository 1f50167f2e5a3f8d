"""How headlines do these days, for those who answer for it: every figure leads to the executions behind it."""

import streamlit as st

from core.copydesk import shared
from core.reports import overview
from core.traces.finding import search
from pages.components.overview import overview_figures
from pages.components.overview.alert_list import alert_list
from pages.components.overview.limit_list import limit_list
from pages.components.overview.overview_choice import overview_choice
from pages.components.overview.overview_words import stretch

copydesk = shared()
choice = overview_choice(copydesk)
found = overview.overview(copydesk.db, choice.scope, choice.length)

if not search.count(copydesk.db, limit=1).number:
    st.info(
        "How many calls there were, how many were valid at once, how long people waited, what it cost and what they "
        "thought of it will stand here, by desk and by version, against the time before."
    )
    st.page_link("playground.py", label="Suggest the first headlines", icon=":material/edit_note:")
    st.stop()

alert_list(copydesk)
st.caption(stretch(found))
overview_figures.tiles(found)
if found.all.now.calls:
    overview_figures.course(found)
    overview_figures.by_desk(found)
    overview_figures.by_version(found)
    overview_figures.releases(found)
limit_list(copydesk, choice.scope.environment)
