"""Single words, as the rules compare them."""

import re
from functools import lru_cache

from core.llm.lede.grammar import vocabulary

EDGES = " \t\"'“”„‘’«»‚‹›()[]{}.,;:!?…–—-\u00a0\u202f*_"
_ELISION = re.compile(r"^(?:[nslmtjcd]|qu|jusqu|lorsqu)'")
_UNITS = vocabulary(
    "second seconds minute minutes hour hours day days week weeks month months year years "
    "metre metres mile miles kilometre "
    "kilometres km secondes heure heures jour jours semaine semaines mois an ans mètres "
    "kilomètres minuut minuten seconden uur "
    "dagen weken maanden jaar kilometer sekunden stunden tage tagen wochen monate monaten jahre jahren"
)


@lru_cache(maxsize=8192)
def core(word: str) -> str:
    """A word without its punctuation, in lower case, with a straight apostrophe."""
    return word.strip(EDGES).replace("’", "'").casefold()


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """The core of a word without the elided one before it: 'a' for \"l'a\"."""
    return _ELISION.sub("", core(word))


def is_number(word: str) -> bool:
    """Whether the word is a figure."""
    return word.strip(EDGES).lstrip("£$€")[:1].isdigit()


def is_unit(word: str) -> bool:
    """Whether the word measures time or distance, so that 'from' or 'after' may belong to it."""
    return core(word) in _UNITS
