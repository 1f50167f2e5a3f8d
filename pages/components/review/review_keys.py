"""Keys that lead into the fields of a review and out again: H and M into them, Escape out.

Buttons have keys by themselves, which are silent while somebody types; but into a field Streamlit knows no way.
"""

from collections.abc import Mapping

from streamlit.components.v2 import component

_JS = """
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
  const pressed = (event) => {
    const at = event.composedPath()[0];
    if (event.key === "Escape" && typing(at)) { at.blur(); return; }
    if (typing(at) || event.ctrlKey || event.metaKey || event.altKey) return;
    const label = data.fields[event.key.toUpperCase()];
    const field = label && document.querySelector(`textarea[aria-label="${label}"], input[aria-label="${label}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  document.addEventListener("keydown", pressed);
  return () => { document.removeEventListener("keydown", pressed); delete mark.dataset.listening; };
}
"""

_component = component("copydesk.review_keys", html="<span></span>", js=_JS)


def review_keys(fields: Mapping[str, str], *, item: int) -> None:
    """Let each key, a capital letter, lead into the field of that label; another item begins at the top of the screen."""
    _component(data={"fields": dict(fields), "item": str(item)}, key="review_keys")
