"""A table whose rows are links: real ones, for the keyboard, for a new tab, for a colleague's chat.

Cells are foreign text and reach the page as `textContent` only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlencode

from streamlit.components.v2 import component

Tone = Literal["plain", "quiet", "green", "blue", "orange", "red", "gray"]


@dataclass(frozen=True)
class Column:
    label: str
    number: bool = False
    wraps: bool = False


@dataclass(frozen=True)
class Row:
    """One line; `tones` gives the tone of a cell by its position. `id` is what opening the row returns."""

    id: str
    cells: Sequence[str]
    tones: dict[int, Tone]
    chosen: bool = False


_CSS = """
.frame { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: .88rem/1.4 var(--st-font); color: var(--st-text-color); }
th { text-align: left; font-weight: 600; opacity: .7; padding: .35rem .7rem .35rem 0; white-space: nowrap;
     border-bottom: 1px solid var(--st-border-color); }
td { padding: 0; vertical-align: top; border-bottom: 1px solid var(--st-border-color); }
td a { display: block; padding: .45rem .7rem .45rem 0; color: inherit; text-decoration: none; white-space: nowrap;
       max-width: 26rem; overflow: hidden; text-overflow: ellipsis; }
tr:hover td, tr:focus-within td { background: var(--st-secondary-background-color); }
tr.chosen td { background: var(--st-secondary-background-color); }
tr.chosen td:first-child { box-shadow: inset 3px 0 var(--st-primary-color); }
th:first-child, tr td:first-child a { padding-left: .7rem; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
td a.wraps { white-space: normal; max-width: none; min-width: 6.5rem; }
td a.number, th.number { padding-right: 1.4rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.quiet { opacity: .7; }
.green::before, .blue::before, .orange::before, .red::before, .gray::before { margin-right: .4rem; font-weight: 700; }
.green::before { content: "●"; color: var(--st-green-color); }
.blue::before { content: "◉"; color: var(--st-green-color); }
.orange::before { content: "◐"; color: var(--st-orange-color); }
.red::before { content: "○"; color: var(--st-red-color); }
.gray::before { content: "·"; }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  for (const column of data.columns) {
    const cell = document.createElement("th");
    cell.textContent = column.label;
    cell.scope = "col";
    if (column.number) cell.className = "number";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const line of data.rows) {
    const row = body.insertRow();
    if (line.chosen) row.className = "chosen";
    line.cells.forEach((text, index) => {
      const link = document.createElement("a");
      link.href = line.href;
      link.textContent = text;
      link.title = text;
      link.tabIndex = index ? -1 : 0;
      const column = data.columns[index];
      link.className = [column.number && "number", column.wraps && "wraps", line.tones[index]].filter(Boolean).join(" ");
      link.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        setTriggerValue("opened", line.id);
      };
      row.insertCell().append(link);
    });
  }
}
"""

_component = component("copydesk.link_table", html='<div class="frame"><table></table></div>', css=_CSS, js=_JS)


def link_table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    parameter: str,
    key: str,
    more: Mapping[str, str | Sequence[str]] = MappingProxyType({}),
) -> str | None:
    """Show a table; each row leads to this screen with `?parameter=<its id>`, and `more` in the address.

    Returns the id of a row just opened.
    """
    data = {
        "columns": [{"label": column.label, "number": column.number, "wraps": column.wraps} for column in columns],
        "rows": [
            {
                "id": row.id,
                "href": "?" + urlencode({**more, parameter: row.id}, doseq=True),
                "cells": list(row.cells),
                "chosen": row.chosen,
                "tones": {str(position): tone for position, tone in row.tones.items()},
            }
            for row in rows
        ],
    }
    return _component(data=data, key=key, on_opened_change=_nothing).opened


def _nothing() -> None:
    """Streamlit sends a trigger only to a component that has a callback for it."""
