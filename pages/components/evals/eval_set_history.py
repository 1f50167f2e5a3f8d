"""The versions of a set, and what changed from one to another."""

from itertools import pairwise

import streamlit as st

from core.db import Database
from core.errors import BadInput
from core.evals import sets
from core.evals.sets import CaseLine, Changes
from pages.components.formats import age, plain
from pages.components.link_table import Column, Row, link_table

_COLUMNS = (
    Column("No.", number=True),
    Column("Note", wraps=True),
    Column("Cases", number=True),
    Column("By"),
    Column("Age"),
)
_FIELDS = {"desk": "desk", "article": "article", "reference": "reference headline", "must_mention": "must mention"} | {
    "must_not_mention": "must not mention", "source_trace": "source trace"
}  # fmt: skip


def eval_set_history(db: Database, name: str, pair: str | None) -> None:
    """Draw the versions; opening one shows what changed with it. `pair` is before..after, as in the address."""
    st.page_link("evals.py", label="The set", icon=":material/arrow_back:", query_params={"set": name})
    st.subheader(plain(f"Versions of {name}"), anchor=False)
    history = sets.history(db, name)
    before = {str(after.number): str(earlier.number) for after, earlier in pairwise(history)}
    newest = str(history[0].number)
    one, other = _pair(pair) if pair else (before.get(newest), newest)
    listed, shown = st.columns([5, 7], gap="large")
    with listed:
        rows = [
            Row(
                str(line.number),
                (str(line.number), line.note, f"{line.cases:,}", line.author, age(line.created_at)),
                {4: "quiet"},
                chosen=str(line.number) == other,
            )
            for line in history
        ]
        more = {"set": name, "history": "1"}
        opened = link_table(_COLUMNS, rows, parameter="changes", key="set_versions", more=more)
        if opened:
            st.query_params.from_dict({**more, "changes": f"{before.get(opened, '')}..{opened}"})
            st.rerun()
    with shown:
        numbers = [str(line.number) for line in history]
        _choose(name, numbers, one, other)
        if one and one != other:
            st.markdown(f"**What changed from {plain(one)} to {plain(other)}**")
            change_table(sets.changes(db, name, int(one), int(other)))
        elif not one:
            st.caption("With this version the set began.")
        address = {"set": name, "version": other}
        st.page_link("evals.py", label=f"Open version {plain(other)}", query_params=address)


def change_table(changes: Changes) -> None:
    """Draw what changed, case by case."""
    rows = [
        *(_row(line, "added") for line in changes.added),
        *(_row(line, "removed") for line in changes.removed),
        *(
            _row(each.after, "changed: " + ", ".join(_FIELDS.get(field, field) for field in each.fields))
            for each in changes.changed
        ),
    ]
    if rows:
        st.table(rows, border="horizontal", hide_index=True)
    if changes.moved:
        st.caption("The cases stand in another order.")
    elif not rows:
        st.caption("Nothing.")


def _row(line: CaseLine, what: str) -> dict[str, str]:
    return {"Case": plain(line.id), "Desk": plain(line.desk), "What": what}


def _choose(name: str, numbers: list[str], one: str | None, other: str) -> None:
    """Any two versions can be compared."""
    left, right = st.columns(2)

    def go() -> None:
        chosen = f"{st.session_state['changes_from'] or ''}..{st.session_state['changes_to']}"
        st.query_params.from_dict({"set": name, "history": "1", "changes": chosen})

    if other not in numbers or (one and one not in numbers):
        raise BadInput(f"{name} has no such versions; the newest is {numbers[0]}.")
    st.session_state["changes_from"], st.session_state["changes_to"] = one or None, other
    left.selectbox("From", numbers, index=None, key="changes_from", on_change=go, placeholder="the beginning")
    right.selectbox("To", numbers, key="changes_to", on_change=go)


def _pair(pair: str) -> tuple[str | None, str]:
    # A row's own link has the version alone, which is the one that is asked about.
    one, between, other = pair.partition("..")
    if not between:
        return (str(int(one) - 1) if one.isdecimal() and len(one) < 9 and int(one) > 1 else None), one
    return one or None, other
