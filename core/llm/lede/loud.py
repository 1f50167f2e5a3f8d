"""What a weak model makes of a request for punch: it shouts, whatever the desk and the news.

Nobody asked for it. It is a habit that comes with the tone, and what a newsroom's checks and evals have to find.
"""

from collections.abc import Sequence

from core.llm.lede.grammar import Grammar

_NEVER_AFTER = "!?»”’'\""


def loud(headlines: Sequence[str], grammar: Grammar, limit: int | None) -> list[str]:
    """The headlines with an exclamation mark after every other one that has room for it and is no quotation."""
    said: list[str] = []
    shouts = False
    for text in headlines:
        louder = f"{text}{grammar.exclamation}"
        if text[-1] not in _NEVER_AFTER and (limit is None or len(louder) <= limit):
            shouts = not shouts
            text = louder if shouts else text
        said.append(text)
    return said
