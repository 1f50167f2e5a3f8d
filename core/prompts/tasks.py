"""What a prompt is for, which its name says, and so what a call of it fills in."""

from collections.abc import Mapping, Sequence

from core.prompts import template
from core.prompts.content import Content

JUDGE = "headline-judge"
COMPARISON = "headline-comparison"

_ABOUT = {
    "article": "The text that the headlines are about.",
    "desk": "The desk that they are for.",
    "language": "The language of the article, as given or guessed.",
}
_WRITING = {
    "article": "The text that needs a headline.",
    "desk": "The desk that asks.",
    "channel": "Where the headline will stand.",
    "language": "The language of the article, as given or guessed.",
    "count": "How many headlines, from the contract.",
    "limit": "The most characters of a headline in this channel, from the contract.",
}
_JUDGING = {
    JUDGE: _ABOUT | {"headlines": "The headlines, numbered, one a line.", "count": "How many headlines there are."},
    COMPARISON: _ABOUT | {"first": "The set shown first, numbered.", "second": "The set shown second, numbered."},
}


def judges(prompt: str) -> bool:
    """Whether a prompt judges headlines; every other one writes them."""
    return prompt in _JUDGING


def variables(prompt: str) -> Mapping[str, str]:
    """What a call of this prompt fills in, each with its meaning."""
    return _JUDGING.get(prompt, _WRITING)


def unknown(prompt: str, content: Content) -> Sequence[str]:
    """Variables that the templates use and nobody gives: every call would fail. A broken template is `BadInput`."""
    return sorted(_used(content) - variables(prompt).keys())


def unused(content: Content) -> Sequence[str]:
    """Variables that a prompt describes and its templates do not use."""
    return sorted(content.variables.keys() - _used(content))


def _used(content: Content) -> frozenset[str]:
    return frozenset[str]().union(*(template.variables(message.content) for message in content.messages))
