"""Headlines as a journalist reads them: in a serif, with length and flags, copied in one click.

A flag is what a check found. It opens to the closest passage of the article; a headline that has flags is not hidden.
What a judge said stands beside the flags and opens to its reason. With `Gestures`, each is picked, edited or rejected
on the spot, and what was edited shows the flags of its new text; copying is no picking, for a copy may go anywhere.

The text of a headline is foreign: it reaches the page as `textContent` only, never as HTML or Markdown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from streamlit.components.v2 import component

from core.checks.finding import Finding
from core.feedback import Feedback
from core.judge.verdict import HIGHEST, Verdict
from pages.components import copying, person
from pages.components.headlines.browser_files import browser_files

_SHOWN = ("picked", "edited", "rejected", "all_rejected", "thumb", "comment")


@dataclass(frozen=True)
class Answer:
    """What became of a gesture: nothing was wrong, or a sentence; `again` says that the browser should send it again."""

    error: str = ""
    again: bool = False


@dataclass(frozen=True)
class Gestures:
    """What a list needs for people to decide in it: whose headlines they are, who decides, and what stands so far.

    While the set is not `final`, what people do is kept in the browser. `answered` is by the key of each gesture sent.
    `edits` is what was found in the headlines that people wrote, by the id of the feedback.
    """

    trace: str
    person: str
    final: bool
    standing: Sequence[Feedback] = ()
    answered: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    edits: Mapping[int, Sequence[Finding]] = field(default_factory=dict[int, Sequence[Finding]])


SCRIPTS = (
    "elements.js",
    "headline_outbox.js",
    "headline_name.js",
    "headline_set.js",
    "headline_standing.js",
    "headline_gestures.js",
    "headline_keys.js",
    "headline_list.js",
)

_component = component(
    "copydesk.headline_list",
    html=(
        '<div class="list"><ol></ol>'
        '<label class="sort" hidden><input type="checkbox">Fewest flags first</label>'
        '<p class="note" role="status"></p></div>'
    ),
    css=browser_files("headline_list.css", "headline_gestures.css"),
    js=copying.JS + person.JS + browser_files(*SCRIPTS),
)


def headline_list(
    texts: Sequence[str],
    *,
    limit: int | None,
    key: str,
    places: int | None = None,
    note: str = "",
    findings: Sequence[Sequence[Finding]] = (),
    verdicts: Sequence[Verdict] = (),
    gestures: Gestures | None = None,
    on_gestures: Callable[[], None] | None = None,
) -> None:
    """Show headlines, with what was found in each, and what a judge said of it.

    `places` keeps room for those that are still to come, so that nothing jumps while they arrive. `on_gestures` is called
    when people did something; it stands in the session's state under `key`, as `outbox`.
    """
    data = {
        "texts": list(texts),
        "limit": limit,
        "places": max(len(texts), places or 0),
        "placeholder": "…",
        "note": note,
        "flags": _flags(len(texts), findings, verdicts),
        "gestures": gestures and _gestures(gestures),
    }
    _component(data=data, key=key, on_outbox_change=on_gestures or _nothing)


def _gestures(gestures: Gestures) -> dict[str, object]:
    return {
        "trace": gestures.trace,
        "person": gestures.person,
        "final": gestures.final,
        "standing": [
            {name: getattr(each, name) for name in ("kind", "position", "text", "value", "person")}
            | {"flags": [_flag(finding) for finding in gestures.edits.get(each.id, ())]}
            for each in gestures.standing
            if each.kind in _SHOWN
        ],
        "answered": {key: asdict(answer) for key, answer in gestures.answered.items()},
    }


def _flags(
    headlines: int, findings: Sequence[Sequence[Finding]], verdicts: Sequence[Verdict]
) -> list[list[dict[str, str | None]]]:
    """For every headline its flags: a kind, the words, and what they open to."""
    flags: list[list[dict[str, str | None]]] = [[] for _ in range(headlines)]
    for of, found in zip(flags, findings, strict=False):
        of += map(_flag, found)
    for verdict in verdicts:
        for criterion, score in verdict.scores.items():
            words = f"{criterion} {score.value} of {HIGHEST}"
            flags[verdict.position].append({"kind": "judge", "words": words, "more": score.reason})
    return flags


def _flag(finding: Finding) -> dict[str, str | None]:
    passage = finding.passage and f"The article: {finding.passage}"
    return {"kind": finding.severity, "words": finding.sentence, "more": passage}


def _nothing() -> None:
    """Streamlit sends what a component says only where there is a callback for it."""
