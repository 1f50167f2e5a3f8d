"""Two texts line beside line, what was removed and added marked word by word; told apart without colour, too.

Prompts are foreign text: they reach the page as `textContent` only.
"""

from collections.abc import Sequence

from streamlit.components.v2 import component

from core.prompts.compare import MessageChange
from core.prompts.differences import Piece

_CSS = """
.message { margin: 0 0 1rem; border: 1px solid var(--st-border-color); border-radius: .25rem; overflow: hidden; }
h4 { font: 600 .82rem/1.4 var(--st-font); margin: 0; padding: .4rem .7rem; background: var(--st-secondary-background-color);
     color: var(--st-text-color); border-bottom: 1px solid var(--st-border-color); }
.row { display: grid; grid-template-columns: 1fr 1fr; }
.side { font: .82rem/1.5 var(--st-code-font); white-space: pre-wrap; overflow-wrap: anywhere; padding: .1rem .7rem;
        min-height: 1.5em; color: var(--st-text-color); unicode-bidi: plaintext; }
.side + .side { border-left: 1px solid var(--st-border-color); }
.side.without { background: var(--st-secondary-background-color); }
del, ins { text-decoration-thickness: 1px; border-radius: .15rem; padding: 0 .05rem; }
del { background: color-mix(in srgb, var(--st-red-color) 20%, transparent); text-decoration: line-through; }
ins { background: color-mix(in srgb, var(--st-green-color) 22%, transparent); text-decoration: underline; }
.skipped { font: .78rem/1.4 var(--st-font); opacity: .7; padding: .25rem .7rem; color: var(--st-text-color); }
@media (max-width: 700px) {
  .row { grid-template-columns: 1fr; }
  .side + .side { border-left: 0; }
  .row:not(.changed) .side + .side, .side.without { display: none; }
}
"""

_JS = """
const tags = { same: "span", removed: "del", added: "ins" };

function side(pieces) {
  const cell = document.createElement("div");
  cell.className = pieces ? "side" : "side without";
  for (const [text, kind] of pieces ?? []) {
    const part = document.createElement(tags[kind]);
    part.textContent = text;
    cell.append(part);
  }
  return cell;
}

export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".frame");
  frame.replaceChildren();
  for (const message of data.messages) {
    const section = document.createElement("section");
    section.className = "message";
    const title = document.createElement("h4");
    title.textContent = message.title;
    section.append(title);
    for (const row of message.rows) {
      const line = document.createElement("div");
      if (row.skipped) {
        line.className = "skipped";
        line.textContent = row.skipped;
      } else {
        line.className = row.changed ? "row changed" : "row";
        line.append(side(row.before), side(row.after));
      }
      section.append(line);
    }
    frame.append(section);
  }
}
"""

_component = component("copydesk.diff_view", html='<div class="frame"></div>', css=_CSS, js=_JS)

_AROUND = 3
"""Lines shown around a change; what is further away is only counted."""


def diff_view(messages: Sequence[MessageChange], *, key: str) -> None:
    """Show messages of two versions side by side."""
    _component(data={"messages": [_data(message) for message in messages]}, key=key)


def same(lines: int) -> str:
    """What stands for lines that are not shown."""
    return f"… {lines} line{'' if lines == 1 else 's'} the same"


def _data(message: MessageChange) -> dict[str, object]:
    changed = [number for number, row in enumerate(message.rows) if row.changed]
    shown = {near for number in changed for near in range(number - _AROUND, number + _AROUND + 1)}
    rows: list[dict[str, object]] = []
    skipped = 0
    for number, row in enumerate(message.rows):
        if number not in shown and len(message.rows) > _AROUND:
            skipped += 1
            continue
        if skipped:
            rows.append({"skipped": same(skipped)})
            skipped = 0
        rows.append({"before": _pieces(row.before), "after": _pieces(row.after), "changed": row.changed})
    if skipped:
        rows.append({"skipped": same(skipped)})
    title = message.title if message.changed else f"{message.title}, the same"
    return {"title": title, "rows": rows}


def _pieces(pieces: Sequence[Piece] | None) -> list[list[str]] | None:
    return None if pieces is None else [[piece.text, piece.kind] for piece in pieces]
