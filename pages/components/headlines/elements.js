// What the components of headlines share: elements of text, never of markup, and keys that no two gestures have in common.
function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(words, onclick) {
  const made = element("button", "", words);
  made.type = "button";
  made.onclick = onclick;
  return made;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
