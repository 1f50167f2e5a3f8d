// What is below the headlines: reject them all, a thumb and a comment for the set, what others said of it, and as whom.

const KEYS = "↑ ↓ or a number go to a headline (0 is the tenth); P picks it, E edits it, R rejects it; the same key again "
  + "takes that back. While you edit: Enter saves, Escape leaves it as it was.";

const ABOUT_SET = ["all_rejected", "thumb"];

class SetBar {
  constructor(root, desk) {
    this.desk = desk;
    this.root = element("div", "set");
    this.all = button("Reject all", once(() => desk.aboutSet({ kind: "all_rejected" })));
    this.up = this.thumb(1, "Good set", "Thumb up");
    this.down = this.thumb(-1, "Poor set", "Thumb down");
    const why = button("Comment", () => this.comment(true));
    const keys = element("details", "keys");
    keys.append(element("summary", "", "Keys"), element("p", "", KEYS));
    this.makeForm();
    this.said = element("div", "said");
    this.told = element("p", "told");
    this.told.setAttribute("role", "alert");
    this.as = element("div", "as");
    this.yet = element("span", "yet", NOT_YET);
    this.root.append(this.all, this.up, this.down, why, this.yet, keys, this.form, this.said, this.told, this.as);
    root.querySelector(".sort").before(this.root);
  }

  thumb(value, words, title) {
    const made = button(words, once(() => {
      const isTakenBack = made.getAttribute("aria-pressed") === "true";
      this.desk.aboutSet({ kind: "thumb", value });
      if (!isTakenBack) this.comment(true);
    }));
    made.title = title;
    return made;
  }

  makeForm() {
    const { outbox } = this.desk;
    this.field = element("input");
    this.field.type = "text";
    this.field.maxLength = 5000;
    this.field.placeholder = "What about this set? Enter keeps it.";
    this.field.setAttribute("aria-label", "Comment on the set");
    this.field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.comment(false);
    };
    this.field.oninput = () => outbox.draft("set", this.field.value || null, "");
    this.form = element("form");
    this.form.onsubmit = (event) => {
      event.preventDefault();
      const text = this.field.value;
      if (!text.trim()) return;
      this.comment(false);
      this.desk.aboutSet({ kind: "comment", text });
    };
    this.form.append(
      this.field,
      button("Keep", () => this.form.requestSubmit()),
      button("Cancel", () => this.comment(false)),
    );
    this.form.hidden = true;
  }

  draw(mine, others) {
    const { data, outbox, told, waiting } = this.desk;
    this.root.classList.toggle("waiting", !data.gestures.final);
    this.root.hidden = !data.texts.length && data.gestures.final;
    const { waits } = mine;
    const all = [mine.all, waits.has("all_rejected")];
    this.all.textContent = mine.all && !all[1] ? "All rejected" : "Reject all";
    const thumb = waits.has("thumb");
    for (const [which, is, isWaiting] of [[this.all, ...all], [this.up, mine.thumb > 0, thumb], [this.down, mine.thumb < 0, thumb]]) {
      which.setAttribute("aria-pressed", is && !isWaiting);
      which.classList.toggle("waits", is && isWaiting);
    }
    this.yet.hidden = !ABOUT_SET.some((kind) => waits.has(kind));
    const draft = outbox.drafts.set;
    if (draft && this.form.hidden) {
      this.form.hidden = false;
      this.field.value = draft.text;
    }
    const own = mine.comment ? [`You${waits.has("comment") ? `, ${NOT_YET}` : ""}: ${mine.comment}`] : [];
    this.said.replaceChildren(...[...own, ...others.map(inWords)].map((words) => element("span", "", words)));
    this.told.textContent = [told.get(null), waiting].filter(Boolean).join(" ");
    this.as.replaceChildren();
    if (!outbox.name) return;
    const other = button("Not you?", () => {
      outbox.name = "";
      this.desk.draw();
    });
    other.className = "link";
    this.as.append(`As ${outbox.name}`, other);
  }

  comment(open) {
    this.form.hidden = !open;
    if (open && !this.desk.who.form) this.field.focus();
    if (open) return;
    this.field.value = "";
    this.desk.outbox.draft("set", null);
  }
}

function inWords({ kind, text, value, person }) {
  const words = {
    picked: `Picked by ${person}`,
    edited: `Edited by ${person}: ${text}`,
    rejected: `Rejected by ${person}`,
    all_rejected: `All rejected by ${person}`,
    thumb: value > 0 ? `Good, says ${person}` : `Poor, says ${person}`,
    comment: `${person}: ${text}`,
  };
  return words[kind] ?? "";
}
