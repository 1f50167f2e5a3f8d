"""What this installation keeps, for how long, what was taken away lately, what it does by itself, and whether it is well."""

import streamlit as st

from core.copydesk import shared
from core.keeping import chore_findings, chore_record, doctor, terms
from pages.components.keeping import keeping_tables

copydesk = shared()

st.subheader("What is kept of each desk", anchor=False)
keeping_tables.of_desks(terms.of_desks(copydesk.settings.desks, copydesk.retention, copydesk.db.policy))
keeping_tables.redaction(copydesk.db.policy.redaction)

st.subheader("Taken away lately", anchor=False)
keeping_tables.lately(terms.lately(copydesk.db))
st.caption("To erase a call, or everything about its article, open its trace and press Erase there.")
st.page_link("traces.py", label="Find the trace", icon=":material/receipt_long:")

st.subheader("What Copydesk does by itself", anchor=False)
keeping_tables.of_chores(chore_record.done(copydesk.db))

st.subheader("Is this installation well?", anchor=False)
st.caption("Looks over files, settings, models, the database page by page, its log and its index. Nothing is changed.")
if st.button("Examine it", icon=":material/stethoscope:", type="primary"):
    with st.spinner("Looking …"):
        # What failed in this process is on record, too, unless that was what failed.
        found = list(dict.fromkeys([*chore_findings.failing(copydesk.chores), *doctor.examine()]))
    keeping_tables.findings(found)
