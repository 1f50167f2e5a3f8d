"""Headlines as a journalist reads them: in a serif, with length and flags, copied in one click.

A flag is what a check found. It opens to the closest passage of the article; a headline that has flags is not hidden.
What a judge said stands beside the flags and opens to its reason.

The text of a headline is foreign: it reaches the page as `textContent` only, never as HTML or Markdown.
"""

from collections.abc import Sequence

from streamlit.components.v2 import component

from core.checks.finding import Finding
from core.judge.verdict import HIGHEST, Verdict

_CSS = """
:host, .list { display: block; container-type: inline-size; }
ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; }
li { display: grid; grid-template-columns: 1.6rem 1fr auto auto; gap: .25rem .6rem; align-items: baseline;
     padding: .5rem 0; border-bottom: 1px solid var(--st-border-color); min-height: 2.1rem; }
.position, .length { font: .78rem/1.4 var(--st-font); opacity: .7; font-variant-numeric: tabular-nums; }
.text { font: 1.12rem/1.35 "Source Serif", "Source Serif 4", Georgia, "Times New Roman", serif; overflow-wrap: anywhere;
        unicode-bidi: plaintext; color: var(--st-text-color); }
.over { opacity: 1; font-weight: 600; color: var(--st-red-color); }
button { font: .78rem/1 var(--st-font); color: var(--st-text-color); background: none; cursor: pointer;
         border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: .3rem .5rem;
         min-width: 4.1rem; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
.flags { grid-column: 2 / -1; display: flex; flex-wrap: wrap; gap: .25rem .4rem; }
.flags:empty { display: none; }
.flag { font: .8rem/1.4 var(--st-font); color: var(--st-text-color); overflow-wrap: anywhere; }
.flag > :first-child { list-style: none; border: 1px solid var(--st-border-color); border-radius: 1rem;
                       padding: .05rem .55rem; display: inline-block; }
summary { cursor: pointer; }
summary::-webkit-details-marker { display: none; }
.flag > :first-child::before { margin-right: .35rem; font-weight: 700; }
.fail .flag > :first-child::before { content: "✕"; color: var(--st-red-color); }
.warn .flag > :first-child::before { content: "!"; color: var(--st-orange-color); }
.hint .flag > :first-child::before { content: "·"; }
.fail > :first-child { border-color: var(--st-red-color); }
.warn > :first-child { border-color: var(--st-orange-color); }
.judge > :first-child { border-style: dashed; }
summary:focus-visible { outline: 2px solid var(--st-primary-color); }
details p { margin: .3rem 0 .2rem; padding-left: .6rem; border-left: 2px solid var(--st-border-color); opacity: .85; }
.sort { font: .8rem/1.4 var(--st-font); color: var(--st-text-color); display: flex; gap: .4rem; align-items: center;
        padding-top: .5rem; cursor: pointer; }
.sort[hidden] { display: none; }
li.waiting .text { opacity: .45; font: .95rem/1.5 var(--st-font); }
@container (max-width: 30rem) {
  li { grid-template-columns: 1.6rem 1fr auto; min-height: 5.4rem; align-content: start; }
  .text { grid-column: 2 / -1; }
  .length { grid-column: 2; }
}
.note:empty { display: none; }
.note { font: .85rem/1.4 var(--st-font); opacity: .75; padding: .5rem 0 0; margin: 0; min-height: 1.2rem; }
"""

_JS = """
function row(position) {
  const item = document.createElement("li");
  for (const name of ["position", "text", "length"]) {
    const part = document.createElement("span");
    part.className = name;
    item.append(part);
  }
  const copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "Copy";
  copy.onclick = () => copyText(item.querySelector(".text").textContent, copy);
  item.append(copy);
  const flags = document.createElement("div");
  flags.className = "flags";
  item.append(flags);
  return item;
}

function flag({ kind, words, more }) {
  const label = document.createElement(more ? "summary" : "span");
  label.textContent = words;
  label.setAttribute("aria-label", `${kind}: ${words}`);
  const box = document.createElement(more ? "details" : "div");
  box.className = `flag ${kind}`;
  box.append(label);
  if (more) {
    label.title = more;
    const opened = document.createElement("p");
    opened.textContent = more;
    box.append(opened);
  }
  return box;
}

const weights = { fail: 100, warn: 10, hint: 1, judge: 0 };
const weight = (flags) => flags.reduce((sum, each) => sum + weights[each.kind], 0);

// The order on the screen; each keeps the number that it has on its trace.
function order(list, data, sorted) {
  const places = [...list.children].map((_, index) => index);
  if (sorted) places.sort((one, other) => weight(data.flags[one] ?? []) - weight(data.flags[other] ?? []) || one - other);
  places.forEach((index, place) => { list.children[index].style.order = place; });
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers keep the clipboard from pages that come over plain HTTP from another machine.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector("ol");
  const wanted = data.places;
  while (list.children.length > wanted) list.lastChild.remove();
  while (list.children.length < wanted) list.append(row(list.children.length + 1));
  [...list.children].forEach((item, index) => {
    const text = data.texts[index];
    const waiting = text === undefined;
    item.className = waiting ? "waiting" : "";
    item.querySelector(".position").textContent = index + 1;
    item.querySelector(".text").textContent = waiting ? data.placeholder : text;
    const length = item.querySelector(".length");
    const characters = waiting ? 0 : [...text].length;
    length.textContent = waiting ? "" : data.limit ? `${characters} of ${data.limit}` : characters;
    length.className = data.limit && characters > data.limit ? "length over" : "length";
    const copy = item.querySelector("button");
    copy.style.visibility = waiting ? "hidden" : "visible";
    copy.setAttribute("aria-label", `Copy headline ${index + 1}`);
    item.querySelector(".flags").replaceChildren(...(data.flags[index] ?? []).map(flag));
  });
  const sort = parentElement.querySelector(".sort");
  sort.hidden = !data.flags.some((flags) => flags.some((each) => each.kind !== "judge"));
  const box = sort.querySelector("input");
  box.onchange = () => order(list, data, box.checked);
  order(list, data, box.checked);
  parentElement.querySelector(".note").textContent = data.note;
  if (data.note && !list.dataset.seen && window.innerWidth < 700) {
    // On a telephone the list stands below the form, and whoever pressed the button wants to see it.
    list.dataset.seen = "yes";
    list.scrollIntoView({ behavior: "smooth", block: "center" });
  }
}
"""

_component = component(
    "copydesk.headline_list",
    html=(
        '<div class="list"><ol></ol>'
        '<label class="sort" hidden><input type="checkbox">Fewest flags first</label>'
        '<p class="note" role="status"></p></div>'
    ),
    css=_CSS,
    js=_JS,
)


def headline_list(
    texts: Sequence[str],
    *,
    limit: int | None,
    key: str,
    places: int | None = None,
    note: str = "",
    findings: Sequence[Sequence[Finding]] = (),
    verdicts: Sequence[Verdict] = (),
) -> None:
    """Show headlines, with what was found in each, and what a judge said of it.

    `places` keeps room for those that are still to come, so that nothing jumps while they arrive.
    """
    data = {
        "texts": list(texts),
        "limit": limit,
        "places": max(len(texts), places or 0),
        "placeholder": "…",
        "note": note,
        "flags": _flags(len(texts), findings, verdicts),
    }
    _component(data=data, key=key)


def _flags(
    headlines: int, findings: Sequence[Sequence[Finding]], verdicts: Sequence[Verdict]
) -> list[list[dict[str, str | None]]]:
    """For every headline its flags: a kind, the words, and what they open to."""
    flags: list[list[dict[str, str | None]]] = [[] for _ in range(headlines)]
    for of, found in zip(flags, findings, strict=False):
        for each in found:
            passage = each.passage and f"The article: {each.passage}"
            of.append({"kind": each.severity, "words": each.sentence, "more": passage})
    for verdict in verdicts:
        for criterion, score in verdict.scores.items():
            words = f"{criterion} {score.value} of {HIGHEST}"
            flags[verdict.position].append({"kind": "judge", "words": words, "more": score.reason})
    return flags
