"""Bring a file of cases into a set: what it is, which header holds what, what is in it; then all of it is saved, or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput, Conflict, CopydeskError
from core.evals import exchange, sets
from core.evals.case import Case
from core.evals.exchange import FORMATS, Format, Found, Terms, sheet
from core.evals.sets import Version
from pages.components import person
from pages.components.evals import case_editor
from pages.components.formats import plain

FORMAT_NAMES: Mapping[Format, str] = {
    "jsonl": "Copydesk, JSON lines",
    "csv": "Spreadsheet, CSV",
    "promptfoo-jsonl": "promptfoo, JSON lines",
    "promptfoo-csv": "promptfoo, CSV",
    "inspect-jsonl": "Inspect, JSON lines",
    "inspect-csv": "Inspect, CSV",
}
_FIELD_NAMES = {"id": "Id"} | {name: name.replace("_", " ").capitalize() for name in sheet.FIELDS if name != "id"}
_NOWHERE = ""
_NO_DESK = ""
_SHOWN = 5
_REPLACE, _ADD = "Take the place of the cases it has", "Add to the cases it has"


def eval_set_import(copydesk: Copydesk, name: str | None) -> None:
    """Draw the way from a file to a version of the set `name`, or to a new set."""
    back = {"view": "sets"} if name is None else {"set": name}
    label = "Sets" if name is None else "The set"
    st.page_link("evals.py", label=label, icon=":material/arrow_back:", query_params=back)
    st.subheader("A new set from a file" if name is None else plain(f"Cases for {name} from a file"), anchor=False)
    uploaded = st.file_uploader("File", type=["jsonl", "ndjson", "csv", "tsv"], key=f"import-{name or ''}-file")
    if uploaded is None:
        st.caption(
            "A line or row a case, in UTF-8: Copydesk's own JSON lines, a spreadsheet with a header, or the tests of "
            "promptfoo and samples of Inspect. A file with a fault changes nothing."
        )
        return
    data, source = uploaded.getvalue(), uploaded.name
    try:
        found = _found(copydesk, data, source)
    except BadInput as error:
        # One fault a line, as they were found.
        st.error("  \n".join(plain(line) for line in error.message.splitlines()), icon=":material/error:")
        return
    if found is not None:
        _preview(found)
        _save(copydesk, name, found.cases, source)


def _found(copydesk: Copydesk, data: bytes, source: str) -> Found | None:
    """What the file holds, read as it is said on the screen; None while it is not said which header holds the articles."""
    proposed = exchange.propose_format(data, source=source)
    reading, desks = st.columns(2)
    form = reading.selectbox(
        "Read it as", FORMATS, index=FORMATS.index(proposed), format_func=FORMAT_NAMES.__getitem__, key=f"form-{source}"
    )
    desk = desks.selectbox(
        "Desk of cases that name none",
        [_NO_DESK, *copydesk.settings.desks],
        format_func=lambda desk: desk or "each has to name its own",
        key=f"desk-{source}",
    )
    mapping = _mapping(data, source) if form == "csv" else None
    if mapping is not None and "article" not in mapping:
        st.info("Say which header holds the article.", icon=":material/arrow_upward:")
        return None
    terms = Terms(copydesk.settings.desks, copydesk.settings.article_limit, desk or None)
    return _read(data, form, source, mapping, terms)


@st.cache_data(max_entries=4, show_spinner="Reading the file …")
def _read(data: bytes, form: Format, source: str, mapping: Mapping[str, str] | None, terms: Terms) -> Found:
    if mapping is None:
        return exchange.read(data, form, source=source, terms=terms)
    return sheet.read_mapped(data, mapping, source=source, terms=terms)


def _mapping(data: bytes, source: str) -> Mapping[str, str]:
    """Which header holds which field: as it is proposed, or as it was chosen instead."""
    headers = sheet.headers(data, source)
    proposed = sheet.propose(headers)
    st.markdown("**Which column holds what?**")
    chosen: dict[str, str] = {}
    columns = st.columns(4)
    for place, field in enumerate(sheet.FIELDS):
        header = columns[place % len(columns)].selectbox(
            _FIELD_NAMES[field],
            [_NOWHERE, *headers],
            index=[_NOWHERE, *headers].index(proposed.get(field, _NOWHERE)),
            format_func=lambda header: header or "no column",
            key=f"map-{source}-{field}",
        )
        if header:
            chosen[field] = header
    return chosen


def _preview(found: Found) -> None:
    cases = found.cases
    desks = ", ".join(f"{desk} {many:,}" for desk, many in Counter(each.desk for each in cases).items())
    st.success(plain(f"{_counted(len(cases))}: {desks}"), icon=":material/check:")
    if found.remarks:
        st.warning("  \n".join(plain(remark) for remark in found.remarks), icon=":material/info:")
    st.table(
        [
            {
                "Case": plain(each.id),
                "Desk": plain(each.desk),
                "Language": plain(each.language or "–"),
                "Article": plain(f"{' '.join(each.article[:200].split())[:70]} …"),
                "Reference headline": plain(each.reference or "–"),
            }
            for each in cases[:_SHOWN]
        ],
        border="horizontal",
        hide_index=True,
    )
    if len(cases) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {len(cases):,}.")


def _save(copydesk: Copydesk, name: str | None, cases: Sequence[Case], source: str) -> None:
    key = f"import-{name or ''}"
    before = None if name is None else sets.newest(copydesk.db, name)
    # What is overwritten is what was seen here, whatever comes meanwhile.
    seen = st.session_state.setdefault(f"{key}-seen", before.number if before else None)
    with st.form(key, border=False, clear_on_submit=False):
        called = name or st.text_input("Name of the set", placeholder="small letters, digits and hyphens")
        way = st.radio("These cases", [_REPLACE, _ADD], horizontal=True) if name else _REPLACE
        note = st.text_input("What changes, and why?", value=f"From {source}"[:500], max_chars=500)
        author = person.name_field(f"{key}-author")
        sent = st.form_submit_button("Save as a new version", type="primary", icon=":material/save:")
    if not sent:
        return
    limit = copydesk.settings.article_limit
    try:
        if way == _ADD and seen is not None:
            saved = sets.add(copydesk.db, called, cases, note=note, author=author, seen=seen, article_limit=limit)
        else:
            saved = sets.save(
                copydesk.db, called.strip(), cases, note=note, author=author, seen=seen, article_limit=limit
            )
    except Conflict as error:
        st.session_state.pop(f"{key}-seen")
        st.error(plain(f"{error.message} Save again to put this on top."), icon=":material/group:")
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
    else:
        st.session_state.pop(f"{key}-seen")
        case_editor.leave(_said(saved, before), {"set": saved.name})


def _said(saved: Version, before: Version | None) -> str:
    if saved == before:
        return f"Nothing differs from {saved.name} {saved.number}."
    return f"Saved as {saved.name} {saved.number}: {_counted(saved.cases)}."


def _counted(many: int) -> str:
    return "1 case" if many == 1 else f"{many:,} cases"
