"""What a search finds as a file, made with its progress on the screen."""

import io
import shlex
from collections.abc import Sequence

import streamlit as st

from core import exports
from core.copydesk import Copydesk
from core.errors import CopydeskError
from core.exports import FORMS, Form
from core.traces.finding import find as finding
from core.traces.finding import search
from core.traces.finding.find import Find
from pages.components.formats import plain

_MOST: dict[Form, int] = {"csv": 10_000, "jsonl": 2_000, "parquet": 10_000}
"""Traces in a file that is made on the screen, some 20 MB; it is held in memory until it is saved."""

_NAMED = 5

_WORDS = {
    "csv": "CSV: a row each, for a spreadsheet",
    "jsonl": "JSONL: everything, messages and answers too",
    "parquet": "Parquet: a row each, for analysis",
}


def export_traces(copydesk: Copydesk, find: Find) -> None:
    """Draw the button that opens the dialog."""
    if st.button("Export", icon=":material/download:", key="export_traces"):
        _dialog(copydesk, find)


@st.dialog("Export what was found")
def _dialog(copydesk: Copydesk, find: Find) -> None:
    form: Form = st.radio("Format", FORMS, format_func=lambda each: _WORDS[each], key="export_form")
    most = _MOST[form]
    try:
        many = search.count(copydesk.db, find, limit=most)
    except CopydeskError as error:
        st.error(plain(error.message), icon=":material/error:")
        return
    if many.exact:
        st.markdown(f"**{many.number:,}** traces, the newest first.")
    else:
        st.markdown(f"The newest **{most:,}** of more than {most:,} traces: as many as are made here. For all of them:")
        st.code(_command(find, form), language="sh", wrap_lines=True)
    if not many.number:
        return
    made = st.session_state.get("export_made")
    if st.button("Make the file", type="primary", icon=":material/description:", key="export_make", width="stretch"):
        made = (form, find, *_made(copydesk, find, form, many.number))
        st.session_state["export_made"] = made
    if made and made[:2] == (form, find):
        if made[3]:
            st.warning(_damaged(made[3]), icon=":material/broken_image:")
        st.download_button(
            "Save it", made[2], f"traces.{form}", exports.MEDIA_TYPES[form], icon=":material/download:",
            on_click="ignore", key="export_save", width="stretch",
        )  # fmt: skip


def _command(find: Find, form: Form) -> str:
    """The same on the command line, which has no end."""
    options = [
        f"--{name.replace('_', '-')} {shlex.quote(value)}"
        for name, values in finding.address(find).items()
        for value in values
    ]
    return " ".join([f"python -m core traces export traces.{form}", *options])


def _made(copydesk: Copydesk, find: Find, form: Form, many: int) -> tuple[bytes, Sequence[str]]:
    """The file, and the traces that are damaged."""
    file = io.BytesIO()
    damaged: Sequence[str] = ()
    progress = st.progress(0.0, text=f"0 of {many:,}")
    for piece in exports.pieces(copydesk.db, find, form, limit=_MOST[form]):
        file.write(piece.data)
        damaged = piece.damaged
        progress.progress(min(1.0, piece.traces / many), text=f"{piece.traces:,} of {many:,}")
    progress.empty()
    return file.getvalue(), damaged


def _damaged(traces: Sequence[str]) -> str:
    many = f"{len(traces):,} traces have texts that are" if len(traces) > 1 else "1 trace has a text that is"
    named = ", ".join(f"`{each}`" for each in traces[:_NAMED])
    rest = f" and {len(traces) - _NAMED:,} more" if len(traces) > _NAMED else ""
    return (
        f"{many} damaged and cannot be read: {named}{rest}. The file has what is left. *Keeping* says what can be done."
    )
