"""What a draft would send for an article, how large that is, and what it would cost."""

from dataclasses import dataclass

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines import language, samples, variables
from core.llm import estimate
from core.prompts import tasks, template
from core.prompts.content import Content
from core.traces import record
from pages.components.formats import money, plain

_PAST = "a past call …"


@dataclass(frozen=True)
class Trial:
    """An article with the desk and channel that it is tried for."""

    article: str
    desk: str
    channel: str


def draft_preview(copydesk: Copydesk, prompt: str, content: Content) -> Trial | None:
    """Draw the choice of an article and the messages it would make; returns it, or None if there is no such article."""
    offered = {sample.name: sample for sample in samples.listing(copydesk.settings.prompts / "samples")}
    of_article, for_desk, in_channel = st.columns([2, 1, 1])
    name = of_article.selectbox(
        "Article",
        [*offered, _PAST],
        format_func=lambda name: offered[name].title if name in offered else name,
        key="preview_article",
    )
    desk = for_desk.selectbox("Desk", copydesk.settings.desks, key="preview_desk")
    channel = in_channel.selectbox("Channel", content.contract.channels, key="preview_channel")
    try:
        article = offered[name].text if name in offered else _past(copydesk)
        if article is None:
            return None
        if tasks.unknown(prompt, content):
            st.caption("Nothing yet: a variable has no value.")
            return None
        _rendered(copydesk, content, Trial(article, desk, channel))
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return None
    return Trial(article, desk, channel)


def _past(copydesk: Copydesk) -> str | None:
    trace_id = st.text_input("Trace", key="preview_trace", placeholder="The id of a call, from its address").strip()
    return record.get(copydesk.db, trace_id).article if trace_id else None


def _rendered(copydesk: Copydesk, content: Content, trial: Trial) -> None:
    values = variables.fill(
        trial.article,
        desk=trial.desk,
        channel=trial.channel,
        spoken=language.guess(trial.article),
        count=content.contract.count,
        limit=content.contract.limit(trial.channel),
    )
    messages = [
        {"role": message.role, "content": template.render(message.content, values)} for message in content.messages
    ]
    _cost(copydesk, content, messages)
    for message in messages:
        with st.expander(message["role"], expanded=True):
            st.code(message["content"], language=None, wrap_lines=True, height=260)


def _cost(copydesk: Copydesk, content: Content, messages: list[dict[str, str]]) -> None:
    model = next((each for each in copydesk.models if each.name == content.model), None)
    if model is None:
        st.warning(
            plain(f"{content.model} is not on offer here; no call can be made with it."), icon=":material/warning:"
        )
        return
    read = estimate.tokens(model, [{"role": each["role"], "content": each["content"]} for each in messages])
    written = record.usual_answer_tokens(copydesk.db)
    if written is None:
        st.caption(f"{read:,} tokens to read. What a call costs can be told once one was answered.")
        return
    cost = money(estimate.cost(model, read=read, written=written))
    st.caption(plain(f"{read:,} tokens to read, about {written:,} to write as in the latest calls: {cost} a call."))
