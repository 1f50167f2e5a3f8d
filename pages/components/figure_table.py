"""A table of figures, each a link to the executions behind it.

Names of rows are foreign text and reach the page as `textContent` only.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from streamlit.components.v2 import component

from pages.components.figure_words import Told


@dataclass(frozen=True)
class Cell:
    told: Told
    query: str


@dataclass(frozen=True)
class Line:
    """One row: its name, where that leads, and its figures."""

    name: str
    query: str
    cells: Sequence[Cell]


_CSS = """
.frame { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font: .85rem/1.4 var(--st-font); color: var(--st-text-color); }
th { font-weight: 600; text-align: right; padding: .35rem .6rem; vertical-align: bottom;
     border-bottom: 1px solid var(--st-border-color); }
thead th { white-space: nowrap; font-weight: 600; }
td { padding: 0; border-bottom: 1px solid var(--st-border-color); text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--st-background-color); padding-left: 0; }
tbody th { padding-top: .45rem; padding-bottom: .45rem; white-space: nowrap; }
a { color: inherit; text-decoration: none; }
td a { display: block; padding: .45rem .6rem; white-space: nowrap; }
a:hover { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.mark { margin-left: .3rem; }
.better { color: var(--st-green-color); }
.worse { color: var(--st-red-color); font-weight: 700; }
.quiet { display: none; }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  table.replaceChildren();
  const linked = (query, text) => {
    const link = document.createElement("a");
    link.href = "traces?" + query;
    link.textContent = text;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("opened", query);
    };
    return link;
  };
  const head = table.createTHead().insertRow();
  for (const label of data.columns) {
    const cell = document.createElement("th");
    cell.textContent = label;
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const line of data.lines) {
    const row = body.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.append(linked(line.query, line.name));
    row.append(name);
    for (const { told, query } of line.cells) {
      const link = linked(query, told.value);
      link.title = [told.note, told.change].filter(Boolean).join("; ");
      const mark = document.createElement("span");
      mark.className = "mark " + told.tone;
      mark.textContent = told.change.slice(0, 1);
      mark.setAttribute("aria-label", told.change);
      if (told.tone !== "quiet") link.append(mark);
      row.insertCell().append(link);
    }
  }
}
"""

_component = component("copydesk.figure_table", html='<div class="frame"><table></table></div>', css=_CSS, js=_JS)


def figure_table(columns: Sequence[str], lines: Sequence[Line], *, key: str) -> str | None:
    """Show the table; the first column is that of the names. Returns the query of a figure just opened."""
    data = {"columns": list(columns), "lines": [asdict(line) for line in lines]}
    return _component(data=data, key=key, on_opened_change=_nothing).opened


def _nothing() -> None:
    """Streamlit sends a trigger only to a component that has a callback for it."""
