"""A judge of headlines that needs no network and no key: a few rules in the place of a model, so that judging can be tried.

It reads the messages that a judge's prompt makes and answers in the same JSON as a model would. It knows no language, no
desk and no facts: what it says of accuracy is how many of the words stand in the article.
"""

import json
import re
from collections.abc import Mapping, Sequence
from statistics import mean

_SECTION = r"^[ \t]*<{0}>[ \t]*\n(.*?)^[ \t]*</{0}>[ \t]*$"
_NUMBERED = re.compile(r"^\s{0,8}\d{1,3}[.)]\s+(\S.{0,600})$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_FIGURE = re.compile(r"\d+")
_LOUD = re.compile(
    r"\b(?:shock\w*|stun\w+|incredible|unbelievable|insane|epic|horror|furious|chaos|choc|incroyable|schok\w*|ongelofelijk|"
    r"schock\w*|unglaublich\w*|irre)\b",
    re.IGNORECASE,
)
_STEM = 5
_TIE = 0.34
"""Points of fifteen that two sets may differ by and still be a tie."""

_SHARES = ((0.85, 5), (0.65, 4), (0.45, 3), (0.25, 2))


def answer(messages: Sequence[Mapping[str, object]]) -> str:
    """The judge's next turn: verdicts on `<headlines>`, or which of `<first>` and `<second>` is better.

    Messages that hold neither get a sentence that says so, as a model might.
    """
    text = "\n".join(str(message.get("content") or "") for message in messages if message.get("role") == "user")
    article = _section("article", text) or ""
    headlines, first, second = (_listed(_section(name, text)) for name in ("headlines", "first", "second"))
    if headlines:
        return json.dumps({"verdicts": [_verdict(at, each, article) for at, each in enumerate(headlines, 1)]})
    if first and second:
        return json.dumps(_comparison(first, second, article))
    return "There are no headlines to judge."


def _section(name: str, text: str) -> str | None:
    match = re.search(_SECTION.format(name), text, re.DOTALL | re.MULTILINE)
    return None if match is None else match[1]


def _listed(section: str | None) -> list[str]:
    return [] if section is None else [str(line).strip() for line in _NUMBERED.findall(section)]


def _verdict(number: int, headline: str, article: str) -> dict[str, object]:
    scores = {"accuracy": _accuracy(headline, article), "clarity": _clarity(headline), "tone": _tone(headline)}
    return {
        "headline": number,
        **{name: {"reason": reason, "score": score} for name, (score, reason) in scores.items()},
    }


def _accuracy(headline: str, article: str) -> tuple[int, str]:
    folded = article.casefold()
    figures = [figure for figure in _FIGURE.findall(headline) if figure not in folded]
    words = [str(word) for word in _WORD.findall(headline)]
    missing = [word for word in words if word.casefold()[:_STEM] not in folded]
    share = 1 - len(missing) / len(words) if words else 0.0
    score = next((score for least, score in _SHARES if share >= least), 1)
    if figures:
        return min(score, 2), f"{figures[0]} does not stand in the article."
    if missing:
        return score, f"{len(words) - len(missing)} of its {len(words)} longer words stand in the article."
    return score, "All its longer words stand in the article." if words else "It has no longer words."


def _clarity(headline: str) -> tuple[int, str]:
    words = len(headline.split())
    if words < 4:
        return 2, f"{words} words say little."
    if headline.rstrip().endswith("?"):
        return 3, "It asks and does not say what happened."
    if words > 16:
        return 3, f"{words} words must be read twice."
    return (4, "It is rather long.") if words > 12 else (5, "It is short and whole.")


def _tone(headline: str) -> tuple[int, str]:
    loud = _LOUD.search(headline)
    if loud:
        return 2, f"“{loud[0]}” is loud."
    if "!" in headline:
        return 2, "It has an exclamation mark."
    if any(len(word) > 4 and word.isupper() for word in _WORD.findall(headline)):
        return 3, "It has a word in capitals."
    return 4, "Nothing in it is loud."


def _comparison(first: Sequence[str], second: Sequence[str], article: str) -> dict[str, str]:
    one, other = (mean(_points(each, article) for each in side) for side in (first, second))
    better = "tie" if abs(one - other) <= _TIE else "first" if one > other else "second"
    return {"reason": f"By its rules {one:.1f} points of 15 against {other:.1f}.", "better": better}


def _points(headline: str, article: str) -> int:
    return _accuracy(headline, article)[0] + _clarity(headline)[0] + _tone(headline)[0]
