// Who it is: asked once, after the first gesture and below the list, where nothing moves for it. What was done waits in
// the browser until that is known.

class NameRow {
  constructor(desk) {
    this.desk = desk;
    this.form = null;
  }

  draw() {
    const unnamed = this.desk.outbox.gestures.filter((each) => !each.person);
    if (!unnamed.length) {
      this.form?.remove();
      this.form = null;
      return;
    }
    if (!this.form) this.ask(unnamed.at(-1).position);
  }

  // The headline that it was asked for has the keyboard again afterwards.
  ask(position) {
    const { desk } = this;
    const field = element("input");
    field.type = "text";
    field.maxLength = 80;
    field.setAttribute("aria-label", "Your name");
    field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") desk.focus(position ?? 0);
    };
    this.form = element("form", "who");
    this.form.onsubmit = (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      desk.outbox.name = field.value.trim().normalize("NFC");
      desk.draw();
      if (position != null) desk.focus(position);
    };
    const keep = button("Keep", () => this.form.requestSubmit());
    this.form.append(element("span", "", "Not kept yet. Whose is it? Your name:"), field, keep);
    desk.list.parentElement.append(this.form);
    field.focus({ preventScroll: true });
  }
}
