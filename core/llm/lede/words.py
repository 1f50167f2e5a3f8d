"""Which language an article is written in, and the words that go with it."""

import re

from core.llm.lede.dutch import DUTCH
from core.llm.lede.english import ENGLISH
from core.llm.lede.french import FRENCH
from core.llm.lede.german import GERMAN
from core.llm.lede.grammar import Grammar, vocabulary

OTHER = Grammar(code="other")
"""No words known: sentences are clipped at their commas and nothing is understood."""

_KNOWN = (ENGLISH, FRENCH, DUTCH, GERMAN)
_FOREIGN = tuple(
    vocabulary(common)
    for common in (
        "el la los las de del y en que un una por con para se su al lo es más como según fue han",
        "il lo la gli le di del della e in che un una per con si al è più come sono dei nel ha",
        "o a os as de do da e em que um uma por com para se no na ao é mais como foi dos das",
        "och att det som en ett på är av för med den till inte har de om var från",
        "og at det er en et til på som af for med den ikke har de om var fra å",
        "i w na z do się nie że to jest od za przez oraz dla po o jak był",
    )
)
"""Spanish, Italian, Portuguese, Swedish, Danish, Polish: listed only so as not to be mistaken."""
_ENOUGH = 0.14
_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def guess(text: str) -> Grammar:
    """The grammar of the language the text is most likely in, or OTHER when none fits."""
    found = [word.replace("’", "'") for word in _WORD.findall(text[:_SAMPLE].casefold())]
    if not found:
        return OTHER
    shares = [(sum(word in grammar.common for word in found) / len(found), grammar) for grammar in _KNOWN]
    share, best = max(shares, key=lambda pair: pair[0])
    foreign = max(sum(word in common for word in found) / len(found) for common in _FOREIGN)
    return best if share >= _ENOUGH and share > foreign else OTHER
