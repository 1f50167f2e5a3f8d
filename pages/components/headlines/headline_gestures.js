// Pick, edit and reject: what stands of each headline, the field in its place while it is edited, and keys.

const DONE = { picked: "Picked", edited: "Edited", rejected: "Rejected" };
const BACK = "Press again to take it back";
const NOT_YET = "not kept yet";
const desks = new WeakMap();

function gestures(root, data, setStateValue) {
  let desk = desks.get(root);
  if (desk?.outbox.trace !== data.gestures.trace) {
    desk = new Desk(root, new Outbox(data.gestures.trace));
    desks.set(root, desk);
  }
  desk.show(data, (value) => setStateValue("outbox", value));
  return () => desk.outbox.close();
}

class Desk {
  constructor(root, outbox) {
    this.outbox = outbox;
    this.told = new Map();
    this.list = root.querySelector("ol");
    this.who = new NameRow(this);
    root.querySelector(".list").classList.add("gestures");
    this.list.onkeydown = (event) => this.key(event);
    this.set = new SetBar(root, this);
  }

  get items() { return [...this.list.children]; }

  show(data, send) {
    this.data = data;
    followServer(data.gestures.person);
    this.items.forEach((item, position) => this.makeRow(item, position));
    const { refused, waiting } = this.outbox.settle(data.gestures.answered);
    this.waiting = waiting;
    for (const each of refused) {
      this.told.set(each.position ?? null, each.error);
      if (each.kind === "edited") this.outbox.draft(each.position, each.text, data.texts[each.position]);
    }
    this.outbox.open(data.gestures.final ? send : null);
    if (data.gestures.final && !this.settled) {
      this.settled = true;
      const gone = this.outbox.settleIn(data.texts);
      if (gone.length) this.told.set(null, `Not kept, for the final set has another headline there: ${gone.join(" · ")}`);
      this.outbox.flush();
    }
    this.draw();
  }

  makeRow(item, position) {
    if (item.querySelector(".pick")) return;
    const [pick, edit, reject] = [
      ["pick", "Pick (P)", () => this.press(position, "picked")],
      ["open", "Edit (E)", () => this.edit(position)],
      ["reject", "Reject (R)", () => this.press(position, "rejected")],
    ].map(([name, title, act]) => {
      const made = button(title.split(" ")[0], once(act));
      made.className = name;
      made.title = title;
      return made;
    });
    const save = button("Save", () => this.save(position));
    const cancel = button("Cancel", () => this.cancel(position));
    const back = button("Take back", () => this.undo(position));
    save.className = "save strong";
    cancel.className = "cancel";
    back.className = "back";
    back.title = "Neither edited nor picked";
    save.hidden = cancel.hidden = back.hidden = true;
    item.querySelector(".actions").prepend(pick, edit, reject, save, cancel, back);
    item.querySelector(".length").before(element("div", "was"));
    item.append(element("div", "said"), element("p", "told"));
    item.querySelector(".told").setAttribute("role", "alert");
    item.tabIndex = position ? -1 : 0;
    item.setAttribute("aria-keyshortcuts", "P E R");
    item.addEventListener("focus", () => this.items.forEach((each) => { each.tabIndex = each === item ? 0 : -1; }));
  }

  standing() {
    return standing(this.data.gestures.standing, this.outbox);
  }

  draw() {
    const { mine, others } = this.standing();
    this.items.forEach((item, position) => {
      if (this.data.texts[position] === undefined) return;
      this.drawRow(item, position, ownOf(mine, position), byOthers(others, position));
    });
    this.set.draw(mine, others.filter((each) => each.position === null));
    this.who.draw();
  }

  drawRow(item, position, own, others) {
    const suggested = this.data.texts[position];
    const draft = this.outbox.drafts[position];
    const shown = own.kind === "edited" ? own.text : suggested;
    const isKept = Boolean(own.kind) && !own.waits;
    if (isKept && !draft) item.dataset.stands = own.kind;
    else delete item.dataset.stands;
    item.querySelector(".text").textContent = shown;
    item.querySelector(".text").hidden = Boolean(draft);
    item.querySelector(".was").textContent = own.kind === "edited" && !draft ? `Suggested: ${suggested}` : "";
    showLength(item, draft ? draft.text : shown, this.data.limit);
    if (own.waits && !draft) item.querySelector(".length").append(element("span", "yet", NOT_YET));
    for (const [name, kind, word] of [["pick", "picked", "Pick"], ["open", "edited", "Edit"], ["reject", "rejected", "Reject"]]) {
      const act = item.querySelector(`.${name}`);
      const isDone = isKept && own.kind === kind;
      if (kind !== "edited") act.title = isDone ? `${BACK} (${word[0]})` : `${word} (${word[0]})`;
      act.textContent = isDone ? DONE[kind] : word;
      act.classList.toggle("waits", own.kind === kind && !isKept);
      act.setAttribute("aria-pressed", isDone);
      act.setAttribute("aria-label", `${act.textContent} headline ${position + 1}`);
      act.hidden = Boolean(draft);
    }
    for (const name of ["save", "cancel"]) item.querySelector(`.${name}`).hidden = !draft;
    item.querySelector(".back").hidden = !draft || own.kind !== "edited";
    item.querySelector(".copy").hidden = Boolean(draft);
    // Those of a suggestion say nothing about what was made of it.
    showFlags(item, own.kind === "edited" ? own.flags : this.data.flags[position] ?? []);
    item.querySelector(".said").replaceChildren(...others.map((each) => element("span", "", inWords(each))));
    item.querySelector(".told").textContent = this.told.get(position) ?? "";
    this.drawField(item, position, draft);
  }

  drawField(item, position, draft) {
    let field = item.querySelector(".edit");
    if (!draft) {
      field?.remove();
      return;
    }
    if (field) return;
    field = element("textarea", "edit");
    field.rows = 1;
    field.value = draft.text;
    field.maxLength = 1000;
    field.setAttribute("aria-label", `Headline ${position + 1}, edited`);
    const fit = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    };
    field.oninput = () => {
      field.value = field.value.replace(/\s*\n\s*/g, " ");
      this.outbox.draft(position, field.value, this.data.texts[position]);
      showLength(item, field.value, this.data.limit);
      fit();
    };
    field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        this.save(position);
      }
      if (event.key === "Escape") this.cancel(position);
    };
    item.querySelector(".text").after(field);
    fit();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  // What was done is undone by the same button, or key.
  press(position, kind) {
    if (ownOf(this.standing().mine, position).kind === kind) this.takeBack(position);
    else this.decide(position, kind);
  }

  undo(position) {
    this.outbox.draft(position, null);
    this.takeBack(position);
    this.focus(position);
  }

  // Of a headline, or of the whole set. What never left this window needs no line on record.
  takeBack(position) {
    this.told.delete(position);
    this.outbox.unsay(position);
    const { mine } = this.standing();
    const isLeft = position === null ? mine.all : ownOf(mine, position).kind in DONE;
    if (isLeft) this.outbox.add({ kind: "taken_back", position, seen: this.data.texts[position] });
    this.draw();
  }

  // What stands already is not done again: it would be a second line on record that says nothing new.
  decide(position, kind, text) {
    const own = ownOf(this.standing().mine, position);
    if (own.kind === kind && (kind !== "edited" || own.text?.trim() === text.trim())) {
      this.draw();
      return;
    }
    this.told.delete(position);
    const seen = this.data.texts[position];
    this.outbox.add(text === undefined ? { kind, position, seen } : { kind, position, text, seen });
    this.draw();
  }

  aboutSet(gesture) {
    const { mine } = this.standing();
    this.told.delete(null);
    if (gesture.kind === "all_rejected" && mine.all) {
      this.takeBack(null);
      return;
    }
    const isAgain = gesture.kind === "thumb" && mine.thumb === gesture.value;
    this.outbox.add(isAgain ? { ...gesture, value: 0 } : gesture);
    this.draw();
  }

  edit(position) {
    const { mine } = this.standing();
    const own = mine.headlines.get(position);
    this.outbox.draft(position, own?.text ?? this.data.texts[position], this.data.texts[position]);
    this.draw();
  }

  save(position) {
    const { text } = this.outbox.drafts[position];
    this.outbox.draft(position, null);
    // What was opened and left as it is was accepted as it is.
    if (text.trim() === this.data.texts[position]) this.decide(position, "picked");
    else this.decide(position, "edited", text);
    if (!this.who.form) this.focus(position);
  }

  cancel(position) {
    this.outbox.draft(position, null);
    this.told.delete(position);
    this.draw();
    this.focus(position);
  }

  focus(position) {
    this.items[position]?.focus();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const item = event.target.closest("li");
    const position = this.items.indexOf(item);
    const shown = this.items.filter((each) => !each.classList.contains("waiting"));
    shown.sort((one, other) => one.style.order - other.style.order);
    const at = shown.indexOf(item);
    const key = event.key.toLowerCase();
    const acts = {
      arrowdown: () => shown[Math.min(at + 1, shown.length - 1)].focus(),
      arrowup: () => shown[Math.max(at - 1, 0)].focus(),
      p: () => event.repeat || this.press(position, "picked"),
      e: () => this.edit(position),
      r: () => event.repeat || this.press(position, "rejected"),
    };
    const act = /^[0-9]$/.test(key) ? () => this.focus((Number(key) + 9) % 10) : acts[key];
    if (!act || at < 0) return;
    event.preventDefault();
    // Streamlit has keys of its own: R would run the page anew.
    event.stopPropagation();
    act();
  }
}

// The second click of a double click is no second thought.
function once(act) {
  return ({ detail }) => { if (detail < 2) act(); };
}
