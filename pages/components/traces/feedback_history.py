"""What people did with each headline and said about the set, the oldest first; what no longer stands is greyed.

Names, comments and headlines are foreign text: they reach the page as `textContent` only.
"""

from collections.abc import Sequence
from typing import Any

from streamlit.components.v2 import component

from core.feedback import Feedback, in_vain
from core.prompts import differences
from pages.components.formats import moment

_CSS = """
.feedback { font: .88rem/1.45 var(--st-font); color: var(--st-text-color); }
section + section { margin-top: .7rem; }
h4 { font: 600 .95rem/1.35 "Source Serif", "Source Serif 4", Georgia, "Times New Roman", serif; margin: 0 0 .15rem;
     overflow-wrap: anywhere; unicode-bidi: plaintext; }
section.set h4 { font-family: var(--st-font); font-size: .88rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .2rem 0 .2rem .8rem; border-left: 2px solid var(--st-border-color); overflow-wrap: anywhere; }
.mark { display: inline-block; min-width: 1.2rem; font-weight: 700; }
.good .mark { color: var(--st-green-color); }
.bad .mark { color: var(--st-red-color); }
.edit .mark { color: var(--st-blue-color); }
.who { font-weight: 600; }
.note, time { opacity: .7; font-size: .8rem; }
.text { display: block; padding-left: 1.2rem; unicode-bidi: plaintext; white-space: pre-wrap; }
.edit .text { font: 1rem/1.4 "Source Serif", "Source Serif 4", Georgia, "Times New Roman", serif; }
li.past { opacity: .55; }
li.past .did { text-decoration: line-through; }
del { background: color-mix(in srgb, var(--st-red-color) 20%, transparent); text-decoration: line-through; }
ins { background: color-mix(in srgb, var(--st-green-color) 22%, transparent); text-decoration: underline; }
"""

_JS = """
const tags = { same: "span", removed: "del", added: "ins" };

function part(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

function line(each) {
  const item = document.createElement("li");
  item.className = `${each.tone} ${each.past ? "past" : ""}`;
  const mark = part("span", "mark", each.mark);
  mark.setAttribute("aria-hidden", "true");
  item.append(mark, part("span", "who", each.who), " ", part("span", "did", each.did), " ", part("time", "", each.when));
  if (each.note) item.append(part("span", "note", ` · ${each.note}`));
  if (each.pieces.length) {
    const text = part("span", "text", "");
    text.append(...each.pieces.map(([words, kind]) => part(tags[kind], "", words)));
    item.append(text);
  }
  return item;
}

export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".feedback");
  frame.replaceChildren();
  for (const about of data.sections) {
    const section = document.createElement("section");
    section.className = about.set ? "set" : "one";
    const list = document.createElement("ul");
    list.append(...about.entries.map(line));
    section.append(part("h4", "", about.title), list);
    frame.append(section);
  }
}
"""

_component = component("copydesk.feedback_history", html='<div class="feedback"></div>', css=_CSS, js=_JS)

_SET = "The whole set"
# What was done, a mark and a tone for it.
_DONE = {
    "picked": ("picked it", "✓", "good"),
    "edited": ("edited it", "✎", "edit"),
    "rejected": ("rejected it", "✕", "bad"),
    "all_rejected": ("rejected all of them", "✕", "bad"),
    "taken_back": ("took that back", "↺", "said"),
    "comment": ("wrote", "“", "said"),
    "label": ("labelled it", "#", "said"),
}


def feedback_history(given: Sequence[Feedback], headlines: Sequence[str], *, key: str, gone: bool = False) -> None:
    """Draw what was given on a trace, the oldest first; `gone` says that its headlines are not kept any more."""
    _component(data={"sections": sections(given, headlines, gone=gone)}, key=key)


def sections(given: Sequence[Feedback], headlines: Sequence[str], *, gone: bool = False) -> list[dict[str, Any]]:
    """The whole set first, then each headline that somebody did or said something about."""
    vain = in_vain(given)
    places = sorted({each.position for each in given}, key=lambda position: -1 if position is None else position)
    return [
        {
            "title": _title(position, headlines, gone=gone),
            "set": position is None,
            "entries": [_entry(each, in_vain=each.id in vain) for each in given if each.position == position],
        }
        for position in places
    ]


def _title(position: int | None, headlines: Sequence[str], *, gone: bool) -> str:
    if position is None:
        return _SET
    if gone:
        return f"Headline {position + 1}, text not kept"
    return f"{position + 1}. {headlines[position] if position < len(headlines) else '…'}"


def _entry(given: Feedback, *, in_vain: bool) -> dict[str, Any]:
    did, mark, tone = (_wanted(given), "↺", "said") if in_vain else _done(given)
    notes = [] if given.source == "app" else [f"through the {given.source.upper()}"]
    edit = given.edit
    if edit is not None:
        words = "word" if edit.word_edits == 1 else "words"
        notes.append(f"{edit.word_edits} {words} changed of {edit.words}, HTER {edit.hter:.2f}")
    is_past = not given.stands and not given.takes_back
    if is_past:
        notes.append("superseded")
    return {
        "who": given.person,
        "did": did,
        "mark": mark,
        "tone": tone,
        "when": moment(given.given_at),
        "note": " · ".join(notes),
        "past": is_past,
        "pieces": _pieces(given),
    }


def _wanted(given: Feedback) -> str:
    """What was to be taken back, where nothing of it was there."""
    if given.kind == "thumb":
        return "wanted to take a thumb back; none stood"
    which = "a decision" if given.position is not None else "all decisions"
    return f"wanted to take {which} back; none stood"


def _done(given: Feedback) -> tuple[str, str, str]:
    value = given.value or 0
    if given.kind == "taken_back" and given.position is None:
        return "took all decisions back", "↺", "said"
    if given.kind == "thumb" and not value:
        return "took the thumb back", "↺", "said"
    if given.kind == "thumb":
        return ("thumb up", "▲", "good") if value > 0 else ("thumb down", "▼", "bad")
    if given.kind == "rating":
        return f"rated it {value} of 5", "★", "said"
    if given.kind == "score":
        return f"scored its {given.criterion} {value} of 5", "★", "said"
    return _DONE[given.kind]


def _pieces(given: Feedback) -> list[list[str]]:
    """The text: of an edit with what was left out and put in, otherwise as it is."""
    if not given.text:
        return []
    if given.kind != "edited" or given.suggested is None:
        return [[given.text, "same"]]
    return [[piece.text, piece.kind] for piece in differences.rewritten(given.suggested, given.text)]
