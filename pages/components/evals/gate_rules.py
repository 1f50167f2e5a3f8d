"""The gate before a release: each rule with its figure, and what to do where it does not pass."""

from collections.abc import Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.evals.gates import gated
from core.evals.gates.gated import Standing
from core.evals.gates.rule_verdict import RuleOutcome, RuleVerdict
from core.evals.running import runs
from core.evals.running.plan import Plan
from core.evals.running.runs import Run
from core.prompts.releases import Place
from pages.components import person
from pages.components.evals import run_words
from pages.components.evals.run_estimate import run_estimate
from pages.components.formats import plain

AGAINST = "Release it against the gate, because"
"""The field that opens a gate in spite of what it says."""

_REFUSED = "gate_run_refused"
_GLANCE = 1.0
_REPEATS = 3
"""What it takes for rules about each desk to be told on eight articles of it."""

_LOOKS: dict[RuleOutcome, tuple[str, str]] = {
    "pass": ("check", "met"),
    "fail": ("close", "not met"),
    "inconclusive": ("question_mark", "cannot be told"),
    "shown": ("visibility", "shown only"),
}

_ORDER: tuple[RuleOutcome, ...] = ("fail", "inconclusive", "pass", "shown")
"""What keeps the gate closed stands first."""


def gate_rules(copydesk: Copydesk, place: Place, version: int) -> str | None:
    """Draw what the gate says; returns the reason for releasing against it, empty if none is given, None if none is needed."""
    try:
        stands = gated.standing(copydesk.db, copydesk.settings.gates, place, version)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return None
    if stands is None:
        return None
    st.markdown(f"**Gate of {place.environment}**, on {plain(stands.gate.set)} {stands.set_number}")
    if stands.verdict is None:
        _missing(copydesk, stands, place)
    else:
        if stands.checks_changed:
            _outdated(copydesk, stands, place)
        show = st.success if stands.passes else st.error if stands.verdict.outcome == "fail" else st.warning
        show(plain(stands.verdict.sentence), icon=":material/door_open:" if stands.passes else ":material/door_front:")
        assert stands.run is not None
        for rule in sorted(stands.verdict.rules, key=lambda each: _ORDER.index(each.outcome)):
            _rule(rule)
        st.caption(
            "The gate asks whether these rules hold, each with its own margin. The comparison of the same run asks which "
            "version is better, and may be inconclusive where the gate passes."
        )
        _evidence(stands.run, stands.verdict.rules)
    if stands.passes:
        return None
    return st.text_input(
        AGAINST,
        key="release_override",
        max_chars=500,
        placeholder="Stays on the release for everybody to read. Leave it empty and the gate holds.",
    )


def _rule(rule: RuleVerdict) -> None:
    icon, words = _LOOKS[rule.outcome]
    sentence = rule.sentence[:1].upper() + rule.sentence[1:]
    st.markdown(f":material/{icon}: {plain(rule.words)}: **{words}**  \n:gray[{plain(sentence)}]")


def _evidence(run: Run, rules: Sequence[RuleVerdict]) -> None:
    """The run, and desk by desk each measure that a rule found worse, or could not tell."""
    doubtful = {each.rule.measure for each in rules if each.outcome in ("fail", "inconclusive")}
    with st.container(horizontal=True):
        for of in sorted(doubtful, key=lambda each: each.name):
            address = {"run": run.id, "compare": "1", "of": of.name}
            label = plain(f"{of.words[0].upper()}{of.words[1:]}, desk by desk")
            st.page_link("evals.py", label=label, icon=":material/balance:", query_params=address)
        st.page_link("evals.py", label="The run", icon=":material/experiment:", query_params={"run": run.id})


def _missing(copydesk: Copydesk, stands: Standing, place: Place) -> None:
    """Say which run is missing, and offer to start it, or to look how far it is."""
    if _under_way(copydesk, stands):
        return
    st.warning(plain(stands.why), icon=":material/door_front:")
    with st.expander("What the gate asks"):
        for words in stands.gate.words:
            st.caption(plain(words))
    _start(copydesk, stands, place, "Start the missing run")


def _outdated(copydesk: Copydesk, stands: Standing, place: Place) -> None:
    """Say that the verdict is about checks that are in use no more, and offer a run by those that are."""
    if not _under_way(copydesk, stands):
        st.warning(gated.OLDER_CHECKS, icon=":material/warning:")
        _start(copydesk, stands, place, "Run it by the checks in use")


def _start(copydesk: Copydesk, stands: Standing, place: Place, label: str) -> None:
    plan = Plan(
        set_name=stands.gate.set,
        set_number=stands.set_number,
        candidates=tuple(stands.needed),
        repeats=_REPEATS,
        asked_by=place,
    )
    try:
        run_estimate(copydesk, plan)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    st.button(label, icon=":material/play_arrow:", on_click=_begin, args=(copydesk, plan))
    refused: str | None = st.session_state.pop(_REFUSED, None)
    if refused:
        st.error(plain(refused), icon=":material/error:")


def _begin(copydesk: Copydesk, plan: Plan) -> None:
    try:
        copydesk.runs.start(plan, note="Asked for by the gate.", author=person.name())
    except CopydeskError as error:
        st.session_state[_REFUSED] = error.message


def _under_way(copydesk: Copydesk, stands: Standing) -> bool:
    """Whether the run that the gate asks for was begun; then how far it is stands here."""
    run = gated.begun(copydesk.db, stands)
    if run is None or not run_words.is_under_way(copydesk, run):
        return False
    _watch(copydesk, run.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        # Any touch of the dialog looks again; a run of the whole screen would close it.
        st.button("See what the gate says", icon=":material/door_open:")
        st.page_link("evals.py", label="Watch the run", icon=":material/experiment:", query_params={"run": run.id})
    return True


@st.fragment(run_every=_GLANCE)
def _watch(copydesk: Copydesk, run_id: str) -> None:
    """How far the run is, anew every second."""
    run = runs.get(copydesk.db, run_id)
    tried = run.done + run.failed
    if run_words.is_under_way(copydesk, run):
        said = f"The run that the gate asks for is under way: {tried:,} of {run.units:,}."
    else:
        said = f"The run that the gate asks for has ended: {run.done:,} of {run.units:,} are done."
    st.progress(tried / run.units, text=said)
