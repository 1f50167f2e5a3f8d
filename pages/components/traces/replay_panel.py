"""Ask a call again: the same, or another version or model on the same variables."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines import replay
from core.headlines.replay import Choice
from core.prompts.releases import ENVIRONMENTS
from core.story import Story
from core.traces.model import TraceLine
from pages.components import person
from pages.components.formats import age, plain
from pages.components.traces import replays_under_way, trace_words

_SAME, _OTHER = 0, -1
_SHOWN = 3
"""Earlier replays that stand here; all of them stand at the end of the page."""


def replay_panel(copydesk: Copydesk, told: Story) -> None:
    """Draw the button, and behind it what can be asked another way, and where the replays made so far are."""
    trace = told.trace
    obstacle = replay.obstacle(trace)
    with st.popover("Replay", icon=":material/replay:", disabled=obstacle is not None, help=obstacle):
        st.write("Asks again about the same article, with the same variables. The answer is a trace of its own.")
        version, model = _version(copydesk, told), _model(copydesk, trace.line.model or "", key=trace.line.id)
        if st.button(
            "Ask again",
            type="primary",
            icon=":material/replay:",
            width="stretch",
            disabled=version is None,
            help=None if version is not None else "Type the number of a version first.",
        ):
            _start(copydesk, trace.line.id, version or None, model)
        _earlier(told.replays, trace.line.id)


def _version(copydesk: Copydesk, told: Story) -> int | None:
    """The number of the version to ask, 0 for what was asked before, None while it is to be typed."""
    trace, line = told.trace, told.trace.line
    found = {each.number: each for each in replay.choices(copydesk.db, trace)}
    newest = max(found, default=0)
    numbers = [
        *([] if replay.lacks_its_draft(trace) else [_SAME]),
        *(each for each in found if each != line.version),
        *([_OTHER] if newest > len(found) else []),
    ]
    own = "the draft that was asked" if "draft" in trace.settings else f"{line.version or 'what is live'}, as before"

    def label(number: int) -> str:
        if number == _SAME:
            return own
        return "Another, by its number" if number == _OTHER else _called(found[number])

    chosen = st.selectbox("Version", numbers, key=f"replay-version-{line.id}", format_func=label)
    if chosen != _OTHER:
        return chosen
    return st.number_input(
        f"Number, 1 to {newest}", 1, newest, value=None, step=1, key=f"replay-number-{line.id}", placeholder="Such as 7"
    )


def _called(choice: Choice) -> str:
    if not choice.live_in:
        return f"{choice.number}: {choice.note}"
    places = "everywhere" if len(choice.live_in) == len(ENVIRONMENTS) else f"in {' and '.join(choice.live_in)}"
    return f"{choice.number}, live {places}: {choice.note}"


def _model(copydesk: Copydesk, before: str, *, key: str) -> str | None:
    """The model to ask, None for the one of before."""
    names = {each.name: each for each in copydesk.models}

    def label(name: str) -> str:
        if name == before:
            return f"{name}, as before" if name else "the version's own"
        return f"{name}, not set up" if names[name].missing else name

    model = st.selectbox(
        "Model", [before, *(name for name in names if name != before)], key=f"replay-model-{key}", format_func=label
    )
    return None if model == before else model


def _earlier(replays: Sequence[TraceLine], trace_id: str) -> None:
    """The way to the replays that are on record, from this window or any other."""
    if not replays:
        return
    st.caption("Asked again before, each beside this call:")
    for line in replays[:_SHOWN]:
        label = f"{trace_words.called(line)}, {age(line.started_at)} ago"
        both = trace_words.address(trace_id) | {"with": line.id}
        st.page_link("traces.py", label=plain(label), icon=":material/compare_arrows:", query_params=both)
    if len(replays) > _SHOWN:
        st.caption("Earlier ones stand at the end of this page.")


def _start(copydesk: Copydesk, trace_id: str, version: int | None, model: str | None) -> None:
    try:
        request = replay.request(copydesk.db, trace_id, version=version, model=model, person=person.known() or None)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    asked = "The same" if version is None else f"Version {version}"
    replays_under_way.add(trace_id, f"{asked} on {model}" if model else asked, copydesk.start(request))
    st.rerun()
