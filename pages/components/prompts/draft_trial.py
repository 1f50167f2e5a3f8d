"""Try a draft before it is saved: its headlines beside those of what is live, on up to three articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.headlines import Request, samples
from core.headlines.running import Running
from core.prompts import releases
from core.prompts.content import Content
from pages.components.formats import plain
from pages.components.headlines.suggestion_columns import made
from pages.components.prompts.draft_preview import Trial

_STATE = "trials"
_MOST = 3
_GLANCE = 0.3


@dataclass(frozen=True)
class _Pair:
    title: str
    live: Running | None
    draft: Running


def draft_trial(copydesk: Copydesk, prompt: str, content: Content, chosen: Trial | None) -> None:
    """Draw the button and what it brought."""
    offered = {sample.title: sample for sample in samples.listing(copydesk.settings.prompts / "samples")}
    titles = st.multiselect(
        "More articles", list(offered), key="trial_articles", max_selections=_MOST - 1, placeholder="Up to two samples"
    )
    if st.button(
        "Try it", icon=":material/play_arrow:", disabled=chosen is None, help="Ask the draft and what is live."
    ):
        assert chosen is not None
        articles = {"The article above": chosen.article} | {title: offered[title].text for title in titles}
        st.session_state[_STATE] = [
            _start(copydesk, prompt, content, title, Trial(article, chosen.desk, chosen.channel))
            for title, article in articles.items()
        ]
    _show(copydesk, st.session_state.get(_STATE, []))


def _start(copydesk: Copydesk, prompt: str, content: Content, title: str, trial: Trial) -> _Pair:
    def ask(draft: Content | None) -> Running:
        return copydesk.start(
            Request(
                article=trial.article,
                desk=trial.desk,
                channel=trial.channel,
                prompt=prompt,
                draft=draft,
                environment=copydesk.settings.environment,
                source="trial",
            )
        )

    served = releases.live_at(copydesk.db, prompt, copydesk.settings.environment, trial.desk, None)
    return _Pair(title, ask(None) if served else None, ask(content))


def _show(copydesk: Copydesk, pairs: Sequence[_Pair]) -> None:
    if not all(each.done for pair in pairs for each in (pair.live, pair.draft) if each):
        _wait(pairs)
        return
    for pair in pairs:
        st.markdown(f"**{plain(pair.title)}**")
        for column, name, running in zip(st.columns(2), ("Live", "Draft"), (pair.live, pair.draft), strict=True):
            with column:
                st.caption(name)
                if running is None:
                    st.caption("Nothing is live for this desk yet.")
                    continue
                try:
                    made(copydesk, running.result().trace.id)
                except CopydeskError as error:
                    st.error(plain(error.message), icon=":material/error:")


@st.fragment(run_every=_GLANCE)
def _wait(pairs: Sequence[_Pair]) -> None:
    asked = [each for pair in pairs for each in (pair.live, pair.draft) if each]
    done = sum(each.done for each in asked)
    if done == len(asked):
        st.rerun()
    st.progress(done / len(asked), f"{done} of {len(asked)} sets are there …")
