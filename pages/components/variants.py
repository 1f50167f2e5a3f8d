"""Choose what answers: which version of the prompt, on which model; up to four of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.copydesk import Copydesk
from core.llm.models import OFFLINE
from core.prompts import releases, versions
from core.prompts.versions import Version, VersionLine
from pages.components.formats import plain

PROMPT = "headlines"

# Streamlit's pickers take None for "nothing is chosen yet".
LIVE = 0
OWN = ""
MOST = 4
FIELDS = ("variants", *(f"{name}_{number}" for name in ("version", "model") for number in range(MOST)))
"""Where the choice stands in the session."""


@dataclass(frozen=True)
class Variant:
    """One way to answer. None stands for the version that is live, and for the version's own model."""

    version: int | None = None
    model: str | None = None


def served(copydesk: Copydesk, desk: str) -> Version:
    """The version that this installation's environment serves to a desk."""
    release = releases.resolve(copydesk.db, PROMPT, copydesk.settings.environment, desk)
    assert release.version is not None
    return versions.get(copydesk.db, PROMPT, release.version)


def picker(copydesk: Copydesk, desk: str) -> list[Variant]:
    """Draw the choice of variants and return them; one, what is live, unless more are asked for."""
    st.session_state.setdefault("variants", 1)
    many = st.segmented_control(
        "Side by side", range(1, MOST + 1), key="variants", help="Ask several versions or models at once."
    )
    live = served(copydesk, desk)
    lines = {line.number: line for line in versions.listing(copydesk.db, PROMPT)}
    chosen: list[Variant] = []
    for number in range(many or 1):
        if many and many > 1:
            st.markdown(f"**Column {number + 1}**")
        chosen.append(_one(copydesk, number, live, lines))
    return chosen


def fill(copydesk: Copydesk, version: int | None, model: str | None) -> list[str]:
    """Choose one variant in the picker that is drawn next: this version, or the live one, and this model.

    Returns what is not on offer.
    """
    numbers = {line.number for line in versions.listing(copydesk.db, PROMPT)}
    missing = [] if version is None or version in numbers else [f"version {version}"]
    own = version in numbers and versions.get(copydesk.db, PROMPT, version).content.model == model
    st.session_state["variants"] = 1
    st.session_state["version_0"] = version if version in numbers else LIVE
    st.session_state["model_0"] = OWN
    if model and not own:
        if model in {each.name for each in copydesk.models}:
            st.session_state["model_0"] = model
        else:
            missing.append(f"the model {model}")
    return missing


def say_what_is_offline(copydesk: Copydesk, desk: str, chosen: Sequence[Variant]) -> None:
    """Say that the stand-in is no language model, wherever it would answer."""
    asked = {variant.model or _version(copydesk, desk, variant).content.model for variant in chosen}
    if any(model.offline for model in copydesk.models if model.name in asked):
        st.caption(
            f"{OFFLINE} is no language model. It is a rule-based stand-in that takes headlines from the article's own "
            "sentences, so that everything can be tried without a key."
        )


def _one(copydesk: Copydesk, number: int, live: Version, lines: dict[int, VersionLine]) -> Variant:
    # Nobody compares a thing with itself: every further variant starts with a version of its own.
    others = [LIVE, *(each for each in lines if each != live.number)]
    st.session_state.setdefault(f"version_{number}", others[min(number, len(others) - 1)])
    version = st.selectbox(
        "Version",
        [LIVE, *lines],
        key=f"version_{number}",
        format_func=lambda number: (
            f"{number}: {lines[number].note}" if number != LIVE else f"{live.number}, live: {live.note}"
        ),
    )
    models = {model.name: model for model in copydesk.models}
    own = (live if version == LIVE else versions.get(copydesk.db, PROMPT, version)).content.model

    def label(name: str) -> str:
        if name == OWN:
            return f"{own}, the version's own"
        return f"{name}, not set up" if models[name].missing else name

    model = st.selectbox("Model", [OWN, *models], key=f"model_{number}", format_func=label)
    missing = models[model or own].missing if (model or own) in models else ()
    if missing:
        st.caption(f"Set {plain(' and '.join(missing))} in the environment or in `.env`, then start again.")
    return Variant(version or None, model or None)


def _version(copydesk: Copydesk, desk: str, variant: Variant) -> Version:
    if variant.version is None:
        return served(copydesk, desk)
    return versions.get(copydesk.db, PROMPT, variant.version)
