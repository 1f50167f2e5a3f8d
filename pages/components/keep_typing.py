"""Send what is typed to the server in good time, so that neither a reload nor a step to another screen loses it.

Streamlit sends a text area when it is left; where a click leaves it, that comes after what the click asks for, and a step
to another screen is undone by it. This says that the field is left, while it is not, to whoever pastes, pauses, or
points at anything else. Before the page is left while something is still unsent, it asks.
"""

from streamlit.components.v2 import component

_PAUSE_MS = 600

_JS = """
export default function ({ data, parentElement }) {
  const mark = parentElement.querySelector("span");
  if (mark.dataset.listening) return;
  mark.dataset.listening = "yes";
  let unsent = null;
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    const field = unsent;
    unsent = null;
    if (field?.isConnected) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  const typed = (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA" || field.readOnly) return;
    unsent = field;
    clearTimeout(timer);
    timer = setTimeout(send, event.inputType === "insertFromPaste" ? 0 : data.pause);
  };
  const pointed = (event) => { if (unsent && event.target !== unsent) send(); };
  const left = (event) => { if (event.target === unsent) { unsent = null; clearTimeout(timer); } };
  const ask = (event) => { if (unsent) event.preventDefault(); };
  document.addEventListener("input", typed, true);
  document.addEventListener("focusout", left, true);
  document.addEventListener("pointerover", pointed, true);
  window.addEventListener("beforeunload", ask);
  return () => {
    document.removeEventListener("input", typed, true);
    document.removeEventListener("focusout", left, true);
    document.removeEventListener("pointerover", pointed, true);
    window.removeEventListener("beforeunload", ask);
    clearTimeout(timer);
    delete mark.dataset.listening;
  };
}
"""

_component = component("copydesk.keep_typing", html="<span></span>", js=_JS)


def keep_typing() -> None:
    """Watch the text areas of this screen from now on."""
    _component(data={"pause": _PAUSE_MS}, key="keep_typing")
