"""Guess the language of an article, so that nobody has to say it; whoever knows better changes it."""

import importlib
from functools import cache
from typing import Any

LANGUAGES = {
    "en": "English", "fr": "French", "nl": "Dutch", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "da": "Danish", "sv": "Swedish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
}  # fmt: skip

# The first paragraphs say it; the rest only takes time.
_READ = 600
_FEWEST_WORDS = 4


def guess(text: str) -> str | None:
    """The code of the language (`LANGUAGES`), or None for a text of fewer than four words."""
    start = text[:_READ]
    if len(start.split()) < _FEWEST_WORDS:
        return None
    return _identifier().classify(start)[0]


@cache
def _identifier() -> Any:
    """The model: nine tenths of a second to load, once, a tenth of a millisecond to ask."""
    langid: Any = importlib.import_module("py3langid.langid")
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
