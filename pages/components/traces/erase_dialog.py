"""Erase what was asked and answered in a call, and say of one that was erased by whom, when and why."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.keeping import backups, erasing, overwriting
from core.keeping.erasing import Erased
from core.keeping.overwriting import Owed
from core.traces import bodies
from core.traces import erasing as erased_texts
from core.traces.erasing import Erasure
from core.traces.model import Trace
from pages.components.formats import moment, plain
from pages.components.person import name_field

_DONE = "erase_done"
_CALL = "This call"
_ARTICLE = "Everything about its article"


def say_what_is_gone(copydesk: Copydesk, trace: Trace) -> None:
    """What was just erased; where the texts of a call are gone, why they are."""
    said = st.session_state.pop(_DONE, None)
    if said:
        st.success(plain(said), icon=":material/check:")
    gone = erased_texts.of_trace(copydesk.db, trace.line.id)
    if gone is not None:
        st.info(plain(_why(gone, overwriting.owed(copydesk.db))), icon=":material/ink_eraser:")
    elif not trace.has_texts:
        st.info("What was asked and answered is not on record any more; the figures are.", icon=":material/ink_eraser:")


def erase(copydesk: Copydesk, trace: Trace) -> None:
    """The way to erase a call that has something to erase."""
    is_possible = trace.has_texts and trace.line.status != "open"
    if is_possible and st.button("Erase", icon=":material/ink_eraser:", type="tertiary", help=_HELP):
        _ask(copydesk, trace)


def told_in_words(done: Erased) -> str:
    """What went, and what did not."""
    calls = "1 call" if done.traces == 1 else f"{done.traces:,} calls"
    cases = f" and {done.cases:,} of the eval cases" if done.cases else ""
    bytes_ = " Nothing of what was erased is left in the bytes of the file." if done.overwritten else ""
    stays = " The article was not erased, for other calls or eval cases are about it." if done.still_used else ""
    return f"Erased: {calls}{cases}.{bytes_}{stays}"


@st.dialog("Erase from the record")
def _ask(copydesk: Copydesk, trace: Trace) -> None:
    choices = [_CALL, *([_ARTICLE] if trace.article else [])]
    what = st.radio("What", choices, captions=_CAPTIONS[: len(choices)], key="erase_what")
    author = name_field("erase_author")
    reason = st.text_input(
        "Reason",
        key="erase_reason",
        max_chars=erasing.LONGEST_REASON,
        placeholder="It stays for good, so quote nothing of the text.",
    )
    st.caption("This cannot be undone. Back-ups, exported files and what the provider keeps are not reached.")
    beside = backups.copies(copydesk.db.path)
    if beside:
        st.caption(plain(f"Nor are copies beside the database: {', '.join(path.name for path in beside)}."))
    if st.button("Erase", type="primary", width="stretch", icon=":material/ink_eraser:", key="erase_confirm"):
        try:
            with st.spinner("Erasing …"):
                if what == _ARTICLE and trace.article:
                    done = erasing.article(
                        copydesk.db, bodies.article_hash(trace.article), author=author, reason=reason
                    )
                else:
                    done = erasing.trace(copydesk.db, trace.line.id, author=author, reason=reason)
        except CopydeskError as error:
            st.error(plain(error.message), icon=":material/error:")
        else:
            st.session_state[_DONE] = told_in_words(done)
            st.rerun()


def _why(gone: Erasure, owed: Owed | None) -> str:
    reason = f"{gone.reason.rstrip('.')}."
    words = " Its words are still being overwritten in the file." if owed and owed.since <= gone.at else ""
    match gone.kind:
        case "erased":
            return f"Erased by {gone.author} on {moment(gone.at)}: {reason} The figures stay.{words}"
        case "expired":
            return f"What was asked and answered went on {moment(gone.at)}: {reason} The figures stay.{words}"
        case "unkept":
            return f"{reason} What was asked and answered was never on record; the figures are."


_HELP = "Take what was asked and answered off the record for good."
_CAPTIONS = (
    "What was asked and answered, what judges and people wrote about it.",
    "The same for every call about it, and the eval cases that use it.",
)
