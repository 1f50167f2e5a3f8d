"""Figures side by side, each a link to the executions behind it: for the keyboard, a new tab, a colleague's chat."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from streamlit.components.v2 import component

from core.traces.finding.find import Find
from pages.components import executions
from pages.components.overview.figure_words import Told


@dataclass(frozen=True)
class Tile:
    """One figure under its name, and what finds the executions behind it; `explained` is for whoever rests on it."""

    label: str
    told: Told
    behind: Find
    explained: str


_CSS = """
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1px;
         border: 1px solid var(--st-border-color); background: var(--st-border-color); border-radius: .3rem; overflow: hidden; }
a { display: flex; flex-direction: column; gap: .1rem; padding: .65rem .8rem .6rem; text-decoration: none;
    color: var(--st-text-color); background: var(--st-background-color); font: .82rem/1.35 var(--st-font); }
a:hover { background: var(--st-secondary-background-color); }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.label { opacity: .75; }
.value { font-size: 1.45rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.better { color: var(--st-green-color); }
.worse { color: var(--st-red-color); font-weight: 600; }
.quiet, .note { opacity: .7; }
.rest { background: var(--st-background-color); }
@media (max-width: 640px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".tiles");
  frame.replaceChildren();
  for (const [number, tile] of data.tiles.entries()) {
    const link = document.createElement("a");
    link.href = tile.href;
    link.title = tile.explained;
    const { value, tone, change, note } = tile.told;
    for (const [name, text] of [["label", tile.label], ["value", value], [tone, change], ["note", note]]) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      if (text) link.append(part);
    }
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("opened", number);
    };
    frame.append(link);
  }
  // The lines between tiles are the ground showing through; the rest of the last row must not show it.
  const rest = document.createElement("span");
  rest.className = "rest";
  const fill = () => {
    const columns = getComputedStyle(frame).gridTemplateColumns.split(" ").length;
    const left = (columns - (data.tiles.length % columns)) % columns;
    rest.hidden = !left;
    rest.style.gridColumn = "span " + (left || 1);
  };
  frame.append(rest);
  fill();
  const watcher = new ResizeObserver(fill);
  watcher.observe(frame);
  return () => watcher.disconnect();
}
"""

_component = component("copydesk.figure_tiles", html='<div class="tiles"></div>', css=_CSS, js=_JS)


def figure_tiles(tiles: Sequence[Tile], *, key: str) -> None:
    """Draw the tiles. Opening a figure goes to the executions."""
    data = {"tiles": [_tile(tile) for tile in tiles]}
    opened = _component(data=data, key=key, on_opened_change=_nothing).opened
    if opened is not None:
        executions.go(tiles[opened].behind)


def _tile(tile: Tile) -> Mapping[str, object]:
    href = executions.href(tile.behind)
    return {"label": tile.label, "told": asdict(tile.told), "href": href, "explained": tile.explained}


def _nothing() -> None:
    """Streamlit sends a trigger only to a component that has a callback for it."""
