"""Which other language a headline is in, if it clearly is: what it says cannot be compared with the article then."""

import re
import unicodedata

from core.checks.article import Article
from core.checks.telling_words import LETTERS, NEUTRAL, TELLING

LANGUAGES = {
    "en": "English", "fr": "French", "nl": "Dutch", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "da": "Danish or Norwegian", "sv": "Swedish", "pl": "Polish",
}  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
# What stands within a name says nothing: van der Poel, Costa del Sol, Game of Thrones, Tour de France.
_WITHIN_NAME = re.compile(
    r"(?<=[^\W\d_]\s)(?:(?:van|von|de|der|den|del|della|di|da|do|dos|du|des|la|le|les|el|los|al|of|the|and|y|e|zu|ter|ten|op|"
    r"et)\s){1,3}(?=[A-ZÀ-ÞŠŽČŁ])"
)
_ELISION = re.compile(r"\b(?:[dljnscm]|qu)['’](?=[a-zà-ÿ]{3})")
_MEASURES = frozenset(["euro", "euros", "million", "millions", "dollar", "dollars"])
_CLEAR = 2
_SHORTEST_CONTENT = 4
_STRANGE = 3
_LATIN_SHARE = 0.5


def other_language(headline: str, article: Article) -> str | None:
    """The language of a headline that is not the article's; None if it is the article's, or if that is not clear.

    Only for articles in a language whose words are known. Quotations should be blanked out.
    """
    own = article.language_without_region
    if own not in NEUTRAL:
        return None
    if script := _other_script(headline):
        return script
    text = _WITHIN_NAME.sub("", headline)
    words = _WORD.findall(text)
    said = {word for word in words if word.islower()} | {word.lower() for word in words[:1] if not word.isupper()}
    evidence = {code: _evidence(code, own, said, text, article) for code in TELLING if code != own}
    if max(evidence.values()) < 1:
        return None
    likeliest = max(evidence, key=lambda code: evidence[code])
    against = len((said & TELLING[own]) - TELLING[likeliest])
    shared = sum(
        f" {word} " in article.folded
        for word in said
        if len(word) >= _SHORTEST_CONTENT
        and word not in TELLING[likeliest]
        and word not in TELLING[own]
        and word not in _MEASURES
    )
    found = evidence[likeliest]
    if found >= _CLEAR and found > 2 * against + shared:
        return LANGUAGES[likeliest]
    # One word is enough where nothing at all speaks for the article's language.
    strange = sum(len(word) >= _SHORTEST_CONTENT and word not in article.text for word in words)
    own_words = said & (TELLING[own] | NEUTRAL[own]) - TELLING[likeliest]
    # The first word may begin a title.
    if (
        1 <= found < _CLEAR
        and strange >= _STRANGE
        and not shared
        and not own_words
        and words[0].lower() not in TELLING[likeliest]
    ):
        return LANGUAGES[likeliest]
    return None


def _evidence(code: str, own: str, said: set[str], text: str, article: Article) -> float:
    """How many words only the other language has (half as much counts one that is borrowed), and letters of its own."""
    of_other = said & _ONLY[own][code]
    telling = len(of_other) - len(of_other & NEUTRAL[own]) / 2
    letters = _ONLY_LETTERS[own][code]
    lettered = not letters.isdisjoint(text) and any(
        not letters.isdisjoint(word) and f" {word} " not in article.text for word in said
    )
    elided = code == "fr" and _ELISION.search(text) is not None
    return telling + lettered + elided


_ONLY = {own: {code: words - TELLING[own] for code, words in TELLING.items()} for own in NEUTRAL}
_ONLY_LETTERS = {
    own: {code: frozenset(LETTERS.get(code, "")) - frozenset(LETTERS.get(own, "")) for code in TELLING}
    for own in NEUTRAL
}


def _other_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = [character for character in text if character.isalpha()]
    strange = [character for character in letters if ord(character) > 0x24F]
    if len(letters) < 4 or len(strange) <= _LATIN_SHARE * len(letters):
        return None
    return unicodedata.name(strange[0], "another").partition(" ")[0].title() + " letters"
