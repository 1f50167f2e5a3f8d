"""How people put a number, a length, a form and a tone into a prompt, in four languages."""

import re
from typing import Literal

Layout = Literal["json", "lines", "numbered"]

_NUMBERS = {
    word: number
    for number, spellings in enumerate(
        (
            "one une eine één",
            "two deux twee zwei",
            "three trois drie drei",
            "four quatre vier",
            "five cinq vijf fünf",
            "six zes sechs",
            "seven sept zeven sieben",
            "eight huit acht",
            "nine neuf negen neun",
            "ten dix tien zehn",
            "eleven onze elf",
            "twelve douze twaalf zwölf dozen",
            "thirteen treize dertien dreizehn",
            "fourteen quatorze veertien vierzehn",
            "fifteen quinze vijftien fünfzehn",
        ),
        start=1,
    )
    for word in spellings.split()
} | {"twenty": 20, "vingt": 20, "twintig": 20, "zwanzig": 20}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_THING = (
    r"(?:head ?lines?|titles?|suggestions?|alternatives?|variants?|options?|ideas|titres?"
    r"|propositions?|koppen|kop|titels?"
    r"|voorstellen|suggesties|überschriften|überschrift|schlagzeilen?|vorschläge|titel)"
)
_EXACT = r"(?:exactly|precisely|exactement|précisément|precies|exact|genau)"
_COUNT = re.compile(
    rf"(?P<no>\b(?:no|any|never|than|aucun|geen|keine|jamais|nooit|each of the|pas|line|headline|#)\s+)?"
    rf"(?P<exact>\b{_EXACT}\s+)?\b(?P<number>{_NUMBER})(?:\s*\(\d{{1,3}}\))?\s+(?P<between>(?:[^\W\d_][\w'’-]*,?\s+){{0,3}}?){_THING}\b"
    rf"(?P<per>\s+(?:per|on each|par|pro|auf jeder)\b)?",
    re.IGNORECASE,
)
_EXACTLY = re.compile(
    rf"\b{_EXACT}\s+(?P<number>{_NUMBER})\b(?!\s+(?:char|caract|tekens|zeichen|words|mots"
    rf"|woorden|wörter))",
    re.I,
)
_LABELLED = re.compile(
    rf"\b(?:number of (?:head ?lines|titles)|count|headlines wanted|aantal koppen"
    rf"|anzahl)\s*[:=]\s*(?P<number>{_NUMBER})\b",
    re.I,
)
_MORE = re.compile(
    rf"\b(?P<number>{_NUMBER})\s+(?:more|others?|de plus|autres|meer|andere|weitere"
    rf"|mehr)\b(?!\s+(?:char|than|word))",
    re.I,
)
_CHARACTERS = r"(?:[- ]?(?:characters?|chars?|caractères?|tekens?|karakters|zeichen|letters|signes))"
_STRICT = re.compile(
    rf"\b(?:under|fewer than|less than|shorter than|below|moins de|sous|minder dan|korter dan"
    rf"|onder(?: de)?|unter|weniger als|kürzer als)\s+(\d{{1,4}})\s*{_CHARACTERS}",
    re.IGNORECASE,
)
_MOST = re.compile(
    rf"(?:\b(?:at most|at the most|(?:no|not) (?:longer|more) than|no more than|max(?:\.|imum"
    rf"|imaal|imal)?(?: (?:of|de|van|von))?|up to|not exceed(?:ing)?"
    rf"|within|limit(?:ed)?(?: is| to| of)?|limit:|length:|au plus|au maximum(?: de)?"
    rf"|(?:ne )?(?:pas )?dépass\w+(?: pas)?|plus de|hoogstens|ten hoogste"
    rf"|niet (?:langer|meer) dan|höchstens|nicht (?:länger|mehr) als|bis zu"
    rf"|maximum)\s*:?\s+(?P<after>\d{{1,4}})\s*{_CHARACTERS})"
    rf"|(?:(?<!least )(?<!moins )(?<!minimum )\b(?P<before>\d{{1,4}})\s*{_CHARACTERS},?\s+(?:is the "
    rf"|as )?(?:or (?:fewer|less|shorter)"
    rf"|at (?:the )?most|max(?:imum|imaal|imal)?|au (?:plus|maximum)|maximum"
    rf"|of (?:minder|korter)|oder weniger|limit|tops|lang)\b)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:max_?(?:chars|characters|length)|limit|character limit"
    r"|maximum length)\b\W{1,4}(?:is |of |= ?)?(\d{1,4})\b",
    re.I,
)
_PLAIN = re.compile(
    r"(?<!least )(?<!minimum )(?<!moins )(?<!minstens )(?<!mindestens )(?<!was )(?<!is )(?<!has )"
    rf"\b(\d{{2,4}})\s*{_CHARACTERS}",
    re.I,
)
_JSON = re.compile(
    r"(?P<no>\b(?:no|not|without|sans|pas de|geen|kein|keine|instead of)\s+(?:as\s+|in\s+"
    r"|any\s+)?)?\bjson\b",
    re.I,
)
_LINES = re.compile(
    r"\b(?:one (?:headline |title )?per line|each on (?:its|a) own line"
    r"|un (?:titre )?par ligne|één (?:kop )?per regel|eine? (?:\w+ )?pro zeile)\b",
    re.I,
)
_NUMBERED = re.compile(r"\b(?:numbered list|liste numérotée|genummerde lijst|nummerierte liste)\b", re.I)
_ONLY = re.compile(
    r"\b(?:only the (?:headlines|titles|list)|(?:headlines|titles|list) only|nothing else"
    r"|no (?:other text|commentary|introduction|preamble|explanation)"
    r"|rien d['’]autre|uniquement|niets anders|alleen de|nichts anderes|ausschließlich|nur die|only)\b",
    re.IGNORECASE,
)
_PUNCHY = (
    r"punch(?:y|ier)?|livel(?:y|ier)|energetic|snapp(?:y|ier)|catch(?:y|ier)|bold(?:er)?|percutante?s?|vi(?:f|ve)s?"
    r"|accroche(?:ur|use)s?|énergiques?|pittige(?:re?)?|pittiger|levendige(?:re?)?|levendiger|pakkende?(?:re?)?"
    r"|energieke?(?:re?)?|knackig\w*|lebendig\w*|peppig\w*|spritzig\w*"
)
_SOBER = (
    r"sober|neutral|restrained|factual|serious|sobres?|neutres?|retenus?|sobere?|neutrale?"
    r"|zakelijke?|ingetogen|nüchtern\w*|sachlich\w*|neutral\w*|zurückhaltend\w*"
)
_TONE = re.compile(
    rf"(?P<no>\b(?:not|no|never|less|without|too|pas|moins|sans|trop|niet|geen|minder|te|nicht"
    rf"|kein|keine|weniger|zu)\s+(?:too\s+|so\s+)?)?\b(?:(?P<punchy>{_PUNCHY})"
    rf"|(?P<sober>{_SOBER}))\b",
    re.IGNORECASE,
)


def count_in(text: str) -> int | None:
    """The number of headlines asked for."""
    asked = [found for found in _COUNT.finditer(text) if not _beside_the_point(found)]
    exact = [found for found in asked if found["exact"]]
    for found in (*exact, _EXACTLY.search(text), _LABELLED.search(text), *asked, _MORE.search(text)):
        if found:
            return _number(found["number"])
    return None


def limit_in(text: str) -> int | None:
    """The most characters a headline may have."""
    if found := _STRICT.search(text):
        return max(1, int(found.group(1)) - 1)
    if found := _MOST.search(text):
        return max(1, int(found["after"] or found["before"]))
    found = _FIELD.search(text) or _PLAIN.search(text)
    return max(1, int(found.group(1))) if found else None


def format_in(text: str) -> Layout | None:
    """The form the answer is to have."""
    if any(not found["no"] for found in _JSON.finditer(text)):
        return "json"
    if _LINES.search(text):
        return "lines"
    return "numbered" if _NUMBERED.search(text) or _ONLY.search(text) else None


def tone_in(text: str) -> Literal["punchy", "sober"] | None:
    """The tone asked for; the first one named counts."""
    for found in _TONE.finditer(text):
        if not found["no"]:
            return "punchy" if found["punchy"] else "sober"
    return None


def _beside_the_point(found: re.Match[str]) -> bool:
    """'One headline per line' and 'no two headlines' say nothing about how many are wanted."""
    return bool(found["no"] or found["per"]) or bool(
        re.search(r"characters|caractères|tekens|zeichen", found["between"], re.I)
    )


def _number(text: str) -> int | None:
    # A pattern that ignores case also takes a dotless i for an i; such a word is in no list.
    return int(text) if text.isdecimal() else _NUMBERS.get(text.casefold())
