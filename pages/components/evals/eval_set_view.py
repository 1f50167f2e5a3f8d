"""One eval set: its cases by desk, without their articles; a case is opened for those."""

from collections.abc import Sequence

import streamlit as st

from core.db import Database
from core.evals import erased, sets
from core.evals.sets import CaseLine, Version
from core.headlines.language import language_name
from pages.components.address_choice import address_choice
from pages.components.evals import eval_set_address
from pages.components.evals.eval_set_export import eval_set_export
from pages.components.formats import moment, plain
from pages.components.link_table import Column, Row, link_table

_PAGE = 100
_NAMED = 10
"""Erased cases that are told by their names."""
_ALL = "all desks"
_COLUMNS = (
    Column("Case"),
    Column("Desk"),
    Column("Language"),
    Column("Characters", number=True),
    Column("Reference headline", wraps=True),
    Column("Must mention", wraps=True),
    Column("Must not mention", wraps=True),
    Column("Length", wraps=True),
    Column("Tags", wraps=True),
)


def eval_set_view(db: Database, name: str, number: int | None) -> None:
    """Draw a version of a set, the newest without a number."""
    history = sets.history(db, name)
    version = history[0] if number is None else sets.get(db, name, number).version
    heading(version, newest=history[0].number)
    _say_what_was_erased(db, version)
    _actions(db, version, newest=history[0].number)
    desk = st.query_params.get("desk", _ALL)
    address_choice(
        "Desk",
        [_ALL, *version.desks],
        desk if desk in version.desks else _ALL,
        address=lambda chosen: eval_set_address.of(name, number, **({} if chosen == _ALL else {"desk": chosen})),
        key="set_desk",
        names={each: plain(f"{each} {cases:,}") for each, cases in version.desks.items()},
    )
    order = list(version.desks)
    lines = [line for line in sets.lines(db, name, version.number) if desk not in version.desks or line.desk == desk]
    _table(sorted(lines, key=lambda line: order.index(line.desk)), name, number)


def heading(version: Version, *, newest: int) -> None:
    """What this is, who made it, and whether it is still what the set is now."""
    st.subheader(plain(f"{version.name} {version.number}: {version.cases:,} cases"), anchor=False)
    st.text(version.note)
    shipped = " · comes with Copydesk" if version.shipped else ""
    st.caption(plain(f"by {version.author} · {moment(version.created_at)}{shipped}"))
    if version.number != newest:
        st.warning(
            plain(f"This is an earlier version; the newest is {newest}. It can be run and read, not changed."),
            icon=":material/history:",
        )
        st.page_link(
            "evals.py", label="The newest", icon=":material/arrow_forward:", query_params={"set": version.name}
        )


def _say_what_was_erased(db: Database, version: Version) -> None:
    gone = erased.of_version(db, version.name, version.number)
    if gone:
        names = ", ".join(each.id for each in gone[:_NAMED]) + (" and others" if len(gone) > _NAMED else "")
        st.info(
            plain(f"{len(gone):,} of its cases are not asked any more, for their articles were erased: {names}."),
            icon=":material/ink_eraser:",
        )


def _actions(db: Database, version: Version, *, newest: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Start a run on it", type="primary", icon=":material/play_arrow:"):
            st.query_params.from_dict({"view": "start", "of": version.name})
            st.rerun()
        if version.number == newest and st.button("Add a case", icon=":material/add:"):
            st.query_params.from_dict({"set": version.name, "add": "1"})
            st.rerun()
        if version.number == newest and st.button("Import", icon=":material/upload_file:"):
            st.query_params.from_dict({"set": version.name, "import": "1"})
            st.rerun()
        eval_set_export(db, version)
        st.page_link(
            "evals.py",
            label="Versions",
            icon=":material/history:",
            query_params={"set": version.name, "history": "1"},
        )
        st.page_link("evals.py", label="All sets", icon=":material/arrow_back:", query_params={"view": "sets"})


def _table(lines: Sequence[CaseLine], name: str, number: int | None) -> None:
    wanted = st.query_params.get("from", "0")
    start = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0
    rows = [_row(line) for line in lines[start : start + _PAGE]]
    opened = link_table(_COLUMNS, rows, parameter="case", key="cases", more=eval_set_address.of(name, number))
    if opened:
        st.query_params.from_dict(eval_set_address.of(name, number, case=opened))
        st.rerun()
    if len(lines) <= _PAGE:
        return
    desk = {"desk": st.query_params["desk"]} if "desk" in st.query_params else {}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{start + 1:,} to {min(start + _PAGE, len(lines)):,} of {len(lines):,}", width="content")
        for label, at in (("Earlier", start - _PAGE), ("Further", start + _PAGE)):
            if 0 <= at < len(lines):
                address = eval_set_address.of(name, number, **desk, **{"from": str(at)})
                st.page_link("evals.py", label=label, query_params=address)


def _row(line: CaseLine) -> Row:
    cells = (
        line.id,
        line.desk,
        language_name(line.language) if line.language else "–",
        f"{line.characters:,}",
        line.reference or "–",
        ", ".join(line.must_mention) or "–",
        ", ".join(line.must_not_mention) or "–",
        _length(line),
        ", ".join(line.tags) or "–",
    )
    return Row(line.id, cells, {4: "quiet", 8: "quiet"})


def _length(line: CaseLine) -> str:
    """How many characters a headline may have, as far as the case itself says so."""
    fewest, most = line.fewest_characters, line.most_characters
    if fewest and most:
        return f"{fewest} to {most}"
    return f"at least {fewest}" if fewest else f"at most {most}" if most else "–"
