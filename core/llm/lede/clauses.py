"""Whether a row of words can stand alone: has it a verb, does it begin and end like something finished?

There is no parser here. The checks err on the side of refusing, since an article offers more candidates than
a list of headlines needs.
"""

import re
from functools import lru_cache

from core.llm.lede.edges import ends_well
from core.llm.lede.grammar import Grammar, vocabulary
from core.llm.lede.tokens import EDGES, bare, core, is_number, is_unit

_RELATIVES = {
    "en": frozenset({"that", "which", "who", "whom", "whose", "where", "when"}),
    "fr": frozenset({"qui", "que", "dont", "où", "qu'il", "qu'elle", "qu'ils", "qu'elles", "qu'on"}),
}
_NONE: frozenset[str] = frozenset()
_BE = vocabulary("is are was were be been being est sont était été sera seront étaient s'est")
_BEFORE_INFINITIVE = {
    "en": frozenset({"to", "of"}),
    "fr": frozenset({"de", "pour", "à", "en"}),
    "nl": frozenset({"te"}),
    "de": frozenset({"zu"}),
}
_CONTRACTION = re.compile(r"^(?:i|you|he|she|it|we|they|that|there|what|who)'(?:s|re|ve|ll|d|m)$")
_NO_VERB_AFTER = vocabulary(
    "of as than very more less most le la les un une très plus du des au aux zeer meer heel sehr mehr"
)
_BEFORE_OBJECT = vocabulary("a an the about nearly more its their his her")
_PARTICIPLES = vocabulary(
    "hidden written taken given made built held found seen known shown driven stolen broken "
    "spoken chosen drawn grown thrown worn "
    "brought bought sold told sent left lost paid kept led set put"
)
_BEFORE_SUBJECT = frozenset({"the", "a", "an", "its", "this"})


@lru_cache(maxsize=8192)
def _verb_shaped(word: str, grammar: Grammar) -> bool:
    return word not in grammar.not_verbs and grammar.verb_ending.match(word) is not None


@lru_cache(maxsize=1024)
def read(text: str, grammar: Grammar) -> "Row":
    """The row of a text; a row is never changed, so that the same one serves every check."""
    return Row(text, grammar)


class Row:
    """The words of a text with what the checks need to know of each, looked up once."""

    __slots__ = ("cores", "grammar", "sure", "verbs", "words")

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.grammar = grammar
        self.words = text.split()
        self.cores = [core(word) for word in self.words]
        self.sure = [self._is_verb(place) for place in range(len(self.words))]
        """Whether each word is surely a finite verb."""
        self.verbs = [place for place, sure in enumerate(self.sure) if sure or self._looks_like_verb(place)]
        """The places of the words that are, or look like, finite verbs."""

    def _is_verb(self, place: int) -> bool:
        word, grammar = self.cores[place], self.grammar
        stem = bare(self.words[place]) if "'" in word else word
        if stem != word and grammar.code == "en" and _CONTRACTION.match(word):
            return True
        if word in grammar.auxiliaries or stem in grammar.auxiliaries:
            return not (stem == "a" and self.words[place][:1] == "A")
        if word not in grammar.verbs and stem not in grammar.verbs:
            return False
        if not place:
            return True
        before = self.cores[place - 1]
        return (
            self.words[place][:1].islower()
            and before not in grammar.determiners
            and before not in _BEFORE_INFINITIVE.get(grammar.code, _NONE)
        )

    def _looks_like_verb(self, place: int) -> bool:
        """Whether the word has the shape of a finite verb and stands where one can stand."""
        word, text, grammar = self.cores[place], self.words[place], self.grammar
        if not text[:1].islower():
            return False
        if grammar.code == "en" and word.endswith("s") and self._english_present(place):
            return True
        if not _verb_shaped(word, grammar):
            return False
        before = self.cores[place - 1] if place else ""
        if place and grammar.verb_second and is_number(self.words[place - 1]):
            return False
        if before in grammar.determiners or before in grammar.cut_reluctantly or before in grammar.auxiliaries:
            return False
        if before in _NO_VERB_AFTER:
            return False
        if grammar.code == "de" and word.endswith("t") and not word.endswith(("iert", "tet")):
            return place + 1 < len(self.words) and not text.endswith((",", ";"))
        return not (grammar.code == "en" and place + 1 < len(self.words) and self.cores[place + 1] == "by")

    def _english_present(self, place: int) -> bool:
        """'Larkie handles about', 'the ship carries 400': an s between a subject and an object."""
        if not 0 < place < len(self.words) - 1 or self.words[place].endswith(("ss", "us", "'s", "’s")):
            return False
        if self.cores[place + 1] not in _BEFORE_OBJECT and not is_number(self.words[place + 1]):
            return False
        subject = self.words[place - 1]
        if subject.endswith((",", "s")):
            return False
        return subject[:1].isupper() or (place > 1 and self.cores[place - 2] in _BEFORE_SUBJECT)

    def is_verb_at(self, place: int) -> bool:
        """Whether the word there is, or looks like, a finite verb."""
        return place < len(self.words) and (self.sure[place] or place in self.verbs)

    def has_main_verb(self, size: int | None = None) -> bool:
        """Whether the first words have a subject and a finite verb outside relative clauses."""
        if self.grammar.code == "other":
            return True
        size = len(self.words) if size is None else size
        places = [place for place in self.verbs if place < size and (place or "'" in self.cores[0])]
        relatives = _RELATIVES.get(self.grammar.code, _NONE)
        inside = sum(word in relatives for word in self.cores[: places[-1]]) if places and relatives else 0
        return len(places) > min(inside, 2)

    def complete(self, size: int) -> bool:
        """Whether the first words stand without the rest of their clause."""
        if (
            size < 3
            or self.cores[size - 1] in self.grammar.needs_more
            or not ends_well(self.words[:size], self.grammar)
        ):
            return False
        if not self.has_main_verb(size) or not self._verb_outside_aside(size):
            return False
        return not self.grammar.verb_second or self._bracket_closed(size)

    def hangs_on_verb(self, size: int) -> bool:
        """Whether the last of the first words may want an object: 'approved' does, 'was closed' does not."""
        last, grammar = size - 1, self.grammar
        before = self.cores[max(0, last - 2) : last]
        if _BE & set(before):
            return False
        word = self.cores[last]
        if grammar.code == "en" and word in _PARTICIPLES:
            return True
        if self.is_verb_at(last) or (
            grammar.code == "en" and word.endswith("ing") and before[-1:] not in (["the"], ["a"])
        ):
            return True
        if (
            before
            and not is_number(self.words[last])
            and word not in grammar.quantifiers
            and (before[-1] in {"to", "not"} or before[-1] in grammar.auxiliaries)
        ):
            return True
        return grammar.code == "fr" and bool(grammar.participle.match(word)) and bool(set(before) & grammar.auxiliaries)

    def _verb_outside_aside(self, size: int) -> bool:
        """Whether the verb is the clause's own, and not that of an aside which the cut has left open."""
        commas = [place for place in range(size - 1) if self.words[place].endswith((",", ";", ":"))]
        if not commas:
            return True
        if self.cores[commas[-1] + 1] in {"to", "of", "um"}:
            return False
        verbs = [place for place in self.verbs if 0 < place < size]
        relatives = _RELATIVES.get(self.grammar.code, _NONE)
        own = sum(place > commas[-1] for place in verbs) - sum(
            word in relatives for word in self.cores[commas[-1] : size]
        )
        if own < 1:
            return False
        return (
            any(place <= commas[0] for place in verbs)
            or sum(place < verbs[0] for place in commas) != 1
            or self.is_verb_at(0)
        )

    def _bracket_closed(self, size: int) -> bool:
        """Whether the second half of the verb, if there is one, is not in what was cut off."""
        return self.words[size - 1].endswith((",", ";", ":")) or not self._second_half(self._clause_end(size), size)

    def _clause_end(self, start: int) -> int:
        """The place of the last word of the clause that goes on at the start."""
        for place in range(start, len(self.words)):
            if self.words[place].endswith((",", ";", ":")):
                return place
            if place > start and self.cores[place] in self.grammar.conjunctions:
                return place - 1
        return len(self.words) - 1

    def _second_half(self, place: int, start: int) -> bool:
        return place >= start and (self._closes(place) or self.cores[place] in self.grammar.particles)

    def _closes(self, place: int) -> bool:
        """Whether the word may be the participle or infinitive that closes a verb group."""
        if not self.words[place].strip(EDGES)[:1].islower() or not self.grammar.participle.match(self.cores[place]):
            return False
        before = self.cores[place - 1] if place else ""
        return before not in self.grammar.determiners and not is_unit(self.words[place])
