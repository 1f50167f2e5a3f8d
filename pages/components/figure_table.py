"""A table in which every figure is a link to the executions behind it.

Cells are foreign text and reach the page as `textContent` only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from streamlit.components.v2 import component

from core.traces.finding.find import Find
from pages.components import executions


@dataclass(frozen=True)
class Cell:
    """A figure, and what finds the executions behind it; without that it is no link.

    `mark` is a sign with its colour, and `hint` says what it stands for.
    """

    text: str
    behind: Find | None = None
    mark: tuple[str, Literal["better", "worse"]] | None = None
    hint: str = ""


_CSS = """
.frame { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: .88rem/1.4 var(--st-font); color: var(--st-text-color); }
th { font-weight: 600; padding: .4rem .9rem .4rem 0; text-align: right; vertical-align: bottom; }
thead th { opacity: .75; border-bottom: 1px solid var(--st-border-color); }
thead th:not(:first-child) { min-width: 3.5rem; }
th:first-child { text-align: left; white-space: nowrap; position: sticky; left: 0; background: var(--st-background-color); }
td { text-align: right; padding: .4rem .9rem .4rem 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
tbody tr > * { border-bottom: 1px solid var(--st-border-color); }
a { color: var(--st-link-color); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.mark { margin-left: .3rem; }
.better { color: var(--st-green-color); }
.worse { color: var(--st-red-color); font-weight: 700; }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  table.replaceChildren();
  const row = (body, cells, fill) => {
    const line = body.insertRow();
    cells.forEach((cell, place) => {
      const made = document.createElement(place && body.tagName === "TBODY" ? "td" : "th");
      made.scope = body.tagName === "TBODY" ? "row" : "col";
      fill(made, cell, place);
      line.append(made);
    });
  };
  row(table.createTHead(), data.heads, (made, text) => { made.textContent = text; });
  const body = table.createTBody();
  data.rows.forEach((cells, number) => row(body, cells, (made, { text, href, mark, hint }, place) => {
    made.title = hint;
    if (!href) {
      made.textContent = text;
      return;
    }
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("opened", [number, place]);
    };
    made.append(link);
    if (mark) {
      const sign = document.createElement("span");
      sign.className = "mark " + mark[1];
      sign.textContent = mark[0];
      sign.setAttribute("aria-label", hint);
      made.append(sign);
    }
  }));
}
"""

_component = component("copydesk.figure_table", html='<div class="frame"><table></table></div>', css=_CSS, js=_JS)


def figure_table(heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, key: str) -> None:
    """Draw the table; the first cell of a row names it. Opening a figure goes to the executions."""
    data = {"heads": list(heads), "rows": [[_cell(cell) for cell in row] for row in rows]}
    opened = _component(data=data, key=key, on_opened_change=_nothing).opened
    if opened:
        number, place = opened
        behind = rows[number][place].behind
        assert behind is not None
        executions.go(behind)


def _cell(cell: Cell) -> Mapping[str, object]:
    href = None if cell.behind is None else executions.href(cell.behind)
    return {"text": cell.text, "href": href, "mark": cell.mark, "hint": cell.hint}


def _nothing() -> None:
    """Streamlit sends a trigger only to a component that has a callback for it."""
