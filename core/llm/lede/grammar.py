"""What one language has to tell the compressor.

The rules that shorten a sentence are the same everywhere; which words they look for is not. Keeping the
words apart from the rules lets an editor who reads Dutch but not Python correct the Dutch.
"""

import re
from dataclasses import dataclass

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, eq=False)
class Grammar:
    """The words and patterns of one language, all lower case unless a pattern says otherwise."""

    code: str
    common: frozenset[str] = frozenset()
    """Function words, used to guess the language."""
    determiners: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    """Finite forms of to be, to have and the modals."""
    verbs: frozenset[str] = frozenset()
    """Other finite forms frequent in news."""
    verb_ending: re.Pattern[str] = NOTHING
    """A word of this shape is probably a finite verb."""
    not_verbs: frozenset[str] = frozenset()
    """Words of that shape that are not."""
    participle: re.Pattern[str] = NOTHING
    """A word of this shape probably closes a verb group."""
    needs_more: frozenset[str] = frozenset()
    """Verbs that are left hanging without what follows them."""
    particles: frozenset[str] = frozenset()
    """Separable verb particles that may stand at the end of a clause."""
    banned_openers: frozenset[str] = frozenset()
    """Words that point back at something a headline does not show."""
    banned_ends: frozenset[str] = frozenset()
    """Words no headline ends with."""
    cut_before: frozenset[str] = frozenset()
    """Words that open a tail a clause can do without."""
    cut_reluctantly: frozenset[str] = frozenset()
    """Prepositions whose phrase can usually go, but not always."""
    conditions: frozenset[str] = frozenset()
    """Words that open a condition: to drop one would change what is claimed."""
    negations: frozenset[str] = frozenset()
    """Words after which nothing may be dropped: 'did not score until' is not 'did not score'."""
    conjunctions: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    """Pronouns that may be a subject."""
    vague_nouns: frozenset[str] = frozenset()
    """Nouns that as a subject only mean something to who has read on: 'the exception'."""
    takes_place: frozenset[str] = frozenset()
    """Verbs whose prepositional phrase cannot go: 'put', 'divided'."""
    weak_adverbs: re.Pattern[str] = NOTHING
    connective: re.Pattern[str] = NOTHING
    """Leading words that tie a sentence to the one before."""
    quantifiers: frozenset[str] = frozenset()
    """Words that open a headline before a noun, but not alone: 'several passengers', not 'several wept'."""
    lead_openers: frozenset[str] = frozenset()
    """In a verb-second language: first words of a phrase that can go when the subject takes its place."""
    leading_phrase: re.Pattern[str] = NOTHING
    """A leading adverbial, with the comma or space that ends it."""
    time_phrase: re.Pattern[str] = NOTHING
    relative: re.Pattern[str] = NOTHING
    """A non-restrictive relative clause, from its comma on."""
    attribution_tail: re.Pattern[str] = NOTHING
    attribution_head: re.Pattern[str] = NOTHING
    """'The council said that', up to the clause that can stand alone."""
    saying: str = r"(?!)"
    """Verbs of saying, as the inside of a pattern."""
    quote_marks: tuple[str, str] = ("'", "'")
    colon: str = ": "
    exclamation: str = "!"
    keeps_article: bool = True
    article_stays_before: frozenset[str] = frozenset()
    verb_second: bool = False
    """The finite verb takes the second place, and may have its other half at the end."""
    nouns_capitalised: bool = False
    chatter: tuple[str, str] = (
        "Here are some headline ideas for your article:",
        "Let me know if you would like a different tone!",
    )


def vocabulary(text: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(text.split())


def pattern(text: str) -> re.Pattern[str]:
    """A compiled pattern that ignores case."""
    return re.compile(text, re.IGNORECASE)
