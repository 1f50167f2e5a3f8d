"""The attempts of a call: on a line of time, and each with what it added, what came back, and what was taken of that."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from core.llm.attempt import Attempt, Message
from core.prompts import tasks
from core.traces import timeline
from core.traces.model import Trace
from pages.components.formats import duration, moment, money, plain, tokens
from pages.components.traces.attempt_timeline import attempt_timeline
from pages.components.traces.message_list import message_list
from pages.components.traces.raw_answer import raw_answer


def attempt_list(trace: Trace) -> None:
    """Draw them in their order."""
    st.subheader("Attempts", anchor=False)
    if not trace.attempts:
        st.caption("None so far." if trace.line.status == "open" else "None: no model was called.")
        return
    kept = [_kept(trace, position) for position in range(len(trace.attempts))]
    spans = timeline.spans(trace.attempts, asked_at=trace.line.started_at)
    attempt_timeline(spans, kept, took=trace.line.duration_ms, key=f"timeline-{trace.line.id}")
    for position, attempt in enumerate(trace.attempts):
        _attempt(trace, position, attempt, kept[position])


def _kept(trace: Trace, position: int) -> int | None:
    """How many of the headlines are from an attempt; None where nobody can tell, and for a judge, who brings none."""
    if tasks.judges(trace.line.prompt) or trace.headlines_are_gone:
        return None
    return sum(each.attempt == position for each in trace.headlines)


def _attempt(trace: Trace, position: int, attempt: Attempt, kept: int | None) -> None:
    outcome = attempt.error or _taken(trace, position, kept)
    number = position + 1
    title = plain(f"{number}. {attempt.kind} · {attempt.model} · {duration(attempt.duration_ms)} · {outcome}")
    with st.expander(title, expanded=number == 1, icon=f":material/{_icon(attempt, kept)}:"):
        facts = [
            plain(moment(attempt.started_at)),
            f"first token after {duration(attempt.first_token_ms)}",
            tokens(attempt.input_tokens, attempt.output_tokens),
            plain(money(attempt.cost)),
            f"finish reason: {plain(attempt.finish_reason or 'none')}",
        ]
        st.caption(" · ".join(facts))
        _added(attempt, trace.messages)
        st.markdown("**Raw answer**")
        if attempt.answer is None:
            st.caption("None." if trace.has_texts else "Not kept any more.")
        else:
            key = f"answer-{trace.line.id}-{position}"
            raw_answer(attempt.answer, label=f"the answer of attempt {number}", key=key)
        if attempt.detail:
            st.markdown("**What the provider said**")
            st.code(attempt.detail, language=None, wrap_lines=True)


def _added(attempt: Attempt, asked: Sequence[Message]) -> None:
    added = attempt.messages[len(asked) :]
    if added:
        st.markdown("**Added to the messages**")
        message_list(added)


def _taken(trace: Trace, position: int, kept: int | None) -> str:
    """How many headlines an answer held, and what became of them."""
    if kept is None:
        return "answered, its headlines are not kept any more" if trace.headlines_are_gone else "answered"
    refused = [each for each in trace.rejections if each.attempt == position]
    if not refused:
        return f"{kept} headlines, all taken" if kept else "no headline found in it"
    rules = Counter(rule.replace("_", " ") for each in refused for rule in each.rules)
    why = ", ".join(f"{many} {rule}" for rule, many in rules.items())
    return f"{kept + len(refused)} headlines, {kept} taken ({why})"


def _icon(attempt: Attempt, kept: int | None) -> str:
    if attempt.error:
        return "error"
    return "rule" if kept == 0 else "check"
