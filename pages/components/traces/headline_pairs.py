"""Two sets of headlines line beside line: what both have is quiet, what became another is marked word by word.

Headlines are foreign text: they reach the page as `textContent` only.
"""

from collections.abc import Sequence

from streamlit.components.v2 import component

from core.checks.finding import Finding
from core.headlines.side_by_side import Pair
from core.prompts.differences import Piece
from core.traces.model import Trace

_CSS = """
.pairs { container-type: inline-size; color: var(--st-text-color); }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; border-bottom: 1px solid var(--st-border-color); }
.side { display: grid; grid-template-columns: 1.6rem 1fr auto; gap: .15rem .6rem; align-items: baseline; padding: .45rem 0; }
.side.nothing { opacity: .5; font: .82rem/1.4 var(--st-font); display: block; padding-left: 2.2rem; }
.position, .length { font: .78rem/1.4 var(--st-font); opacity: .7; font-variant-numeric: tabular-nums; }
.text { font: 1.08rem/1.35 "Source Serif", "Source Serif 4", Georgia, "Times New Roman", serif; overflow-wrap: anywhere;
        unicode-bidi: plaintext; }
.same .text { opacity: .6; }
.kind { grid-column: 1 / -1; font: .75rem/1.4 var(--st-font); opacity: .7; padding: .3rem 0 0 2.2rem; }
del, ins { border-radius: .15rem; text-decoration-thickness: 1px; }
del { background: color-mix(in srgb, var(--st-red-color) 20%, transparent); text-decoration: line-through; }
ins { background: color-mix(in srgb, var(--st-green-color) 22%, transparent); text-decoration: underline; }
.whole del, .whole ins { background: none; text-decoration: none; }
.flags { grid-column: 2 / -1; font: .8rem/1.4 var(--st-font); display: flex; flex-wrap: wrap; gap: .1rem .7rem; }
.flag::before { margin-right: .3rem; font-weight: 700; }
.fail::before { content: "✕"; color: var(--st-red-color); }
.warn::before { content: "!"; color: var(--st-orange-color); }
.hint::before { content: "·"; }
@container (max-width: 40rem) {
  .row { grid-template-columns: 1fr; padding: .2rem 0; }
  .side { padding: .15rem 0; }
  .same .side + .side, .side.nothing { display: none; }
  .kind { padding-left: 2.2rem; }
}
"""

_JS = """
const tags = { same: "span", removed: "del", added: "ins" };
const KINDS = { same: "in both", changed: "changed", first: "only in the first", second: "only in the second" };

function part(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function side(each) {
  if (!each) return part("div", "side nothing", "nothing like it");
  const made = part("div", "side");
  const text = part("span", "text");
  text.append(...each.pieces.map(([words, kind]) => part(tags[kind], "", words)));
  const flags = part("div", "flags");
  flags.append(...each.flags.map(([kind, words]) => part("span", `flag ${kind}`, words)));
  made.append(part("span", "position", each.number), text, part("span", "length", each.length), flags);
  return made;
}

export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".pairs");
  frame.replaceChildren();
  for (const pair of data.pairs) {
    const row = part("div", `row ${pair.kind} ${pair.one && pair.other ? "" : "whole"}`);
    row.append(part("div", "kind", KINDS[pair.kind]), side(pair.one), side(pair.other));
    frame.append(row);
  }
}
"""

_component = component("copydesk.headline_pairs", html='<div class="pairs"></div>', css=_CSS, js=_JS)


def headline_pairs(pairs: Sequence[Pair], one: Trace, other: Trace, *, key: str) -> None:
    """Draw the pairs of two traces, with what was found in each headline."""
    _component(data={"pairs": [_row(pair, one, other) for pair in pairs]}, key=key)


def _row(pair: Pair, one: Trace, other: Trace) -> dict[str, object]:
    kind = "first" if pair.other is None else "second" if pair.one is None else "same" if pair.same else "changed"
    return {
        "kind": kind,
        "one": _side(one, pair.one, pair.before),
        "other": _side(other, pair.other, pair.after),
    }


def _side(trace: Trace, position: int | None, pieces: Sequence[Piece]) -> dict[str, object] | None:
    if position is None:
        return None
    found: Sequence[Finding] = trace.scoring.findings[position] if trace.scoring else ()
    return {
        "number": position + 1,
        "length": len(trace.headlines[position].text),
        "pieces": [[piece.text, piece.kind] for piece in pieces],
        "flags": [[each.severity, each.sentence] for each in found],
    }
