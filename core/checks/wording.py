"""Which words a headline is made of, whatever it says: listed ones, those of a machine, of another language, in which order.

Only the first thousand characters are read, and no pattern takes longer than the square of that. What needs words is
for English, French, Dutch and German.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.checks.case import Case
from core.checks.finding import Found, check
from core.checks.foreign import LANGUAGES
from core.checks.phrases import MACHINE_WORDS, PASSIVES

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@check("banned_word", version=1, severity="fail")
def banned_word(case: Case) -> Iterator[Found]:
    """Every banned word or phrase of the profile."""
    for match in _listed(case.profile.banned, case.beginning):
        yield Found(f"‘{match[0]}’ is banned", match.span())


@check("discouraged_word", version=2, severity="warn")
def discouraged_word(case: Case) -> Iterator[Found]:
    """Every discouraged word or phrase of the profile; not within a name (Grand Slam), nor in what is quoted."""
    for match in _listed(case.profile.discouraged, case.unquoted):
        if not _is_name(case, match):
            yield Found(f"‘{match[0]}’ is discouraged", match.span())


@check("other_language", version=2, severity="warn")
def other_language(case: Case) -> Iterator[Found]:
    """Words of another language and hardly any of the article's; quotations and names do not count.

    Silent unless the article is in one of the four languages whose words are known well.
    """
    if case.other_language:
        yield Found(f"is in {case.other_language}, the article in {LANGUAGES[case.article.language_without_region]}")


@check("late_keyword", version=1, severity="hint")
def late_keyword(case: Case) -> Iterator[Found]:
    """The first of the article's most frequent words, or a form or compound of one, begins after the first characters.

    A headline that has none of them says it in other words, and nothing is found.
    """
    stems = [word[: max(4, len(word) - 2)] for word in case.article.main_words]
    for match in _WORD.finditer(case.beginning) if stems else ():
        word = match[0].casefold()
        if any(stem in word for stem in stems):
            if match.start() >= case.profile.keyword_within:
                yield Found(f"‘{match[0]}’, a main word of the article, comes late", match.span())
            return


@check("passive", version=2, severity="hint")
def passive(case: Case) -> Iterator[Found]:
    """A passive by its pattern: an auxiliary with a participle, or a participle with its agent."""
    pattern = PASSIVES.get(case.article.language_without_region)
    match = pattern.search(case.unquoted) if pattern else None
    if match:
        yield Found(f"‘{match[0]}’ is passive", match.span())


@check("machine_word", version=2, severity="hint")
def machine_word(case: Case) -> Iterator[Found]:
    """Words that machines like better than editors do."""
    pattern = MACHINE_WORDS.get(case.article.language_without_region)
    if pattern:
        for match in pattern.finditer(case.unquoted):
            yield Found(f"‘{match[0]}’ sounds like a machine", match.span())


_COMMA_FOR_AND = re.compile(
    r"(?:\A[A-Z]\w+(?P<nouns>,) [A-Z]\w+ (?:agree|sign|win|hit|beat|meet|call|seek|face|plan|join|"
    r"vow|fail|clash|kill|back|push|urge|reach|start|end|lose|lead|top|fall|rise|cut|raise|set|close|resume|trade|exchange)\b"
    r"|\b[a-z]{3,}s\b[^,;:]*(?P<verbs>,) (?!says|said|is|was|has|this|as|his|its|less|plus|thus|sources|officials|"
    r"warns|reports|finds|shows|claims|argues|adds|suggests|hundreds|dozens|thousands|scores|weapons|charges|troops|sales|shares|prices|others)[a-z]{2,}s\b)[^,]*\Z"
)
_ATTRIBUTED = re.compile(
    r"\b(?:say|says|said|told|tells?|warn|show|find|claim|believe|hope|fear|report|suggest|admit)s?\b"
)


@check("comma_for_and", version=1, severity="hint")
def comma_for_and(case: Case) -> Iterator[Found]:
    """English only: one comma that stands for "and", as in "Minister resigns, apologises"."""
    if case.article.language_without_region != "en":
        return
    match = _COMMA_FOR_AND.search(case.unquoted)
    if match:
        start, end = match.span("nouns") if match["nouns"] else match.span("verbs")
        if not _ATTRIBUTED.search(match.string, end):
            yield Found("has a comma for “and”", (start, end))


def _listed(entries: tuple[str, ...], text: str) -> Iterator[re.Match[str]]:
    pattern = _word_pattern(entries)
    return iter(()) if pattern is None else pattern.finditer(text)


_ANY_WORDS = r"\S{1,40}(?:\s+\S{1,40}){0,5}?"


@lru_cache(maxsize=64)
def _word_pattern(entries: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole words and phrases, in any case; a trailing * stands for any ending, … for up to six words. None if none."""
    parts = [(entry.rstrip("* ").split(), entry.rstrip().endswith("*")) for entry in entries]
    alternatives = [
        r"\s+".join(_ANY_WORDS if word == "…" else re.escape(word) for word in said) + (r"\w*" if any_ending else "")
        for said, any_ending in parts
        if said
    ]
    if not alternatives:
        return None
    return re.compile(rf"(?<!\w)(?<!\w[-'’])(?:{'|'.join(alternatives)})(?!\w|-\w)", re.IGNORECASE)


def _is_name(case: Case, match: re.Match[str]) -> bool:
    """Whether a word that stands with a capital is one that has it for being a name."""
    if not match[0][:1].isupper() or match[0].isupper() or case.article.language_without_region == "de":
        return False
    return bool(case.headline[: match.start()].strip()) or match[0] in case.article.names
