"""Changes that leave entries in the log."""

from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place

SPORT = Place("headlines", "production", "sport")


def content(text: str) -> Content:
    return Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
