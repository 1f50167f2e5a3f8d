"""What a call for headlines fills into its prompt; `core.prompts.tasks` says what each of them means."""

from core.headlines import language
from core.prompts import material


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
