"""What brings sets into the review queue, to be read and changed; a change holds for what comes after it."""

from collections.abc import Mapping

import streamlit as st

from core.copydesk import Copydesk
from core.errors import Conflict, CopydeskError
from core.review import rules
from core.review.rules import MOST_LABELS, Rules, Thresholds, Version
from pages.components.formats import moment, plain
from pages.components.person import name_field

_EVERYWHERE = "all desks"
_NOTE = "review-rules-note"
_SEEN, _SAVED = "review_rules_seen", "review_rules_saved"


def review_rules(copydesk: Copydesk) -> None:
    """Draw the section, folded: what holds, a form to change it, and the versions so far."""
    with st.expander("What brings headlines here?", icon=":material/rule:"):
        newest = rules.in_force(copydesk.db)
        # What the form was filled from stays what its author saw, until it is saved or left.
        if _NOTE not in st.session_state:
            st.session_state[_SEEN] = newest
        seen: Version = st.session_state[_SEEN]
        if st.session_state.pop(_SAVED, False):
            st.success(f"Version {newest.number} holds for what comes from now on.", icon=":material/check:")
        st.caption(
            plain(f"Version {newest.number}, by {newest.author}, {moment(newest.created_at)}: {newest.note}")
            + " A change holds for what comes after it."
        )
        desks = [_EVERYWHERE, *dict.fromkeys([*copydesk.settings.desks, *newest.rules.desks])]
        desk = st.selectbox("For", desks, key="review-rules-desk", width=240)
        with st.form("review-rules", border=False):
            typed = _fields(newest.rules, desk)
            note = st.text_input("What changes, and why?", key=_NOTE, max_chars=500)
            name = name_field("review-rules-author")
            sent = st.form_submit_button("Use these rules", icon=":material/save:")
        if sent:
            _save(copydesk, typed, seen, note=note, author=name)
        _versions(copydesk)


def _fields(of: Rules, desk: str) -> Mapping[str, object]:
    """Draw the fields and return what they hold, unchecked."""
    there = of.everywhere if desk == _EVERYWHERE else of.of(desk)
    own = desk == _EVERYWHERE or st.checkbox(
        plain(f"Rules of its own for {desk}"), value=desk in of.desks, key=f"review-rules-own-{desk}"
    )
    chosen = _thresholds(there, desk)
    second, labels = st.columns([1, 2])
    share = second.number_input(
        "Read by two, % of all items", 0.0, 100.0, of.second_share * 100, 1.0, key="review-rules-second", format="%g"
    )
    words = labels.text_area(
        "Labels",
        "\n".join(of.labels),
        key="review-rules-labels",
        height=180,
        help=f"One a line, at most {MOST_LABELS}.",
    )
    others = {name: each for name, each in of.desks.items() if name != desk}
    everywhere: object = chosen if desk == _EVERYWHERE else of.everywhere
    return {
        "everywhere": everywhere,
        "desks": others if desk == _EVERYWHERE or not own else {**others, desk: chosen},
        "second_share": _share(share),
        "labels": [line.strip() for line in words.splitlines() if line.strip()],
    }


def _thresholds(of: Thresholds, desk: str) -> Mapping[str, object]:
    key = f"review-rules-{desk}"
    complaints, figures = st.columns([1, 2])
    with complaints:
        thumbs = st.checkbox("A thumb down", of.thumbs_down, key=f"{key}-thumbs")
        rejected = st.checkbox("All headlines rejected", of.all_rejected, key=f"{key}-rejected")
    with figures, st.container(horizontal=True):
        edits = st.number_input(
            "Edited words, % at least", 1.0, 1000.0, None if of.heavy_edits is None else of.heavy_edits * 100, 5.0,
            key=f"{key}-edits", placeholder="off", format="%g", width=190,
        )  # fmt: skip
        failed = st.number_input(
            "Headlines that failed a check", 1, 100, of.failed_checks, key=f"{key}-failed", placeholder="off", width=210
        )
        share = st.number_input(
            "At random, % of all sets",
            0.0,
            100.0,
            of.random_share * 100,
            1.0,
            key=f"{key}-share",
            format="%g",
            width=190,
        )
    return {
        "thumbs_down": thumbs,
        "all_rejected": rejected,
        "heavy_edits": None if edits is None else _share(edits),
        "failed_checks": failed,
        "random_share": _share(share),
    }


def _share(percent: float) -> float:
    """What was typed as a percentage, without the digits that reckoning adds."""
    return round(percent / 100, 6)


def _save(copydesk: Copydesk, typed: Mapping[str, object], seen: Version, *, note: str, author: str) -> None:
    try:
        saved = rules.change(copydesk.db, rules.make(typed), note=note, author=author, seen=seen)
    except Conflict as error:
        st.error(
            plain(f"{error.message} What you typed is still here; save again to put it in force."),
            icon=":material/group:",
        )
        st.session_state[_SEEN] = rules.in_force(copydesk.db)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
    else:
        st.session_state[_SEEN] = saved
        st.session_state[_SAVED] = True
        st.rerun()


def _versions(copydesk: Copydesk) -> None:
    rows = [
        {
            "Version": str(each.number),
            "From": moment(each.created_at),
            "By": plain(each.author),
            "Note": plain(each.note),
        }
        for each in rules.versions(copydesk.db)
    ]
    st.table(rows, border="horizontal", hide_index=True)
