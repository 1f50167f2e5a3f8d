"""What a model sent: JSON as a tree that folds, anything else as it came; copied whole in one click.

An answer is foreign text: it reaches the page as `textContent` only.
"""

from streamlit.components.v2 import component

from pages.components import copying

_CSS = """
.bar { display: flex; gap: .5rem; margin-bottom: .35rem; }
button { font: .78rem/1 var(--st-font); color: var(--st-text-color); background: none; cursor: pointer; padding: .3rem .5rem;
         border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
button[hidden] { display: none; }
.answer { font: .82rem/1.55 var(--st-code-font); color: var(--st-text-color); background: var(--st-secondary-background-color);
          border-radius: .25rem; padding: .7rem .8rem; max-height: 26rem; overflow: auto; overflow-wrap: anywhere; }
pre { margin: 0; font: inherit; white-space: pre-wrap; unicode-bidi: plaintext; }
details > details { padding-left: 1rem; }
.leaf { padding-left: 2.1rem; text-indent: -.1rem; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--st-primary-color); }
.key { opacity: .75; }
.many { opacity: .65; font-family: var(--st-font); font-size: .78rem; }
.value { unicode-bidi: plaintext; white-space: pre-wrap; }
"""

_JS = """
const OPEN = 3;     // levels that stand open at first
const MOST = 500;   // entries of one level that are shown; the text as it came has them all

function part(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function node(key, value, depth) {
  const name = key === null ? [] : [part("key", `${key}: `)];
  if (value === null || typeof value !== "object") {
    const leaf = document.createElement("div");
    leaf.className = "leaf";
    leaf.append(...name, part("value", JSON.stringify(value)));
    return leaf;
  }
  const entries = Array.isArray(value) ? value.map((each, at) => [at + 1, each]) : Object.entries(value);
  const box = document.createElement("details");
  const head = document.createElement("summary");
  const what = Array.isArray(value) ? ["entry", "entries"] : ["field", "fields"];
  head.append(...name, part("many", `${entries.length} ${what[entries.length === 1 ? 0 : 1]}`));
  box.append(head);
  // What nobody opens is not built.
  const fill = () => {
    if (!box.open || box.dataset.filled) return;
    box.dataset.filled = "yes";
    box.append(...entries.slice(0, MOST).map(([inner, each]) => node(inner, each, depth + 1)));
    if (entries.length > MOST) box.append(part("many", `… ${entries.length - MOST} more`));
  };
  box.ontoggle = fill;
  box.open = depth < OPEN;
  fill();
  return box;
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".answer");
  const [copying, switching] = parentElement.querySelectorAll("button");
  const tree = parsed(data.text);
  copying.onclick = () => copyText(data.text, copying);
  copying.setAttribute("aria-label", `Copy ${data.label}`);
  const show = (folded) => {
    box.replaceChildren();
    if (folded) {
      box.append(node(null, tree, 0));
    } else {
      const raw = document.createElement("pre");
      raw.textContent = data.text;
      box.append(raw);
    }
    switching.textContent = folded ? "As it came" : "As a tree";
    switching.onclick = () => show(!folded);
  };
  switching.hidden = tree === undefined;
  if (box.dataset.text !== data.text) {
    box.dataset.text = data.text;
    show(tree !== undefined);
  }
}
"""

_component = component(
    "copydesk.raw_answer",
    html=(
        '<div class="bar"><button type="button">Copy</button><button type="button" hidden></button></div>'
        '<div class="answer" tabindex="0"></div>'
    ),
    css=_CSS,
    js=copying.JS + _JS,
)


def raw_answer(text: str, *, label: str, key: str) -> None:
    """Draw an answer; `label` says which one it is to whoever copies it without seeing the screen."""
    _component(data={"text": text, "label": label}, key=key)
