// What somebody did in this browser and the server has not answered yet, with edits that are not finished.
//
// It outlives a rerun, a reload and the change from the growing list to the finished one. What is not answered is sent
// again; the key of a gesture is made here, once, so that the server keeps a repeat only once.
const AGAIN_MS = 4000;
const RARELY_MS = 60000;
const DECISIONS = ["picked", "edited", "rejected", "all_rejected", "taken_back"];

class Outbox {
  constructor(trace) {
    this.trace = trace;
    this.place = `copydesk.trace.${trace}`;
    const kept = JSON.parse(sessionStorage.getItem(this.place) ?? "{}");
    this.gestures = kept.gestures ?? [];
    this.drafts = kept.drafts ?? {};
    this.timer = 0;
    this.wait = AGAIN_MS;
    this.send = null;
    this.warn = (event) => { if (this.gestures.length || Object.keys(this.drafts).length) event.preventDefault(); };
  }

  get name() { return personName() ?? ""; }

  // The server hears of it at once, for its forms ask for the same name.
  set name(name) {
    setPersonName(name);
    this.flush();
    if (this.send && !this.gestures.length) this.send({ at: Date.now(), gestures: [], person: name });
  }

  save() {
    const { gestures, drafts } = this;
    if (gestures.length || Object.keys(drafts).length) sessionStorage.setItem(this.place, JSON.stringify({ gestures, drafts }));
    else sessionStorage.removeItem(this.place);
  }

  // `seen` is the headline that it is about, as it stood on the screen.
  add(gesture) {
    this.gestures.push({ key: newKey(), ...gesture });
    this.wait = AGAIN_MS;
    this.flush();
  }

  // Take out the decisions on a headline, or on the set, that were not sent yet.
  unsay(position) {
    const isSaid = (each) => !each.sent && DECISIONS.includes(each.kind) && (each.position ?? null) === position;
    this.gestures = this.gestures.filter((each) => !isSaid(each));
    this.save();
  }

  draft(position, text, seen) {
    if (text === null) delete this.drafts[position];
    else this.drafts[position] = { text, seen };
    this.save();
  }

  // Without a way to send, what is done is kept until there is one.
  open(send) {
    this.send = send;
    window.addEventListener("beforeunload", this.warn);
  }

  close() {
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.warn);
  }

  flush() {
    clearTimeout(this.timer);
    // Whose it is stays with a gesture from now on, also if somebody else sits down before it is answered.
    if (this.name) this.gestures.forEach((each) => { each.person ??= this.name; });
    this.save();
    const ready = this.gestures.filter((each) => each.person);
    if (!this.send || !ready.length) return;
    ready.forEach((each) => { each.sent = true; });
    this.save();
    // The time makes a repeat differ from what was sent before: Streamlit passes over a value that is the same.
    this.send({ at: Date.now(), gestures: ready.map(({ seen, sent, ...rest }) => rest), person: this.name });
    this.timer = setTimeout(() => this.flush(), this.wait);
    // A server that is slow is not made faster by being asked more often.
    this.wait = Math.min(2 * this.wait, RARELY_MS);
  }

  // Take out what is answered; returns the refused ones, each with its reason, and why others have to wait.
  settle(answered) {
    const refused = [];
    let waiting = "";
    this.gestures = this.gestures.filter((gesture) => {
      const answer = answered[gesture.key];
      if (answer === undefined) return true;
      if (answer.again) waiting = answer.error;
      else if (answer.error) refused.push({ ...gesture, error: answer.error });
      return answer.again;
    });
    this.save();
    return { refused, waiting };
  }

  // The set is final: what was done while it grew stays with its headline, wherever that came to stand. Returns what is gone.
  settleIn(texts) {
    const gone = [];
    const placed = (seen, position) => (texts[position] === seen ? position : texts.indexOf(seen));
    this.gestures = this.gestures.filter((each) => {
      if (each.seen === undefined || each.sent) return true;
      each.position = placed(each.seen, each.position);
      if (each.position < 0) gone.push(each.text ?? each.seen);
      return each.position >= 0;
    });
    const drafts = Object.entries(this.drafts);
    this.drafts = {};
    for (const [position, draft] of drafts) {
      // What is about the whole set has no place to lose.
      if (position === "set") {
        this.drafts.set = draft;
        continue;
      }
      const now = placed(draft.seen, Number(position));
      if (now < 0) gone.push(draft.text);
      else this.drafts[now] = draft;
    }
    this.save();
    return gone;
  }
}
