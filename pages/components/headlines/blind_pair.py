"""Two unlabelled sets for one article, and which is better, said with one key.

Article and headlines are foreign text: they reach the page as `textContent` only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from streamlit.components.v2 import component

from core.feedback.pairs import Shown
from pages.components.headlines.browser_files import browser_files


@dataclass(frozen=True)
class Turn:
    """What lies on the table. Without `shown` there is nothing to judge at the moment; `last` can be taken back."""

    done: int
    total: int
    shown: Shown | None = None
    article: str = ""
    sets: Sequence[Sequence[str]] = ()
    last: Shown | None = None
    told: str = ""
    answered: Sequence[str] = field(default_factory=list[str])
    """The keys of what was judged and is settled, be it kept or refused."""


_component = component(
    "copydesk.blind_pair",
    html=(
        '<div class="pair"><div class="bar"><progress></progress><span class="count" role="status"></span></div>'
        '<div class="choice"></div><p class="told" role="alert"></p>'
        '<div class="article" tabindex="0" aria-label="Article"></div>'
        '<div class="sets"><section aria-label="Left"><h3>Left</h3><ol></ol></section>'
        '<section aria-label="Right"><h3>Right</h3><ol></ol></section></div>'
        '<p class="keys">Keys: 1 or ← for the left, 2 or → for the right, 0 or ↓ for no difference, U takes the last one '
        "back.</p></div>"
    ),
    css=browser_files("blind_pair.css"),
    js=browser_files("elements.js", "blind_pair.js"),
)


def blind_pair(turn: Turn, *, key: str, on_judged: Callable[[], None]) -> None:
    """Draw it. `on_judged` is called when something was judged, which stands in the session's state under `key`."""
    data = {
        "turn": f"{turn.done} {turn.shown and (turn.shown.first, turn.shown.second)}",
        "done": turn.done,
        "total": turn.total,
        "pair": _pair(turn.shown),
        "article": turn.article,
        "sets": [list(each) for each in turn.sets],
        "last": _pair(turn.last),
        "told": turn.told,
        "answered": dict.fromkeys(turn.answered, True),
    }
    _component(data=data, key=key, on_judged_change=on_judged)


def _pair(shown: Shown | None) -> Mapping[str, str] | None:
    return None if shown is None else {"first": shown.first, "second": shown.second}
