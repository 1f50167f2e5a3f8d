"""The main script: every request for a screen passes here first."""

from pathlib import Path

import streamlit as st

from core.alerts import breaches
from core.copydesk import shared
from core.errors import CopydeskError
from pages.components import browser_address, person
from pages.components.formats import plain

st.set_page_config(page_title="Copydesk", page_icon=str(Path(__file__).parent / "icon.png"), layout="wide")

# Streamlit leaves a tenth of the screen empty above the first line. It draws a link within a screen as if it were pressed,
# and one to another screen as if it were no link. It frames the whole page at the first key after a click on nothing.
st.html("""<style>
[data-testid=stMainBlockContainer] { padding-top: 4.5rem; }
[data-testid=stMain]:focus-visible::before { box-shadow: none; }
a[data-testid=stPageLink-NavLink] { background: transparent; padding-left: 0; }
a[data-testid=stPageLink-NavLink] p { font-weight: 400; text-decoration: underline; text-underline-offset: .2em;
    text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a[data-testid=stPageLink-NavLink]:hover p { text-decoration-color: currentColor; text-decoration-thickness: 2px; }
</style>""")

browser_address.follow()
try:
    broken = breaches.many_under_way(shared().db)
    trouble = None
except CopydeskError as error:
    broken, trouble = 0, error
screen = st.navigation(
    [
        st.Page("overview.py", title=f"Overview ({broken})" if broken else "Overview", icon=":material/monitoring:"),
        st.Page("playground.py", title="Playground", icon=":material/edit_note:", default=True),
        st.Page("prompts.py", title="Prompts", icon=":material/history_edu:"),
        st.Page("evals.py", title="Evals", icon=":material/experiment:"),
        st.Page("checks.py", title="Checks", icon=":material/fact_check:"),
        st.Page("traces.py", title="Traces", icon=":material/receipt_long:"),
        st.Page("feedback.py", title="Feedback", icon=":material/forum:"),
        st.Page("keeping.py", title="Keeping", icon=":material/inventory_2:"),
    ],
    position="top",
)
if trouble is not None:
    st.error(f"Copydesk cannot work yet. {plain(trouble.message)}", icon=":material/error:")
    st.stop()
try:
    screen.run()
finally:
    # Screens end early, too: to run anew, or because nothing more can be shown.
    person.keep_in_browser()
