"""Guess the language of an article, so that nobody has to say it; whoever knows better changes it."""

import importlib
from functools import cache
from typing import Any

LANGUAGES = {
    "en": "English", "fr": "French", "nl": "Dutch", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "da": "Danish", "sv": "Swedish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
}  # fmt: skip
# Nobody guesses these, but a CMS or an eval set may send them.
_OTHERS = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "el": "Greek", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fy": "Frisian", "ga": "Irish",
    "gd": "Scottish Gaelic", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay",
    "mt": "Maltese", "nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk", "pa": "Punjabi", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

# The first paragraphs say it; the rest only takes time.
_READ = 600
_FEWEST_WORDS = 4


def language_name(code: str) -> str:
    """The language of a code in English, with what else the code says in brackets; the code itself where it has no name."""
    start, _, more = code.partition("-")
    named = LANGUAGES.get(start.lower()) or _OTHERS.get(start.lower())
    if named is None:
        return code
    return f"{named} ({more})" if more else named


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
