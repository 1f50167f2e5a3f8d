// Pick, edit and reject: what stands of each headline, the field in its place while it is edited, and keys.

const DONE = { picked: "Picked", edited: "Edited", rejected: "Rejected" };
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
      ["pick", "Pick (P)", () => this.decide(position, "picked")],
      ["open", "Edit (E)", () => this.edit(position)],
      ["reject", "Reject (R)", () => this.decide(position, "rejected")],
    ].map(([name, title, act]) => {
      const made = button(title.split(" ")[0], act);
      made.className = name;
      made.title = title;
      return made;
    });
    const save = button("Save", () => this.save(position));
    const cancel = button("Cancel", () => this.cancel(position));
    save.className = "save strong";
    cancel.className = "cancel";
    save.hidden = cancel.hidden = true;
    item.querySelector(".actions").prepend(pick, edit, reject, save, cancel);
    item.querySelector(".length").before(element("div", "was"));
    item.append(element("div", "said"), element("p", "told"));
    item.querySelector(".told").setAttribute("role", "alert");
    item.tabIndex = position ? -1 : 0;
    item.setAttribute("aria-keyshortcuts", "P E R");
    item.addEventListener("focus", () => this.items.forEach((each) => { each.tabIndex = each === item ? 0 : -1; }));
  }

  // What stands: by this person, with what is not answered yet on top of it, which `waits`; and by others.
  standing() {
    const mine = { headlines: new Map(), all: false, thumb: 0, comment: "", waits: new Set() };
    const others = [];
    for (const each of this.data.gestures.standing) {
      if (each.person === this.outbox.name) this.apply(mine, each);
      else others.push(each);
    }
    this.outbox.gestures.forEach((each) => this.apply(mine, { ...each, waits: true }));
    return { mine, others };
  }

  apply(mine, { kind, position, text, value, waits = false }) {
    if (waits) mine.waits.add(kind);
    if (kind === "thumb") mine.thumb = value;
    else if (kind === "comment") mine.comment = text;
    else if (kind === "all_rejected") {
      mine.headlines.clear();
      mine.all = true;
    } else {
      mine.headlines.set(position, { kind, text, waits });
      if (kind !== "rejected") mine.all = false;
    }
  }

  draw() {
    const { mine, others } = this.standing();
    this.items.forEach((item, position) => {
      if (this.data.texts[position] === undefined) return;
      this.drawRow(item, position, this.own(mine, position), this.byOthers(others, position));
    });
    this.set.draw(mine, others.filter((each) => each.position === null));
    this.who.draw();
  }

  own(mine, position) {
    return mine.headlines.get(position) ?? (mine.all ? { kind: "rejected", waits: mine.waits.has("all_rejected") } : {});
  }

  // Whoever rejected all rejected each that they said nothing else about.
  byOthers(others, position) {
    const about = others.filter((each) => each.position === position);
    const all = others.filter(({ kind, person }) => kind === "all_rejected" && !about.some((each) => each.person === person));
    return [...about, ...all.map((each) => ({ ...each, kind: "rejected", position }))];
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
      act.textContent = isDone ? DONE[kind] : word;
      act.classList.toggle("waits", own.kind === kind && !isKept);
      act.setAttribute("aria-pressed", isDone);
      act.setAttribute("aria-label", `${act.textContent} headline ${position + 1}`);
      act.hidden = Boolean(draft);
    }
    for (const name of ["save", "cancel"]) item.querySelector(`.${name}`).hidden = !draft;
    item.querySelector(".copy").hidden = Boolean(draft);
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

  // What stands already is not done again: it would be a second line on record that says nothing new.
  decide(position, kind, text) {
    const own = this.own(this.standing().mine, position);
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
    const stands = { all_rejected: mine.all && !mine.headlines.size, thumb: mine.thumb === gesture.value };
    if (stands[gesture.kind]) return;
    this.told.delete(null);
    this.outbox.add(gesture);
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
      p: () => this.decide(position, "picked"),
      e: () => this.edit(position),
      r: () => this.decide(position, "rejected"),
    };
    const act = /^[0-9]$/.test(key) ? () => this.focus((Number(key) + 9) % 10) : acts[key];
    if (!act || at < 0) return;
    event.preventDefault();
    // Streamlit has keys of its own: R would run the page anew.
    event.stopPropagation();
    act();
  }
}
