"""What a reviewer looks at: why the set is here, its headlines with their flags, and what people did with them."""

import streamlit as st

from core import feedback
from core.copydesk import Copydesk
from core.review import store
from core.review.item import Item
from core.traces.model import Trace
from pages.components.formats import age, plain, prompt_version
from pages.components.headlines.headline_list import headline_list
from pages.components.review.review_words import sentence, told
from pages.components.traces.feedback_history import feedback_history


def review_record(copydesk: Copydesk, item: Item, trace: Trace) -> None:
    """Draw it all but the article."""
    line = trace.line
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        made = f"{line.answered_by or line.model or 'no model'} with {prompt_version(line.prompt, line.version)}"
        st.caption(plain(f"{line.desk} · {line.channel} · {made}"), width="content")
        address = {"trace": line.id}
        st.page_link("traces.py", label="Trace", icon=":material/receipt_long:", query_params=address)
    said = feedback.of_trace(copydesk.db, line.id)
    texts = [headline.text for headline in trace.headlines]
    st.markdown("**Why it is here**")
    for place, reason in enumerate(item.reasons):
        st.markdown(f"- {plain(sentence(reason))}")
        edits = reason.edits(said)
        if edits:
            key = f"review_edit_{item.id}_{place}"
            feedback_history(edits, texts, key=key, gone=trace.headlines_are_gone)
    headline_list(
        texts,
        limit=trace.settings.get("limit"),
        key=f"review_headlines_{item.id}",
        findings=trace.scoring.findings if trace.scoring else (),
    )
    if said:
        st.markdown("**What people did and said**")
        feedback_history(said, texts, key=f"review_feedback_{item.id}", gone=trace.headlines_are_gone)


def review_history(copydesk: Copydesk, item: Item) -> None:
    """Draw what was done with the item, folded. While a second reader is still to come, nothing of what the first found."""
    with st.expander("What was done with it", icon=":material/history:"):
        for event in store.events(copydesk.db, item.id):
            if item.state == "done" or event.kind not in ("labelled", "commented", "corrected"):
                st.caption(plain(f"{told(event)}, {age(event.at)} ago"))
