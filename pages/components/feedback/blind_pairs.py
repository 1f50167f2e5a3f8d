"""Blind pairs: two versions' sets for the same article, unlabelled, until somebody has compared as many as they chose."""

from collections.abc import Callable, Sequence

import streamlit as st

from core import clock
from core.copydesk import Copydesk
from core.errors import BadInput, CopydeskError
from core.evals import pairing
from core.evals.pairing import Recent, Slot, Wanted
from core.evals.running import runs
from core.feedback import pairs
from core.headlines.language import language_name
from core.prompts import versions
from core.statistics.intervals import FEWEST
from pages.components import person
from pages.components.evals import run_words
from pages.components.feedback.blind_results import blind_results
from pages.components.feedback.blind_round import blind_round, left_out
from pages.components.formats import plain
from pages.components.variants import PROMPT

_SIZES = (FEWEST, 10, pairing.MOST)
_SOURCES = {"run": "The results of a run", "desk": "Recent articles of a desk"}


def show(copydesk: Copydesk) -> None:
    """Draw the start of a round, the round that the address names, or what came of all of them."""
    address = st.query_params
    try:
        if "results" in address:
            st.page_link("feedback.py", label="Compare", icon=":material/arrow_back:", query_params={"view": "pairs"})
            blind_results(copydesk)
        elif "one" in address and "other" in address:
            _round(copydesk)
        else:
            _start(copydesk)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")


def _start(copydesk: Copydesk) -> None:
    st.markdown(
        "You see two sets of headlines for an article and say which is better, by one key. Which version wrote which is not "
        f"told until you are done. {FEWEST}, the fewest for a ranking, take a minute or two; {pairing.MOST} about five minutes."
    )
    with st.container(border=True, width=720):
        source = st.segmented_control(
            "What is compared",
            list(_SOURCES),
            default="run",
            key="pairs_source",
            format_func=lambda name: _SOURCES[name],
            required=True,
        )
        address = _of_a_run(copydesk) if source == "run" else _of_a_desk(copydesk)
        many = st.segmented_control("How many pairs", _SIZES, default=pairing.MOST, key="pairs_many", required=True)
        name = person.name_field("pairs_name")
        if st.button("Start", type="primary", disabled=address is None):
            if not name:
                st.error("Give your name first: a comparison is somebody's.", icon=":material/error:")
            elif address is not None:
                # The pairs of a round are those that were there, and not compared yet, when it began.
                begun = {"many": str(many), "until": str(clock.now_ms())}
                st.query_params.from_dict({"view": "pairs", **address, **begun})
                st.rerun()
    st.page_link(
        "feedback.py",
        label="What came of it so far",
        icon=":material/leaderboard:",
        query_params={"view": "pairs", "results": "all"},
        help="Not before you have compared: who knows the results does not compare blind.",
    )


def _of_a_run(copydesk: Copydesk) -> dict[str, str] | None:
    of_two = [run for run in runs.listing(copydesk.db) if len(run.plan.candidates) > 1 and run.done]
    if not of_two:
        st.info("There is no run of two versions yet. Start one, or take recent articles of a desk.")
        st.page_link("evals.py", label="Start a run", query_params={"view": "start"})
        return None
    labels = {run.id: f"{run_words.title(run)}, by {run.author}" for run in of_two}
    chosen = st.selectbox("Run", list(labels), format_func=lambda each: labels[each], key="pairs_run")
    names = run_words.names(next(run for run in of_two if run.id == chosen).plan)
    one, other = 0, 1
    if len(names) > 2:
        left, right = st.columns(2)
        places = range(len(names))
        one = left.selectbox("One", places, format_func=lambda each: names[each], key=f"one_{chosen}")
        other = right.selectbox("The other", places, 1, format_func=lambda each: names[each], key=f"other_{chosen}")
    spoken = _languages(pairing.languages_of_run(copydesk.db, chosen), key=f"pairs_languages_{chosen}")
    return {"run": chosen, "one": str(one), "other": str(other), **spoken}


def _of_a_desk(copydesk: Copydesk) -> dict[str, str] | None:
    lines = {line.number: f"{line.number}: {line.note}" for line in versions.listing(copydesk.db, PROMPT)}
    if len(lines) < 2:
        st.info("There is one version only. Save another one to compare it.")
        return None
    desk = st.selectbox("Desk", copydesk.settings.desks, key="pairs_desk")
    left, right = st.columns(2)
    one = left.selectbox("One version", list(lines), format_func=lambda each: lines[each], key="pairs_one")
    other = right.selectbox("The other", list(lines), 1, format_func=lambda each: lines[each], key="pairs_other")
    st.caption(
        "Both are asked about the articles that headlines were asked for last, a few ahead of you: two calls an article, "
        "unless these versions were compared on it before."
    )
    spoken = _languages(pairing.recent_languages(copydesk.db, desk), key=f"pairs_languages_{desk}")
    return {"desk": desk, "one": str(one), "other": str(other), **spoken}


def _languages(spoken: Sequence[str], *, key: str) -> dict[str, str]:
    """Ask which, if there are several; none chosen means all."""
    if len(spoken) < 2:
        return {}
    chosen = st.pills(
        "Languages",
        spoken,
        selection_mode="multi",
        key=key,
        format_func=lambda code: language_name(str(code)),
        help="Choose those that you read well. Without a choice, articles in all of them come.",
    )
    return {"languages": ",".join(chosen)} if chosen else {}


def _round(copydesk: Copydesk) -> None:
    # Not a link: what is chosen next would be sent with the address that a link had not changed yet.
    st.button(
        "Choose what is compared",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=lambda: st.query_params.from_dict({"view": "pairs"}),
    )
    name = person.known()
    if not name:
        if person.name_field("pairs_name_again"):
            st.rerun()
        st.caption("Give your name to go on where you were.")
        return
    wanted = _wanted(copydesk, name)
    slots, recent = _slots(copydesk, wanted)
    if not slots() and wanted.seen:
        st.success(f"You have compared all there is here, {plain(name)}. Choose another run or desk.")
        blind_results(copydesk)
        return
    if not slots():
        st.info("There is no pair to compare: no article has headlines of both. Choose another run or desk.")
        return
    if all(slot.same for slot in slots()):
        st.info(
            "There is nothing to compare: both gave the same headlines for every article. Choose another run or desk."
        )
        return
    if blind_round(copydesk, slots, name, recent):
        many = sum(slot.is_pair for slot in slots())
        st.success(f"You have compared all {many} pairs, {plain(name)}.", icon=":material/check:")
        left_out(slots())
        names = pairing.names(copydesk.db, slots())
        st.markdown("You saw " + " and ".join(f"**{plain(each)}**" for each in names) + ", left and right by lot.")
        blind_results(copydesk, among=names, reference=names[0] if names else None)


def _wanted(copydesk: Copydesk, name: str) -> Wanted:
    """How much of it the address asks for, without what this person had compared when the round began."""
    address = st.query_params
    begun = _number("until") if "until" in address else 0
    return Wanted(
        most=_number("many") if "many" in address else pairing.MOST,
        languages=tuple(each for each in address.get("languages", "").split(",") if each),
        seen=frozenset(each.shown.pair for each in pairs.of_person(copydesk.db, name) if each.given_at < begun),
    )


def _slots(copydesk: Copydesk, wanted: Wanted) -> tuple[Callable[[], Sequence[Slot]], Recent | None]:
    """How to read the round that the address names, and what has to be asked for it."""
    address = st.query_params
    one, other = _number("one"), _number("other")
    if "run" in address:
        slots = pairing.of_run(copydesk.db, address["run"], one, other, wanted)
        return lambda: slots, None
    desk = address.get("desk", "")
    copydesk.check_desk(desk)
    if one == other:
        raise BadInput("Choose two different versions.")
    recent = Recent(desk, PROMPT, one, other, copydesk.settings.environment)
    articles = pairing.recent_articles(copydesk.db, recent, until=_number("until"), wanted=wanted)
    return lambda: pairing.of_recent(copydesk.db, recent, articles), recent


def _number(name: str) -> int:
    value = st.query_params.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise BadInput(f"This address has no {name} that can be read. Start another round.")
    return int(value)
