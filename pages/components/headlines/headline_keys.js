// Whoever asks by keyboard goes on by keyboard: from the article to the headlines, as soon as there are any.
const hands = (window.copydeskHands ??= { waiting: false, list: null, position: 0 });

const isArticle = (field) => field?.tagName === "TEXTAREA" && field.getAttribute("aria-label") === "Article";

function followKeyboard() {
  if (hands.listens) return;
  hands.listens = true;
  const stay = () => { hands.waiting = false; };
  document.addEventListener("input", stay, true);
  document.addEventListener("pointerdown", stay, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !isArticle(event.target)) return;
    event.target.blur();
    if (hands.list?.isConnected) toHeadline(hands.list, 0);
  }, true);
}

function toHeadline(list, position) {
  const item = list.children[position];
  if (item && !item.classList.contains("waiting")) item.focus({ preventScroll: true });
}

// A set that grows while the article has the focus was asked for by keys. The final set stands in the place of the growing
// one, which takes the focus with it.
function takeHands(list, isFinal) {
  followKeyboard();
  const isNew = hands.list !== list;
  if (isNew && !isFinal) Object.assign(hands, { waiting: isArticle(document.activeElement), position: 0 });
  hands.list = list;
  if (isNew) list.addEventListener("focusin", ({ target }) => {
    hands.position = Math.max([...list.children].indexOf(target.closest("li")), 0);
  });
  const at = document.activeElement;
  const isOurs = at === document.body || isArticle(at);
  if (hands.waiting && isOurs) toHeadline(list, hands.position);
  if (isFinal) hands.waiting = false;
}
