function row() {
  const item = document.createElement("li");
  const actions = element("span", "actions");
  const copy = button("Copy", () => copyText(item.querySelector(".text").textContent, copy));
  copy.className = "copy";
  actions.append(copy);
  item.append(element("span", "position"), element("span", "text"), element("span", "length"), actions);
  item.append(element("div", "flags"));
  return item;
}

function flag({ kind, words, more }) {
  const label = element(more ? "summary" : "span", "", words);
  label.setAttribute("aria-label", `${kind}: ${words}`);
  const box = element(more ? "details" : "div", `flag ${kind}`);
  box.append(label);
  if (more) {
    label.title = more;
    box.append(element("p", "", more));
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

function showLength(item, text, limit) {
  const length = item.querySelector(".length");
  const characters = [...text].length;
  length.textContent = limit ? `${characters} of ${limit}` : characters;
  length.classList.toggle("over", Boolean(limit) && characters > limit);
}

// One that somebody opened stays open while nothing else is found.
function showFlags(item, flags) {
  const found = JSON.stringify(flags);
  const box = item.querySelector(".flags");
  if (box.dataset.found === found) return;
  box.dataset.found = found;
  box.replaceChildren(...flags.map(flag));
}

function fill(item, index, data) {
  const text = data.texts[index];
  const waiting = text === undefined;
  item.classList.toggle("waiting", waiting);
  item.querySelector(".position").textContent = index + 1;
  item.querySelector(".text").textContent = waiting ? data.placeholder : text;
  if (waiting) item.querySelector(".length").textContent = "";
  else showLength(item, text, data.limit);
  item.querySelector(".copy").setAttribute("aria-label", `Copy headline ${index + 1}`);
  // With gestures, what somebody made of a headline decides which flags it shows.
  if (waiting || !data.gestures) showFlags(item, data.flags[index] ?? []);
}

export default function ({ data, parentElement, setStateValue }) {
  const list = parentElement.querySelector("ol");
  const trace = data.gestures?.trace ?? "";
  if (list.dataset.trace !== trace) {
    // Another set in the same place: nothing done in it may reach the one before.
    list.replaceChildren();
    parentElement.querySelectorAll(".set, .who").forEach((each) => each.remove());
    list.dataset.trace = trace;
  }
  while (list.children.length > data.places) list.lastChild.remove();
  while (list.children.length < data.places) list.append(row());
  [...list.children].forEach((item, index) => fill(item, index, data));
  const sort = parentElement.querySelector(".sort");
  sort.hidden = !data.flags.some((flags) => flags.some((each) => each.kind !== "judge"));
  const box = sort.querySelector("input");
  box.onchange = () => order(list, data, box.checked);
  order(list, data, box.checked);
  parentElement.querySelector(".note").textContent = data.note;
  if (data.note && !list.dataset.seen && window.innerWidth < 700) {
    // On a telephone the list stands below the form, and whoever pressed the button wants to see it.
    list.dataset.seen = "yes";
    list.scrollIntoView({ block: "start" });
  }
  if (!data.gestures) return undefined;
  const close = gestures(parentElement, data, setStateValue);
  takeHands(list, data.gestures.final);
  return close;
}
