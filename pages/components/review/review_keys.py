"""Keys that lead into the fields of a review and out again: a letter into each, Escape out.

Buttons have keys by themselves, which are silent while somebody types; but into a field, or behind a button that opens a
form, Streamlit knows no way. Out of a field is to its frame, and with Tab to what comes after it.
"""

from collections.abc import Mapping

from streamlit.components.v2 import component

_JS = """
const OPENER = "[data-testid=stPopoverButton]", FORM = "[data-testid=stPopoverBody]";
const FRAME = "[data-testid=stTextArea], [data-testid=stSelectbox]";

export default function ({ data, parentElement }) {
  const mark = parentElement.querySelector("span");
  if (mark.dataset.item !== data.item) {
    // The next one is read from its beginning, wherever the last one ended.
    mark.dataset.item = data.item;
    document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  }
  if (mark.dataset.listening) return;
  mark.dataset.listening = "yes";
  const typing = (field) => field && (["INPUT", "TEXTAREA", "SELECT"].includes(field.tagName) || field.isContentEditable);
  const leave = (field) => {
    const frame = field.closest(FRAME);
    if (!frame) return;
    frame.tabIndex = -1;
    frame.style.outlineOffset = ".3rem";
    frame.focus({ preventScroll: true });
  };
  const pressed = (event) => {
    const at = event.composedPath()[0];
    // From the frame, Tab would lead into the field again.
    if (event.key === "Tab" && !event.shiftKey && at.matches?.(FRAME)) at.querySelector("textarea, input").focus();
    // A form behind a button closes by itself, and leads back to its button.
    if (event.key === "Escape" && typing(at) && !at.closest(FORM)) leave(at);
    if (typing(at) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector(FORM)) return;
    const name = event.key.toUpperCase();
    const label = data.fields[name];
    const field = label && document.querySelector(`textarea[aria-label="${label}"], input[aria-label="${label}"]`);
    const opener = [...document.querySelectorAll(OPENER)].find((each) => each.innerText.includes(data.forms[name]));
    if (!field && !opener) return;
    event.preventDefault();
    if (field) field.focus();
    else opener.click();
  };
  // The form is drawn a little later.
  const enter = (opener, tries) => setTimeout(() => {
    const field = opener.ariaExpanded === "true" && document.querySelector(`${FORM} input`);
    if (field) field.focus();
    else if (tries) enter(opener, tries - 1);
  }, 50);
  const clicked = (event) => {
    const opener = event.target.closest?.(OPENER);
    if (opener) enter(opener, 20);
  };
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  return () => {
    document.removeEventListener("keydown", pressed);
    document.removeEventListener("click", clicked);
    delete mark.dataset.listening;
  };
}
"""

_component = component("copydesk.review_keys", html="<span></span>", js=_JS)


def review_keys(fields: Mapping[str, str], forms: Mapping[str, str], *, item: int) -> None:
    """Let each key, a capital letter, lead into the field of that label, or into the form behind the button of that name.

    Another item begins at the top of the screen.
    """
    _component(data={"fields": dict(fields), "forms": dict(forms), "item": str(item)}, key="review_keys")
