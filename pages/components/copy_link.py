"""A button that copies the address of what is on the screen, for a mail or a chat."""

from collections.abc import Mapping
from urllib.parse import urlencode

from streamlit.components.v2 import component

from pages.components import copying

_CSS = """
button { font: .875rem/1.6 var(--st-font); color: var(--st-text-color); background: none; cursor: pointer; white-space: nowrap;
         border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: .4rem .75rem;
         min-height: 2.5rem; min-width: 7rem; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
"""

_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.onclick = () => copyText(`${window.location.origin}${window.location.pathname}?${data.query}`, button);
}
"""

_component = component(
    "copydesk.copy_link", html='<button type="button">Copy link</button>', css=_CSS, js=copying.JS + _JS
)


def copy_link(address: Mapping[str, str], *, key: str) -> None:
    """Draw the button; it copies this screen with exactly these parameters."""
    _component(data={"query": urlencode(address)}, key=key, width="content")
