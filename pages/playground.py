"""Try prompts on an article: paste it, press the button, see ten headlines and how they were made."""

import streamlit as st

from core.copydesk import shared
from core.headlines import Request
from pages.components import person, variants
from pages.components.article_form import article_form
from pages.components.headlines import suggestion_columns

copydesk = shared()
writing, reading = st.columns([5, 7], gap="large")

with writing:
    wish = article_form(copydesk, trace_id=next(iter(suggestion_columns.addressed()), ""))

with reading:
    if wish.asked:
        running = [
            copydesk.start(
                Request(
                    article=wish.article,
                    desk=wish.desk,
                    channel=wish.channel,
                    language=wish.language,
                    prompt=variants.PROMPT,
                    version=variant.version,
                    model=variant.model,
                    environment=copydesk.settings.environment,
                    source="playground",
                    person=person.known() or None,
                )
            )
            for variant in wish.variants
        ]
        contract = variants.served(copydesk, wish.desk).content.contract
        suggestion_columns.start(running, wish.article, places=contract.count, limit=contract.limits.get(wish.channel))
    suggestion_columns.show(copydesk, wish.article)
