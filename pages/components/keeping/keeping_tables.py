"""What is kept, what was taken away, and what an examination found, each as a table or a few lines."""

from collections.abc import Sequence

import streamlit as st

from core import clock
from core.keeping import chore_record
from core.keeping.chore_record import Done
from core.keeping.finding import Finding
from core.keeping.terms import Gone, Term
from core.prompts.releases import ENVIRONMENTS
from core.redaction import Redaction
from pages.components.formats import age, moment, plain

_SHOWN = 24
"""Characters of an id that tell it from others; the log has all of it."""
_KINDS = {"email": "e-mail addresses", "phone": "telephone numbers"}


def of_desks(found: Sequence[Term]) -> None:
    """For how long the texts of each desk are kept, by environment."""
    _table([{"Desk": term.desk} | dict(zip(ENVIRONMENTS, _days(term), strict=True)) for term in found])
    st.caption(
        "Articles, messages, answers, headlines, edits and comments. Hashes, scores, costs and the log of changes stay. "
        "Whoever runs Copydesk sets this: `COPYDESK_RETENTION`, `COPYDESK_TEXTLESS_DESKS`."
    )


def redaction(of: Redaction) -> None:
    """What is taken out of every text before it is used."""
    kinds = [*(_KINDS[kind] for kind in of.kinds), *(["the words of a list"] if of.has_words else [])]
    told = f"{', '.join(kinds)}: neither a model nor the record gets them." if kinds else "nothing."
    st.caption(f"Taken out of every text: {told} `COPYDESK_REDACT`, `COPYDESK_REDACT_WORDS`.")


def lately(gone: Sequence[Gone]) -> None:
    """What was erased, expired or restored, by whom and why, and whether its words are still in the file."""
    if not gone:
        st.caption("Nothing yet. What is erased, and what expires, will stand here with who did it and why.")
        return
    _table(
        [
            {
                "When": moment(each.entry.at),
                "Who": each.entry.author,
                "What": f"{each.entry.subject[:_SHOWN]} {each.entry.action}",
                "Why": each.entry.reason,
                "How much": each.how_much,
                "In the file": _in_the_file(each),
            }
            for each in gone
        ]
    )


def of_chores(done: Sequence[Done]) -> None:
    """What a served Copydesk does by itself: in a sentence if all is well, else what is not, and each behind it."""
    if not done:
        st.caption(
            "Nothing yet. While Copydesk is served it lets texts expire, overwrites what was erased, watches limits and "
            "more; when it did so last will stand here."
        )
        return
    last = max(done, key=lambda each: each.ended_at)
    wrong = [each for each in done if each.error or chore_record.is_late(each)]
    if all(chore_record.is_late(each) for each in done):
        # As after a start, until it begins; if it does not, an examination says so.
        st.info(plain(f"Nothing of it has been done for {age(last.ended_at)}. It begins a few seconds after a start."))
    elif not wrong:
        st.caption(plain(f"All of it goes well, last {age(last.ended_at)} ago in {_by(last)}."))
    else:
        for each in wrong:
            told = (
                f"{each.name} failed {age(each.ended_at)} ago: {each.error}"
                if each.error
                else f"{each.name} was last done {age(each.ended_at)} ago; it should have been done again since."
            )
            st.warning(plain(told), icon=":material/build:")
    with st.expander("Each, and when it was done", icon=":material/schedule:"):
        _table(
            [
                {
                    "What": each.name,
                    "Last": f"{age(each.ended_at)} ago",
                    "How it went": each.error or "well",
                    "Next": _next(each),
                    "By": _by(each),
                }
                for each in done
            ]
        )


def findings(found: Sequence[Finding]) -> None:
    """Each with what to do about it, what is to be mended first."""
    if not any(each.weight == "mend" for each in found):
        st.success("Nothing to mend.", icon=":material/check:")
    for each in sorted(found, key=lambda finding: finding.weight != "mend"):
        show, icon = (st.error, ":material/build:") if each.weight == "mend" else (st.info, ":material/info:")
        show(plain(f"{each.sentence} {each.remedy}"), icon=icon)


def _by(chore: Done) -> str:
    return f"process {chore.process} on {chore.machine}"


def _next(chore: Done) -> str:
    if chore_record.is_late(chore):
        return "overdue"
    minutes = (chore.next_at - clock.now_ms()) // 60_000
    return f"in {minutes} min" if minutes >= 1 else "in a moment"


def _in_the_file(gone: Gone) -> str:
    if gone.overwritten is None:
        return "–"
    if gone.overwritten:
        return "overwritten"
    return "being overwritten" if gone.entry.action == "erased" else "overwritten within a day"


def _days(term: Term) -> list[str]:
    if not term.keeps_texts:
        return ["no texts"] * len(term.days)
    return ["for ever" if days is None else f"{days:,} days" for days in term.days]


def _table(rows: Sequence[dict[str, str]]) -> None:
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
