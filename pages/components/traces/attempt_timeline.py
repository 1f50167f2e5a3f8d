"""The attempts of a call on one line of time: when each began, when its first token came, when it ended.

A bar is light until the first token and full from then on; one that failed is hatched. Words say the same.
"""

from collections.abc import Sequence

from streamlit.components.v2 import component

from core.llm.attempt import Attempt
from core.traces.timeline import Span
from pages.components.formats import duration

_CSS = """
.line { font: .82rem/1.4 var(--st-font); color: var(--st-text-color); container-type: inline-size; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 13rem 1fr 14rem; gap: .1rem .8rem; align-items: center;
     padding: .28rem 0; }
.name { overflow-wrap: anywhere; }
.name b { font-weight: 600; }
.words { text-align: right; font-variant-numeric: tabular-nums; opacity: .8; }
.track { position: relative; height: 1rem; background: var(--st-secondary-background-color); border-radius: .15rem; }
.bar { position: absolute; top: 0; bottom: 0; min-width: 3px; border-radius: .15rem; overflow: hidden; display: flex;
       background: color-mix(in srgb, var(--tone) 30%, transparent); box-shadow: inset 0 0 0 1px var(--tone); }
.written { margin-left: auto; background: var(--tone); }
.kept { --tone: var(--st-blue-color); }
.none { --tone: var(--st-orange-color); }
.error { --tone: var(--st-red-color); }
.open { --tone: var(--st-gray-color, #808080); }
.error .bar { background: repeating-linear-gradient(45deg, var(--tone) 0 2px, transparent 2px 6px); }
.mark { font-weight: 700; margin-right: .3rem; color: var(--tone); }
.scale { display: flex; justify-content: space-between; font-size: .75rem; opacity: .7; font-variant-numeric: tabular-nums;
         grid-column: 2; border-top: 1px solid var(--st-border-color); padding-top: .1rem; }
@container (max-width: 44rem) {
  li { grid-template-columns: 1fr auto; }
  .track { grid-column: 1 / -1; grid-row: 2; }
  .scale { grid-column: 1 / -1; }
}
"""

_JS = """
const marks = { kept: "●", none: "◐", error: "✕", open: "…" };

function part(name, text) {
  const made = document.createElement("span");
  made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector("ol");
  list.replaceChildren();
  for (const each of data.attempts) {
    const item = document.createElement("li");
    item.className = each.outcome;
    const name = part("name");
    const mark = part("mark", marks[each.outcome]);
    mark.setAttribute("aria-hidden", "true");
    const kind = document.createElement("b");
    kind.textContent = each.kind;
    name.append(mark, kind, ` ${each.model}`);
    const track = part("track");
    track.setAttribute("aria-hidden", "true");
    const bar = part("bar");
    bar.style.left = `${each.start}%`;
    bar.style.width = `${each.width}%`;
    if (each.written) {
      const written = part("written");
      written.style.width = `${each.written}%`;
      bar.append(written);
    }
    track.append(bar);
    item.append(name, track, part("words", each.words));
    item.title = each.more;
    list.append(item);
  }
  const scale = document.createElement("li");
  scale.setAttribute("aria-hidden", "true");
  const ticks = part("scale");
  ticks.append(...data.scale.map((text) => part("tick", text)));
  scale.append(ticks);
  list.append(scale);
}
"""

_component = component("copydesk.attempt_timeline", html='<div class="line"><ol></ol></div>', css=_CSS, js=_JS)


_WORTH_TELLING = 100
"""Milliseconds from which on a wait before an attempt is put into words."""


def attempt_timeline(spans: Sequence[Span], kept: Sequence[int | None], *, took: float | None, key: str) -> None:
    """Draw the attempts; `kept` is how many headlines each brought, None where none were asked for.

    `took` is the milliseconds of the whole call.
    """
    _component(data=timeline_data(spans, kept, took=took), key=key)


def timeline_data(spans: Sequence[Span], kept: Sequence[int | None], *, took: float | None) -> dict[str, object]:
    """What the line shows: places in per cent of the whole."""
    whole = max([span.end for span in spans] + [took or 0.0, 1.0])
    return {
        "attempts": [_row(number, span, many, whole) for number, (span, many) in enumerate(zip(spans, kept, strict=True), 1)],
        "scale": [duration(whole * share) for share in (0.0, 0.5, 1.0)],
    }  # fmt: skip


def _row(number: int, span: Span, kept: int | None, whole: float) -> dict[str, object]:
    attempt = span.attempt
    written = 0.0 if span.first_token is None else (span.end - span.first_token) / max(attempt.duration_ms, 0.001)
    first = (
        "no token came" if attempt.first_token_ms is None else f"first token after {duration(attempt.first_token_ms)}"
    )
    before = "began after" if number == 1 else "waited"
    waited = f"{before} {duration(span.waited)}, took " if span.waited >= _WORTH_TELLING else ""
    return {
        "kind": f"{number}. {attempt.kind}",
        "model": attempt.model,
        "start": round(100 * span.start / whole, 3),
        "width": round(100 * attempt.duration_ms / whole, 3),
        "written": round(100 * max(0.0, min(written, 1.0)), 3),
        "outcome": "error" if attempt.error else "none" if kept == 0 else "kept",
        "words": f"{waited}{duration(attempt.duration_ms)}{_came_of(attempt, kept)}",
        "more": f"{first}, {duration(attempt.duration_ms)} in all",
    }


def _came_of(attempt: Attempt, kept: int | None) -> str:
    if attempt.error:
        return ", failed"
    return "" if kept is None else f", {kept} kept"
