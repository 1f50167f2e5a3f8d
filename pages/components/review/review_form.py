"""What a reviewer says about a set: a label by its digit, a comment, a better headline. All of it goes by the keyboard."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.review import rules, work
from core.review.item import Item, Wanted
from core.traces.model import Trace
from pages.components.formats import plain
from pages.components.review import review_next
from pages.components.review.review_assign import review_assign
from pages.components.review.review_claim import review_claim
from pages.components.review.review_collect import review_collect, say_what_was_collected
from pages.components.review.review_words import position

COMMENT, HEADLINE, ABOUT = "Comment", "Corrected headline", "What it is about"
_WHOLE_SET = -1


def review_form(copydesk: Copydesk, item: Item, trace: Trace, wanted: Wanted) -> None:
    """Draw the form for whoever has the item, or had it while they typed."""
    person, key = wanted.person, f"review-{item.id}"
    review_claim(copydesk.db, item.id, person)
    if item.readings:
        st.info(
            "You are the second reader. What the first one found is shown when you are done.", icon=":material/group:"
        )
    _labels(copydesk, item, person)
    st.text_area(COMMENT, key=f"{key}-comment", height=80, max_chars=5_000, placeholder="M leads here, Esc out.")
    correction = st.text_area(
        HEADLINE, key=f"{key}-headline", height=68, max_chars=1_000, placeholder="H leads here, Esc out."
    )
    texts = [headline.text for headline in trace.headlines]
    place, second_one = st.columns(2, vertical_alignment="bottom")
    place.selectbox(
        ABOUT,
        [_WHOLE_SET, *range(len(texts))],
        index=_complained_about(item, len(texts)),
        format_func=lambda each: position(texts, None if each == _WHOLE_SET else each),
        key=f"{key}-about",
    )
    if item.wanted == 1:
        second_one.toggle("Have a second person read it", key=f"{key}-second", help="They do not see what you found.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Resolve and next",
            type="primary",
            shortcut="Ctrl+Enter",
            icon=":material/check:",
            on_click=_resolve,
            args=(copydesk, item, wanted),
        )
        st.button("Skip", shortcut="S", icon=":material/skip_next:", on_click=_skip, args=(copydesk, item, wanted))
        to = review_assign(copydesk, item, person)
        review_collect(copydesk, item, correction=correction.strip(), person=person)
    st.caption("Keys: digits label, M comment, H headline, A what it is about, E eval set, Esc leads out.")
    say_what_was_collected(item)
    review_next.say_what_was_refused()
    if to is not None:
        if to not in ("", person):
            review_next.go_on(copydesk, wanted)
        st.rerun()


def _resolve(copydesk: Copydesk, item: Item, wanted: Wanted) -> None:
    """Take what stands in the fields, which hold it until it is kept."""
    typed, about = st.session_state, st.session_state[f"review-{item.id}-about"]
    try:
        resolved = work.resolve(
            copydesk.db,
            item.id,
            person=wanted.person,
            comment=typed[f"review-{item.id}-comment"],
            correction=typed[f"review-{item.id}-headline"],
            about=None if about == _WHOLE_SET else about,
            second_reader=typed.get(f"review-{item.id}-second", False),
        )
    except CopydeskError as error:
        review_next.refuse(error.message)
    else:
        review_next.keep(_kept(copydesk, resolved, wanted.person))
        review_next.go_on(copydesk, wanted, by_two=item.id if item.readings and resolved.state == "done" else None)


def _kept(copydesk: Copydesk, item: Item, person: str) -> str:
    left = "" if item.state == "done" else " It waits for a second reader."
    return f"Saved: item {item.id}, {work.label_of(copydesk.db, item.id, person)}.{left}"


def _skip(copydesk: Copydesk, item: Item, wanted: Wanted) -> None:
    work.release(copydesk.db, item.id, wanted.person)
    review_next.skip(item.id)
    review_next.go_on(copydesk, wanted)


def _labels(copydesk: Copydesk, item: Item, person: str) -> None:
    """A button for each label, the chosen one marked. A label is kept at once."""
    chosen = work.label_of(copydesk.db, item.id, person)
    offered = rules.in_force(copydesk.db).rules.labels
    st.markdown("**What did you find?**")
    with st.container(horizontal=True, gap="small"):
        for number, label in enumerate(offered, 1):
            icon = "radio_button_checked" if label == chosen else "radio_button_unchecked"
            st.button(
                plain(label),
                key=f"review-{item.id}-label-{number}",
                shortcut=str(number),
                icon=f":material/{icon}:",
                on_click=_label,
                args=(copydesk, item, label, person),
            )


def _label(copydesk: Copydesk, item: Item, label: str, person: str) -> None:
    try:
        work.label(copydesk.db, item.id, label, person=person)
    except CopydeskError as error:
        review_next.refuse(error.message)


def _complained_about(item: Item, headlines: int) -> int:
    """Where the choice starts: the one headline that people complained about, or the whole set."""
    about = {reason.position for reason in item.reasons if reason.stands}
    one = about.pop() if len(about) == 1 else None
    return 0 if one is None or one >= headlines else one + 1
