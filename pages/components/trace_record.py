"""One call as a story: what was asked, what each attempt sent and got, what came of it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.judge import store
from core.llm.attempt import Attempt, Message
from core.traces.model import Trace
from pages.components import erase_dialog, status
from pages.components.formats import duration, moment, money, plain, prompt_version, tokens
from pages.components.headline_list import headline_list
from pages.components.judge_panel import judge_panel
from pages.components.own_scores import judge_is_hidden
from pages.components.suggestion_columns import not_taken


def show(copydesk: Copydesk, trace: Trace) -> None:
    """Draw the full record. Everything that a model or an article said is shown as text, never as Markdown."""
    line = trace.line
    st.page_link("traces.py", label="All traces", icon=":material/arrow_back:")
    with st.container(horizontal=True, vertical_alignment="center"):
        status.badge(line.status)
        st.markdown(
            f"**{plain(prompt_version(line.prompt, line.version))}** for **{plain(line.desk)}**", width="content"
        )
        st.caption(f"{plain(moment(line.started_at))} · trace `{line.id}`", width="content")
    if line.error:
        (st.warning if line.given else st.error)(plain(line.error))
    erase_dialog.erase(copydesk, trace)
    _figures(trace)
    made, asked = st.columns([1, 1], gap="large")
    with made:
        _outcome(copydesk, trace)
    with asked:
        st.subheader("What was asked", anchor=False)
        _messages(trace.messages)
    st.subheader("Attempts", anchor=False)
    if not trace.attempts:
        st.caption("None: no model was called.")
    for number, attempt in enumerate(trace.attempts, 1):
        kept = sum(headline.attempt == number - 1 for headline in trace.headlines)
        _attempt(number, attempt, trace.messages, kept)
    st.subheader("Settings and variables", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _table("Setting", _facts(trace) | dict(trace.settings))
    with right:
        # The article stands in full above, within the messages.
        _table("Variable", {name: value for name, value in trace.variables.items() if name != "article"})


def _outcome(copydesk: Copydesk, trace: Trace) -> None:
    """The headlines, what was found in them and what was not taken; for a judge's call, what it judged."""
    if "judged" in trace.settings:
        st.subheader("What was judged", anchor=False)
        st.caption("This is the call of a judge. What it said stands beside the headlines.")
        address = {"trace": str(trace.settings["judged"])}
        st.page_link("traces.py", label="The headlines", icon=":material/gavel:", query_params=address)
        return
    st.subheader("Headlines", anchor=False)
    texts = [headline.text for headline in trace.headlines]
    if not texts:
        st.caption("None.")
    else:
        judged = store.judgings(copydesk.db, trace.line.id)
        headline_list(
            texts,
            limit=trace.settings.get("limit"),
            key="headlines",
            findings=trace.scoring.findings if trace.scoring else (),
            verdicts=judged[0].verdicts if judged and not judge_is_hidden() else (),
        )
        judge_panel(copydesk, trace, judged)
    not_taken(trace)
    if trace.scoring:
        address = {"view": "versions", "hash": trace.scoring.profile}
        st.page_link(
            "checks.py", label="What they were checked for", icon=":material/fact_check:", query_params=address
        )


def _figures(trace: Trace) -> None:
    line = trace.line
    figures = {
        "Headlines": f"{line.given} of {line.asked}" if line.asked else "–",
        "Time": duration(line.duration_ms),
        "First headline after": duration(line.first_headline_ms),
        "Attempts": str(line.attempts),
        "Tokens": tokens(line.input_tokens, line.output_tokens).removesuffix(" tokens"),
        "Cost": money(line.cost),
    }
    with st.container(horizontal=True, gap="large"):
        for label, value in figures.items():
            st.metric(label, value.removeprefix("tokens ").removeprefix("cost "), width="content")


def _messages(messages: Sequence[Message]) -> None:
    if not messages:
        st.caption("Nothing was sent.")
    for message in messages:
        with st.expander(message["role"], expanded=message["role"] == "user"):
            st.code(message["content"], language=None, wrap_lines=True, height=320)


def _attempt(number: int, attempt: Attempt, asked: Sequence[Message], kept: int) -> None:
    outcome = plain(attempt.error) if attempt.error else f"{kept} headlines kept"
    title = f"{number}. {attempt.kind} · {plain(attempt.model)} · {duration(attempt.duration_ms)} · {outcome}"
    with st.expander(title, expanded=number == 1, icon=f":material/{_icon(attempt, kept)}:"):
        facts = [
            plain(moment(attempt.started_at)),
            f"first token after {duration(attempt.first_token_ms)}",
            tokens(attempt.input_tokens, attempt.output_tokens),
            plain(money(attempt.cost)),
            f"finish reason: {plain(attempt.finish_reason or 'none')}",
        ]
        st.caption(" · ".join(facts))
        added = attempt.messages[len(asked) :]
        if added:
            st.markdown("**Added to the messages**")
            _messages(added)
        st.markdown("**Raw answer**")
        if attempt.answer is None:
            st.caption("None.")
        else:
            st.code(attempt.answer, language=None, wrap_lines=True)
        if attempt.detail:
            st.markdown("**What the provider said**")
            st.code(attempt.detail, language=None, wrap_lines=True)


def _icon(attempt: Attempt, kept: int) -> str:
    if attempt.error:
        return "error"
    return "check" if kept else "rule"


def _table(what: str, values: Mapping[str, object]) -> None:
    shown = {name: "–" if value in (None, "", [], {}) else str(value) for name, value in values.items()}
    st.dataframe(
        [{what: name, "Value": value} for name, value in shown.items()],
        hide_index=True,
        width="stretch",
        height="content",
    )


def _facts(trace: Trace) -> dict[str, object]:
    line = trace.line
    return {
        "environment": line.environment,
        "release": line.release,
        "channel": line.channel,
        "language": line.language,
        "model": line.model,
        "source": line.source,
        "person": line.person,
        "request_id": line.request_id,
    }
