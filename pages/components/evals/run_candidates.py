"""Choose what a run compares: versions or drafts of a prompt, each on a model; the first is the baseline."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.evals.running.plan import MOST_CANDIDATES, Candidate
from core.prompts import drafts, files, releases, tasks, versions
from core.prompts.releases import Place
from pages.components.variants import OWN

_MANY = "run_candidates"


def run_candidates(copydesk: Copydesk) -> list[Candidate]:
    """Draw the choice and return it; a draft that cannot be read is `BadInput`."""
    prompts = [name for name in versions.prompts(copydesk.db) if not tasks.judges(name)]
    prompt = prompts[0]
    if len(prompts) > 1:
        usual = prompts.index("headlines") if "headlines" in prompts else 0
        prompt = st.selectbox("Prompt", prompts, index=usual, key="run_prompt")
    labels = _labels(copydesk, prompt)
    first = _first(copydesk, prompt, labels)
    many = st.session_state.get(_MANY, min(2, len(first)))
    chosen = [_one(copydesk, place, prompt, labels, first, many=many) for place in range(many)]
    with st.container(horizontal=True):
        if st.button("Add a candidate", icon=":material/add:", disabled=many == MOST_CANDIDATES):
            st.session_state[_MANY] = many + 1
            st.rerun()
        if many > 1 and st.button("Remove the last", icon=":material/remove:"):
            st.session_state[_MANY] = many - 1
            st.rerun()
    return [_candidate(copydesk, prompt, what, model) for what, model in chosen]


def _one(
    copydesk: Copydesk, place: int, prompt: str, labels: Mapping[str, str], first: Sequence[str], *, many: int
) -> tuple[str, str]:
    models = {model.name: model for model in copydesk.models}

    def label(name: str) -> str:
        if name == OWN:
            return "its own model"
        return f"{name}, not set up" if models[name].missing else name

    what, on = st.columns([3, 2])
    options = list(labels)
    usual = options.index(first[min(place, len(first) - 1)])
    key = f"run_{prompt}_{place}"
    numbered = f"Candidate {place}" if many > 2 else "Candidate"
    name = numbered if place else "Baseline"
    chosen = what.selectbox(name, options, index=usual, format_func=lambda each: labels[each], key=f"{key}_version")
    model = on.selectbox(f"Model of {name.lower()}", [OWN, *models], format_func=label, key=f"{key}_model")
    return chosen, model


def _labels(copydesk: Copydesk, prompt: str) -> dict[str, str]:
    """Everything that can be a candidate, the newest first, by what stands for it."""
    live = _live(copydesk, prompt)
    found = {
        str(line.number): f"{line.number}{', live' if line.number == live else ''}: {line.note}"
        for line in versions.listing(copydesk.db, prompt)
    }
    return found | {
        draft.id: f"draft{f' from {draft.parent}' if draft.parent else ''}, by {draft.author}: {draft.note or 'no note'}"
        for draft in drafts.listing(copydesk.db, prompt)
    }


def _first(copydesk: Copydesk, prompt: str, labels: Mapping[str, str]) -> list[str]:
    """What stands in the form at first: what is live, then the others, the newest first."""
    live = str(_live(copydesk, prompt))
    return [*(name for name in labels if name == live), *(name for name in labels if name != live)]


def _live(copydesk: Copydesk, prompt: str) -> int | None:
    found = releases.current(copydesk.db, Place(prompt, "production"))
    return found and found.version


def _candidate(copydesk: Copydesk, prompt: str, what: str, model: str) -> Candidate:
    if what.isdecimal() and len(what) < 32:
        return Candidate(prompt=prompt, version=int(what), model=model or None)
    draft = files.parse(drafts.get(copydesk.db, what).text, source="The draft").content
    return Candidate(prompt=prompt, draft=draft, model=model or None)
