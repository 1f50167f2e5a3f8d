"""Headlines as a journalist reads them: in a serif, each with its length against the limit, copied in one click.

The text of a headline is foreign: it reaches the page as `textContent` only, never as HTML or Markdown.
"""

from collections.abc import Sequence

from streamlit.components.v2 import component

_CSS = """
:host, .list { display: block; container-type: inline-size; }
ol { list-style: none; margin: 0; padding: 0; }
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
  return item;
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
  });
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
    html='<div class="list"><ol></ol><p class="note" role="status"></p></div>',
    css=_CSS,
    js=_JS,
)


def headline_list(
    texts: Sequence[str], *, limit: int | None, key: str, places: int | None = None, note: str = ""
) -> None:
    """Show headlines. `places` keeps room for those that are still to come, so that nothing jumps while they arrive."""
    data = {
        "texts": list(texts),
        "limit": limit,
        "places": max(len(texts), places or 0),
        "placeholder": "…",
        "note": note,
    }
    _component(data=data, key=key)
