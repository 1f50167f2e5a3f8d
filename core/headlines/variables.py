"""What a prompt can say about a request: the variables that every template is given."""

from collections.abc import Sequence

from core.headlines import language
from core.prompts import material, template
from core.prompts.content import Content

NAMES = {
    "article": "The text that needs a headline.",
    "desk": "The desk that asks.",
    "channel": "Where the headline will stand.",
    "language": "The language of the article, as given or guessed.",
    "count": "How many headlines, from the contract.",
    "limit": "The most characters of a headline in this channel, from the contract.",
}


def fill(article: str, *, desk: str, channel: str, spoken: str | None, count: int, limit: int) -> dict[str, str | int]:
    """The values of all variables; `spoken` is the code of the language."""
    return {
        "article": material.contained(article, "article"),
        "desk": desk,
        "channel": channel,
        "language": language.LANGUAGES.get(spoken or "", spoken or "the language of the article"),
        "count": count,
        "limit": limit,
    }


def unknown(content: Content) -> Sequence[str]:
    """Variables that the templates use and nobody gives: every call would fail. A broken template is `BadInput`."""
    return sorted(_used(content) - NAMES.keys())


def unused(content: Content) -> Sequence[str]:
    """Variables that a prompt describes and its templates do not use."""
    return sorted(content.variables.keys() - _used(content))


def _used(content: Content) -> frozenset[str]:
    return frozenset[str]().union(*(template.variables(message.content) for message in content.messages))
