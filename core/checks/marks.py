"""What a headline looks like before anybody reads it: its length, marks, capitals and signs.

Only the first thousand characters are read for anything but the length, and no pattern takes longer than the square
of that: a check must be safe on whatever a model sends.
"""

import re
import unicodedata
from collections.abc import Iterator

from core.checks.case import Case
from core.checks.finding import Found, check

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CLOSING = " \"'”’»›“)]\xa0\u202f"


@check("too_short", version=1, severity="warn")
def too_short(case: Case) -> Iterator[Found]:
    """Fewer characters than the profile's shortest."""
    length = _length(case.headline.strip())
    if length < case.profile.shortest:
        yield Found(f"{_characters(length)}, at least {case.profile.shortest} wanted")


@check("too_long", version=1, severity="warn")
def too_long(case: Case) -> Iterator[Found]:
    """More characters than the profile's longest, counted as the contract does."""
    length, longest = _length(case.headline), case.profile.longest
    if longest is not None and length > longest:
        span = (longest, length) if length == len(case.headline) else None
        yield Found(f"{length} of {_characters(longest)}", span)


# What may end with a full stop: initials (U.S., a.m., J.-C., Peter K.) and what is commonly cut short.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[^\W\d_]\.-?)+|\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|Inc|Ltd|Co|Corp|Bros|Gov|Sen|Rep|Gen|Col|Prof|No|Nos|vs|etc|approx|"
    r"Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Ave|Dept|Calif|Mass|Fla|Tenn|Conn|Ariz|Colo|Mich|Ill|Wis|Minn|Pa|Va|Wash|"
    r"Mio|Mrd|bzw|usw|Nr|Str|ca|Tsd|evtl|ggf|inkl|Abs|Art|Bd|Hl|jun|sen|enz|jl|mln|mld|bv|nv|resp|apr|av|env|janv|févr)\.|"
    r"\b(?:dem|den|am|vom|zum|bis|der|das|die) \d{1,2}\.|\b[IVX]{2,}\.)\Z",
    re.IGNORECASE,
)


@check("trailing_period", version=1, severity="fail")
def trailing_period(case: Case) -> Iterator[Found]:
    """A full stop at the end, within closing marks or not; that of an abbreviation or an ellipsis is none."""
    end = len(case.headline.rstrip().rstrip(_CLOSING))
    tail = case.headline[max(end - 40, 0) : end]
    if tail.endswith("。") or (
        tail.endswith(".") and not tail.endswith("..") and _ABBREVIATION.search(tail.replace("…", " ")) is None
    ):
        yield Found("ends with a full stop", (end - 1, end))


_EXCLAMATION = re.compile("[!！¡]")


@check("exclamation", version=1, severity="warn")
def exclamation(case: Case) -> Iterator[Found]:
    """An exclamation mark, but for what is quoted, and for words that the article writes with one: Yahoo!"""
    text = case.unquoted
    for match in _EXCLAMATION.finditer(text):
        word = text[: match.end()].rsplit(maxsplit=1)[-1].lstrip("(")
        if len(word) == 1 or word not in case.article.text:
            yield Found("has an exclamation mark", match.span())
            return


@check("question", version=1, severity="warn")
def question(case: Case) -> Iterator[Found]:
    """A question mark, but for those within quotation marks: the question is the source's."""
    match = re.search("[?？؟]", case.unquoted)
    if match:
        yield Found("asks a question", match.span())


_CAPITALS = 5
_ROMAN = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_LETTERS = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"\W{0,2}[^.:|–—!?]{1,20}(?:[.:|–—]|\s-\s)(?=\s*\S)")

_LABELS = frozenset(
    word
    for line in (
        "video vidéo vidéos videos photo photos direct live exclusif exclusive enquête entretien interview portrait reportage",
        "récit carte infographie analyse analysis tribune décryptage chronologie document témoignage breaking watch opinion",
        "update explainer review feature podcast eilmeldung liveticker ticker kommentar exklusiv glosse porträt leitartikel",
        "kolumne column recensie exclusief liveblog filmpje bericht archiv alerte urgent sondage critique édito éditorial",
        "chronique essai verbatim factuel",
    )
    for word in line.split()
)


@check("capitals", version=2, severity="warn")
def capitals(case: Case) -> Iterator[Found]:
    """Words of five or more capitals, but for acronyms of profile or article, Roman numbers and a usual label in front."""
    text = case.beginning
    label = _LABEL.match(text)
    is_label = label is not None and label[0].isupper()
    found = [
        match
        for match in _LETTERS.finditer(text)
        if len(match[0]) >= _CAPITALS
        and not (is_label and label and match.end() <= label.end() and match[0].lower() in _LABELS)
        and match[0].isupper()
        and match[0] not in case.profile.acronyms
        and match[0] not in case.article.text
        and not _ROMAN.fullmatch(match[0])
    ]
    if found:
        what = f"‘{found[0][0]}’ is" if len(found) == 1 else f"{len(found)} words are"
        yield Found(f"{what} in capitals", (found[0].start(), found[-1].end()))


_TITLE_LEAST = 4
_TITLE_SHARE = 0.8
_TITLE_SHORTEST = 4
_TITLE_SMALL = frozenset(
    word
    for line in (
        "with from into over after before about upon onto than that when while amid near past under until since between",
        "through against during without within toward towards around behind beyond despite",
    )
    for word in line.split()
)


@check("title_case", version=1, severity="fail")
def title_case(case: Case) -> Iterator[Found]:
    """English Written Like This: at least 80 % of four or more longer words that are neither the first nor names."""
    if case.article.language_without_region != "en":
        return
    text = case.beginning
    candidates = [
        word for word in _WORD.findall(text)[1:] if len(word) >= _TITLE_SHORTEST and word.lower() not in _TITLE_SMALL
    ]
    if len(candidates) < _TITLE_LEAST or _share_capitalised(candidates) < _TITLE_SHARE:
        return
    names = case.article.names
    counted = [word for word in candidates if _owner(word) not in names and not word.isupper()]
    if len(counted) >= _TITLE_LEAST and _share_capitalised(counted) >= _TITLE_SHARE:
        yield Found("is in title case, not in sentence case", (0, len(text)))


# Pictures, flags and their joiners; the stars of a review, notes and the signs of sexes are type.
_EMOJI = re.compile(
    "[\U0001f000-\U0001f0ff\U0001f170-\U0001f1ff\U0001f200-\U0001faff\u231a\u231b\u23e9-\u23f3\u2600-\u2604\u2607-\u263f\u2641"
    "\u2643-\u2668\u2670-\u27bf\u2b1b\u2b1c\u2b50\u2b55\u20e3\ufe0f][\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u20e3]*"
)


@check("emoji", version=1, severity="fail")
def emoji(case: Case) -> Iterator[Found]:
    """An emoji, or the selector that makes one of a sign."""
    match = _EMOJI.search(case.beginning)
    if match:
        yield Found("has an emoji", match.span())


_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,200}>|<!--|&(?:[a-zA-Z]{2,8}|#\d{2,5}|#[xX][0-9a-fA-F]{2,5});"
    r"|\[[^\[\]]{1,200}\]\([^()\s]{1,300}\)"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])[^*]{1,200}(?<=\S)\*{1,3}(?![\w*])|(?<![\w@/_])_{1,2}(?=[^\s_])[^_]{1,200}(?<=\S)_{1,2}(?!\w)"
    r"|(?<!\w)`[^`]{1,200}`(?!\w)|\A\s{0,9}(?:#{1,6}|[-*•>])\s+(?=\S)"
)


@check("markup", version=1, severity="fail")
def markup(case: Case) -> Iterator[Found]:
    """HTML tags and entities, Markdown emphasis, links, headings and bullets."""
    match = _MARKUP.search(case.beginning)
    if match:
        yield Found(f"has markup: {match[0].strip()[:40]}", match.span())


_LONGEST_COMPOSED = 1_000


def _length(text: str) -> int:
    # Composing thousands of combining marks takes time with the square of their number.
    return len(text if len(text) > _LONGEST_COMPOSED else unicodedata.normalize("NFC", text))


def _characters(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"


def _share_capitalised(words: list[str]) -> float:
    return sum(word[0].isupper() for word in words) / len(words)


def _owner(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")
