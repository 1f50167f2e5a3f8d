"""The task itself: one article in, ten valid headlines out, every call on record."""

from core.headlines.request import Newsroom, Progress, Request, Suggestions
from core.headlines.suggest import suggest

__all__ = ["Newsroom", "Progress", "Request", "Suggestions", "suggest"]
