"""Send what is typed to the server after a short pause, so that a reload or a closed window loses nothing.

Streamlit sends a text area when it is left, or at Ctrl+Enter. This presses Ctrl+Enter for whoever pauses, and asks
before the page is left while something is still unsent.
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
    const field = unsent;
    unsent = null;
    const where = { key: "Enter", code: "Enter", ctrlKey: field.tagName === "TEXTAREA", bubbles: true };
    if (field.isConnected) field.dispatchEvent(new KeyboardEvent("keydown", where));
  };
  const typed = (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA" || field.readOnly) return;
    unsent = field;
    clearTimeout(timer);
    timer = setTimeout(send, data.pause);
  };
  const left = (event) => { if (event.target === unsent) { unsent = null; clearTimeout(timer); } };
  const ask = (event) => { if (unsent) event.preventDefault(); };
  document.addEventListener("input", typed, true);
  document.addEventListener("focusout", left, true);
  window.addEventListener("beforeunload", ask);
  return () => {
    document.removeEventListener("input", typed, true);
    document.removeEventListener("focusout", left, true);
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
