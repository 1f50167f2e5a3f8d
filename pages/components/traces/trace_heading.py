"""How the story of a call begins: what became of it, who asked, what chose the version, and what it came to in figures."""

import streamlit as st

from core.copydesk import Copydesk
from core.prompts.releases import Release
from core.story import Story
from core.traces.model import Trace
from pages.components import status
from pages.components.formats import duration, moment, money, plain, prompt_version, tokens
from pages.components.traces import erase_dialog, trace_words
from pages.components.traces.redaction_note import redaction_note


def trace_heading(copydesk: Copydesk, told: Story) -> None:
    """Draw it."""
    trace, line = told.trace, told.trace.line
    with st.container(horizontal=True, vertical_alignment="center"):
        status.badge(line.status)
        version = f"{line.prompt}, a draft" if "draft" in trace.settings else prompt_version(line.prompt, line.version)
        st.markdown(f"**{plain(version)}** for **{plain(line.desk)}**", width="content")
        st.caption(f"{plain(moment(line.started_at))} · trace `{line.id}`", width="content")
    st.markdown(f"{plain(trace_words.asked(line))} {plain(_choice(told))}")
    _links(told)
    _trouble(trace)
    erase_dialog.say_what_is_gone(copydesk, trace)
    redaction_note(trace)
    _figures(told)


def _choice(told: Story) -> str:
    """What chose the version that was asked."""
    line, release = told.trace.line, told.release
    if release is not None:
        why = f": {release.reason.rstrip('.')}." if release.reason else "."
        return (
            f"Version {line.version} was chosen by its release to {_place(release)}, "
            f"by {release.author} on {moment(release.created_at)}{why}"
        )
    if "draft" in told.trace.settings:
        return "It asked a draft, which stands at the end of this page as it was."
    if line.source == "replay" and line.version is not None:
        return f"It asked version {line.version}."
    if line.version is not None:
        return f"Version {line.version} was asked for by its number."
    return "It was refused before a version was chosen." if not line.attempts else ""


def _place(release: Release) -> str:
    return f"{release.environment} for {release.desk}" if release.desk else f"{release.environment} for all desks"


def _links(told: Story) -> None:
    """To what stands behind the call: version, release, evaluation, the call that it repeats."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if told.version is not None:
            to_version = {"prompt": told.version.prompt, "version": str(told.version.number)}
            label = plain(f"{prompt_version(told.version.prompt, told.version.number)}, by {told.version.author}")
            st.page_link(
                "prompts.py", label=label, icon=":material/history_edu:", query_params=to_version,
                help=plain(told.version.note),
            )  # fmt: skip
        if told.release is not None:
            to_releases = {"prompt": told.release.prompt, "history": told.release.environment}
            st.page_link("prompts.py", label="Its release", icon=":material/publish:", query_params=to_releases)
        if told.original is not None:
            back = trace_words.address(told.original.id)
            st.page_link("traces.py", label="The call that it repeats", icon=":material/replay:", query_params=back)
            both = {"trace": told.original.id, "with": told.trace.line.id}
            st.page_link("traces.py", label="Both side by side", icon=":material/compare_arrows:", query_params=both)
    for origin in told.origins:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            of_set = f"Case {origin.case} of {origin.set_name} {origin.set_number}"
            how = "taken over for" if origin.reused else "answered for"
            st.caption(plain(f"{of_set}, {how} {origin.candidate}, repeat {origin.repeat + 1}"), width="content")
            st.page_link("evals.py", label="The run", icon=":material/experiment:", query_params={"run": origin.run})
            case = {"set": origin.set_name, "version": str(origin.set_number), "case": origin.case}
            st.page_link("evals.py", label="The case", icon=":material/dataset:", query_params=case)


def _trouble(trace: Trace) -> None:
    line = trace.line
    if line.status == "open":
        st.info("This is being asked right now. The page follows it.", icon=":material/hourglass_empty:")
    elif line.error:
        (st.warning if line.given else st.error)(plain(line.error))
    elif line.status == "incomplete":
        st.warning(f"Only {line.given} of {line.asked} headlines came that keep the limits, even after asking again.")


def _figures(told: Story) -> None:
    line = told.trace.line
    figures = {} if told.is_judging else {"Headlines": f"{line.given} of {line.asked}" if line.asked else "–"}
    figures["Time"] = duration(line.duration_ms)
    if line.first_headline_ms is not None:
        figures["First headline after"] = duration(line.first_headline_ms)
    if line.attempts:
        figures |= {
            "Attempts": str(line.attempts),
            "Tokens": tokens(line.input_tokens, line.output_tokens).removesuffix(" tokens"),
            "Cost": money(line.cost),
        }
    with st.container(horizontal=True, gap="medium"):
        for label, value in figures.items():
            st.metric(label, value.removeprefix("tokens ").removeprefix("cost "), width="content")
