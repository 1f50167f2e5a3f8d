"""An article as sentences, with what no headline comes from left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_SENTENCES = 40
MOST_CHARACTERS = 40_000
LONGEST = 900
LONGEST_PARAGRAPH = 8_000

_QUOTED = re.compile(
    r"“[^“”\n]{2,700}”|„[^„“”\n]{2,700}[“”]|«[^«»\n]{2,700}»|»[^«»\n]{2,700}«|\"[^\"\n]{2,700}\""
    r"|‘(?:[^‘’\n]|’(?=\w)){2,700}’(?!\w)|(?<!\w)'(?=\w)(?:[^'\n]|'(?=\w)){8,400}[.,!?]'(?!\w)"
)
_END = re.compile(r"[.!?…]+[\"”“»’'）)]*(?=\s|$)|[。！？]+[」』”]*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“„\"'‘])(?:[A-Za-zÀ-ÿ]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|Nos|vs|Gen|Col|Lt|Sgt"
    r"|Capt|Rev|Sen|Gov|Hon|Inc|Ltd|Co|Corp|approx|dept"
    r"|Mme|Mlle|Ste|env|etc|art|av|bd|dhr|mevr|mw|drs|ir|ca|bijv|nr|nrs|jl|Nr|bzw|usw|Abs|Str"
    r"|Mio|Mrd|Tel|vgl|evtl|z\. ?B|u\. ?a|d\. ?h"
    r"|[ap]\.m|e\.g|i\.e|U\.S|U\.K)\.$",
)
_ORDINAL = re.compile(r"\b(?:am|vom|zum|der|den|dem|im|bis|ab) \d{1,2}\.$")
_LISTED = re.compile(r"^\s*(?:[-*•–>#]+|\d{1,3}[.)])\s+")
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ' ./-]{2,40}(?: ?\([^)]{1,30}\))? ?[—–-] ?(?=\S)"
    r"|^[A-ZÀ-Þ][\w'’ -]{2,30} \((?:ANP|AFP|AP|dpa|Reuters|EFE|Belga|PA)\) ?[—–-] ?"
)
_NOT_COPY = re.compile(
    r"https?://|www\.|\S@\S|©|\b(?:read more|lire aussi|lees ook|lesen sie auch|click here"
    r"|subscribe|newsletter)\b",
    re.I,
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|negeer|ignorez|ignoriere\w*|oubliez|vergeet"
    r"|vergiss)\b.{0,60}\b(?:instruction|prompt|rule|above|previous|consigne|opdracht"
    r"|instructie|anweisung)"
    r"|\byou are (?:now|an ai|chatgpt)|\bsystem prompt\b|^(?:system|assistant|user)\s*:|\bas an ai\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence and its place in the article, the first being 0."""

    text: str
    position: int
    paragraph: int = 0


def sentences(article: str) -> list[Sentence]:
    """The sentences headlines may come from, in order; no headings, links or orders to a machine."""
    found: list[tuple[str, int]] = []
    for number, paragraph in enumerate(_paragraphs(article[:MOST_CHARACTERS])):
        found += [(text, number) for text in split(paragraph) if _is_copy(text)]
        if len(found) >= MOST_SENTENCES:
            break
    whole = [entry for entry in found if _END.search(entry[0][-6:])] or found
    return [Sentence(text, position, number) for position, (text, number) in enumerate(whole[:MOST_SENTENCES])]


def split(paragraph: str) -> list[str]:
    """The sentences of one paragraph; a quotation is never split."""
    quoted = [match.span() for match in _QUOTED.finditer(paragraph)]
    found: list[str] = []
    start = 0
    for match in _END.finditer(paragraph):
        end = match.end()
        while quoted and quoted[0][1] < end:
            del quoted[0]
        inside = bool(quoted) and quoted[0][0] < match.start() < quoted[0][1] and end < quoted[0][1]
        if not inside and _ends_here(paragraph, start, match):
            found.append(paragraph[start:end].strip())
            start = end
    found.append(paragraph[start:].strip())
    return [text for text in found if text]


def quotations(text: str) -> list[tuple[int, int]]:
    """Where the quotations in a sentence start and end, marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]


def _paragraphs(article: str) -> Iterator[str]:
    """The paragraphs of an article; lines broken in mid-sentence are joined."""
    for block in re.split(r"\n[ \t\r]*\n", article):
        running = ""
        for line in block.splitlines():
            line = " ".join(_LISTED.sub("", line).split())
            if running and (len(running) < 50 or _END.search(running[-6:])):
                yield _DATELINE.sub("", running[:LONGEST_PARAGRAPH])
                running = ""
            running = f"{running} {line}".strip()
        if running:
            yield _DATELINE.sub("", running[:LONGEST_PARAGRAPH])


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends the sentence: not after an abbreviation or an ordinal, nor before lower case."""
    after = text[match.end() : match.end() + 3].lstrip(" \"“„«‘'(")
    if after[:1].islower():
        return False
    before = text[max(start, match.start() - 12) : match.start() + 1]
    if not match.group().startswith("."):
        return True
    # "at 7 p.m. The" ends a sentence, "at 7 p.m. Monday" does not: after a time of day the first is likelier.
    if re.search(r"\b[ap]\.m\.$", before):
        return True
    return not _ABBREVIATION.search(before) and not (after[:1].isalpha() and _ORDINAL.search(before))


def _is_copy(text: str) -> bool:
    return 12 <= len(text) <= LONGEST and not _NOT_COPY.search(text) and not _ORDERS.search(text)
