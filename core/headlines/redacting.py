"""Take out of a request what this installation redacts, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import replace

from core.headlines.request import Newsroom, Request
from core.prompts.content import Content
from core.redaction import Redaction


def request(newsroom: Newsroom, asked: Request) -> tuple[Request, Mapping[str, int]]:
    """The request as it may be kept, and how often each kind of thing was taken out of its article.

    Who asks, and under which id, stays: that says whose request it is, and nothing of what it is about.
    """
    redaction = newsroom.db.policy.redaction
    if not redaction.is_active:
        return asked, {}
    article, found = redaction.counted(asked.article)
    original = asked.original
    if original is not None and original.asked is not None:
        before = original.asked
        values = {
            name: value if isinstance(value, int) else redaction.text(value) for name, value in before.variables.items()
        }
        original = replace(original, asked=replace(before, variables=values))
    kept = replace(
        asked,
        article=article,
        # A desk that is not ours may be anything that somebody typed.
        desk=asked.desk if asked.desk in newsroom.desks else redaction.text(asked.desk),
        channel=redaction.text(asked.channel),
        language=redaction.optional(asked.language),
        draft=asked.draft and content(redaction, asked.draft),
        original=original,
    )
    return kept, found


def content(redaction: Redaction, of: Content) -> Content:
    """A content whose messages hold nothing that is to be taken out."""
    messages = tuple(each.model_copy(update={"content": redaction.text(each.content)}) for each in of.messages)
    return of.model_copy(update={"messages": messages})
