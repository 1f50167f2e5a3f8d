// Two sets without names, judged by one key. What was judged is sent again until the next pair is there; its key, made
// here, keeps a repeat from counting twice, and until then no other key is taken for this pair or for the next.
const AGAIN_MS = 4000;
const RARELY_MS = 60000;
const tables = new WeakMap();

class Table {
  constructor(root) {
    this.root = root.querySelector(".pair");
    this.pending = null;
    this.timer = 0;
    this.listen = (event) => this.key(event);
    this.choice = [["first", "1", "The left is better"], ["tie", "0", "No difference"], ["second", "2", "The right is better"]]
      .map(([better, key, words]) => this.keyed(key, words, () => this.judge(better), better));
    this.undo = this.keyed("U", "Undo", () => this.takeBack(), "undo");
    this.undo.classList.add("undo");
    this.root.querySelector(".choice").replaceChildren(...this.choice, this.undo);
  }

  keyed(key, words, act, name) {
    const made = button(words, act);
    made.name = name;
    made.prepend(element("kbd", "", key));
    return made;
  }

  open(data, send) {
    this.data = data;
    this.send = send;
    if (this.pending && (this.pending.key in data.answered || this.pending.turn !== data.turn)) this.settle();
    document.addEventListener("keydown", this.listen, true);
    this.draw();
  }

  close() {
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this.listen, true);
  }

  settle() {
    clearTimeout(this.timer);
    this.pending = null;
  }

  draw() {
    const { pair, sets, article, done, total } = this.data;
    this.root.querySelector("progress").value = done / total;
    this.root.querySelector(".count").textContent = `${done} of ${total} compared`;
    this.root.querySelector(".told").textContent = this.data.told;
    for (const part of [".article", ".sets", ".keys"]) this.root.querySelector(part).hidden = !pair;
    for (const each of this.choice) {
      each.hidden = !pair;
      each.classList.toggle("chosen", this.pending?.better === each.name);
    }
    this.undo.disabled = !this.data.last || Boolean(this.pending);
    if (!pair) return;
    const shown = this.root.querySelector(".article");
    if (shown.textContent !== article) {
      shown.textContent = article;
      shown.scrollTop = 0;
    }
    this.root.querySelectorAll("section").forEach((section, place) => {
      section.querySelector("ol").replaceChildren(...sets[place].map((text) => element("li", "", text)));
      section.classList.toggle("chosen", this.pending?.better === ["first", "second"][place]);
    });
  }

  judge(better) {
    if (this.data.pair) this.act({ ...this.data.pair, better });
  }

  takeBack() {
    if (this.data.last) this.act({ ...this.data.last, better: null });
  }

  act(judgement) {
    if (this.pending) return;
    this.pending = { key: newKey(), turn: this.data.turn, ...judgement };
    this.wait = AGAIN_MS;
    this.deliver();
    this.draw();
  }

  deliver() {
    const { turn, ...judgement } = this.pending;
    // The time makes a repeat differ from what was sent before: Streamlit passes over a value that is the same.
    this.send({ at: Date.now(), ...judgement });
    this.timer = setTimeout(() => this.deliver(), this.wait);
    this.wait = Math.min(2 * this.wait, RARELY_MS);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = event.composedPath()[0];
    if (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) return;
    if (/^(radio|option|combobox|tab)$/.test(target.getAttribute?.("role") ?? "")) return;
    const acts = {
      1: () => this.judge("first"), ArrowLeft: () => this.judge("first"),
      2: () => this.judge("second"), ArrowRight: () => this.judge("second"),
      0: () => this.judge("tie"), ArrowDown: () => this.judge("tie"),
      u: () => this.takeBack(), U: () => this.takeBack(), Backspace: () => this.takeBack(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

export default function ({ data, parentElement, setStateValue }) {
  let table = tables.get(parentElement);
  if (!table) tables.set(parentElement, table = new Table(parentElement));
  table.open(data, (value) => setStateValue("judged", value));
  return () => table.close();
}
