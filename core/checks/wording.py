"""What a check reads of a headline and its article, and the words that four languages are known by."""

import re
from collections import Counter
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from core.checks.article import Article, words

SMALL = {
    code: frozenset(text.split())
    for code, text in {
        "en": (
            "the of and to for with from by at after that this these his her its their our we he she it they have has had "
            "been are be would could should not but than who which what when where while because before about into if or as "
            "an a in on is was will can all more out up off says said new one two also against during over under"
        ),
        "fr": (
            "le la les un une des du de et en dans pour par sur avec sans sous aux au est sont a ont été être qui que dont où "
            "ce cette ces son sa ses leur leurs il elle ils elles on nous vous mais ou donc plus pas ne après avant selon "
            "chez entre contre depuis lors pendant face fait comme deux trois y se s'est c'est d'une d'un qu'il l'on"
        ),
        "nl": (
            "de het een en van voor met op in te is zijn was waren wordt worden werd werden dat die deze dit niet ook aan bij "
            "door over uit naar om tot als maar of er nog al wel geen meer dan na tegen hij zij ze we hun haar hem heeft "
            "hebben had kan kunnen moet moeten zou zal zich onder tussen tijdens volgens sinds twee drie"
        ),
        "de": (
            "der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei beim mit nach von "
            "vom vor zu zum zur für über unter durch gegen ohne um ist sind war waren wird werden wurde wurden hat haben "
            "hatte nicht auch noch nur mehr als wie wenn dass sich er sie es wir ihr ihre sein seine kann soll will muss "
            "sowie seit zwischen während bis zwei drei so"
        ),
    }.items()
}
"""Words so frequent that they say nothing about a text but its language."""

_READ = 1_000
_READ_OF_ARTICLE = 20_000
_MAIN_WORDS = 3
_SHORTEST_MAIN_WORD = 4

# What news counts in and dates by, whatever the story is.
_MEASURES = frozenset(
    word
    for line in (
        "january february march april june july august september october november december monday tuesday wednesday",
        "thursday friday saturday sunday year years month months week weeks days hours minutes seconds percent cent million",
        "billion euros dollars pounds people times janvier février mars avril juin juillet août septembre octobre novembre",
        "décembre lundi mardi mercredi jeudi vendredi samedi dimanche années mois semaine semaines jours heures minutes",
        "millions milliards euro personnes januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag",
        "freitag samstag sonntag jahr jahre jahren monate wochen tage stunden minuten sekunden prozent millionen milliarden",
        "menschen januari februari maart augustus december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag jaar",
        "jaren maanden weken dagen seconden procent miljoen miljard mensen kilometer meter kilometres metres",
    )
    for word in line.split()
)

_QUOTATION = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|(?<!\w)‘[^‘’]*(?:’(?=\w)[^‘’]*)*’|(?<!\w)'[^']*(?:'(?=\w)[^']*)*'"
)
_ELISION = re.compile(r"\A(?:[cdjlmnst]|qu)['’]|['’]s\Z")
_NAME_WITHIN = re.compile(r"(?<=[a-z0-9,;)] )[A-Z][\w-]+(?:[ \-][A-Z][\w-]*)*")


def beginning(headline: str) -> str:
    """As much of a headline as the patterns read: nobody prints a thousand characters."""
    return headline[:_READ]


# Half of the checks ask for it, one after the other.
@lru_cache(maxsize=64)
def without_quotations(text: str) -> str:
    """The text with blanks where it quotes: as long as before, so that spans stay right."""
    return _QUOTATION.sub(lambda match: "\xa0" * len(match[0]), text)


def language(article: Article) -> str:
    """The article's language without its region; empty if nobody knows."""
    return re.split("[-_]", (article.language or "").casefold(), maxsplit=1)[0]


class Facts:
    """What follows from an article, worked out when first asked for."""

    def __init__(self, text: str, code: str) -> None:
        self._text = text[:_READ_OF_ARTICLE]
        self._language = code

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that it writes with a capital within a sentence; lines that are no sentences, such as titles, aside."""
        lines = [line for line in self._text.splitlines() if line.rstrip(" \"'”’)»").endswith((".", "!", "?", "…"))]
        return frozenset(
            word for line in lines for match in _NAME_WITHIN.finditer(line) for word in re.split("[ -]", match[0])
        )

    @cached_property
    def main_words(self) -> tuple[str, ...]:
        """Its three most frequent words that are no small ones, and those as frequent as the third; folded.

        None for an article that says no word three times, or in a language whose small words are not known.
        """
        small = SMALL.get(self._language)
        if small is None:
            return ()
        counted = Counter(
            word
            for word in map(_without_elision, words(self._text))
            if len(word) >= _SHORTEST_MAIN_WORD and word not in small and word not in _MEASURES and not word.isdigit()
        )
        first = counted.most_common(_MAIN_WORDS)
        if len(first) < _MAIN_WORDS or first[-1][1] < _MAIN_WORDS:
            return ()
        return tuple(word for word, count in counted.items() if count >= first[-1][1])


# Ten headlines of one article ask for the same; it goes when the article goes.
_facts: WeakKeyDictionary[Article, Facts] = WeakKeyDictionary()


def facts(article: Article) -> Facts:
    """The facts of an article: found out once, however many headlines ask."""
    found = _facts.get(article)
    if found is None:
        found = _facts[article] = Facts(article.text, language(article))
    return found


def _without_elision(word: str) -> str:
    """French l'incendie is an incendie, English mayor's is a mayor."""
    return _ELISION.sub("", word) if "'" in word or "’" in word else word
